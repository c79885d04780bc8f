"""Word files of administrative papers: pages, blocks, tables."""

from datetime import UTC, date, datetime, time
from io import BytesIO
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from analysis.table import Column, Row, Table, shown
from feedback.papers.blocks import Block, Line, Picture, Room, Rule, Side, Sides
from feedback.papers.paragraphs import rule, say, write
from feedback.papers.styles import element, mm, put_styles, set_values

if TYPE_CHECKING:
    from docx.document import Document
    from docx.section import Section
    from docx.table import Table as Grid
    from docx.table import _Cell

SHORT, LONG = 210, 297
TOP, BOTTOM, LEFT, RIGHT = 20, 20, 30, 20
TEXT_WIDTH = SHORT - LEFT - RIGHT
PICTURE_WIDTH = 120
WIDE_WIDTH = LONG - LEFT - RIGHT
# A column of words needs more room than a column of figures, the labels of the lines the most.
LABEL_SHARE, WORDS_SHARE, FIGURE_SHARE = 3.0, 2.0, 1.0
KEPT_WHOLE = 12  # lines
INDENT = 5  # mm for each level of a label
SMALL_LETTERS_FROM = 9  # columns; from there on a table is set in 10 points


# --- the file -------------------------------------------------------------------------------


def blank(title: str, author: str, day: date) -> "Document":
    """An A4 file with the decree's styles, in Vietnamese, numbered from its second page on."""
    import docx  # noqa: PLC0415 - heavy

    document = docx.Document()
    facts = document.core_properties
    facts.title, facts.author, facts.language, facts.comments = title, author, "vi-VN", ""
    facts.created = facts.modified = datetime.combine(day, time(), UTC)
    put_styles(document)
    for mode in document.settings.element.xpath("//w:compatSetting[@w:name='compatibilityMode']"):
        set_values(mode, val="15")  # or Word opens the file in compatibility mode
    lay_out(document.sections[0])
    field = element("fldSimple", instr="PAGE")
    heading = document.sections[0].header.paragraphs[0]
    field.append(heading.add_run("2")._r)
    heading._p.append(field)
    return document


def saved(document: "Document") -> bytes:
    """The bytes of the finished file: of the same paper the same bytes, whenever it is drawn."""
    drawn, undated = BytesIO(), BytesIO()
    document.save(drawn)
    with ZipFile(drawn) as parts, ZipFile(undated, "w", ZIP_DEFLATED) as file:
        for name in parts.namelist():
            file.writestr(ZipInfo(name), parts.read(name), ZIP_DEFLATED)
    return undated.getvalue()


def lay_out(section: "Section", wide: bool = False) -> None:
    """Size and margins, on its side when wide; no number on the first page."""
    from docx.enum.section import WD_ORIENT  # noqa: PLC0415 - heavy

    section.orientation = WD_ORIENT.LANDSCAPE if wide else WD_ORIENT.PORTRAIT
    width, height = (LONG, SHORT) if wide else (SHORT, LONG)
    section.page_width, section.page_height = mm(width), mm(height)
    section.top_margin, section.bottom_margin = mm(TOP), mm(BOTTOM)
    section.left_margin, section.right_margin = mm(LEFT), mm(RIGHT)
    section.header_distance = mm(10)
    section.different_first_page_header_footer = True


def new_pages(document: "Document", wide: bool) -> None:
    """An annex begins on a page of its own and counts its pages from one."""
    section = document.add_section()
    end: Any = document.paragraphs[-1]._p  # holds the break; at full size it could fill a page
    end.style = "Ngắttrang"
    lay_out(section, wide)
    properties: Any = section._sectPr
    if not properties.xpath("./w:pgNumType"):
        properties.insert_element_before(element("pgNumType", start="1"), "w:cols")


# --- cells side by side ---------------------------------------------------------------------


def rows_of_sides(
    document: "Document", widths: tuple[float, float], rows: int = 1
) -> "list[tuple[_Cell, _Cell]]":
    """Rows of two cells without lines or inner margins, each kept on one page; widths in mm."""
    grid = _grid(document, widths)
    properties: Any = grid._tbl.tblPr
    margins = element("tblCellMar")
    margins.extend(element(side, w="0", type="dxa") for side in ("left", "right"))
    properties.insert_element_before(margins, "w:tblLook")
    pairs = (_cells(grid, widths, "cantSplit") for _ in range(rows))
    return [(left, right) for left, right in pairs]


def drop_first_lines(*cells: "_Cell") -> None:
    """A new cell comes with an empty paragraph; once it has others, that one goes."""
    for cell in cells:
        cell._tc.remove(cell.paragraphs[0]._p)


# --- blocks ---------------------------------------------------------------------------------


