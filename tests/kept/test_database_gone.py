"""PostgreSQL stops in the middle: no 500, and every thread serves again when it is back."""

import os
import time

import pytest

from bench.crash.__main__ import a_house
from bench.crash.parents import Crowd, Faults

PATIENCE = 60.0


@pytest.mark.skipif(
    os.environ.get("FEEDBACK_TEST_DATABASE", "sqlite") == "sqlite", reason="SQLite has no server."
)
def test_two_stops_of_the_database_heal_without_a_restart():
    with a_house("postgresql") as (house, restart):
        assert restart is not None
        try:
            crowd = Crowd(house.address, house.furnish(), Faults(lost=0, cut=0, photo=0.2))
            house.start()
            crowd.run(6)
            for _ in range(2):
                wait_for_more(crowd)
                restart()
            wait_for_more(crowd)
            crowd.enough.set()
        finally:
            house.stop()
    assert crowd.statuses[500] == 0, crowd.strange
    assert not crowd.strange


def wait_for_more(crowd: Crowd) -> None:
    """Until everybody could have sent something again."""
    wanted, until = len(crowd.acknowledged) + 20, time.monotonic() + PATIENCE
    while len(crowd.acknowledged) < wanted:
        assert time.monotonic() < until, (crowd.statuses, crowd.events)
        time.sleep(0.1)
