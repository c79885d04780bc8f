"""The disk fills up while parents send: an honest refusal, nothing lost, no hands needed after."""

import os
from subprocess import CalledProcessError

import pytest

from bench.crash import full

DATABASE = os.environ.get("FEEDBACK_TEST_DATABASE", "sqlite")


@pytest.fixture(autouse=True)
def may_mount() -> None:
    """A small disk is mounted; that needs root, and a machine that allows it."""
    if os.geteuid() != 0:
        pytest.skip("Only root may mount a small disk.")
    try:
        with full.small_disk(1):
            pass
    except (CalledProcessError, FileNotFoundError):
        pytest.skip("This machine does not allow to mount a small disk.")


def test_three_fillings_and_a_kill_lose_nothing():
    result = full.run(fills=3, letters=15, parents=3, database=DATABASE)
    assert result.count.acknowledged >= 15
    assert result.kills == 1
    assert result.refused > 0, "somebody was told that nothing was stored"
    assert result.count.is_clean, result.count.wrong
    assert result.slowest_healing < full.SETTLE_SECONDS
