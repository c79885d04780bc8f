"""Redacting: a confirmed copy is drawn, put on the shelf, kept as a version and recorded.

What a copy is made of are the sender's own words and photos. What was masked is kept nowhere: the
copy holds the block, the matter holds the original.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from analysis.masking import BLOCK, MarkOutside, places, without
from feedback import issuing
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.redactions import RedactedPicture, Redaction
from feedback.models.submissions import Attachment
from feedback.papers.documents import paper_pdf
from feedback.papers.facts import Clerk, Letterhead
from feedback.papers.redacted import RedactedCopy, copy_of
from feedback.pictures import Box, reencode
from feedback.rules.lifecycle import MoveRefused
from feedback.shelf import JPEG, PDF, Shelf, StoredFile

WRITTEN = "Nội dung thư"
WISHED = "Mong muốn"
ABOUT = "Nói về ai, việc gì"
ADDED = "Người gửi viết thêm"
ONLY_OFFICERS = "Chỉ cán bộ giải quyết vụ việc làm được bản che."
ANOTHER_CAME = "Vừa có một bản che khác được làm. Mời xem bản ấy rồi làm lại nếu còn cần."


@dataclass(frozen=True, slots=True)
class Piece:
    """Some words of the sender: under which heading, the how many-th of its kind."""

    label: str
    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Shot:
    """A photo that goes into the copy, by its name on the shelf, and the boxes over it."""

    name: str
    boxes: tuple[Box, ...] = ()


@dataclass(frozen=True, slots=True)
class Masks:
    """What a person confirmed: words to mask wherever they stand, photos that go along."""

    words: tuple[str, ...]
    shots: tuple[Shot, ...] = ()


@dataclass(frozen=True, slots=True)
class Plan:
    """A copy as it was confirmed, told in full: it can be drawn without the database."""

    head: Letterhead
    facts: RedactedCopy
    shots: tuple[Shot, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """A copy as it will be kept."""

    version: int
    blocks: int
    pdf: bytes
    jpegs: tuple[bytes, ...]


# --- what it is made of -------------------------------------------------------------------------


def pieces(case: Case) -> list[Piece]:
    """All that the sender wrote in this matter, in the order it came."""
    told: dict[str, int] = {}
    found = []
    for label, text in _words(case):
        told[label] = told.get(label, 0) + 1
        found.append(Piece(label, told[label], text))
    return found


def _words(case: Case) -> Iterator[tuple[str, str]]:
    for letter in case.submissions:
        for label, text in (
            (WRITTEN, letter.text),
            (WISHED, letter.wish),
            (ABOUT, letter.about_text),
        ):
            if text:
                yield label, text
    yield from ((ADDED, one.text) for one in case.messages if one.from_parent and one.text)


def photos(case: Case) -> list[Attachment]:
    """The sender's photos; papers in other forms are read, not copied."""
    sent = [file for letter in case.submissions for file in letter.attachments]
    added = [file for one in case.messages if one.from_parent for file in one.attachments]
    return [file for file in (*sent, *added) if file.media_type == JPEG]


def masked(found: Iterable[Piece], words: Iterable[str]) -> list[Piece]:
    """The same with these words masked, wherever they stand."""
    told = tuple(words)
    return [replace(one, text=without(one.text, told)) for one in found]


def words_at(found: list[Piece], keys: Iterable[str]) -> tuple[str, ...]:
    """The words at places told as "piece.start.end"; MarkOutside for a place that is not there."""
    return tuple(_at(found, *map(int, key.split("."))) for key in keys)


def _at(found: list[Piece], number: int, start: int, end: int) -> str:
    if not 0 <= number < len(found) or not 0 <= start < end <= len(found[number].text):
        raise MarkOutside("No such place in these words.")
    return found[number].text[start:end]


def standing(found: Iterable[Piece], words: Iterable[str]) -> list[str]:
    """Which of these words stand in it."""
    told = list(found)
    return [one for one in words if any(True for part in told for _ in places(part.text, one))]


# --- making it ----------------------------------------------------------------------------------


def versions(session: Session, case: Case) -> list[Redaction]:
    """The copies of a matter, the newest first."""
    mine = select(Redaction).where(Redaction.case_id == case.id)
    return list(session.scalars(mine.order_by(Redaction.version.desc())))


def plan(case: Case, masks: Masks, made_by: Clerk, version: int, on: date) -> Plan:
    """The copy of this matter with these masks."""
    parts = masked(pieces(case), masks.words)
    facts = RedactedCopy(
        kind_code=case.kind_code,
        reference=case.reference,
        version=version,
        parts=tuple((_heading(one, parts), one.text) for one in parts),
        pictures=(),
        made_by=made_by,
    )
    return Plan(_head(case, on), facts, masks.shots)


def _head(case: Case, on: date) -> Letterhead:
    name = case.owner.name_on(on)
    return Letterhead(
        superior=case.owner.manager_name,
        issuer=name,
        place=issuing.place_of(case.owner),
        number=None,
        symbol=issuing.initials(name),
        dated=on,
    )


def _heading(piece: Piece, parts: list[Piece]) -> str:
    many = sum(1 for one in parts if one.label == piece.label) > 1
    return f"{piece.label} ({piece.number})" if many else piece.label


def draw(shelf: Shelf, plan: Plan) -> Drawn:
    """Takes a while: nobody should have to wait with writing meanwhile."""
    jpegs = tuple(reencode(shelf.read(one.name), one.boxes) for one in plan.shots)
    facts = replace(plan.facts, pictures=jpegs)
    blocks = sum(text.count(BLOCK) for _label, text in facts.parts)
    return Drawn(facts.version, blocks, paper_pdf(copy_of(facts, plan.head)), jpegs)


def make(session: Session, shelf: Shelf, case: Case, drawn: Drawn, act: Act) -> Redaction:
    """Keep it as the next version and record it. The caller commits."""
    if act.by is None:
        raise MoveRefused(ONLY_OFFICERS)
    if drawn.version != next_version(session, case):
        raise MoveRefused(ANOTHER_CAME)
    kept = [shelf.keep(drawn.pdf, PDF)]
    try:
        kept += [shelf.keep(jpeg, JPEG) for jpeg in drawn.jpegs]
        made = _recorded(case, drawn, act.by.id, act.at, kept)
        session.add(made)
        case.redact(act, drawn.version)
        session.flush()
    except Exception:
        issuing.remove(shelf, (one.name for one in kept))
        raise
    return made


def take_back(shelf: Shelf, made: Redaction) -> None:
    """The act has failed: what lies on the shelf goes; the rows go with the transaction."""
    names = (made.pdf_name, *(one.name for one in made.pictures))
    issuing.remove(shelf, filter(None, names))


def next_version(session: Session, case: Case) -> int:
    """What the next copy of this matter is numbered."""
    last = select(func.max(Redaction.version)).where(Redaction.case_id == case.id)
    return (session.scalar(last) or 0) + 1


def _recorded(
    case: Case, drawn: Drawn, officer_id: int, at: datetime, kept: list[StoredFile]
) -> Redaction:
    pdf, *pictures = kept
    return Redaction(
        case_id=case.id,
        version=drawn.version,
        unit_id=case.owner_id,
        officer_id=officer_id,
        made_at=at,
        blocks=drawn.blocks,
        pdf_name=pdf.name,
        pdf_sha256=pdf.sha256,
        letters=list(case.submissions),
        pictures=[
            RedactedPicture(number=number, name=one.name, sha256=one.sha256)
            for number, one in enumerate(pictures, 1)
        ],
    )
