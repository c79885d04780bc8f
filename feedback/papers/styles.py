"""The style sheet of administrative papers (Nghị định 30/2020/NĐ-CP, Phụ lục I)."""

from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from docx.document import Document
    from docx.shared import Length
    from docx.styles.style import ParagraphStyle

LETTERS = "Times New Roman"


class Look(NamedTuple):
    """How a kind of paragraph looks: sizes and spaces in points, the first line in mm."""

    size: float
    marks: str = ""  # b bold, i italic, k kept with the next, _ a line below, # a box around
    align: str = "LEFT"
    before: float = 0
    after: float = 0
    first_line: float = 0


STYLES = {
    "Normal": Look(14),
    "Heading 1": Look(14, "bk", "JUSTIFY", 12, 0, 12.7),
    "Heading 2": Look(14, "bk", "JUSTIFY", 8, 0, 12.7),
    "Heading 3": Look(14, "k", "JUSTIFY", 6, 0, 12.7),
    "Header": Look(14, "", "CENTER"),
    "Cơ quan cấp trên": Look(12, "", "CENTER"),
    "Cơ quan ban hành": Look(12, "b", "CENTER"),
    "Quốc hiệu": Look(12, "b", "CENTER"),
    "Tiêu ngữ": Look(13, "b", "CENTER"),
    "Số ký hiệu": Look(13, "", "CENTER", 6),
    "Địa danh ngày tháng": Look(13, "i", "CENTER", 6),
    "Ngày viết đơn": Look(13, "i", "RIGHT", 10),
    "Dự thảo": Look(13, "b#", "CENTER", 6),
    "Tên loại": Look(14, "bk", "CENTER", 18),
    "Trích yếu": Look(14, "bk", "CENTER"),
    "Về việc": Look(12, "", "CENTER", 6),
    "Thẩm quyền": Look(14, "bk", "CENTER", 12),
    "Gạch ngang": Look(2, "_", "CENTER"),
    "Kính gửi": Look(14, "k", "CENTER", 12),
    "Thân bài": Look(14, "", "JUSTIFY", 6, 0, 12.7),
    "Căn cứ": Look(14, "i", "JUSTIFY", 6, 0, 12.7),
    "Giải thích": Look(12, "", "JUSTIFY", 2, 0, 12.7),
    "Chú thích": Look(12, "i", "JUSTIFY", 6),
    "Tên bảng": Look(13, "bk", "CENTER", 10, 4),
    "Đầu bảng": Look(12, "b", "CENTER", 2, 2),
    "Ô chữ": Look(12, "", "LEFT", 2, 2),
    "Ô số": Look(12, "", "CENTER", 2, 2),
    "Đầu bảng nhỏ": Look(10, "b", "CENTER", 2, 2),
    "Ô chữ nhỏ": Look(10, "", "LEFT", 2, 2),
    "Ô số nhỏ": Look(10, "", "CENTER", 2, 2),
    "Ghi chú bảng": Look(12, "i", "JUSTIFY", 4),
    "Nơi nhận": Look(12, "bi"),
    "Danh sách nơi nhận": Look(11),
    "Chức vụ": Look(14, "bk", "CENTER"),
    "Người ký": Look(14, "b", "CENTER"),
    "Cách ký": Look(13, "ik", "CENTER"),
    "Phụ lục": Look(14, "bk", "CENTER"),
    "Ngắt trang": Look(1),
    "Kèm theo": Look(14, "ik", "CENTER", 0, 8),
}


def mm(length: float) -> "Length":
    """A length in a Word file."""
    from docx.shared import Mm  # noqa: PLC0415 - heavy

    return Mm(length)


def put_styles(document: "Document") -> None:
    """Every style of the sheet, and Vietnamese as the language of the file."""
    for lang in document.styles.element.xpath("//w:docDefaults//w:lang"):
        set_values(lang, val="vi-VN")
    for name, look in STYLES.items():
        _dress(_style(document, name), look)


def _style(document: "Document", name: str) -> "ParagraphStyle":
    from docx.enum.style import WD_STYLE_TYPE  # noqa: PLC0415 - heavy

    if name in document.styles:
        found: Any = document.styles[name]
        return found  # type: ignore[no-any-return]
    added: Any = document.styles.add_style(name, WD_STYLE_TYPE.PARAGRAPH)
    added.quick_style = True
    return added  # type: ignore[no-any-return]


def _dress(style: "ParagraphStyle", look: Look) -> None:
    """All four kinds of letters in Times New Roman, black; nothing left of the file's own looks."""
    from docx.enum.text import WD_ALIGN_PARAGRAPH  # noqa: PLC0415 - heavy
    from docx.shared import Pt  # noqa: PLC0415 - heavy

    letters: Any = style.element.get_or_add_rPr()
    letters.clear()
    style.font.name, style.font.size = LETTERS, Pt(look.size)
    style.font.bold, style.font.italic = "b" in look.marks, "i" in look.marks
    set_values(letters.rFonts, eastAsia=LETTERS, cs=LETTERS)
    shape = style.paragraph_format
    shape.alignment = getattr(WD_ALIGN_PARAGRAPH, look.align)
    shape.first_line_indent = mm(look.first_line)
    shape.space_before, shape.space_after = Pt(look.before), Pt(look.after)
    shape.line_spacing = 1.0
    shape.keep_with_next = "k" in look.marks
    _draw(style, {"_": ("bottom",), "#": ("top", "left", "bottom", "right")}, look.marks)


def _draw(style: "ParagraphStyle", lines: dict[str, tuple[str, ...]], marks: str) -> None:
    sides = [side for mark, sides in lines.items() if mark in marks for side in sides]
    borders = element("pBdr")
    borders.extend(element(side, val="single", sz="6", space="1", color="000000") for side in sides)
    if sides:
        style.element.get_or_add_pPr().insert_element_before(borders, "w:spacing", "w:ind", "w:jc")


def element(tag: str, **values: str) -> Any:
    from docx.oxml import OxmlElement  # noqa: PLC0415 - heavy

    made = OxmlElement(f"w:{tag}")
    set_values(made, **values)
    return made


def set_values(made: Any, **values: str) -> None:
    from docx.oxml.ns import qn  # noqa: PLC0415 - heavy

    for name, value in values.items():
        made.set(qn(f"w:{name}"), value)
