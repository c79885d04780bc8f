"""Phụ lục 2: each matter that is still open, without a name."""

from datetime import date

from analysis.counting.tally import tally
from analysis.counting.where import sieve
from analysis.rows import CaseRow, Material
from analysis.table import Cell, Column, Row, Table

COLUMNS = (
    Column("kind", "Loại", "text", "none"),
    Column("subject", "Lĩnh vực", "text", "none"),
    Column("received", "Ngày nhận", "date", "none"),
    Column("due", "Ngày hẹn", "date", "none"),
    Column("age", "Số ngày đã qua", total="none", note="Ngày lịch, từ ngày nhận."),
    Column("overdue", "Số ngày quá hạn", total="none", note="Ngày lịch, từ ngày hẹn."),
    Column("progress", "Tiến độ", "text", "none"),
)


def open_cases(material: Material) -> Table:
    """Tiến độ vụ việc tồn: the longest overdue first, then by the day promised."""
    counted = tally(material.cases, material.period, material.as_of)
    is_open = sieve(counted.filter("open"), material.as_of)
    is_again = sieve(counted.filter("reopened_open"), material.as_of)
    rows = sorted(
        (row for row in material.cases if is_open(row) or is_again(row)),
        key=lambda row: (row.due_on or date.max, row.received_on, row.reference),
    )
    day = material.period.known_on(material.as_of)
    return Table(
        code="open_cases",
        title="Tiến độ vụ việc tồn",
        stub="Mã hồ sơ",
        columns=COLUMNS,
        rows=tuple(_row(row, not is_open(row), day, material) for row in rows),
        note="" if rows else "Không còn vụ việc tồn.",
        as_of=material.as_of,
    )


def _row(row: CaseRow, again: bool, day: date, material: Material) -> Row:
    overdue = max(0, (day - row.due_on).days) if row.due_on and not again else 0
    cells = (
        Cell(material.kinds.get(row.kind_code, row.kind_code), "text"),
        Cell(material.subjects.get(row.subject_code, row.subject_code), "text"),
        Cell(row.received_on.isoformat(), "date"),
        Cell(row.due_on.isoformat() if row.due_on else None, "date"),
        Cell((day - row.received_on).days),
        Cell(overdue),
        Cell(_progress(again, overdue), "text"),
    )
    return Row(row.reference, row.reference, cells, where={"reference": row.reference})


def _progress(again: bool, overdue: int) -> str:
    if again:
        return "Đang giải quyết lại"
    return "Quá hạn" if overdue else "Trong hạn"
