"""When things happen: parents write in the evening, the office works in office hours."""

from datetime import date, datetime, timedelta

from feedback.clock import office_day
from feedback.demo.place import Place, at

# How much is written in each month of the year: little in the holidays, most when school begins.
MONTHS = (8, 5, 10, 10, 9, 3, 2, 6, 14, 13, 11, 9)
WEEKDAYS = (12, 11, 11, 11, 10, 6, 7)
HOURS = dict(zip(range(6, 23), (4, 7, 5, 4, 4, 5, 6, 4, 3, 3, 6, 8, 7, 8, 9, 7, 3), strict=True))
OPENS, CLOSES = 8, 16
MINUTES = 60
GROWTH = 0.8  # of the year's use that is new within the year
YEAR = 365


def day_written(place: Place, latest: date | None = None) -> date:
    """A day on which a parent writes: more of them lately, for the poster is better known."""
    first, final = place.wishes.since, latest or place.wishes.today
    days = [first + timedelta(days=n) for n in range((final - first).days + 1)]
    weights = [_weight(place, day) for day in days]
    return place.rng.choices(days, weights)[0]


def _weight(place: Place, day: date) -> float:
    ago = (place.wishes.today - day).days
    return MONTHS[day.month - 1] * WEEKDAYS[day.weekday()] * (1 + GROWTH - GROWTH * ago / YEAR)


def moment_written(place: Place, day: date) -> datetime:
    """A moment of that day at which parents write, never later than now."""
    hour = place.rng.choices(list(HOURS), list(HOURS.values()))[0]
    moment = at(day, hour, place.rng.randrange(MINUTES))
    return min(moment, place.wishes.until - timedelta(minutes=place.rng.randrange(70, 400)))


def moment_worked(place: Place, after: datetime, days: int) -> datetime:
    """A moment in office hours, so many working days later, or the next working morning."""
    start = office_day(after)
    day = place.calendar.add_working_days(start, days) if days else start
    day = place.calendar.next_working(day)
    moment = at(day, place.rng.randint(OPENS, CLOSES), place.rng.randrange(MINUTES))
    if moment > after:
        return moment
    return at(place.calendar.add_working_days(start, 1), OPENS, place.rng.randrange(MINUTES))


def moment_read(place: Place, after: datetime, days: int) -> datetime:
    """A moment at which the parent looks again, so many days later."""
    moment = after + timedelta(days=days, minutes=place.rng.randrange(20, 600))
    if moment.hour in HOURS:
        return moment
    return at(office_day(moment) + timedelta(days=1), min(HOURS), place.rng.randrange(MINUTES))


def moment_rushed(place: Place, after: datetime) -> datetime:
    """Soon, whatever the hour: a child may be in danger."""
    return after + timedelta(minutes=place.rng.randrange(15, 80))
