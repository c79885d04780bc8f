"""Joining: matters that are alike, one answer for several of them, and each by itself again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.likeness import FAR_DAYS, Letter, most_alike
from feedback import access, parts
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.rules.joining import Standing, why_not_joined
from feedback.rules.lifecycle import OPEN, MoveRefused
from feedback.scopes import Scope

# More open matters of one unit within a month nobody has; it bounds the work of one page.
MOST_COMPARED = 300


@dataclass(frozen=True, slots=True)
class Pair:
    """One matter that may be joined to the main one; `why_not` says what keeps it apart."""

    case: Case
    why_not: str


def standing(session: Session, case: Case) -> Standing:
    return Standing(
        machine=case.machine.code,
        is_petition=case.is_petition,
        is_open=case.is_open and case.answered_on is None,
        alarmed=case.alarmed,
        hidden=case.hidden_from_school,
        unit_id=case.unit_id,
        owner_id=case.owner_id,
        letter=case.letter_ids,
        gathered=bool(joined_to(session, case)),
    )


def joined_to(session: Session, case: Case) -> list[Case]:
    """The matters this one answers for."""
    return list(session.scalars(select(Case).where(Case.joined_to_id == case.id).order_by(Case.id)))


def main_of(session: Session, cases: Sequence[Case]) -> Case:
    """The one that answers: it already does for others, or it came first."""
    return min(cases, key=lambda case: (not joined_to(session, case), case.received_at, case.id))


def pairs(session: Session, main: Case, others: Sequence[Case]) -> list[Pair]:
    """What would come of joining each of them; nothing is written."""
    whole = standing(session, main)
    return [
        Pair(case, why_not_joined(standing(session, case), whole))
        for case in others
        if case is not main
    ]


def join(session: Session, main: Case, others: Sequence[Case], act: Act) -> None:
    """One answer for all. `MoveRefused` says what forbids it. The caller commits."""
    for pair in pairs(session, main, others):
        if pair.why_not:
            raise MoveRefused(pair.why_not)
    for case in others:
        if case is not main:
            case.join(act, main)
            session.flush()
    main.folded = parts.searched(main)


def part(session: Session, case: Case, main: Case, act: Act) -> None:
    """By itself again. The caller commits."""
    case.part(act, main)
    session.flush()
    main.folded, case.folded = parts.searched(main), parts.searched(case)


def alone(session: Session, case: Case, submission_id: int, act: Act) -> Case:
    """The matter of this one sender, out of a joined one: nobody withdraws what others asked."""
    joined = joined_to(session, case)
    own = [one for one in joined if submission_id in one.letters_joined()]
    for one in own or joined:
        part(session, one, case, act)
    return own[0] if own else case


def alike(session: Session, scope: Scope, case: Case) -> list[Case]:
    """Matters that are likely about the same thing, found only among what the officer may see."""
    if not case.is_open or case.owner_id not in scope.own or case.is_petition:
        return []
    days = timedelta(days=FAR_DAYS)
    near = (
        access.cases(scope)
        .where(
            Case.unit_id == case.unit_id,
            Case.owner_id == case.owner_id,
            Case.status.in_(OPEN),
            Case.id != case.id,
            Case.received_on.between(case.received_on - days, case.received_on + days),
        )
        .order_by(Case.received_on.desc(), Case.id.desc())
        .limit(MOST_COMPARED)
    )
    known = {found.reference: found for found in session.scalars(near)}
    keys = most_alike(_letter(case), [_letter(one) for one in known.values()])
    found = [known[key] for key in keys]
    return [pair.case for pair in pairs(session, case, found) if _may_be_joined(session, pair)]


def _may_be_joined(session: Session, pair: Pair) -> bool:
    """Also one that already answers for others: then this one is joined to it."""
    return not pair.why_not or bool(joined_to(session, pair.case))


def _letter(case: Case) -> Letter:
    # Of a letter that was split only what is this matter's own.
    words = [case.own_part] if case.own_part else case.submissions
    text = " ".join(f"{one.text} {one.wish}" for one in words)
    return Letter(case.reference, text, case.subject_code, case.received_on)
