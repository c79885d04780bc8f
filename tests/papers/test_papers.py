"""The report as the clerk opens it in Word: the decree's layout, real styles, whole tables."""

import io
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from typing import Any
from zipfile import ZipFile

import docx
import pytest
from docx.document import Document
from docx.enum.section import WD_ORIENT
from docx.oxml.ns import qn

from analysis.table import Cell, Column, Row, Table
from feedback.papers.report import ReportPaper, Section, report_docx
from feedback.papers.styles import STYLES

LABELS = ("Tiếp nhận", "Trả lời", "Đúng hạn", "Quá hạn", "Chuyển", "Khẩn cấp", "Mở lại", "Tồn")


def a_table(columns: int = 3, rows: int = 2, note: str = "") -> Table:
    heads = tuple(Column(f"c{n}", label) for n, label in enumerate(LABELS[:columns]))
    heads = (*heads, Column("share", "Tỷ lệ", "percent"))
    cells = (*(Cell(1234) for _ in range(columns)), Cell(92.308, "percent"))
    lines = tuple(Row(f"r{n}", f"Bán trú {n}", cells, level=n % 2) for n in range(rows))
    total = Row("total", "Tổng cộng", cells)
    return Table("T", "Ý kiến qua mã QR", "Lĩnh vực", heads, lines, total, note=note)


PAPER = ReportPaper(
    number="5",
    symbol="BC-THLĐT",
    issuer="Trường Tiểu học Lê Đức Thọ",
    superior="UBND phường An Hội Đông",
    place="An Hội Đông",
    dated=date(2027, 2, 5),
    title="Báo cáo",
    summary="Kết quả thực hiện công tác dân vận của chính quyền 6 tháng đầu năm 2027",
    addressee="UBND phường An Hội Đông",
    preface="Căn cứ Kế hoạch số 15/KH-UBND;\nNhà trường báo cáo như sau:",
    sections=(
        Section("I.", "Đặc điểm tình hình", 1, "Trường có 33 lớp.\n\nThuận lợi: đủ phòng học."),
        Section("1.", "Tiếp công dân", 2),
        Section("d)", "Ý kiến qua mã QR", 3, "Số liệu tại bảng sau.", (a_table(note="Đã rà."),)),
    ),
    annexes=(a_table(3, 40), a_table(8)),
    signer_title="Hiệu trưởng",
    signer_name="Nguyễn Thị Minh Khai",
    recipients=("Như trên", "Lưu: VT, TCD."),
    closing="Trên đây là báo cáo của nhà trường./.",
)


written = cache(report_docx)  # most tests look at the same file


def opened(paper: ReportPaper = PAPER) -> Document:
    return docx.Document(io.BytesIO(written(paper)))


def said(document: Document, style: str) -> list[str]:
    """What is written in one style, in the text and in the cells."""
    cells = [cell for table in document.tables for row in table.rows for cell in row.cells]
    places: list[Any] = [document, *cells]
    lines = [line for place in places for line in place.paragraphs]
    return [line.text for line in lines if line.style and line.style.name == style]


# --- pages ----------------------------------------------------------------------------------


def test_the_page_is_a4_with_the_decrees_margins():
    page = opened().sections[0]
    assert [round(side.mm) for side in (page.page_width, page.page_height) if side] == [210, 297]
    margins = (page.top_margin, page.bottom_margin, page.left_margin, page.right_margin)
    assert [round(margin.mm) for margin in margins if margin] == [20, 20, 30, 20]


def test_the_page_number_stands_centred_on_top_but_not_on_page_one():
    page = opened().sections[0]
    [line] = page.header.paragraphs
    assert line._p.xpath("./w:fldSimple/@w:instr") == ["PAGE"]
    assert line.style
    assert line.style.paragraph_format.alignment == 1
    assert page.different_first_page_header_footer
    assert page.first_page_header.is_linked_to_previous


def test_each_annex_counts_its_own_pages_and_a_wide_one_lies_on_its_side():
    _, narrow, wide = opened().sections
    assert (narrow.orientation, wide.orientation) == (WD_ORIENT.PORTRAIT, WD_ORIENT.LANDSCAPE)
    assert wide.page_width
    assert round(wide.page_width.mm) == 297
    for annex in (narrow, wide):
        assert annex._sectPr.xpath("./w:pgNumType/@w:start") == ["1"]
        assert annex.header.is_linked_to_previous


