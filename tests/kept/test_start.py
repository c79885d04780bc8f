"""The server does not start on a database that may lose an acknowledged commit, and says why."""

import pytest

from bench.crash.house import House, HouseError


def test_gunicorn_refuses_a_postgresql_that_answers_before_it_has_stored(house: House):
    if not house.database_url.startswith("postgresql"):
        pytest.skip("SQLite is set as promised by the program itself.")
    house.furnish()
    house.database_url += "?options=-csynchronous_commit%3Doff"
    with pytest.raises(HouseError, match="SHOW synchronous_commit is off, not on"):
        house.start()
