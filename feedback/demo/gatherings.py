"""Which matter of the demo answers for another one that tells of the same thing."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import joining
from feedback.models.cases import Case
from feedback.rules.lifecycle import OPEN


def main_for(session: Session, case: Case) -> Case | None:
    """The oldest open matter of the same subject at the same desk; none when none may answer."""
    before = (
        select(Case)
        .where(
            Case.unit_id == case.unit_id,
            Case.owner_id == case.owner_id,
            Case.subject_code == case.subject_code,
            Case.received_at < case.received_at,
            Case.status.in_(OPEN),
        )
        .order_by(Case.received_at, Case.id)
    )
    return next((one for one in session.scalars(before) if _may_answer(session, one, case)), None)


def _may_answer(session: Session, main: Case, case: Case) -> bool:
    return all(not pair.why_not for pair in joining.pairs(session, main, [case]))
