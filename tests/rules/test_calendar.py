"""Working days: the week, the holidays, the swapped days."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.rules.calendar import (
    COMPENSATORY,
    DAY_KINDS,
    HOLIDAY,
    SWAPPED_OFF,
    SWAPPED_WORKING,
    SpecialDay,
    WorkCalendar,
    calendar_from_rows,
)

DAYS = st.dates(date(2024, 1, 1), date(2031, 12, 31))
SPECIALS = st.lists(
    st.builds(SpecialDay, DAYS, st.sampled_from(sorted(DAY_KINDS)), st.just("ngày thử")),
    max_size=40,
)
SPANS = st.integers(0, 60)

CULTURE_DAY = SpecialDay(date(2026, 11, 24), HOLIDAY, "Ngày Văn hóa Việt Nam")
SWAP = (
    SpecialDay(date(2026, 1, 2), SWAPPED_OFF, "Nghỉ hoán đổi"),
    SpecialDay(date(2026, 1, 10), SWAPPED_WORKING, "Đi làm bù"),
)


def test_the_week_works_from_monday_to_friday():
    monday = date(2026, 11, 16)
    calendar = WorkCalendar()
    works = [calendar.is_working(monday + timedelta(days=n)) for n in range(7)]
    assert works == [True] * 5 + [False] * 2


def test_a_holiday_and_the_day_off_for_it_do_not_work():
    calendar = WorkCalendar([CULTURE_DAY, SpecialDay(date(2026, 4, 27), COMPENSATORY, "Nghỉ bù")])
    assert not calendar.is_working(date(2026, 11, 24))
    assert not calendar.is_working(date(2026, 4, 27))


def test_a_swapped_saturday_works_and_its_friday_does_not():
    calendar = WorkCalendar(SWAP)
    assert calendar.is_working(date(2026, 1, 10))
    assert not calendar.is_working(date(2026, 1, 2))


@pytest.mark.parametrize(
    ("day", "reason"),
    [
        (date(2026, 11, 24), "Ngày Văn hóa Việt Nam"),
        (date(2026, 11, 21), "thứ Bảy"),
        (date(2026, 11, 22), "Chủ nhật"),
        (date(2026, 11, 23), None),
    ],
)
def test_a_day_off_has_a_reason(day, reason):
    assert WorkCalendar([CULTURE_DAY]).why_off(day) == reason


def test_a_swapped_saturday_has_no_reason_to_be_off():
    assert WorkCalendar(SWAP).why_off(date(2026, 1, 10)) is None


def test_of_two_rows_for_a_day_the_later_holds():
    own = SpecialDay(date(2026, 11, 24), SWAPPED_WORKING, "Trường làm bù")
    assert WorkCalendar([CULTURE_DAY, own]).is_working(date(2026, 11, 24))


def test_the_next_working_day_is_the_day_itself_when_it_works():
    calendar = WorkCalendar([CULTURE_DAY])
    assert calendar.next_working(date(2026, 11, 23)) == date(2026, 11, 23)
    assert calendar.next_working(date(2026, 11, 24)) == date(2026, 11, 25)
    assert calendar.previous_working(date(2026, 11, 24)) == date(2026, 11, 23)


def test_working_days_are_added_forwards_and_backwards_without_day_zero():
    calendar = WorkCalendar([CULTURE_DAY])
    assert calendar.add_working_days(date(2026, 11, 20), 2) == date(2026, 11, 25)
    assert calendar.add_working_days(date(2026, 11, 25), -2) == date(2026, 11, 20)
    assert calendar.add_working_days(date(2026, 11, 22), 0) == date(2026, 11, 22)


@pytest.mark.parametrize(
    ("start", "end", "days"),
    [
        (date(2026, 11, 23), date(2026, 11, 27), 3),
        (date(2026, 11, 27), date(2026, 11, 23), -3),
        (date(2026, 11, 20), date(2026, 11, 22), 0),
        (date(2026, 11, 23), date(2026, 11, 23), 0),
        (date(2026, 1, 1), date(2026, 1, 10), 6),
    ],
)
def test_working_days_between_two_days_count_the_end_and_not_the_start(start, end, days):
    calendar = WorkCalendar([CULTURE_DAY, *SWAP])
    assert calendar.working_days_between(start, end) == days


def test_a_calendar_without_tet_does_not_know_the_year():
    tet = [SpecialDay(date(2026, 2, 16 + n), HOLIDAY, "Tết Nguyên đán") for n in range(5)]
    assert WorkCalendar(tet).knows_year(2026)
    assert not WorkCalendar(tet[:3]).knows_year(2026)
    assert not WorkCalendar(tet).knows_year(2027)


def test_unconfirmed_days_of_a_year_are_listed_in_order():
    later = SpecialDay(date(2027, 9, 3), HOLIDAY, "Quốc khánh", confirmed=False)
    earlier = SpecialDay(date(2027, 2, 4), HOLIDAY, "Tết Nguyên đán", confirmed=False)
    calendar = WorkCalendar([later, CULTURE_DAY, earlier])
    assert calendar.unconfirmed(2027) == (earlier, later)
    assert calendar.unconfirmed(2026) == ()


def test_a_row_of_an_unknown_kind_is_refused_in_words():
    with pytest.raises(ValueError, match="không phải là một loại ngày"):
        calendar_from_rows([{"day": "2026-01-01", "kind": "festival", "name": "Hội"}])


def test_rows_take_iso_dates_and_dates():
    rows: list[dict[str, Any]] = [
        {"day": "2026-11-24", "kind": HOLIDAY, "name": "Ngày Văn hóa Việt Nam"},
        {"day": date(2026, 11, 25), "kind": SWAPPED_OFF, "name": "Nghỉ", "confirmed": False},
    ]
    calendar = calendar_from_rows(rows)
    assert calendar.next_working(date(2026, 11, 24)) == date(2026, 11, 26)
    special = calendar.special(date(2026, 11, 25))
    assert special is not None
    assert not special.confirmed


@given(SPECIALS, DAYS, SPANS)
def test_counting_undoes_adding(specials, start, n):
    calendar = WorkCalendar(specials)
    assert calendar.working_days_between(start, calendar.add_working_days(start, n)) == n


@given(SPECIALS, DAYS, DAYS)
def test_counting_agrees_with_looking_at_every_day(specials, one, other):
    calendar = WorkCalendar(specials)
    start, end = sorted((one, other))
    days = (start + timedelta(days=n) for n in range(1, (end - start).days + 1))
    counted = sum(calendar.is_working(day) for day in days)
    assert calendar.working_days_between(start, end) == counted
    assert calendar.working_days_between(end, start) == -counted
