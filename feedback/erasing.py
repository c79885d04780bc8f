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

from feedback import erasures, parts, traces
from feedback.db import checkpoint
from feedback.models.retention import Erasure, LegalHold
from feedback.models.submissions import Submission
from feedback.rules.data_requests import HELD
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.retention import WORDS
from feedback.shelf import Shelf


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
        traces.forget_hashes(session, pieces, cases)
    for piece in pieces:
        traces.erase_contact(session, piece, cause.at)
        if what == WORDS:
            traces.erase_words(session, piece, gone.files)
    for case in cases if what == WORDS else []:
        traces.erase_case(session, case, {piece.id for piece in pieces}, gone.files)
    _note(session, letter, what, cause)


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
