"""The periodic report as an administrative paper (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from dataclasses import dataclass
from datetime import date
from textwrap import wrap
from typing import TYPE_CHECKING

from analysis.table import Table
from feedback.papers import word
from feedback.papers.styles import mm

if TYPE_CHECKING:
    from docx.document import Document

# The right margin may shrink to 15 mm, so the letterhead is 5 mm wider than the text: neither the
# 88 mm of the national name at 12 points nor the usual name of a school has to wrap.
LETTERHEAD = (71, 94)
NAME_LINE = 27  # capitals at 12 points in the left part of the letterhead
TITLE_LINE = 58  # bold letters at 14 points across the page
WIDE_FROM = 8  # columns; from there on an annex lies on its side
PADDED_MONTHS = 2  # the decree writes months 1 and 2 with a zero, no other
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


def report_docx(paper: ReportPaper) -> bytes:
    """The report as a Word file that a clerk can still edit."""
    document = word.blank(f"{paper.title}: {paper.summary}", paper.issuer, paper.dated)
    _letterhead(document, paper)
    _title(document, paper)
    for section in paper.sections:
        _section(document, section)
    for line in _lines(paper.closing):
        word.say(document, "Thân bài", line).paragraph_format.keep_with_next = True
    _signature(document, paper)
    for place, table in enumerate(paper.annexes):
        _annex(document, paper, table, place)
    return word.saved(document)


def _letterhead(document: "Document", paper: ReportPaper) -> None:
    left, right = word.side_by_side(document, LETTERHEAD)
    if paper.superior:
        word.say(left, "Cơ quan cấp trên", _evenly(paper.superior.upper(), NAME_LINE))
    word.say(left, "Cơ quan ban hành", _evenly(paper.issuer.upper(), NAME_LINE))
    word.rule(left, LETTERHEAD[0], 26)
    word.say(left, "Số ký hiệu", f"Số: {_number(paper)}")
    if paper.draft:
        box = word.say(left, "Dự thảo", "DỰ THẢO").paragraph_format
        box.left_indent = box.right_indent = mm(22)
    word.say(right, "Quốc hiệu", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    word.say(right, "Tiêu ngữ", "Độc lập - Tự do - Hạnh phúc")
    word.rule(right, LETTERHEAD[1], 56)
    word.say(right, "Địa danh ngày tháng", f"{paper.place}, {_dated(paper.dated)}")
    word.drop_first_lines(left, right)


def _title(document: "Document", paper: ReportPaper) -> None:
    word.say(document, "Tên loại", paper.title.upper())
    word.say(document, "Trích yếu", _evenly(paper.summary, TITLE_LINE))
    word.rule(document, word.TEXT_WIDTH, 50)
    word.say(document, "Kính gửi", f"Kính gửi: {paper.addressee}")
    for line in _lines(paper.preface):
        word.say(document, "Căn cứ" if line.startswith("Căn cứ") else "Thân bài", line)


def _section(document: "Document", section: Section) -> None:
    heading = section.heading.upper() if section.level == 1 else section.heading
    word.say(document, f"Heading {min(section.level, 3)}", f"{section.number} {heading}".strip())
    for line in _lines(section.text):
        word.say(document, "Thân bài", line)
    for table in section.tables:
        word.say(document, "Tên bảng", table.title)
        word.table(document, table, word.TEXT_WIDTH)


def _signature(document: "Document", paper: ReportPaper) -> None:
    word.say(document, "Thân bài", "").paragraph_format.keep_with_next = True
    left, right = word.side_by_side(document, (80, 80))
    word.say(left, "Nơi nhận", "Nơi nhận:")
    for number, recipient in enumerate(paper.recipients, 1):
        end = "." if number == len(paper.recipients) else ";"
        word.say(left, "Danh sách nơi nhận", f"- {recipient.rstrip('.;')}{end}")
    word.say(right, "Chức vụ", paper.signer_title.upper() + 4 * "\n")
    word.say(right, "Người ký", paper.signer_name or "")
    word.drop_first_lines(left, right)


def _annex(document: "Document", paper: ReportPaper, table: Table, place: int) -> None:
    wide = len(table.columns) >= WIDE_FROM
    word.new_pages(document, wide)
    number = f" {ROMAN[place]}" if len(paper.annexes) > 1 else ""
    source = f"{paper.title.capitalize()} số {_number(paper)} {_dated(paper.dated)}"
    word.say(document, "Phụ lục", f"Phụ lục{number}")
    word.say(document, "Phụ lục", table.title.upper())
    source = f"(Kèm theo {source} của {paper.issuer})"
    word.say(document, "Kèm theo", source if wide else _evenly(source, TITLE_LINE))
    word.table(document, table, word.WIDE_WIDTH if wide else word.TEXT_WIDTH)


def _number(paper: ReportPaper) -> str:
    """Padded below ten; room to write it when the paper has none yet."""
    number = "\u00a0" * 8 if paper.number is None else paper.number.zfill(2)
    return f"{number}/{paper.symbol}"


def _dated(day: date) -> str:
    """The day as papers write it, never broken at the end of a line."""
    month = f"{day.month:02}" if day.month <= PADDED_MONTHS else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year}".replace(" ", "\u00a0")


def _lines(text: str) -> list[str]:
    return [line.strip() for line in text.splitlines() if line.strip()]


def _evenly(words: str, longest: int) -> str:
    """Lines of about the same length, so that no word stands alone."""
    fewest = len(wrap(words, longest))
    widths = range(1, longest + 1)
    return "\n".join(next(lines for n in widths if len(lines := wrap(words, n)) <= fewest))
