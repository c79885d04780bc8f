"""The special days as the Office sees them: by year, what is not checked yet, what is lacking."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from feedback import clock, db
from feedback.models.units import Holiday
from feedback.rules.calendar import DAY_KINDS, SpecialDay, special_days
from feedback.shipped import read
from feedback.web import here
from feedback.web.words import day as in_words


def every_day() -> Sequence[Holiday]:
    """All special days of the country, the newest year first."""
    found = db.session.scalars(select(Holiday).where(Holiday.unit_id.is_(None)))
    return sorted(found, key=lambda one: (-one.day.year, one.day, one.id))


def by_year(days: Sequence[Holiday]) -> list[dict[str, Any]]:
    """Each year with its rows, and how many nobody has checked; the running ones lie open."""
    this = clock.today().year
    return [
        {
            "year": year,
            "open": year in (this, this + 1),
            "days": [_row(one) for one in group],
            "unchecked": sum(not one.confirmed for one in group),
        }
        for year, group in ((y, list(g)) for y, g in groupby(days, key=lambda one: one.day.year))
    ]


def _row(one: Holiday) -> dict[str, Any]:
    return {
        "id": one.id,
        "day": in_words(one.day),
        "kind": _(DAY_KINDS[one.kind]),
        "working": one.kind == "swapped_working",
        "name": one.name,
        "source": one.source,
        "confirmed": one.confirmed,
    }


def lacking_years() -> list[int]:
    """This year and the next, when their Tết is not entered: terms across it would be wrong."""
    this = clock.today().year
    return [year for year in (this, this + 1) if not here.calendar().knows_year(year)]


def known(day: date) -> Holiday | None:
    """The row that already says something about this day."""
    return db.session.scalar(
        select(Holiday).where(Holiday.unit_id.is_(None), Holiday.day == day).limit(1)
    )


def shipped() -> list[SpecialDay]:
    """Days of the calendar that came with the program and are not in the table yet."""
    every = special_days(read("holidays"))
    have = {one.day for one in every_day()}
    return [special for special in every if special.day not in have]


def row_of(special: SpecialDay) -> Holiday:
    return Holiday(
        day=special.day,
        kind=special.kind,
        name=special.name,
        source=special.source,
        confirmed=special.confirmed,
    )