# --- letters --------------------------------------------------------------------------------


@pytest.mark.parametrize("name", STYLES)
def test_every_style_is_times_new_roman_for_all_four_kinds_of_letters(name):
    style = opened().styles[name]
    fonts = style.element.rPr.rFonts
    slots = [fonts.get(qn(f"w:{slot}")) for slot in ("ascii", "hAnsi", "eastAsia", "cs")]
    assert slots == ["Times New Roman"] * 4
    assert not [key for key in fonts.attrib if "Theme" in key]


def test_nothing_is_coloured():
    assert not opened().styles.element.xpath("//w:style[w:name/@w:val='heading 1']//w:color")


def test_the_body_is_justified_with_an_indented_first_line():
    style: Any = opened().styles["Thân bài"]
    assert (style.font.size.pt, style.paragraph_format.alignment) == (14, 3)
    assert style.paragraph_format.first_line_indent.mm == pytest.approx(12.7, abs=0.02)


def test_word_checks_the_spelling_as_vietnamese():
    document = opened()
    assert document.styles.element.xpath("//w:docDefaults//w:lang/@w:val") == ["vi-VN"]
    assert document.core_properties.language == "vi-VN"
    assert document.core_properties.author == "Trường Tiểu học Lê Đức Thọ"
    assert document.core_properties.comments == ""


# --- what it says ---------------------------------------------------------------------------


def test_the_letterhead_has_every_element_of_the_decree():
    document = opened()
    assert said(document, "Quốc hiệu") == ["CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"]
    assert said(document, "Tiêu ngữ") == ["Độc lập - Tự do - Hạnh phúc"]
    assert said(document, "Cơ quan cấp trên") == ["UBND PHƯỜNG AN HỘI ĐÔNG"]
    assert said(document, "Cơ quan ban hành") == ["TRƯỜNG TIỂU HỌC LÊ ĐỨC THỌ"]
    assert said(document, "Số ký hiệu") == ["Số: 05/BC-THLĐT"]
    [day] = said(document, "Địa danh ngày tháng")
    assert day.replace("\u00a0", " ") == "An Hội Đông, ngày 05 tháng 02 năm 2027"
    assert said(document, "Tên loại") == ["BÁO CÁO"]


def test_the_national_name_has_room_for_one_line():
    letterhead = opened().tables[0]
    widths = [cell.width.mm for cell in letterhead.rows[0].cells if cell.width]
    assert widths == pytest.approx([71, 94], abs=0.1)  # the name needs 88 at 12 points
    margins = letterhead._tbl.tblPr.xpath("./w:tblCellMar/*/@w:w")
    assert margins == ["0", "0"]


@pytest.mark.parametrize(
    ("day", "words"),
    [
        (date(2026, 1, 31), "ngày 31 tháng 01 năm 2026"),
        (date(2026, 3, 9), "ngày 09 tháng 3 năm 2026"),
        (date(2026, 11, 24), "ngày 24 tháng 11 năm 2026"),
    ],
)
def test_only_days_below_ten_and_the_first_two_months_are_padded(day, words):
    [line] = said(opened(replace(PAPER, dated=day)), "Địa danh ngày tháng")
    assert line.replace("\u00a0", " ").endswith(words)


def test_a_long_name_is_set_in_even_lines():
    name = "Trường Tiểu học Nguyễn Thượng Hiền – Điểm trường số 2 phường An Hội Đông"
    [lines] = said(opened(replace(PAPER, issuer=name)), "Cơ quan ban hành")
    assert lines.replace("\n", " ") == name.upper()
    lengths = [len(line) for line in lines.split("\n")]
    assert max(lengths) <= 27
    assert max(lengths) - min(lengths) <= 4


def test_a_draft_says_so_and_leaves_room_for_number_and_name():
    document = opened(replace(PAPER, number=None, signer_name=None, draft=True))
    assert said(document, "Dự thảo") == ["DỰ THẢO"]
    [number] = said(document, "Số ký hiệu")
    assert number.replace("\u00a0", "_") == "Số: ________/BC-THLĐT"
    assert said(document, "Người ký") == [""]
    assert said(opened(), "Dự thảo") == []


