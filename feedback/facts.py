"""A case's dates and codes as the calculator names them, in SQL: the twin of `analysis.counting`.

`FIELDS` gives each field of `CaseRow` its expression and `TESTS` each test of a fact its condition,
so that a figure counted on rows and the list opened behind it cannot drift apart.
"""

from collections.abc import Callable, Mapping
from datetime import date
from types import MappingProxyType
from typing import Any

from sqlalchemy import ColumnElement, and_, or_, select

from analysis.counting.facts import AGAINST_A_FIELD, Fact, Facts, Window
from analysis.counting.where import conditions, window
from feedback.models.cases import Case
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
    return or_(*(_all(facts, days) for facts in conditions(where)))


def _all(facts: Facts, days: Window) -> Condition:
    return and_(*(_holds(fact, days) for fact in facts))


def _holds(fact: Fact, days: Window) -> Condition:
    if fact.field in _UNITS:
        return _UNITS[fact.field](str(fact.other))
    other = FIELDS[str(fact.other)] if fact.test in AGAINST_A_FIELD else fact.other
    return TESTS[fact.test](FIELDS[fact.field], other, days)


def _unit_id(code: str) -> ColumnElement[int]:
    return select(Unit.id).where(Unit.code == code).scalar_subquery()


def _counts_for(code: str) -> Condition:
    """Said twice instead of through `counted_unit_id`, so that each half finds its index."""
    unit_id = _unit_id(code)
    return or_(
        and_(Case.hidden_from_school.is_(False), Case.unit_id == unit_id),
        and_(Case.hidden_from_school.is_(True), Case.owner_id == unit_id),
    )


_UNITS: Mapping[str, Callable[[str], Condition]] = {
    "unit_code": _counts_for,
    "owner_code": lambda code: Case.owner_id == _unit_id(code),
}
