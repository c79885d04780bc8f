"""Erasing: a letter's words, files and sender taken away for good; the figures stay true.

What is counted (kinds, days, outcomes) names nobody and stays. What a person could be known by
goes: sealed contacts, words, files, and in a matter of one letter whatever the desk wrote about it.
The caller commits, and only then calls `finish`: the files go, and what the disk remembers.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback import erasures, ledger, parts
from feedback.db import checkpoint
from feedback.models.cases import Case
from feedback.models.consents import Consent
from feedback.models.data_requests import DataRequest
from feedback.models.events import Message
from feedback.models.meetings import Visit
from feedback.models.papers import IssuedPaper
from feedback.models.redactions import Redaction
from feedback.models.retention import Erasure, LegalHold
from feedback.models.submissions import Attachment, Submission
from feedback.rules.data_requests import HELD
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.retention import WORDS
from feedback.shelf import Shelf

# What stands in the place of words that are gone.
STUB = "(Nội dung đã được xóa.)"
# Nobody's hash: a letter sent once more under its old key no longer matches anything.
NO_PRINT = bytes(32)


@dataclass
class Gone:
    """What is left to do after the commit: files to remove, lines that only the ledger knew."""

    files: list[str] = field(default_factory=list)
    lines: list[erasures.Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Cause:
    """Why and by whom, for the rows of the ledger."""

    why: str
    at: datetime
    officer_id: int | None = None


def is_held(session: Session, case_ids: Iterable[int]) -> bool:
    """Whether somebody has said that one of these must be kept."""
    held = select(LegalHold.id).where(
        LegalHold.case_id.in_(list(case_ids)), LegalHold.lifted_at.is_(None)
    )
    return session.scalar(held.limit(1)) is not None


def letter_of(session: Session, submission: Submission) -> Submission:
    """The whole letter that a part was cut from."""
    whole = submission.part_of_id
    return session.get_one(Submission, whole) if whole else submission


def is_erased(session: Session, letter: Submission, what: str) -> bool:
    """Whether this was done before; words gone include the contact."""
    done = select(Erasure.id).where(
        Erasure.submission_id == letter.id, Erasure.what.in_({what, WORDS})
    )
    return session.scalar(done.limit(1)) is not None


def erase(session: Session, submission: Submission, what: str, cause: Cause, gone: Gone) -> None:
    """Take it away, in every part the letter became. A hold forbids it (MoveRefused)."""
    letter = letter_of(session, submission)
    cases = parts.of_letter(session, frozenset({letter.id}))
    if cause.why != "again" and is_held(session, [case.id for case in cases]):
        raise MoveRefused(HELD)
    pieces = _pieces(session, letter)
    if what == WORDS:
        _forget_hashes(session, pieces, cases)
    for piece in pieces:
        _erase_contact(session, piece, cause.at)
        if what == WORDS:
            _erase_words(session, piece, gone)
    for case in cases if what == WORDS else []:
        _erase_case(session, case, {piece.id for piece in pieces}, gone)
    _note(session, letter, what, cause)


def _forget_hashes(session: Session, pieces: list[Submission], cases: Iterable[Case]) -> None:
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


def _pieces(session: Session, letter: Submission) -> list[Submission]:
    """The letter and every part cut from it."""
    same = or_(Submission.id == letter.id, Submission.part_of_id == letter.id)
    return list(session.scalars(select(Submission).where(same).order_by(Submission.id)))


def _note(session: Session, letter: Submission, what: str, cause: Cause) -> None:
    known = select(Erasure.id).where(Erasure.submission_id == letter.id, Erasure.what == what)
    if session.scalar(known) is None:
        row = Erasure(submission_id=letter.id, what=what, why=cause.why, at=cause.at)
        row.officer_id = cause.officer_id
        session.add(row)


def _line(letter: Submission, what: str, at: datetime) -> erasures.Line:
    return erasures.Line(letter.once_hash.hex(), what, at.astimezone(UTC).isoformat())


# --- what goes ----------------------------------------------------------------------------------


def _erase_contact(session: Session, piece: Submission, at: datetime) -> None:
    """Sealed names and numbers; the consent stays as proof, ended."""
    if piece.sender is not None:
        session.delete(piece.sender)
        piece.sender = None
    if piece.group is not None:
        piece.group.sealed = None
    given = select(Consent).where(Consent.submission_id == piece.id, Consent.withdrawn_at.is_(None))
    for consent in session.scalars(given):
        consent.withdrawn_at = at


def _erase_words(session: Session, piece: Submission, gone: Gone) -> None:
    piece.text, piece.wish, piece.about_text, piece.fingerprint = STUB, "", "", NO_PRINT
    _take_off(session, list(piece.attachments), gone)
    piece.attachments.clear()
    asked = select(DataRequest).where(DataRequest.submission_id == piece.id)
    for request in session.scalars(asked):
        request.text = ""
    _erase_copies(session, piece, gone)


def _take_off(session: Session, attachments: list[Attachment], gone: Gone) -> None:
    for attachment in attachments:
        gone.files.append(attachment.name)
        session.delete(attachment)


def _erase_case(session: Session, case: Case, ids: set[int], gone: Gone) -> None:
    """The sender's words in the thread; in a matter of this letter alone everything written."""
    for joined in session.scalars(select(Case).where(Case.joined_to_id == case.id)):
        if joined.letters_joined() <= ids:
            joined.folded = parts.searched(joined)
            _erase_desk(joined)
    alone = {one.id for one in case.submissions} <= ids
    for message in case.messages:
        if alone or (message.from_parent and message.submission_id in ids):
            _erase_message(session, message, gone)
    if alone:
        _erase_desk(case)
        _erase_papers(session, case, gone)
        _erase_visits(session, case)
    case.folded = parts.searched(case)


