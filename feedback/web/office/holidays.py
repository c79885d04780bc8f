"""The special days as a unit sees them: by year, whose they are, what is unchecked or lacking."""

from collections.abc import Sequence
from datetime import date
from itertools import groupby
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import or_, select

from feedback import access, clock, db, ledger
from feedback.models.units import Holiday, Unit, above
from feedback.rules.calendar import DAY_KINDS, SpecialDay, special_days
from feedback.scopes import Scope
from feedback.shipped import read
from feedback.web import here, words

WARNS_FROM = 10  # October: from then on terms reach into the next Tết
COUNTRY = ""


def in_turn() -> None:
    """Before the days are read that new ones are held against: of two officers who enter the same
    ones at once, the second sees those of the first.
    """
    ledger.wait_turn(db.session.connection())


def keeps(scope: Scope) -> bool:
    """Whether this officer may change days at all."""
    return scope.oversees or bool(scope.administers)


def own_units(scope: Scope) -> list[Unit]:
    """The units that this officer may give days of their own."""
    kept = scope.administers | (scope.own if scope.oversees else frozenset())
    return list(db.session.scalars(access.units(kept)))


def seen_units(scope: Scope) -> set[int]:
    """The units whose days hold for this officer: their own, and every one above."""
    mine = db.session.scalars(access.units(scope.own | scope.administers))
    return {one.id for unit in mine for one in (unit, *above(unit, clock.today()))}


def every_day(scope: Scope) -> Sequence[Holiday]:
    """All special days that hold for this officer's units, the newest year first."""
    holds = or_(Holiday.unit_id.is_(None), Holiday.unit_id.in_(seen_units(scope)))
    found = db.session.scalars(select(Holiday).where(holds))
    return sorted(found, key=lambda one: (-one.day.year, one.day, one.id))


def may_change(scope: Scope, one: Holiday) -> bool:
    """The country's days, and those of one's own unit; never those of a unit above."""
    return keeps(scope) and (
        one.unit_id is None or one.unit_id in {unit.id for unit in own_units(scope)}
    )


def by_year(days: Sequence[Holiday], scope: Scope) -> list[dict[str, Any]]:
    """Each year with its rows, and how many nobody has checked; the running ones lie open."""
    this = clock.today().year
    return [
        {
            "year": year,
            "open": year in (this, this + 1),
            "days": [_row(one, scope) for one in group],
            "unchecked": sum(not one.confirmed for one in group),
        }
        for year, group in ((y, list(g)) for y, g in groupby(days, key=lambda one: one.day.year))
    ]


def _row(one: Holiday, scope: Scope) -> dict[str, Any]:
    unit = db.session.get(Unit, one.unit_id) if one.unit_id else None
    return {
        "id": one.id,
        "day": words.day_alone(one.day),
        "kind": _(DAY_KINDS[one.kind]),
        "working": one.kind == "swapped_working",
        "name": one.name,
        "source": one.source,
        "confirmed": one.confirmed,
        "unit": unit.name if unit else "",
        "mine": may_change(scope, one),
    }


def lacking_years() -> list[int]:
    """This year, and from October the next, when their Tết is not entered."""
    today = clock.today()
    years = [today.year, today.year + 1] if today.month >= WARNS_FROM else [today.year]
    return [year for year in years if not here.calendar().knows_year(year)]


def known(day: date, scope: Scope) -> Holiday | None:
    """The row that already says something about this day, here or above."""
    return next((one for one in every_day(scope) if one.day == day), None)


def shipped_days() -> tuple[SpecialDay, ...]:
    """The calendar that came with the program."""
    return special_days(read("holidays"))


def shipped() -> list[SpecialDay]:
    """Days of the calendar that came with the program and are not in the table yet."""
    have = set(db.session.scalars(select(Holiday.day).where(Holiday.unit_id.is_(None))))
    return [special for special in shipped_days() if special.day not in have]
