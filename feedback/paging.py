"""Pages by keyset: every place in a list has a name, and what lies before it is not read."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, func, literal, select, tuple_
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from feedback.facts import Condition
from feedback.models.cases import Case

PAGE = 50
# Owed nothing: after everything that is owed something.
FAR = date(9999, 12, 31)
CURSOR = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2})\|([0-9]{1,18})")


@dataclass(frozen=True, slots=True)
class Order:
    """How a folder is sorted: by a day, then by id, so that every place in it has a name."""

    day: ColumnElement[date]
    newest_first: bool = False

    def sort(self, statement: Select[Any], backwards: bool = False) -> Select[Any]:
        columns = (self.day, Case.id.expression)
        falling = self.newest_first != backwards
        return statement.order_by(*(c.desc() if falling else c.asc() for c in columns))

    def beyond(self, place: tuple[date, int], backwards: bool = False) -> Condition:
        """What comes after that place; before it, when going backwards."""
        here = tuple_(self.day, Case.id)
        there = tuple_(*(literal(part) for part in place))
        return here < there if self.newest_first != backwards else here > there


BY_DUE = Order(func.coalesce(Case.due_on, FAR))
NEWEST = Order(Case.received_on.expression, newest_first=True)


def place_of(order: Order, case: Case) -> tuple[date, int]:
    return (case.received_on if order.newest_first else case.due_on or FAR), case.id


def cursor_of(place: tuple[date, int]) -> str:
    return f"{place[0].isoformat()}|{place[1]}"


def read_cursor(text: str) -> tuple[date, int] | None:
    """The place an address names; nothing when it is not one."""
    found = CURSOR.fullmatch(text)
    try:
        return (date.fromisoformat(found[1]), int(found[2])) if found else None
    except ValueError:
        return None


@dataclass(frozen=True, slots=True)
class Page:
    """Some cases of a list in order, and the cursors of the pages around it ("" for none)."""

    cases: Sequence[Case]
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """From which place to go, which way, and how far; no place is the beginning."""

    place: tuple[date, int] | None = None
    backwards: bool = False
    size: int = PAGE


def page(session: Session, kept: Select[tuple[Case]], order: Order, step: Step) -> Page:
    """The page after (or before) a place; only its own rows are read, however long the list is."""
    statement = kept.with_only_columns(Case.id, order.day)
    if step.place:
        statement = statement.where(order.beyond(step.place, step.backwards))
    rows = session.execute(order.sort(statement, step.backwards).limit(step.size + 1)).all()
    more, places = len(rows) > step.size, [(day, id_) for id_, day in rows[: step.size]]
    if step.backwards:
        places.reverse()
    before = bool(step.place) if not step.backwards else more
    after = more if not step.backwards else bool(step.place)
    return Page(
        load(session, [id_ for _, id_ in places]),
        cursor_of(places[0]) if before and places else "",
        cursor_of(places[-1]) if after and places else "",
    )


def load(session: Session, ids: Sequence[int]) -> list[Case]:
    """These cases in this order, as few readings for fifty as for three."""
    found = {case.id: case for case in session.scalars(select(Case).where(Case.id.in_(ids)))}
    return [found[id_] for id_ in ids if id_ in found]


@dataclass(frozen=True, slots=True)
class Beside:
    """Where a case stands in a list: its number of how many, and its neighbours' references."""

    number: int
    total: int
    previous: str = ""
    next: str = ""


def beside(session: Session, kept: Select[tuple[Case]], order: Order, case: Case) -> Beside:
    """The neighbours of a case in a filter, also when it has just left it."""
    place = place_of(order, case)

    def neighbour(backwards: bool) -> str:
        one = kept.with_only_columns(Case.reference).where(order.beyond(place, backwards))
        return session.scalar(order.sort(one, backwards).limit(1)) or ""

    not_after = sql_case((~order.beyond(place), 1))
    total, number = session.execute(
        kept.with_only_columns(func.count(), func.count(not_after))
    ).one()
    return Beside(number, total, neighbour(backwards=True), neighbour(backwards=False))
