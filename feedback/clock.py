"""The only clock: everything else is told the day."""

from datetime import date, datetime, time
from zoneinfo import ZoneInfo

OFFICE_ZONE = ZoneInfo("Asia/Ho_Chi_Minh")
OFFICE_OPENS, OFFICE_CLOSES = time(7, 30), time(17)


def now() -> datetime:
    """This moment, aware, as the office's wall clock shows it."""
    return datetime.now(OFFICE_ZONE)


def today() -> date:
    """The office's day, which is what every legal term counts in."""
    return now().date()


def office_day(moment: datetime) -> date:
    """The office's day of a stored moment (moments are kept in UTC)."""
    return moment.astimezone(OFFICE_ZONE).date()


def in_office_hours(at: datetime) -> bool:
    """Whether the clock of the office stands between opening and closing."""
    return OFFICE_OPENS <= at.astimezone(OFFICE_ZONE).time() < OFFICE_CLOSES