def test_headings_are_real_ones_so_that_word_can_list_them():
    document = opened()
    assert said(document, "Heading 1") == ["I. ĐẶC ĐIỂM TÌNH HÌNH"]
    assert said(document, "Heading 2") == ["1. Tiếp công dân"]
    assert said(document, "Heading 3") == ["d) Ý kiến qua mã QR"]
    assert "Thuận lợi: đủ phòng học." in said(document, "Thân bài")
    assert said(document, "Căn cứ") == ["Căn cứ Kế hoạch số 15/KH-UBND;"]


def test_the_end_names_who_signs_and_who_receives():
    document = opened()
    assert said(document, "Chức vụ")[0].strip() == "HIỆU TRƯỞNG"
    assert said(document, "Người ký") == ["Nguyễn Thị Minh Khai"]
    assert said(document, "Nơi nhận") == ["Nơi nhận:"]
    assert said(document, "Danh sách nơi nhận") == ["- Như trên;", "- Lưu: VT, TCD."]


def test_annexes_are_numbered_only_when_there_are_two():
    assert said(opened(), "Phụ lục")[::2] == ["Phụ lục I", "Phụ lục II"]
    one = opened(replace(PAPER, annexes=PAPER.annexes[:1]))
    assert said(one, "Phụ lục") == ["Phụ lục", "Ý KIẾN QUA MÃ QR"]
    [source] = said(one, "Kèm theo")
    assert " ".join(source.split()) == (
        "(Kèm theo Báo cáo số 05/BC-THLĐT ngày 05 tháng 02 năm 2027 của Trường Tiểu học Lê Đức Thọ)"
    )


def test_what_a_word_file_cannot_hold_is_left_out():
    odd = replace(PAPER, sections=(Section("I.", "Lỗi\x00 & <b>", 1, "Dán\x0b từ\ufffe nơi khác"),))
    assert said(opened(odd), "Heading 1") == ["I. LỖI & <B>"]
    assert "Dán" in said(opened(odd), "Thân bài")


# --- tables ---------------------------------------------------------------------------------


def test_figures_are_written_as_vietnamese_papers_write_them():
    table = opened().tables[1]
    assert [cell.text for cell in table.rows[0].cells] == ["Lĩnh vực", *LABELS[:3], "Tỷ lệ"]
    last = table.rows[-1].cells
    assert [cell.text for cell in last] == ["Tổng cộng", "1.234", "1.234", "1.234", "92,31 %"]
    assert last[1].paragraphs[0].runs[0].bold
    assert said(opened(), "Ghi chú bảng") == ["Ghi chú: Đã rà."]


def test_a_tables_heading_comes_again_on_every_page_and_no_line_is_torn():
    for table in opened().tables[1:2] + opened().tables[3:]:
        head, *lines = table.rows
        assert head._tr.xpath("./w:trPr/w:tblHeader")
        assert not any(line._tr.xpath("./w:trPr/w:tblHeader") for line in lines)
        assert all(line._tr.xpath("./w:trPr/w:cantSplit") for line in table.rows)


def test_a_table_is_as_wide_as_its_page():
    document = opened()
    for table, width in ((document.tables[1], 160), (document.tables[4], 247)):
        cells = [cell.width.mm for cell in table.rows[0].cells if cell.width]
        assert sum(cells) == pytest.approx(width, abs=0.5)


def test_the_consolidated_table_keeps_every_school():
    sixty = opened(replace(PAPER, annexes=(a_table(8, 60),))).tables[3]
    assert len(sixty.rows) == 62


def test_a_short_table_stays_whole_and_a_note_stays_with_its_last_line():
    document = opened()
    short, long = document.tables[1], document.tables[3]
    assert all(is_kept(row) for row in short.rows)
    assert [is_kept(row) for row in long.rows] == [True] + [False] * 41


def is_kept(row: Any) -> bool:
    return bool(row.cells[0].paragraphs[0].paragraph_format.keep_with_next)


def test_the_file_is_of_the_day_of_the_paper_and_names_no_program():
    assert opened().core_properties.created == datetime(2027, 2, 5, tzinfo=UTC)
    with ZipFile(io.BytesIO(written(PAPER))) as parts:
        assert "python-docx" not in parts.read("docProps/core.xml").decode()
