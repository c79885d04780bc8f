"""Kept once: a second send of the same form is the first one."""

import pytest
from sqlalchemy import func, select

from feedback import clock, codes, db, intake
from feedback.models.submissions import Submission
from feedback.models.units import load_calendar
from tests.world import KEYS, a_school, answers

pytestmark = pytest.mark.usefixtures("story")


def _arrival(school, once_id: str = "one-form-of-mai", **said: object) -> intake.Arrival:
    return intake.Arrival(school, None, answers(**said), once_id, clock.now())


def _receive(arrival: intake.Arrival) -> intake.Receipt:
    return intake.receive(db.session(), arrival, KEYS, load_calendar(db.session()))


def test_sending_twice_keeps_one_and_shows_the_same_code():
    school = a_school()
    first, second = (_receive(_arrival(school)) for _ in range(2))
    assert (first.fresh, second.fresh) == (True, False)
    assert first.code == second.code
    assert first.case is second.case
    assert db.session.scalar(select(func.count()).select_from(Submission)) == 1


def test_the_same_form_with_other_words_is_refused():
    school = a_school()
    _receive(_arrival(school))
    with pytest.raises(intake.OtherContent):
        _receive(_arrival(school, text="Một chuyện hoàn toàn khác, xảy ra hôm qua."))


def test_two_forms_are_two_submissions():
    school = a_school()
    codes_shown = {_receive(_arrival(school, once_id=name)).code for name in ("lan", "hoa")}
    assert len(codes_shown) == 2


def test_the_code_is_not_in_the_database():
    receipt = _receive(_arrival(a_school()))
    row = db.session.execute(select(Submission.__table__)).one()
    assert codes.tidy_code(codes.show_code(receipt.code)) == receipt.code
    assert not any(receipt.code in str(value) for value in row)
    assert row.track_quick == codes.quick_track(KEYS.track, receipt.code)
