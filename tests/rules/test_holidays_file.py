"""The shipped holidays 2025–2030 against the law, the moon and the library."""

from collections import Counter
from datetime import date

import holidays
import pytest

from feedback.rules.calendar import (
    COMPENSATORY,
    DAY_KINDS,
    HOLIDAY,
    SWAPPED_OFF,
    SWAPPED_WORKING,
    special_days,
)
from tests.rules.shipped import CALENDAR, holiday_rows

YEARS = range(2025, 2031)
DAYS = special_days(holiday_rows())

# domain facts, worked out with the Vietnamese (UTC+7) lunar algorithm and checked with a second one
FIRST_OF_TET = {
    2025: date(2025, 1, 29),
    2026: date(2026, 2, 17),
    2027: date(2027, 2, 6),
    2028: date(2028, 1, 26),
    2029: date(2029, 2, 13),
    2030: date(2030, 2, 2),
}
HUNG_KINGS = {
    2025: date(2025, 4, 7),
    2026: date(2026, 4, 26),
    2027: date(2027, 4, 16),
    2028: date(2028, 4, 4),
    2029: date(2029, 4, 23),
    2030: date(2030, 4, 12),
}
# The library does not know this swap of the public sector.
KNOWN_DIFFERENCES = {date(2026, 1, 2)}


def days_of(year: int, kind: str) -> list[date]:
    return [special.day for special in DAYS if special.day.year == year and special.kind == kind]


def test_every_row_has_its_fields_and_no_day_comes_twice():
    for row in holiday_rows():
        assert set(row) == {"day", "kind", "name", "source", "confirmed"}
        assert row["kind"] in DAY_KINDS
        assert row["name"]
        assert row["source"]
    assert max(Counter(special.day for special in DAYS).values()) == 1


@pytest.mark.parametrize("year", YEARS)
def test_each_year_has_as_many_holidays_as_the_law_says(year):
    assert len(days_of(year, HOLIDAY)) == (12 if year >= 2026 else 11)


@pytest.mark.parametrize("year", YEARS)
def test_each_holiday_on_a_weekend_has_its_day_off(year):
    lost = [day for day in days_of(year, HOLIDAY) if day.weekday() >= 5]
    assert len(days_of(year, COMPENSATORY)) == len(lost)


@pytest.mark.parametrize("year", YEARS)
def test_each_swapped_day_off_has_a_saturday_to_work(year):
    assert len(days_of(year, SWAPPED_OFF)) == len(days_of(year, SWAPPED_WORKING))
    assert all(day.weekday() == 5 for day in days_of(year, SWAPPED_WORKING))


@pytest.mark.parametrize("year", YEARS)
def test_tet_and_the_hung_kings_fall_where_the_moon_says(year):
    first = CALENDAR.special(FIRST_OF_TET[year])
    kings = CALENDAR.special(HUNG_KINGS[year])
    assert first is not None
    assert first.name == "Tết Nguyên đán (mùng 1)"
    assert kings is not None
    assert kings.name == "Giỗ Tổ Hùng Vương"
    assert CALENDAR.knows_year(year)


@pytest.mark.parametrize("year", YEARS)
def test_working_days_off_agree_with_the_library_but_for_what_it_does_not_know(year):
    library = holidays.country_holidays("VN", years=year)
    theirs = {day for day in library if day.weekday() < 5}
    ours = {s.day for s in DAYS if s.day.year == year and s.kind != SWAPPED_WORKING}
    assert {day for day in ours if day.weekday() < 5} ^ theirs <= KNOWN_DIFFERENCES


def test_years_to_come_are_marked_as_not_confirmed():
    assert not CALENDAR.unconfirmed(2025)
    assert {special.day for special in CALENDAR.unconfirmed(2026)} == {
        date(2026, 1, 2),
        date(2026, 1, 10),
        date(2026, 8, 22),
        date(2026, 8, 31),
    }
    for year in range(2027, 2031):
        assert all(not special.confirmed for special in DAYS if special.day.year == year)


def test_a_year_that_nobody_entered_is_not_known():
    assert not CALENDAR.knows_year(2024)
    assert not CALENDAR.knows_year(2031)
