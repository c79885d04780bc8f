"""Whether what was written accuses who leads the school: by title, or by the names we know."""

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from analysis.accusing import accuses_leaders, names_leaders, speaks_of_wrong
from feedback.models.officers import Officer, Role
from feedback.models.submissions import Submission

# Whoever holds a key of the school's desk is named with its leaders: the box must not be theirs.
NAMES = (
    select(Officer.__table__.c.name)
    .join(Role.__table__, Role.__table__.c.officer_id == Officer.__table__.c.id)
    .where(Role.__table__.c.unit_id == bindparam("unit_id"))
    .where(Role.__table__.c.code.in_(("principal", "clerk")))
)


def are_accused(session: Session, submission: Submission) -> bool:
    """Whether this must go past the school, whatever its sender ticked."""
    if submission.about_text and names_leaders(submission.about_text):
        return True
    return text_accuses(session, submission.unit_id, f"{submission.text}\n{submission.wish}")


def text_accuses(session: Session, unit_id: int, text: str) -> bool:
    """The names are looked for only where there is a wrong to speak of."""
    if not speaks_of_wrong(text):
        return False
    if accuses_leaders(text):
        return True
    found = session.connection().execute(NAMES, {"unit_id": unit_id}).scalars()
    names = tuple(found)
    return bool(names) and accuses_leaders(text, names)
