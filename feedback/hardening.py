"""Hardening: the quick hash of a tracking code is replaced by the slow one (decision 0002)."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback.models.submissions import Submission


def quick_hashes(session: Session, most: int = 20) -> list[tuple[int, bytes]]:
    """Submissions whose tracking code is still kept as a quick hash (decision 0002)."""
    found = session.execute(
        select(Submission.id, Submission.track_quick)
        .where(Submission.track_quick.is_not(None))
        .order_by(Submission.id)
        .limit(most)
    )
    return [(submission_id, quick) for submission_id, quick in found if quick is not None]


def harden(session: Session, submission_id: int, slow: bytes) -> None:
    """Replace the quick hash by the slow one. The caller commits."""
    session.execute(
        update(Submission)
        .where(Submission.id == submission_id, Submission.track_quick.is_not(None))
        .values(track_hash=slow, track_quick=None)
        .execution_options(unbound=True)
    )