def _erase_message(session: Session, message: Message, gone: Gone) -> None:
    message.text = STUB
    files = list(message.attachments)
    message.attachments.clear()
    session.flush()
    _take_off(session, files, gone)


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


def _erase_papers(session: Session, case: Case, gone: Gone) -> None:
    """The row keeps its number and hashes: the book has no gap, the file is gone."""
    issued = select(IssuedPaper).where(IssuedPaper.case_id == case.id)
    for paper in session.scalars(issued):
        paper.facts = {}
        gone.files += [paper.docx_name, paper.pdf_name]


def _erase_copies(session: Session, piece: Submission, gone: Gone) -> None:
    """A copy without names still holds the words: it goes, in whichever matter it was made."""
    held = Redaction.letters.any(Submission.id == piece.id)
    for copy in session.scalars(select(Redaction).where(held)):
        gone.files += [name for name in (copy.pdf_name, *(p.name for p in copy.pictures)) if name]
        copy.pdf_name = None
        for picture in copy.pictures:
            picture.name = None


def _erase_visits(session: Session, case: Case) -> None:
    for visit in session.scalars(select(Visit).where(Visit.case_id == case.id)):
        visit.sealed_person, visit.content = None, STUB
        visit.result = visit.settled_by = visit.guided_to = visit.passed_to = visit.note = ""


# --- after the commit ---------------------------------------------------------------------------


def finish(session: Session, shelf: Shelf, file: Path, gone: Gone) -> None:
    """Files off the shelf, the ledger's file brought up to date, old pages off the disk.

    A crash before or in it loses nothing: `reapply` does all of it again.
    """
    erasures.append(file, [*gone.lines, *lines_of(session)])
    session.rollback()  # our own reading would keep the journal from being emptied
    for name in gone.files:
        shelf.remove(name)
    checkpoint(session.get_bind())


def reapply(session: Session, file: Path, at: datetime, gone: Gone) -> int:
    """Erase again whatever the ledger names and this database, an older copy, still has.

    How many letters; the caller commits and then calls `finish`.
    """
    lines = {line.key: line for line in [*erasures.read(file), *lines_of(session)]}
    done = 0
    for line in lines.values():
        hashed = bytes.fromhex(line.letter)
        letter = session.scalar(select(Submission).where(Submission.once_hash == hashed))
        if letter is None:
            continue  # it came in after this copy was made
        erase(session, letter, line.what, Cause("again", at), gone)
        done += 1
    gone.lines.extend(lines.values())
    return done


def lines_of(session: Session) -> list[erasures.Line]:
    """What this database itself knows to be erased: the file may have missed the last of it."""
    rows = session.execute(
        select(Erasure, Submission).join(Submission, Submission.id == Erasure.submission_id)
    )
    return [_line(letter, row.what, row.at) for row, letter in rows]
