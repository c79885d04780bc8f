"""Timekeeping: the moves that time itself makes, each in a transaction of its own.

Every move is asked for again under the lock of its case: two runners, or a runner and a clerk at
the same moment, make it once. A crash repeats nothing that was committed.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from feedback.models.cases import Case
from feedback.models.events import Act, CaseDeadline
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.passages import PASSAGES, Passage

COMPLAINT = "KN"
VERBS: dict[str, Callable[[Case, Act], None]] = {
    "lapse": Case.lapse,
    "forgo": Case.forgo,
    "take_effect": Case.take_effect,
}


@dataclass(frozen=True, slots=True)
class Passing:
    """One case for which one passage is due."""

    case_id: int
    move: str


def due(session: Session, today: date, most: int = 50) -> list[Passing]:
    """What has come about by itself and is not recorded yet, longest due first."""
    return [
        Passing(case_id, passage.move)
        for passage in PASSAGES.values()
        for case_id in session.scalars(_past(passage, today).limit(most))
    ][:most]


def _past(passage: Passage, today: date) -> Select[tuple[int]]:
    last = func.max(CaseDeadline.due_on)
    return (
        select(CaseDeadline.case_id)
        .join(Case, Case.id == CaseDeadline.case_id)
        .where(
            CaseDeadline.rule_code.in_(passage.clocks),
            CaseDeadline.met_on.is_(None),
            CaseDeadline.paused_on.is_(None),
            Case.kind_code == COMPLAINT,
            Case.is_petition,
            Case.status.in_(passage.statuses),
        )
        .group_by(CaseDeadline.case_id)
        .having(last < today)
        .order_by(last, CaseDeadline.case_id)
    )


def make(session: Session, passing: Passing, act: Act) -> bool:
    """Record it, unless somebody else has. The caller commits, case by case."""
    # On PostgreSQL whoever holds the case goes first; SQLite has one writer anyway.
    case = session.scalar(
        select(Case)
        .where(Case.id == passing.case_id)
        .with_for_update(skip_locked=True, of=Case)
        .execution_options(populate_existing=True)
    )
    if case is None:
        return False
    session.expire(case, ["deadlines", "events", "pauses"])
    try:
        VERBS[passing.move](case, act)
    except MoveRefused:
        return False
    return True
