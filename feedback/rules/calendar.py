"""Working days: Monday to Friday without holidays, with the days the State swaps.

Bộ luật Lao động 2019 Điều 112 with Nghị quyết 28/2026/QH16 names the holidays; Tết, the day beside
2 September and the swapped days are decided anew each year, so the days come in as rows.
"""

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

HOLIDAY, COMPENSATORY = "holiday", "compensatory"
SWAPPED_OFF, SWAPPED_WORKING = "swapped_off", "swapped_working"

DAY_KINDS: dict[str, str] = {
    HOLIDAY: "Ngày nghỉ lễ, Tết",
    COMPENSATORY: "Ngày nghỉ bù",
    SWAPPED_OFF: "Ngày nghỉ hoán đổi",
    SWAPPED_WORKING: "Ngày đi làm bù",
}

# As inside a sentence (Nghị định 30/2020, Phụ lục II): only the name of the day is a capital.
WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")

SATURDAY = 5  # of `date.weekday()`
ONE_DAY = timedelta(days=1)

# Mùng 1 falls between 21 January and 20 February; its five days stay within this window.
TET_FROM, TET_TO = (1, 18), (2, 28)
TET_DAYS = 5


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """A day that does not follow the week; `kind` is one of DAY_KINDS, `source` the paper for it.

    `confirmed` is False for a day worked out from the law before the year's decision is known.
    """

    day: date
    kind: str
    name: str
    source: str = ""
    confirmed: bool = True

    def __post_init__(self) -> None:
        if self.kind not in DAY_KINDS:
            raise ValueError(f"“{self.kind}” không phải là một loại ngày trong lịch làm việc.")


class WorkCalendar:
    """Which days count as working days. Never changes; of two rows for a day the later holds."""

    __slots__ = ("_days", "_extra", "_local", "_off")

    def __init__(
        self,
        days: Iterable[SpecialDay] = (),
        local: "Mapping[int, WorkCalendar] | None" = None,
    ) -> None:
        self._local = local or {}
        self._days = {special.day: special for special in days}
        specials = self._days.values()
        self._off = sorted(
            s.day.toordinal() for s in specials if s.kind != SWAPPED_WORKING and not _weekend(s.day)
        )
        self._extra = sorted(
            s.day.toordinal() for s in specials if s.kind == SWAPPED_WORKING and _weekend(s.day)
        )

    def at(self, unit_id: int) -> "WorkCalendar":
        """The calendar of a unit that has days of its own or from above; else this one."""
        return self._local.get(unit_id, self)

    def is_working(self, day: date) -> bool:
        special = self._days.get(day)
        if special is not None:
            return special.kind == SWAPPED_WORKING
        return not _weekend(day)

    def why_off(self, day: date) -> str | None:
        """The name of the holiday, else of the weekend day; None for a working day."""
        if self.is_working(day):
            return None
        special = self._days.get(day)
        return special.name if special else WEEKDAYS[day.weekday()]

    def next_working(self, day: date) -> date:
        """The day itself if it works, else the first working day after it."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def previous_working(self, day: date) -> date:
        """The day itself if it works, else the last working day before it."""
        while not self.is_working(day):
            day -= ONE_DAY
        return day

    def add_working_days(self, start: date, n: int) -> date:
        """The n-th working day after `start`, before it when n is negative; day zero never counts.

        (Bộ luật Dân sự 2015 Đ147.2: the first day is not counted.) Zero days gives `start` itself.
        """
        step, day = (ONE_DAY if n > 0 else -ONE_DAY), start
        for _ in range(abs(n)):
            day += step
            while not self.is_working(day):
                day += step
        return day

    def working_days_between(self, start: date, end: date) -> int:
        """Working days after `start` up to and with `end`; negative when `end` comes first."""
        if end < start:
            return -self.working_days_between(end, start)
        first, last = start.toordinal(), end.toordinal()
        weekdays = _weekdays_until(last) - _weekdays_until(first)
        return weekdays - _within(self._off, first, last) + _within(self._extra, first, last)

    def special(self, day: date) -> SpecialDay | None:
        """The row that makes this day special, if one does."""
        return self._days.get(day)

    def knows_year(self, year: int) -> bool:
        """Whether the Tết holidays of that year are entered: they cannot be known without."""
        first, last = date(year, *TET_FROM), date(year, *TET_TO)
        holidays = (s.day for s in self._days.values() if s.kind == HOLIDAY)
        return sum(first <= day <= last for day in holidays) >= TET_DAYS

    def unconfirmed(self, year: int) -> tuple[SpecialDay, ...]:
        """The special days of that year that nobody has checked against the year's decision."""
        days = (s for s in self._days.values() if s.day.year == year and not s.confirmed)
        return tuple(sorted(days, key=lambda special: special.day))


def calendar_from_rows(rows: Iterable[Mapping[str, Any]]) -> WorkCalendar:
    """The calendar of rows {day, kind, name, source, confirmed}, the day as an ISO date."""
    return WorkCalendar(special_days(rows))


def special_days(rows: Iterable[Mapping[str, Any]]) -> tuple[SpecialDay, ...]:
    """The rows of a holiday file, checked; ValueError names the row that cannot be read."""
    return tuple(_special_day(row) for row in rows)


def _special_day(row: Mapping[str, Any]) -> SpecialDay:
    day = row["day"] if isinstance(row["day"], date) else date.fromisoformat(row["day"])
    confirmed = bool(row.get("confirmed", True))
    return SpecialDay(day, row["kind"], row["name"], row.get("source", ""), confirmed)


def _weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY


def _weekdays_until(ordinal: int) -> int:
    """Mondays to Fridays from the beginning of time (1 January of the year 1, a Monday)."""
    weeks, rest = divmod(ordinal, 7)
    return weeks * 5 + min(rest, 5)


def _within(ordinals: list[int], first: int, last: int) -> int:
    """How many lie after `first`, up to and with `last`."""
    return bisect_right(ordinals, last) - bisect_right(ordinals, first)
