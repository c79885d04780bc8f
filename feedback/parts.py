"""Parts of one letter: which matters they have become, and who keeps the letter itself."""

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session, object_session

from analysis.language import fold
from feedback.models.cases import Case
from feedback.models.submissions import Submission


def come_of(letter_ids: frozenset[int]) -> ColumnElement[bool]:
    """Whether a matter came of one of these letters, whole or in part."""
    return Case.submissions.any(
        or_(Submission.id.in_(letter_ids), Submission.part_of_id.in_(letter_ids))
    )


def of_letter(session: Session, letter_ids: frozenset[int]) -> list[Case]:
    """Every matter that came of these letters, for their sender and for the house itself."""
    return list(session.scalars(select(Case).where(come_of(letter_ids)).order_by(Case.id)))


def take_letter(case: Case) -> None:
    """The whole letter follows the part that is kept from the school.

    Whoever still has it and may not see that part keeps the words that are their own, and no file.
    """
    session = object_session(case)
    if session is None:
        return
    session.flush()
    for other in of_letter(session, case.letter_ids):
        if other is case or other.hidden_from_school or other.own_part is None:
            continue
        for letter in [s for s in other.submissions if s.part_of_id is None]:
            if (other.own_part.part_of_id or 0) == letter.id:
                _move_letter(letter, other, case)


def _move_letter(letter: Submission, out_of: Case, to: Case) -> None:
    own = out_of.own_part
    if own is not None:
        out_of.submissions.remove(letter)
        out_of.submissions.append(own)
        out_of.own_part = None
        to.submissions.append(letter)
        out_of.folded, to.folded = searched(out_of), searched(to)


def searched(case: Case) -> str:
    """What a search finds it by: its reference and the words it holds, unless they are sealed."""
    if case.is_closed:
        return fold(case.reference)
    said = (f"{one.text} {one.wish}" for one in case.submissions)
    return fold(" ".join((case.reference, *said)))
