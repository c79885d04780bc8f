"""Terms in working days, calendar days and hours: when they end.

Bộ luật Dân sự 2015: Đ147.2 the first day is not counted; Đ148.5 a last day on a weekend or holiday
moves to the end of the next working day; Đ147.1 hours run from the very moment, nights included.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from datetime import time as time_of_day

from feedback.rules.calendar import ONE_DAY, WorkCalendar

WORKING_DAYS, CALENDAR_DAYS, HOURS = "WD", "CD", "H"
UNIT_WORDS = {WORKING_DAYS: "ngày làm việc", CALENDAR_DAYS: "ngày", HOURS: "giờ"}

# The clock stands still and nobody knows until when: such a term is never late.
NEVER = date.max


@dataclass(frozen=True, slots=True)
class Term:
    """A length of time: 10 WD (working days), 30 CD (calendar days), 12 H (hours)."""

    quantity: int
    unit: str

    def __post_init__(self) -> None:
        if self.unit not in UNIT_WORDS or self.quantity < 0:
            raise ValueError(f"“{self.quantity} {self.unit}” không phải là một thời hạn.")

    @property
    def words(self) -> str:
        return f"{self.quantity} {UNIT_WORDS[self.unit]}" if self.quantity else "ngay lập tức"


@dataclass(frozen=True, slots=True)
class Pause:
    """A suspension by decision. The day of the decision to continue (`to_on`) counts again."""

    from_on: date
    to_on: date | None = None

    def covers(self, day: date) -> bool:
        return self.from_on <= day and (self.to_on is None or day < self.to_on)


@dataclass(frozen=True, slots=True)
class Skipped:
    """A day that does not count, and why."""

    day: date
    reason: str


@dataclass(frozen=True, slots=True)
class Due:
    """The last day (its end, 24:00), and for hours the moment; the days off passed over."""

    on: date
    at: datetime | None = None
    skipped: tuple[Skipped, ...] = ()

    @property
    def is_paused(self) -> bool:
        return self.on == NEVER


def day_of(moment: datetime | date) -> date:
    """The day of a moment in office time."""
    return moment.date() if isinstance(moment, datetime) else moment


def due(
    term: Term,
    start: datetime | date,
    calendar: WorkCalendar,
    pauses: Sequence[Pause] = (),
    roll: bool = True,
) -> Due:
    """When a term that starts with this event ends. `start` is in office time.

    Hours run through nights, holidays and pauses; given only a day they run from its beginning.
    `roll` moves a calendar-day term that ends on a day off to the next working day.
    """
    if term.unit == HOURS:
        return _after_hours(term, start)
    end, skipped = _count(term, day_of(start), calendar, pauses)
    if end != NEVER and roll:
        rolled = calendar.next_working(end)
        skipped += _days_off(end, rolled, calendar)
        end = rolled
    return Due(end, None, tuple(skipped))


def due_before(term: Term, event_on: date, calendar: WorkCalendar) -> Due:
    """The last working day on which something may be done at least so long before an event.

    It never moves forward: “before 1 May” with 30 April a holiday is the 29th or earlier.
    """
    if term.unit == WORKING_DAYS:
        end = calendar.add_working_days(event_on, -term.quantity)
        return Due(end, None, tuple(_days_off(end, event_on, calendar)))
    latest = event_on - timedelta(days=term.quantity)
    end = calendar.previous_working(latest)
    return Due(end, None, tuple(_days_off(end, latest + ONE_DAY, calendar)))


def _after_hours(term: Term, start: datetime | date) -> Due:
    moment = start if isinstance(start, datetime) else datetime.combine(start, time_of_day.min)
    at = moment + timedelta(hours=term.quantity)
    return Due(at.date(), at)


def _count(
    term: Term, start: date, calendar: WorkCalendar, pauses: Sequence[Pause]
) -> tuple[date, list[Skipped]]:
    """The last day of so many counted days after `start`, and the days off on the way."""
    counts: Callable[[date], bool] = (
        calendar.is_working if term.unit == WORKING_DAYS else lambda _: True
    )
    day, left, skipped = start, term.quantity, list[Skipped]()
    while left:
        day += ONE_DAY
        pause = next((p for p in pauses if p.covers(day)), None)
        if pause and pause.to_on is None:
            return NEVER, skipped
        if pause is None and counts(day):
            left -= 1
        elif pause is None:
            skipped.append(Skipped(day, calendar.why_off(day) or ""))
    return day, skipped


def _days_off(first: date, last: date, calendar: WorkCalendar) -> list[Skipped]:
    """The days off from `first` up to the day before `last`."""
    days = (first + timedelta(days=n) for n in range((last - first).days))
    return [Skipped(day, reason) for day in days if (reason := calendar.why_off(day))]
