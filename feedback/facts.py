"""A case's dates and codes as the calculator names them, in SQL: the twin of `analysis.counting`.

`FIELDS` gives each field of `CaseRow` its expression and `TESTS` each test of a fact its condition,
so that a figure counted on rows and the list opened behind it cannot drift apart.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select

from analysis.counting.facts import AGAINST_A_FIELD, Fact, Facts, Window
from analysis.counting.where import conditions, window
from feedback.models.cases import Case
from feedback.models.successions import UnitIds, answered_by
from feedback.models.units import Unit

Condition = ColumnElement[bool]
Where = Mapping[str, str]

# Each field of CaseRow as the database keeps it; the two units are told by their codes, below.
FIELDS: Mapping[str, ColumnElement[Any]] = MappingProxyType(
    {
        "reference": Case.reference.expression,
        "kind_code": Case.kind_code.expression,
        "subject_code": Case.subject_code.expression,
        "channel_code": Case.channel_code.expression,
        "is_petition": Case.is_petition.expression,
        "urgent": Case.priority == "P0",
        "received_on": Case.received_on.expression,
        "due_on": Case.promised_on.expression,
        "answered_on": Case.answered_on.expression,
        "refused_on": Case.refused_on.expression,
        "transferred_on": Case.transferred_on.expression,
        "escalated_on": Case.escalated_on.expression,
        "closed_on": Case.closed_on.expression,
        "reopened_on": Case.reopened_on.expression,
        "answered_again_on": Case.answered_again_on.expression,
        "rated_on": Case.rated_on.expression,
        "face": Case.face.expression,
        "solved": Case.solved.expression,
    }
)

Test = Callable[[ColumnElement[Any], Any, Window], Condition]

# The same keys as analysis.counting.facts.TESTS; a missing date satisfies only those named "not".
TESTS: Mapping[str, Test] = MappingProxyType(
    {
        "within": lambda value, _, days: value.between(days.starts_on, days.day),
        "by": lambda value, _, days: value <= days.day,
        "before": lambda value, _, days: value < days.starts_on,
        "not_by": lambda value, _, days: or_(value.is_(None), value > days.day),
        "not_before": lambda value, _, days: or_(value.is_(None), value >= days.starts_on),
        "past": lambda value, _, days: value < days.day,
        "not_past": lambda value, _, days: or_(value.is_(None), value >= days.day),
        "up_to": lambda value, other, _: and_(
            value.is_not(None), or_(other.is_(None), value <= other)
        ),
        "ahead": lambda value, other, _: and_(
            value.is_not(None), or_(other.is_(None), value < other)
        ),
        "after": lambda value, other, _: value > other,
        "is": lambda value, other, _: value == other,
    }
)


def counted(where: Where, as_of: date) -> Condition:
    """Whether the figure with this `where`, made on that day, counts a case."""
    days = window(where, as_of)
    return or_(*(_all(facts, days, as_of) for facts in conditions(where)))


def _all(facts: Facts, days: Window, as_of: date) -> Condition:
    return and_(*(_holds(fact, days, as_of) for fact in facts))


def _holds(fact: Fact, days: Window, as_of: date) -> Condition:
    if fact.field in _UNITS:
        return _UNITS[fact.field](_unit_id(str(fact.other)), as_of)
    other = FIELDS[str(fact.other)] if fact.test in AGAINST_A_FIELD else fact.other
    return TESTS[fact.test](FIELDS[fact.field], other, days)


def _unit_id(code: str) -> Select[tuple[int]]:
    return select(Unit.id).where(Unit.code == code)


def counts_for(unit_ids: UnitIds, as_of: date) -> Condition:
    """Counts in these units on the tree of that day.

    Said in parts instead of through `counted_unit_id`, so that each finds its index.
    """
    hidden = Case.hidden_from_school
    kept = (and_(hidden.is_(True), half) for half in answered_by(unit_ids, as_of))
    # Joined matters count once, as the one that answers for them; suspected spam not before
    # somebody has said that it is real.
    alone = and_(Case.joined_to_id.is_(None), Case.held_at.is_(None))
    return and_(alone, or_(and_(hidden.is_(False), Case.unit_id.in_(unit_ids)), *kept))


def _answered_by(unit_ids: UnitIds, as_of: date) -> Condition:
    return or_(*answered_by(unit_ids, as_of))


_UNITS: Mapping[str, Callable[[UnitIds, date], Condition]] = {
    "unit_code": counts_for,
    "owner_code": _answered_by,
}
