"""What slows somebody down is kept for as long as it does, and then nothing of it."""

from datetime import datetime, timedelta

import pytest
import time_machine
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from feedback import clock, db, limits
from feedback.limits import Bucket, Budget, Slowdown

pytestmark = pytest.mark.usefixtures("story")
KEY = b"k" * 32
NINE = datetime(2026, 11, 24, 9, 0, tzinfo=clock.OFFICE_ZONE)
BUDGETS = [
    limits.SIGN_IN_ADDRESS,
    limits.SECOND_STEP,
    limits.RESET_ACCOUNT,
    limits.RESET_ADDRESS,
    limits.LOOK_UP_MISS,
]


def rows(table: type[Bucket] | type[Slowdown]) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def later(**by: float) -> datetime:
    return NINE + timedelta(**by)


def test_the_slowest_budget_of_all_is_the_one_assumed():
    found = [one for one in vars(limits).values() if isinstance(one, Budget)]
    assert max(one.refill for one in found) == limits.SLOWEST
    assert set(BUDGETS) <= set(found)


def test_three_letters_asked_for_in_a_row_are_remembered_until_there_is_room_for_three():
    for _ in range(3):
        limits.spend(db.session(), KEY, limits.RESET_ACCOUNT, "mai@demo.invalid", NINE)
    assert limits.forget(db.session(), later(minutes=29)) == 0
    assert limits.wait(
        db.session(), KEY, limits.RESET_ACCOUNT, "mai@demo.invalid", later(minutes=9)
    )
    assert limits.forget(db.session(), later(minutes=41)) == 1
    assert rows(Bucket) == 0


def test_a_wrong_password_is_forgotten_when_it_is_forgiven():
    assert not limits.claim_try(db.session(), KEY, "hang@demo.invalid", NINE)
    assert limits.forget(db.session(), later(minutes=59)) == 0
    assert limits.claim_try(db.session(), KEY, "hang@demo.invalid", NINE)  # still too early
    assert limits.forget(db.session(), later(minutes=61)) == 1
    assert rows(Slowdown) == 0


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None
)
@given(
    budget=st.sampled_from(BUDGETS),
    acts=st.lists(st.floats(0, 900), min_size=1, max_size=12),
    after=st.floats(0, 20_000),
)
def test_whoever_is_forgotten_would_not_have_waited_anyway(budget, acts, after):
    """The law: removing a row never makes anybody quicker."""
    now = NINE
    for pause in acts:
        now += timedelta(seconds=pause)
        limits.spend(db.session(), KEY, budget, "192.0.2.7", now)
    now += timedelta(seconds=after)
    row = db.session.scalars(select(Bucket)).one()
    full = limits._spent(row, budget, now)
    gone = limits.forget(db.session(), now)
    assert full == 0 or not gone
    db.session.rollback()


def test_the_hourly_look_takes_them_away(app: Flask):
    limits.spend(db.session(), KEY, limits.LOOK_UP_MISS, "192.0.2.7", NINE)
    limits.claim_try(db.session(), KEY, "hang@demo.invalid", NINE)
    limits.spend(db.session(), KEY, limits.LOOK_UP_MISS, "192.0.2.8", later(hours=25))
    db.session.commit()
    with time_machine.travel(later(hours=25), tick=False):
        assert app.test_cli_runner().invoke(args=["sweep"]).exit_code == 0
    assert (rows(Bucket), rows(Slowdown)) == (1, 0)
