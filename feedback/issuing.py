"""Issuing: a paper is numbered, printed, filed with its case and recorded, in one transaction."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.papers import IssuedPaper, next_number
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS, SLIP, PaperKind
from feedback.papers.documents import Paper, compose, paper_docx, paper_pdf
from feedback.papers.facts import Letterhead, Signer
from feedback.shelf import DOCX, PDF, Shelf, StoredFile

NO_PLACE = "…………"
# “UBND phường An Hội Đông”, “Phòng Giáo dục và Đào tạo quận Gò Vấp”: the place is in the name.
PLACE = re.compile(r"\b(?:phường|xã|thị trấn|quận|huyện|thị xã|thành phố)\s+(.+)$", re.IGNORECASE)
# What the head of a unit signs as.
SIGNERS = {"school": "Hiệu trưởng", "office": "Trưởng phòng", "committee": "Chủ tịch"}


@dataclass(frozen=True, slots=True)
class Sheet:
    """A paper to go out: the case, the unit that issues it, its facts, who signs, its day.

    `kept` is what stays beside the files as it was typed, without anything of the sender.
    """

    case: Case
    unit: Unit
    code: str
    facts: Any
    signer: Signer
    on: date
    kept: Mapping[str, Any] = field(default_factory=dict)

    @property
    def kind(self) -> PaperKind:
        return PAPERS[self.code]


def composed(sheet: Sheet, number: str | None) -> Paper:
    """The paper with that number; without one it is a draft."""
    issuer = sheet.unit.name_on(sheet.on)
    head = Letterhead(
        superior=sheet.unit.manager_name,
        issuer=issuer,
        place=place_of(sheet.unit),
        number=number,
        symbol=initials(issuer),
        dated=sheet.on,
        draft=number is None,
    )
    return compose(sheet.code, sheet.facts, head, sheet.signer)


def issue(session: Session, shelf: Shelf, sheet: Sheet, act: Act) -> IssuedPaper:
    """Number it, file it with the case and record it, by whoever acts. The caller commits."""
    if act.by is None:
        raise ValueError("A paper is issued by an officer.")
    numbered = sheet.kind.heading != SLIP
    series = sheet.kind.symbol
    number = next_number(session, sheet.unit.id, sheet.on.year, series) if numbered else None
    kept = _filed(shelf, composed(sheet, "" if number is None else str(number)))
    try:
        issued = _recorded(sheet, act, number, kept)
        session.add(issued)
        sheet.case.issue(act, sheet.code, issued.full_number)
        session.flush()
    except Exception:
        remove(shelf, (one.name for one in kept))
        raise
    return issued


def take_back(shelf: Shelf, issued: Iterable[IssuedPaper]) -> None:
    """The act has failed: what lies on the shelf goes; rows and numbers go with the transaction."""
    for paper in issued:
        remove(shelf, (paper.docx_name, paper.pdf_name))


def remove(shelf: Shelf, names: Iterable[str]) -> None:
    for name in names:
        shelf.remove(name)


def _filed(shelf: Shelf, paper: Paper) -> tuple[StoredFile, StoredFile]:
    word, pdf = paper_docx(paper), paper_pdf(paper)
    return shelf.keep(word, DOCX), shelf.keep(pdf, PDF)


def _recorded(
    sheet: Sheet, act: Act, number: int | None, kept: tuple[StoredFile, StoredFile]
) -> IssuedPaper:
    (word, pdf), series = kept, sheet.kind.symbol
    return IssuedPaper(
        case_id=sheet.case.id,
        unit_id=sheet.unit.id,
        officer_id=act.by.id if act.by else 0,
        code=sheet.code,
        year=sheet.on.year,
        series=series,
        number=number,
        symbol="-".join(filter(None, (series, initials(sheet.unit.name_on(sheet.on))))),
        dated_on=sheet.on,
        made_at=act.at,
        facts=dict(sheet.kept),
        docx_name=word.name,
        docx_sha256=word.sha256,
        pdf_name=pdf.name,
        pdf_sha256=pdf.sha256,
    )


# --- who issues -------------------------------------------------------------------------------


def initials(name: str) -> str:
    """“Trường Tiểu học Lê Đức Thọ” → THLĐT; words in capitals stay whole: THCSNT."""
    bare = PLACE.sub("", name.removeprefix("Trường ")).split()
    return "".join(word if word.isupper() else word[0].upper() for word in bare if word != "và")


def place_of(unit: Unit) -> str:
    """The place a paper is dated from, as its own or its manager's name has it."""
    found = PLACE.search(unit.name) or PLACE.search(unit.manager_name)
    return found[1] if found else NO_PLACE
