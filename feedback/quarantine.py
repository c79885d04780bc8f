"""Quarantine: which files are held, what the scanner said of them, and what a person decides.

A held file stays where it lies, sealed under a random name; it only goes out to nobody.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Select, delete, func, select
from sqlalchemy.orm import Session

from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.scans import FileScan, matters_of
from feedback.models.submissions import Attachment
from feedback.rules.calendar import WorkCalendar
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.scans import CLEAN, DRAWN_HERE, FAILED, FOUND, NOT_HELD, why_held

# What could not be looked through is tried again, for scanners learn.
AGAIN_AFTER = timedelta(hours=1)
# Of the newest files, how many are always asked for again.
IN_SIGHT = 500


def held(session: Session, files: Iterable[Attachment], scans: bool) -> dict[int, str]:
    """Those of these files that nobody gets now, and why (a code of rules.scans.HELD)."""
    asked = {file.id: file for file in files}
    if not asked:
        return {}
    known = select(FileScan).where(FileScan.attachment_id.in_(asked))
    said = {scan.attachment_id: scan for scan in session.scalars(known)}
    found = {id_: _why(file, said.get(id_), scans) for id_, file in asked.items()}
    return {id_: why for id_, why in found.items() if why}


def _why(file: Attachment, scan: FileScan | None, scans: bool) -> str:
    result, released = (scan.result_code, bool(scan.released_at)) if scan else ("", False)
    return why_held(file.media_type, result, released=released, scans=scans)


def scan_of(session: Session, file: Attachment) -> FileScan | None:
    return session.get(FileScan, file.id)


# --- what is to be looked through ----------------------------------------------------------------


@dataclass(slots=True)
class Backlog:
    """Up to where everything was looked through, so that the next one is found at once.

    Numbers that were given out and not committed yet come in later: the last few stay in sight.
    """

    papers: int = 0
    pictures: int = 0

    def next(self, session: Session) -> Attachment | None:
        """The oldest file nobody has looked through; papers first, for they wait for it."""
        newest = session.scalar(select(func.max(Attachment.id))) or 0
        done = max(0, newest - IN_SIGHT)
        papers = _waiting(self.papers).where(Attachment.media_type.not_in(DRAWN_HERE))
        paper = session.scalar(papers)
        self.papers = min(paper.id - 1, done) if paper else done
        if paper is not None:
            return paper
        picture = session.scalar(_waiting(self.pictures))
        self.pictures = min(picture.id - 1, done) if picture else done
        return picture


def _waiting(after: int = 0) -> Select[tuple[Attachment]]:
    known = select(FileScan.attachment_id).where(FileScan.attachment_id == Attachment.id)
    wanted = select(Attachment).where(Attachment.id > after, ~known.exists())
    return wanted.order_by(Attachment.id).limit(1)


def counts(session: Session) -> tuple[int, int]:
    """How many files nobody has looked through, and how many are held for what is in them."""
    every = session.scalar(select(func.count(Attachment.id))) or 0
    done = session.scalar(select(func.count(FileScan.attachment_id))) or 0
    infected = select(func.count(FileScan.attachment_id)).where(
        FileScan.result_code == FOUND, FileScan.released_at.is_(None)
    )
    return max(0, every - done), session.scalar(infected) or 0


def try_again(session: Session, now: datetime) -> int:
    """What could not be looked through some time ago waits once more. The caller commits."""
    failed = (
        delete(FileScan)
        .where(FileScan.result_code == FAILED, FileScan.scanned_at < now - AGAIN_AFTER)
        .where(FileScan.released_at.is_(None))
        .returning(FileScan.attachment_id)
        .execution_options(synchronize_session=False)
    )
    return len(session.execute(failed).all())


# --- what the scanner said -----------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Verdict:
    """What came of one file: `signature` is the scanner's name for what it found."""

    result_code: str
    signature: str = ""


def verdict(signature: str) -> Verdict:
    return Verdict(FOUND, signature) if signature else Verdict(CLEAN)


def record(
    session: Session, file_id: int, said: Verdict, at: datetime, calendar: WorkCalendar
) -> bool:
    """Write it down, once; what was found is an event of every matter the file belongs to.

    Whether there was anything to write: the file may have been erased meanwhile. The caller
    commits, and must expect somebody else to have been faster (IntegrityError).
    """
    file = session.get(Attachment, file_id)
    if file is None or scan_of(session, file) is not None:
        return False
    row = FileScan(attachment_id=file.id, scanned_at=at)
    row.result_code, row.signature = said.result_code, said.signature
    session.add(row)
    if said.result_code == FOUND:
        for case in session.scalars(matters_of(file)):
            case.quarantine(Act(None, at, calendar, said.signature))
    return True


# --- what a person decides -----------------------------------------------------------------------


def release(session: Session, file: Attachment, act: Act) -> None:
    """It goes out again: the scanner was wrong, says who signs for the unit."""
    scan = _held_scan(session, file)
    if act.by is None:
        raise PermissionError("Only a person lets a held file go.")
    scan.released_at, scan.released_by_id = act.at, act.by.id
    for case in _told(session, file):
        case.release_file(act)


def destroy(session: Session, file: Attachment, act: Act) -> str:
    """The file's row goes; its name, for the caller to take it off the shelf after the commit."""
    _held_scan(session, file)
    for case in _told(session, file):
        case.destroy_file(act, file.sha256)
        for message in case.messages:
            if file in message.attachments:
                message.attachments.remove(file)
    session.flush()
    session.delete(file)
    return file.name


def _held_scan(session: Session, file: Attachment) -> FileScan:
    scan = scan_of(session, file)
    if scan is None or scan.released_at is not None or scan.result_code == CLEAN:
        raise MoveRefused(NOT_HELD)
    return scan


def _told(session: Session, file: Attachment) -> list[Case]:
    return list(session.scalars(matters_of(file)))
