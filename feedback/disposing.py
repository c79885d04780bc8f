"""Disposal: what has been kept long enough, proposed by one officer and carried out by another."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import access, erasing
from feedback.erasing import Cause, Gone
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.retention import (
    CARRIED_OUT,
    PROPOSED,
    REJECTED,
    Disposal,
    DisposalItem,
    RetentionTerm,
)
from feedback.models.units import Unit, above
from feedback.rules.lifecycle import ENDED, MoveRefused
from feedback.rules.retention import CONTACT, RETENTION, Period, RetentionClass, class_of
from feedback.scopes import Scope

# So many a list is read and signed by people.
MOST = 200
SAME_PERSON = "Người hủy phải là một người khác người đề nghị: hai người cùng chịu trách nhiệm."
DECIDED = "Đề nghị này đã được quyết định rồi."
NOTHING = "Không có hồ sơ nào đến hạn trong nhóm này."
JOINED = "joined"
SHORT_MONTHS = timedelta(days=3)


@dataclass(frozen=True, slots=True)
class Kept:
    """One case whose keeping has ended, and since when."""

    case: Case
    ended_on: date
    until: date


def ended_on(case: Case) -> date | None:
    """The day its keeping begins to count: the last of the days that ended it."""
    days = (case.closed_on, case.refused_on, case.answered_again_on, case.answered_on)
    return max((day for day in days if day), default=None)


def term_of(session: Session, unit: Unit, class_code: str, on: date) -> RetentionClass:
    """The class as it holds at this unit: the nearest Office's own period, or the catalogue's."""
    usual = RETENTION[class_code]
    for one in (unit, *above(unit, on)):
        set_here = session.scalar(
            select(RetentionTerm)
            .where(RetentionTerm.unit_id == one.id, RetentionTerm.class_code == class_code)
            .order_by(RetentionTerm.id.desc())
            .limit(1)
        )
        if set_here is not None:
            period = Period(set_here.quantity, set_here.period_unit)
            return replace(usual, period=period, basis=set_here.basis, verify=False)
    return usual


def due(session: Session, scope: Scope, term: RetentionClass) -> list[Kept]:
    """What this officer may dispose of today in a class: not held, not proposed, not gone."""
    if not term.erases:
        return []
    found = (kept for kept in _candidates(session, scope, term) if kept.until < scope.on)
    return list(islice(found, MOST))


def _candidates(session: Session, scope: Scope, term: RetentionClass) -> Iterator[Kept]:
    waits = (
        select(DisposalItem.case_id)
        .join(Disposal)
        .where(Disposal.state == PROPOSED, Disposal.class_code == term.code)
    )
    ended = access.cases(scope).where(
        Case.status.in_(set(ENDED) - {JOINED}),
        Case.owner_id.in_(scope.reads),
        Case.id.not_in(waits),
        # It came in before it ended, so the young ones need not be looked at one by one.
        Case.received_on <= (term.period.before(scope.on) or date.min) + SHORT_MONTHS,
    )
    for case in session.scalars(ended.order_by(Case.received_on, Case.id)):
        kept = _kept(case, term)
        if kept is not None and _is_left(session, case, term):
            yield kept


def _kept(case: Case, term: RetentionClass) -> Kept | None:
    code = class_of(case.kind_code, case.is_petition, case.refusal_code)
    ordinary = code in {"spam", "opinion"}
    day = ended_on(case)
    if day is None or (code != term.code and not (term.code == CONTACT and ordinary)):
        return None
    until = term.period.after(day)
    return Kept(case, day, until) if until else None


def _is_left(session: Session, case: Case, term: RetentionClass) -> bool:
    """Whether there is something of it that nobody has said must stay."""
    if erasing.is_held(session, [case.id]):
        return False
    if term.erases == CONTACT:
        return any(one.sender is not None for one in case.submissions)
    letters = [erasing.letter_of(session, one) for one in case.submissions]
    return any(not erasing.is_erased(session, one, term.erases) for one in letters)


# --- two people ---------------------------------------------------------------------------------


def propose(session: Session, scope: Scope, unit: Unit, term: RetentionClass, act: Act) -> Disposal:
    """The list as it stands today, for somebody else to look at."""
    kept = due(session, scope, term)
    if not kept:
        raise MoveRefused(NOTHING)
    made = Disposal(
        unit=unit,
        class_code=term.code,
        quantity=term.period.quantity,
        period_unit=term.period.unit,
        basis=term.basis,
        state=PROPOSED,
        proposed_at=act.at,
        proposed_by=act.by,
        note="",
        items=[
            DisposalItem(case=one.case, ended_on=one.ended_on, kept_until=one.until, disposed=False)
            for one in kept
        ],
    )
    session.add(made)
    return made


def why_not(disposal: Disposal, officer: Officer) -> str:
    """Why this officer may not decide it."""
    if disposal.state != PROPOSED:
        return DECIDED
    return SAME_PERSON if disposal.proposed_by_id == officer.id else ""


def carry_out(session: Session, disposal: Disposal, officer: Officer, act: Act, gone: Gone) -> int:
    """Everything on the list that nothing forbids by now is gone; how many cases."""
    _decide(disposal, officer, act, CARRIED_OUT)
    what = RETENTION[disposal.class_code].erases
    for item in disposal.items:
        if not _may_go(session, item.case, disposal, act.on):
            continue
        item.case.erase_data(replace(act, note=""), what)
        session.flush()
        for submission in list(item.case.submissions):
            cause = Cause("retention", act.at, officer.id)
            erasing.erase(session, submission, what, cause, gone)
        item.disposed = True
    return sum(item.disposed for item in disposal.items)


def _may_go(session: Session, case: Case, disposal: Disposal, on: date) -> bool:
    """Opened again, given another name, or held since it was proposed: then it stays."""
    if case.is_open or erasing.is_held(session, [case.id]):
        return False
    period = Period(disposal.quantity, disposal.period_unit)
    kept = _kept(case, replace(RETENTION[disposal.class_code], period=period))
    return kept is not None and kept.until < on


def reject(disposal: Disposal, officer: Officer, act: Act) -> None:
    """Nothing is disposed of; the reason stays with the list."""
    _decide(disposal, officer, act, REJECTED)
    disposal.note = act.note


def _decide(disposal: Disposal, officer: Officer, act: Act, state: str) -> None:
    refusal = why_not(disposal, officer)
    if refusal:
        raise MoveRefused(refusal)
    disposal.state, disposal.decided_at = state, act.at
    disposal.decided_by, disposal.decided_by_id = officer, officer.id
