"""The periodic report as an administrative paper (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from analysis.table import Table
from feedback.papers import layout, word
from feedback.papers.anchoring import put_anchor
from feedback.papers.facts import Letterhead, Signer
from feedback.papers.paragraphs import say
from feedback.papers.wording import dated, evenly, lines, numbered

if TYPE_CHECKING:
    from docx.document import Document

WIDE_FROM = 7  # columns; from there on an annex lies on its side
ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X")


@dataclass(frozen=True)
class Section:
    """One numbered heading ("I.", "1.", "a)") of level 1 to 3 with its words and its tables."""

    number: str
    heading: str
    level: int
    text: str = ""
    tables: tuple[Table, ...] = ()


@dataclass(frozen=True)
class ReportPaper:
    """What stands on the paper; without a number or a name it leaves room for the pen."""

    number: str | None
    symbol: str  # "BC-THLĐT": kind of paper and issuer, without the number
    issuer: str
    superior: str
    place: str
    dated: date
    title: str
    summary: str
    addressee: str
    preface: str
    sections: tuple[Section, ...]
    annexes: tuple[Table, ...]
    signer_title: str
    signer_name: str | None
    recipients: tuple[str, ...]
    closing: str = ""
    draft: bool = False
    anchor: str = ""  # where the ledger stood when it was handed in


def report_docx(paper: ReportPaper) -> bytes:
    """The report as a Word file that a clerk can still edit."""
    document = word.blank(f"{paper.title}: {paper.summary}", paper.issuer, paper.dated)
    _letterhead(document, paper)
    _title(document, paper)
    for section in paper.sections:
        _section(document, section)
    for line in lines(paper.closing):
        say(document, "Thân bài", line).paragraph_format.keep_with_next = True
    _signature(document, paper)
    if paper.anchor:
        put_anchor(document, paper.anchor)
    for place, table in enumerate(paper.annexes):
        _annex(document, paper, table, place)
    return word.saved(document)


def _letterhead(document: "Document", paper: ReportPaper) -> None:
    head = Letterhead(
        paper.superior,
        paper.issuer,
        paper.place,
        paper.number,
        paper.symbol,
        paper.dated,
        paper.draft,
    )
    word.put(document, layout.letterhead(head, numbered(paper.number, paper.symbol)))


def _title(document: "Document", paper: ReportPaper) -> None:
    for block in layout.title(paper.title, paper.summary):
        word.put(document, block)
    word.put(document, layout.addressee(paper.addressee))
    for line in lines(paper.preface):
        say(document, "Căn cứ" if line.startswith("Căn cứ") else "Thân bài", line)


def _section(document: "Document", section: Section) -> None:
    heading = section.heading.upper() if section.level == 1 else section.heading
    say(document, f"Heading {min(section.level, 3)}", f"{section.number} {heading}".strip())
    for line in lines(section.text):
        say(document, "Thân bài", line)
    for table in section.tables:
        say(document, "Tên bảng", table.title)
        word.table(document, table, word.TEXT_WIDTH)


def _signature(document: "Document", paper: ReportPaper) -> None:
    signer = Signer(paper.signer_title, paper.signer_name)
    for block in layout.ending(signer, paper.recipients):
        word.put(document, block)


def _annex(document: "Document", paper: ReportPaper, table: Table, place: int) -> None:
    wide = len(table.columns) >= WIDE_FROM
    word.new_pages(document, wide)
    number = f" {ROMAN[place]}" if len(paper.annexes) > 1 else ""
    sign = numbered(paper.number, paper.symbol)
    source = f"{paper.title.capitalize()} số {sign} {dated(paper.dated)}"
    say(document, "Phụ lục", f"Phụ lục{number}")
    say(document, "Phụ lục", table.title.upper())
    source = f"(Kèm theo {source} của {paper.issuer})"
    say(document, "Kèm theo", source if wide else evenly(source, layout.TITLE_LINE))
    word.table(document, table, word.WIDE_WIDTH if wide else word.TEXT_WIDTH)
