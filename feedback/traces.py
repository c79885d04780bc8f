"""Traces: every place where a letter's words, files and sender stand, and how each is emptied.

`files` gathers the names of what must leave the shelf once the change is committed.
"""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback import ledger, parts
from feedback.models.cases import Case
from feedback.models.consents import Consent
from feedback.models.data_requests import DataRequest
from feedback.models.events import Message
from feedback.models.meetings import Visit
from feedback.models.papers import IssuedPaper
from feedback.models.redactions import Redaction
from feedback.models.submissions import Attachment, Submission

# What stands in the place of words that are gone.
STUB = "(Nội dung đã được xóa.)"
# Nobody's hash: a letter sent once more under its old key no longer matches anything.
NO_PRINT = bytes(32)


def forget_hashes(session: Session, pieces: list[Submission], cases: Iterable[Case]) -> None:
    """Nobody can try words against the chain any more; what is written from now on is bound anew.

    Before the words go: each row that changes below is hashed with a fresh salt.
    """
    if all(piece.text == STUB for piece in pieces):
        return  # done before; forgetting twice would only leave the stubs unbound
    ids = {piece.id for piece in pieces}
    alone = [case for case in cases if {one.id for one in case.submissions} <= ids]
    for piece in pieces:
        ledger.erase_salt(session, f"submission/{piece.id}")
    for case in alone:
        ledger.erase_salt(session, f"case_file/{case.id}")


def erase_contact(session: Session, piece: Submission, at: datetime) -> None:
    """Sealed names and numbers; the consent stays as proof, ended."""
    if piece.sender is not None:
        session.delete(piece.sender)
        piece.sender = None
    if piece.group is not None:
        piece.group.sealed = None
    given = select(Consent).where(Consent.submission_id == piece.id, Consent.withdrawn_at.is_(None))
    for consent in session.scalars(given):
        consent.withdrawn_at = at


def erase_words(session: Session, piece: Submission, files: list[str]) -> None:
    """What it says, what hung on it, and every copy made of it."""
    piece.text, piece.wish, piece.about_text, piece.fingerprint = STUB, "", "", NO_PRINT
    _take_off(session, list(piece.attachments), files)
    piece.attachments.clear()
    asked = select(DataRequest).where(DataRequest.submission_id == piece.id)
    for request in session.scalars(asked):
        request.text = ""
    _erase_copies(session, piece, files)


def _take_off(session: Session, attachments: list[Attachment], files: list[str]) -> None:
    for attachment in attachments:
        files.append(attachment.name)
        session.delete(attachment)


def erase_case(session: Session, case: Case, ids: set[int], files: list[str]) -> None:
    """The sender's words in the thread; in a matter of this letter alone everything written."""
    for joined in session.scalars(select(Case).where(Case.joined_to_id == case.id)):
        if joined.letters_joined() <= ids:
            joined.folded = parts.searched(joined)
            _erase_desk(joined)
    alone = {one.id for one in case.submissions} <= ids
    for message in case.messages:
        if alone or (message.from_parent and message.submission_id in ids):
            _erase_message(session, message, files)
    if alone:
        _erase_desk(case)
        _erase_papers(session, case, files)
        _erase_visits(session, case)
    case.folded = parts.searched(case)


def _erase_message(session: Session, message: Message, files: list[str]) -> None:
    message.text = STUB
    attached = list(message.attachments)
    message.attachments.clear()
    session.flush()
    _take_off(session, attached, files)


def _erase_desk(case: Case) -> None:
    """What officers wrote of it: notes, drafts, whom it accuses, what was done, in their words."""
    for event in case.events:
        event.note = ""
        if "outcome" in event.detail:
            event.detail = {**event.detail, "done": ""}
    if case.forwarder:
        case.forwarder = ""
    _erase_reasons(case)


def _erase_reasons(case: Case) -> None:
    """What is kept beside the matter: drafts, whom it accuses, why a name was to be opened."""
    for draft in case.signings:
        draft.text, draft.facts, draft.reason = STUB, "", ""
    for accused in case.accused:
        accused.name = ""
    for opening in case.openings:
        opening.reason = STUB


def _erase_papers(session: Session, case: Case, files: list[str]) -> None:
    """The row keeps its number and hashes: the book has no gap, the file is gone."""
    issued = select(IssuedPaper).where(IssuedPaper.case_id == case.id)
    for paper in session.scalars(issued):
        paper.facts = {}
        files += [paper.docx_name, paper.pdf_name]


def _erase_copies(session: Session, piece: Submission, files: list[str]) -> None:
    """A copy without names still holds the words: it goes, in whichever matter it was made."""
    held = Redaction.letters.any(Submission.id == piece.id)
    for copy in session.scalars(select(Redaction).where(held)):
        files += [name for name in (copy.pdf_name, *(p.name for p in copy.pictures)) if name]
        copy.pdf_name = None
        for picture in copy.pictures:
            picture.name = None


def _erase_visits(session: Session, case: Case) -> None:
    for visit in session.scalars(select(Visit).where(Visit.case_id == case.id)):
        visit.sealed_person, visit.content = None, STUB
        visit.result = visit.settled_by = visit.guided_to = visit.passed_to = visit.note = ""