def put(document: "Document", block: Block) -> None:
    """One block of a paper; a table is as wide as the text."""
    if isinstance(block, Sides):
        pairs = rows_of_sides(document, block.widths, len(block.rows))
        for cells, row in zip(pairs, block.rows, strict=True):
            _put_row(cells, row)
    elif isinstance(block, Table):
        say(document, "Tên bảng", block.title)
        table(document, block, TEXT_WIDTH)
    elif isinstance(block, Picture):
        document.add_picture(BytesIO(block.jpeg), width=mm(PICTURE_WIDTH))
    else:
        _put_piece(document, block)


def _put_row(cells: "tuple[_Cell, _Cell]", row: tuple[Side, Side]) -> None:
    for cell, side in zip(cells, row, strict=True):
        for piece in side:
            _put_piece(cell, piece)
        if side:
            drop_first_lines(cell)


def _put_piece(where: "Document | _Cell", piece: Line | Rule | Room) -> None:
    if isinstance(piece, Rule):
        rule(where, piece.room, piece.length)
    elif isinstance(piece, Room):
        say(where, "Ngắt trang", "").paragraph_format.space_before = mm(piece.height)
    else:
        _put_line(where, piece)


def _put_line(where: "Document | _Cell", line: Line) -> None:
    paragraph = say(where, line.style, line.lead)
    for run in paragraph.runs:
        run.bold = True
    write(paragraph, line.text)
    shape = paragraph.paragraph_format
    shape.keep_with_next = line.kept or None
    if line.inset:
        shape.left_indent = shape.right_indent = mm(line.inset)


# --- tables ---------------------------------------------------------------------------------


def table(document: "Document", facts: Table, width: float) -> None:
    """The table, its heading repeated on every page, its note below; width in mm."""
    small = " nhỏ" if len(facts.columns) >= SMALL_LETTERS_FROM else ""
    widths = _shares(facts.columns, width)
    grid = _grid(document, widths, "Table Grid")
    heading = _cells(grid, widths, "cantSplit", "tblHeader")
    for cell, label in zip(heading, (facts.stub, *_labels(facts)), strict=True):
        say(cell, "Đầu bảng" + small, label)
    drop_first_lines(*heading)
    _mark_line(heading, bold=True, kept=True)
    for row in facts.lines:
        cells = _cells(grid, widths, "cantSplit")
        _fill(cells, row, facts.columns, small)
        _mark_line(cells, bold=row is facts.total, kept=_is_kept(facts, row))
    if facts.note:
        say(document, "Ghi chú bảng", f"Ghi chú: {facts.note}")


def _labels(facts: Table) -> tuple[str, ...]:
    return tuple(column.label for column in facts.columns)


def _is_kept(facts: Table, row: Row) -> bool:
    """Is this line kept with what follows? A short table stays whole, a note with its last line."""
    if row is facts.lines[-1]:
        return bool(facts.note)
    return len(facts.lines) <= KEPT_WHOLE


def _fill(cells: "list[_Cell]", row: Row, columns: tuple[Column, ...], small: str) -> None:
    label = say(cells[0], "Ô chữ" + small, row.label)
    label.paragraph_format.left_indent = mm(INDENT * row.level)
    for cell, column, figure in zip(cells[1:], columns, row.cells, strict=True):
        say(cell, ("Ô chữ" if column.kind == "text" else "Ô số") + small, shown(figure))
    drop_first_lines(*cells)


def _mark_line(cells: "list[_Cell]", bold: bool, kept: bool) -> None:
    from docx.enum.table import WD_ALIGN_VERTICAL  # noqa: PLC0415 - heavy

    for cell in cells:
        cell.vertical_alignment = WD_ALIGN_VERTICAL.CENTER
        [paragraph] = cell.paragraphs
        paragraph.paragraph_format.keep_with_next = kept or None
        for run in paragraph.runs:
            run.bold = bold or None


def _shares(columns: tuple[Column, ...], width: float) -> tuple[float, ...]:
    wide = ("text", "date")  # a date must not break
    kinds = (WORDS_SHARE if column.kind in wide else FIGURE_SHARE for column in columns)
    shares = (LABEL_SHARE, *kinds)
    return tuple(share * width / sum(shares) for share in shares)


def _grid(document: "Document", widths: tuple[float, ...], style: str | None = None) -> "Grid":
    grid: Grid = document.add_table(0, len(widths), style)
    grid.autofit = False
    for column, width in zip(grid.columns, widths, strict=True):
        column.width = mm(width)
    return grid


def _cells(grid: "Grid", widths: tuple[float, ...], *marks: str) -> "list[_Cell]":
    """A new line. Word goes by the width of its cells, LibreOffice by that of the columns."""
    line = grid.add_row()  # type: ignore[no-untyped-call]
    for mark in marks:
        line._tr.get_or_add_trPr().append(element(mark))
    cells: list[_Cell] = list(line.cells)
    for cell, width in zip(cells, widths, strict=True):
        cell.width = mm(width)
    return cells
