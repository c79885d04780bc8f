"""The period itself, and the spans of the calendar: which week, month, … a day lies in."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

ROMAN = ("I", "II", "III", "IV")
SEPTEMBER = 9


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole days with both ends in it."""

    code: str
    label: str
    starts_on: date
    ends_on: date

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return self.starts_on <= day <= self.ends_on

    def known_on(self, as_of: date) -> date:
        """The last day whose facts count: its end, or the day of asking while it still runs."""
        return min(self.ends_on, as_of)


def span(starts_on: date, ends_on: date) -> Period:
    """Any days from one to another; a ValueError if they stand the wrong way round."""
    if ends_on < starts_on:
        raise ValueError(f"Ngày cuối {ends_on:%d/%m/%Y} đứng trước ngày đầu {starts_on:%d/%m/%Y}.")
    label = f"Từ {starts_on:%d/%m/%Y} đến {ends_on:%d/%m/%Y}"
    return Period(span_code(starts_on, ends_on), label, starts_on, ends_on)


def span_code(starts_on: date, ends_on: date) -> str:
    """The code that says the days themselves."""
    return f"{starts_on.isoformat()}..{ends_on.isoformat()}"


def week_of(day: date) -> Period:
    """The week, Monday to Sunday (ISO 8601)."""
    year, week, weekday = day.isocalendar()
    starts_on = day - timedelta(days=weekday - 1)
    ends_on = starts_on + timedelta(days=6)
    label = f"Tuần {week} năm {year} ({starts_on:%d/%m}–{ends_on:%d/%m})"
    return Period(f"{year}-W{week:02d}", label, starts_on, ends_on)


def month_of(day: date) -> Period:
    """The calendar month."""
    label = f"Tháng {day.month}/{day.year}"
    return Period(f"{day:%Y-%m}", label, *_months(day.year, day.month, 1))


def quarter_of(day: date) -> Period:
    """The calendar quarter."""
    number = (day.month + 2) // 3
    label = f"Quý {ROMAN[number - 1]}/{day.year}"
    return Period(f"{day.year}-Q{number}", label, *_months(day.year, 3 * number - 2, 3))


def half_of(day: date) -> Period:
    """The calendar half-year."""
    number = (day.month + 5) // 6
    label = f"6 tháng {('đầu', 'cuối')[number - 1]} năm {day.year}"
    return Period(f"{day.year}-H{number}", label, *_months(day.year, 6 * number - 5, 6))


def year_of(day: date) -> Period:
    """The calendar year."""
    return Period(f"{day.year}", f"Năm {day.year}", *_months(day.year, 1, 12))


def school_year_of(day: date) -> Period:
    """The school year, taken from 1 September to 31 August so that no summer day is lost."""
    first = day.year if day.month >= SEPTEMBER else day.year - 1
    label = f"Năm học {first}–{first + 1}"
    return Period(f"SY{first}", label, date(first, SEPTEMBER, 1), date(first + 1, 8, 31))


def a_year_before(day: date) -> date:
    """The same day of the year before; 29 February becomes the 28th."""
    year = day.year - 1
    return date(year, day.month, min(day.day, monthrange(year, day.month)[1]))


def _months(year: int, first: int, count: int) -> tuple[date, date]:
    last = first + count - 1
    return date(year, first, 1), date(year, last, monthrange(year, last)[1])
