"""Periods by their codes, and which period to compare another with.

2026-W07 week · 2026-11 month · 2026-Q4 quarter · 2026-H1 half-year · 2026 year ·
SY2026 school year from 1 September 2026 to 31 August 2027 · DV-2026-6M, TTr-2026-Q1 a round of a
report series, with the series' own cut-offs · 2025-11-01..2026-04-20 any other span.
"""

import re
from collections.abc import Callable
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from analysis.series import SERIES, Round, Series, round_period, rounds
from analysis.spans import (
    Period,
    a_year_before,
    half_of,
    month_of,
    quarter_of,
    school_year_of,
    span,
    span_code,
    week_of,
    year_of,
)

__all__ = [
    "SERIES",
    "Period",
    "Round",
    "Series",
    "UnknownPeriod",
    "comparable",
    "current_periods",
    "filter_code",
    "last_year",
    "period",
    "previous",
    "read_code",
    "rounds",
    "span",
]

FIRST_YEAR, LAST_YEAR = 2000, 2100
ONE_DAY = timedelta(days=1)


class Shape(NamedTuple):
    """One way a code may look, the period it stands for, and its like around another day."""

    pattern: re.Pattern[str]
    make: Callable[..., Period]
    around: Callable[[date], Period] | None = None


def _round(series_code: str, year: str, round_code: str) -> Period:
    return round_period(series_code, int(year), round_code)


def _span(first: str, final: str) -> Period:
    return span(date.fromisoformat(first), date.fromisoformat(final))


YEAR = re.compile("[0-9]{4}")
SHAPES = (
    Shape(
        re.compile("([0-9]{4})-W([0-9]{2})"),
        lambda year, week: week_of(date.fromisocalendar(int(year), int(week), 1)),
        week_of,
    ),
    Shape(
        re.compile("([0-9]{4})-([0-9]{2})"),
        lambda year, month: month_of(date(int(year), int(month), 1)),
        month_of,
    ),
    Shape(
        re.compile("([0-9]{4})-Q([1-4])"),
        lambda year, quarter: quarter_of(date(int(year), 3 * int(quarter), 1)),
        quarter_of,
    ),
    Shape(
        re.compile("([0-9]{4})-H([12])"),
        lambda year, half: half_of(date(int(year), 6 * int(half), 1)),
        half_of,
    ),
    Shape(re.compile("([0-9]{4})"), lambda year: year_of(date(int(year), 1, 1)), year_of),
    Shape(
        re.compile("SY([0-9]{4})"),
        lambda year: school_year_of(date(int(year), 9, 1)),
        school_year_of,
    ),
    Shape(re.compile("(" + "|".join(SERIES) + ")-([0-9]{4})-([0-9A-Z]{1,2})"), _round),
    Shape(re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\.\.([0-9]{4}-[0-9]{2}-[0-9]{2})"), _span),
)


@lru_cache(maxsize=1024)
def read_code(code: str) -> Period:
    """The period of a code this program wrote; a ValueError with a sentence if there is none."""
    for shape in SHAPES:
        if found := shape.pattern.fullmatch(code):
            try:
                return shape.make(*found.groups())
            except (ValueError, OverflowError):
                break
    raise UnknownPeriod(code)


def period(code: str) -> Period:
    """The period a person asks for: as `read_code`, and within the years we can know about."""
    asked = read_code(code)
    if not FIRST_YEAR <= asked.starts_on.year <= asked.ends_on.year <= LAST_YEAR:
        raise UnknownPeriod(code)
    return asked


class UnknownPeriod(ValueError):
    """No period has this code; the text keeps its gap, so that a door can translate it first."""

    text = (
        "Không có kỳ nào mang mã “%(code)s”. "
        "Mã đúng có dạng 2026-W07, 2026-11, 2026-Q4, 2026-H1, 2026, SY2026 hoặc DV-2026-6M."
    )

    def __init__(self, code: str) -> None:
        self.code = " ".join(code[:40].split())
        super().__init__(self.text % {"code": self.code})


def filter_code(this: Period) -> str:
    """A code that reads back to these very days, also where a setting has moved a round's."""
    try:
        known = read_code(this.code)
    except ValueError:
        return span_code(this.starts_on, this.ends_on)
    same = (known.starts_on, known.ends_on) == (this.starts_on, this.ends_on)
    return this.code if same else span_code(this.starts_on, this.ends_on)


def last_year(this: Period) -> Period:
    """The same span a year earlier: "cùng kỳ"."""
    code = filter_code(this)
    if ".." in code:
        return span(a_year_before(this.starts_on), a_year_before(this.ends_on))
    if code.endswith("-W53"):
        return week_of(this.starts_on - timedelta(weeks=53))
    return read_code(YEAR.sub(lambda year: f"{int(year[0]) - 1:04d}", code, count=1))


def comparable(this: Period, as_of: date) -> Period:
    """What to compare with: a year earlier, and cut at the same day while `this` still runs.

    Ten months of this year are not to be compared with the twelve of the last.
    """
    before = last_year(this)
    if as_of >= this.ends_on:
        return before
    return span(before.starts_on, max(before.starts_on, a_year_before(as_of)))


def previous(this: Period) -> Period:
    """The one just before of the same sort; for a cumulative round, the one a year before."""
    code, day_before = filter_code(this), this.starts_on - ONE_DAY
    if ".." in code:
        return span(day_before - (this.ends_on - this.starts_on), day_before)
    around = next(shape.around for shape in SHAPES if shape.pattern.fullmatch(code))
    return around(day_before) if around else _round_before(this, day_before)


def _round_before(this: Period, day_before: date) -> Period:
    series_code, _, round_code = this.code.split("-")
    if not round_code.startswith("Q"):
        return last_year(this)
    return next(
        one.period
        for year in (day_before.year, day_before.year + 1)
        for one in rounds(series_code, year)
        if one.code.split("-")[2].startswith("Q") and one.period.holds(day_before)
    )


def current_periods(today: date) -> tuple[Period, ...]:
    """What a filter offers on that day: the calendar's, then the running and latest rounds of A."""
    month, year = month_of(today), year_of(today)
    begun = tuple(
        one.period
        for number in (today.year, today.year + 1)
        for one in rounds("DV", number)
        if one.period.starts_on <= today
    )
    calendar = (week_of(today), month, previous(month), quarter_of(today), half_of(today), year)
    return (*calendar, last_year(year), school_year_of(today), *begun)
