"""Grounds: whose figures are asked for, of which days, as known on which day.

A matter counts in one unit: the school it is about, or, when it is kept from the school, the desk
that answers it. So a school's figures never hold what the school may not see.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from analysis.periods import Period, comparable
from feedback.facts import counts_for
from feedback.models.units import Unit, units_below
from feedback.rules.calendar import WorkCalendar


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose figures: `units` are its lines, `cases` the condition for its matters."""

    units: tuple[Unit, ...]
    cases: ColumnElement[bool]

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(unit.id for unit in self.units)


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days, as known on which day, counted by which calendar."""

    period: Period
    as_of: date
    calendar: WorkCalendar

    @property
    def before(self) -> Period:
        return comparable(self.period, self.as_of)

    @property
    def known_on(self) -> date:
        return self.period.known_on(self.as_of)


def counted_in(unit_ids: Iterable[int], as_of: date | None = None) -> ColumnElement[bool]:
    """The matters that count in these units, now or as the tree stood on a day."""
    return counts_for(set(unit_ids), as_of or date.max)


def whole(*units: Unit) -> Ground:
    """All that counts in these units, whoever reads it."""
    return Ground(units, counted_in({unit.id for unit in units}))


def ground_on(session: Session, unit: Unit, as_of: date) -> Ground:
    """A unit and all it managed on that day: what its own figures of then were made from."""
    ids = units_below(session, {unit.id}, as_of) | {unit.id}
    units = session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.code))
    return Ground(tuple(units), counted_in(ids, as_of))
