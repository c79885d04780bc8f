"""The calendar as a sheet: read from a CSV a spreadsheet saved, written so that one opens it."""

import csv
from collections.abc import Iterable, Sequence
from io import StringIO
from typing import Any

from analysis.table import BOM, DANGEROUS, harmless
from feedback.rules.calendar import DAY_KINDS, SpecialDay
from feedback.rules.calendar_files import CalendarRefused
from feedback.rules.sentences import Sentence

# By the key of a row: what stands above its column.
COLUMNS: dict[str, str] = {
    "day": "Ngày",
    "kind": "Loại ngày",
    "name": "Tên gọi",
    "source": "Căn cứ",
    "confirmed": "Đã đối chiếu",
}
NEEDED = ("day", "kind", "name")
MOST_ROWS = 400  # more special days no five years have
YES = "có"

NO_TEXT = (
    "Không đọc được chữ trong tệp. Mời lưu lại từ bảng tính bằng kiểu “CSV UTF-8” rồi chọn lại."
)
EMPTY = "Tệp chưa có ngày nào dưới dòng tiêu đề."
NO_COLUMN = "Dòng đầu của tệp thiếu cột “%(column)s”. Các cột cần có: %(columns)s."
TOO_MANY = "Tệp có %(n)s dòng; mỗi lần nhập nhiều nhất %(most)s dòng."
BROKEN = "Dòng %(row)s: không đọc được. Nếu trong ô có dấu phẩy thì ô phải nằm trong ngoặc kép."


def text_of(data: bytes) -> str:
    """The words of a file, as the usual spreadsheets write them."""
    encoding = "utf-16" if data[:2] in (b"\xff\xfe", b"\xfe\xff") else "utf-8-sig"
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise CalendarRefused(NO_TEXT) from error


def rows_of(text: str) -> list[tuple[int, dict[str, Any]]]:
    """The rows under the head with their numbers, by the keys of COLUMNS; empty ones are none."""
    said = text.removeprefix(BOM)
    rows = _cells(said, _delimiter(said))
    keys = _keys(rows[0] if rows else ())
    full = [(n, cells) for n, cells in enumerate(rows, 1) if n > 1 and any(map(str.strip, cells))]
    if not full:
        raise CalendarRefused(EMPTY)
    if len(full) > MOST_ROWS:
        raise CalendarRefused(Sentence(TOO_MANY, {"n": len(full), "most": MOST_ROWS}))
    return [(number, _row(number, cells, keys)) for number, cells in full]


def written(days: Iterable[SpecialDay]) -> str:
    """A CSV that `rows_of` reads back: the same days, in the same words."""
    page = StringIO()
    writer = csv.writer(page, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    for one in days:
        ticked = YES if one.confirmed else ""
        cells = (f"{one.day:%d/%m/%Y}", DAY_KINDS[one.kind], one.name, one.source, ticked)
        writer.writerow(map(harmless, cells))
    return BOM + page.getvalue()


# --- the cells --------------------------------------------------------------------------------


def _delimiter(text: str) -> str:
    """A spreadsheet set to Vietnamese writes semicolons; one that copies, tabs."""
    head = text.partition("\n")[0]
    return max(",;\t", key=head.count)


def _cells(text: str, delimiter: str) -> list[list[str]]:
    reader, found = csv.reader(StringIO(text, newline=""), delimiter=delimiter), []
    try:
        for row in reader:
            found.append(row)  # what came before a broken row tells its number
    except csv.Error as error:
        raise CalendarRefused(Sentence(BROKEN, {"row": len(found) + 1})) from error
    return found


def _keys(head: Sequence[str]) -> list[str]:
    """The key of each column, by its words or its code; a column nobody knows is left out."""
    known = {label.casefold(): key for key, label in COLUMNS.items()}
    said = (" ".join(cell.split()).casefold() for cell in head)
    keys = [known.get(cell, cell if cell in COLUMNS else "") for cell in said]
    for key in NEEDED:
        if key not in keys:
            columns = ", ".join(f"“{label}”" for label in COLUMNS.values())
            values = {"column": COLUMNS[key], "columns": columns}
            raise CalendarRefused(Sentence(NO_COLUMN, values))
    return keys


def _row(number: int, cells: Sequence[str], keys: Sequence[str]) -> dict[str, Any]:
    if any(cell.strip() for cell in cells[len(keys) :]):
        raise CalendarRefused(Sentence(BROKEN, {"row": number}))
    return {key: _bare(cell) for key, cell in zip(keys, cells, strict=False) if key}


def _bare(cell: str) -> str:
    """Without the apostrophe that `written` puts before what a spreadsheet would run."""
    return cell[1:] if cell.startswith("'") and cell[1:].lstrip(" ").startswith(DANGEROUS) else cell
