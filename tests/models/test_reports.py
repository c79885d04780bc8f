"""A report's steps, and the rounds that open by themselves."""

from datetime import date, datetime

import pytest
from sqlalchemy import select

from feedback import clock, db, rounds
from feedback.clock import OFFICE_ZONE
from feedback.models.officers import Officer
from feedback.models.reports import ReportMoveRefused, ReportRound, UnitReport
from feedback.models.units import Holiday, load_calendar
from feedback.rules.calendar import SpecialDay
from tests import world

NOON = datetime(2026, 10, 21, 12, tzinfo=OFFICE_ZONE)
LAN = Officer(id=1, name="Lan")
TODAY = date(2026, 10, 21)


def a_report(state: str = "not_started") -> UnitReport:
    return UnitReport(state=state, narrative={}, figures={})


# --- steps ------------------------------------------------------------------------------------


def test_lan_writes_the_head_hands_in_the_office_accepts():
    report = a_report()
    report.write({"I": "Trường có 33 lớp."}, LAN, NOON)
    report.write({"V": "Sửa nhà vệ sinh."}, LAN, NOON)
    report.submit({"tables": {}}, LAN, NOON)
    report.accept(LAN, NOON, "Đầy đủ.")
    assert report.narrative == {"I": "Trường có 33 lớp.", "V": "Sửa nhà vệ sinh."}
    assert [event.move_code for event in report.events] == ["write", "submit", "accept"]
    assert report.state == "accepted"


def test_a_report_sent_back_counts_anew():
    report = a_report()
    report.submit({"tables": {}}, LAN, NOON)
    report.return_("Thiếu mục V.", LAN, NOON)
    assert report.state == "returned"
    assert (report.figures, report.frozen_at) == ({}, None)
    assert report.writable


@pytest.mark.parametrize("state", ["submitted", "accepted"])
def test_what_was_handed_in_is_written_no_more(state):
    report = a_report(state)
    with pytest.raises(ReportMoveRefused, match="Mời tải lại trang"):
        report.write({"I": "Thêm."}, LAN, NOON)
    assert report.narrative == {}


@pytest.mark.parametrize("state", ["not_started", "draft", "returned", "accepted"])
def test_only_what_was_handed_in_is_accepted(state):
    with pytest.raises(ReportMoveRefused):
        a_report(state).accept(LAN, NOON)


# --- rounds -----------------------------------------------------------------------------------


@pytest.fixture
def place(story):
    world.the_holidays()

    class Place:
        office = world.an_office()
        school = world.a_school(office=office)

    return Place


def open_rounds(today: date) -> int:
    return rounds.ensure_rounds(db.session(), today, load_calendar(db.session()))


def codes() -> list[str]:
    return list(db.session.scalars(select(ReportRound.period_code).order_by(ReportRound.due_on)))


@pytest.mark.parametrize(
    ("today", "code"),
    [
        (date(2026, 1, 5), "DV-2026-6M"),
        (date(2026, 4, 30), "DV-2026-6M"),
        (date(2026, 5, 1), "DV-2026-Y"),
        (date(2026, 10, 31), "DV-2026-Y"),
        (date(2026, 11, 1), "DV-2027-6M"),
        (date(2026, 12, 31), "DV-2027-6M"),
    ],
)
def test_the_round_due_next_opens_by_itself(place, today, code):
    assert rounds.is_missing(db.session(), today)
    open_rounds(today)
    assert codes() == [code]
    assert not rounds.is_missing(db.session(), today)


def test_the_school_and_the_office_owe_one_report_each_and_the_committee_none(place):
    assert open_rounds(TODAY) == 2
    owing = {report.unit.code for report in db.session.scalars(select(UnitReport))}
    assert owing == {"LDT", "PGD"}


def test_opening_twice_opens_once(place):
    open_rounds(TODAY)
    assert open_rounds(TODAY) == 0
    assert len(codes()) == 1


def test_a_house_that_was_in_use_also_owes_the_round_before(place):
    world.a_case(place.school, datetime(2026, 9, 1, 9, tzinfo=OFFICE_ZONE))
    open_rounds(date(2026, 11, 24))
    assert codes() == ["DV-2026-Y", "DV-2027-6M"]


def test_a_school_that_joins_owes_what_is_still_to_come(place):
    open_rounds(TODAY)
    world.a_school("NT", "Trường THCS Nguyễn Trãi", place.office)
    assert rounds.is_missing(db.session(), TODAY)
    assert open_rounds(TODAY) == 1


def test_a_school_that_joins_late_does_not_owe_what_was_due_before(place):
    world.a_case(place.school, datetime(2026, 9, 1, 9, tzinfo=OFFICE_ZONE))
    open_rounds(date(2026, 11, 24))
    world.a_school("NT", "Trường THCS Nguyễn Trãi", place.office)
    assert open_rounds(date(2026, 11, 25)) == 1
    assert codes() == ["DV-2026-Y", "DV-2027-6M"]


def test_before_the_first_of_may_does_not_roll_forward(place):
    """30 April 2026 is a holiday: the last day is the working day before it."""
    open_rounds(date(2026, 4, 1))
    found = db.session.scalars(select(ReportRound)).one()
    assert rounds.last_on(found) == date(2026, 4, 30)
    assert found.due_on == date(2026, 4, 29)


def test_before_the_first_of_november_does_not_roll_forward(place):
    """31 October 2026 is a Saturday."""
    open_rounds(TODAY)
    assert db.session.scalars(select(ReportRound)).one().due_on == date(2026, 10, 30)


def test_a_new_holiday_moves_the_last_day_of_a_round_that_is_still_open(place):
    open_rounds(TODAY)
    db.session.add(Holiday.new(SpecialDay(date(2026, 10, 30), "holiday", "Nghỉ bão")))
    db.session.flush()
    open_rounds(TODAY)
    assert db.session.scalars(select(ReportRound)).one().due_on == date(2026, 10, 29)


def test_the_parts_of_a_rounds_name(place):
    open_rounds(TODAY)
    found = db.session.scalars(select(ReportRound)).one()
    assert (rounds.year_of(found), rounds.kind_of(found)) == (2026, "Y")
    period = rounds.period_of(found)
    assert (period.starts_on, period.ends_on) == (date(2025, 11, 1), date(2026, 10, 20))
    assert clock.office_day(NOON) == TODAY
