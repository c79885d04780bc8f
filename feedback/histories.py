"""The days of a matter as its history tells them: read from case_event by hand.

It shares no code with what keeps those days on the matter itself, so that a fault there is seen.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any, NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.pooling import Rows
from analysis.rows import CaseRow
from feedback.bound import in_pieces
from feedback.clock import office_day
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.rules.lifecycle import OPEN

# Which moves give a matter which day: the first of them, or the last.
ANSWERS = frozenset({"answer", "decide", "decide_again", "conclude"})
LAST: Mapping[str, frozenset[str]] = {
    "transferred_on": frozenset({"transfer"}),
    "escalated_on": frozenset({"escalate", "lodge_again", "take_up"}),
    "reopened_on": frozenset({"dispute", "reopen", "escalate", "lodge_again"}),
    "rated_on": frozenset({"confirm", "dispute"}),
}
REFUSALS = frozenset({"refuse"})
CLOSINGS = frozenset(
    {"close", "confirm", "withdraw", "take_effect", "terminate", "send_suspension", "join"}
)


class Step(NamedTuple):
    """One event of a matter."""

    at: datetime
    move_code: str
    unit_id: int
    to_status: str
    detail: dict[str, Any]

    @property
    def on(self) -> date:
        return office_day(self.at)


def known_then(session: Session, rows: Rows) -> Rows:
    """The rows as they were on their own day, when they are read from matters that went on since.

    A matter keeps only its last rating and its last reopening; its history keeps all of them.
    """
    names = [row.reference for row in rows.cases]
    ids: dict[str, int] = {}
    for some in in_pieces(names):
        wanted = select(Case.reference, Case.id).where(Case.reference.in_(some))
        ids |= dict(session.execute(wanted).tuples().all())
    steps = steps_of(session, ids.values())
    return replace(
        rows, cases=tuple(_then(row, steps[ids[row.reference]], rows.as_of) for row in rows.cases)
    )


def _then(row: CaseRow, steps: list[Step], as_of: date) -> CaseRow:
    days: dict[str, Any] = {**days_of([s for s in steps if s.on <= as_of])}
    if days["rated_on"] != row.rated_on:
        rated = LAST["rated_on"]
        said = [step for step in steps if step.move_code in rated and step.on <= as_of][-1:]
        days["face"] = said[0].detail.get("face") if said else None
        days["solved"] = said[0].move_code == "confirm" if said else None
    return replace(row, **days)


def steps_of(session: Session, ids: Iterable[int]) -> dict[int, list[Step]]:
    found: dict[int, list[Step]] = {}
    columns = (
        CaseEvent.at,
        CaseEvent.move_code,
        CaseEvent.unit_id,
        CaseEvent.to_status,
        CaseEvent.detail,
    )
    for some in in_pieces(ids):
        wanted = select(CaseEvent.case_id, *columns).where(CaseEvent.case_id.in_(some))
        for case_id, *told in session.execute(wanted.order_by(CaseEvent.case_id, CaseEvent.seq)):
            found.setdefault(case_id, []).append(Step(*told))
    return found


def days_of(known: list[Step]) -> dict[str, date | None]:
    """What these events make of a matter."""
    answers = [step.on for step in known if step.move_code in ANSWERS]
    days = {name: _last(known, moves) for name, moves in LAST.items()}
    return {
        "answered_on": min(answers, default=None),
        "refused_on": _last(_since(known), REFUSALS),
        "answered_again_on": _last(_since(known), ANSWERS | REFUSALS)
        if days["reopened_on"]
        else None,
        "closed_on": _last([s for s in _since(known) if s.to_status not in OPEN], CLOSINGS),
        **days,
    }


def _last(steps: list[Step], moves: frozenset[str]) -> date | None:
    return max((step.on for step in steps if step.move_code in moves), default=None)


def _since(steps: list[Step]) -> list[Step]:
    """What came after it was last opened again, or taken out of another matter."""
    again = LAST["reopened_on"] | {"part"}
    starts = [number for number, step in enumerate(steps) if step.move_code in again]
    return steps[starts[-1] + 1 :] if starts else steps


def is_joined(steps: list[Step]) -> bool:
    moves = [step.move_code for step in steps if step.move_code in {"join", "part"}]
    return moves[-1:] == ["join"]
