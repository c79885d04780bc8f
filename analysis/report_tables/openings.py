"""How often it was asked for, and how often it happened, that a sealed identity was opened."""

from collections.abc import Iterable

from analysis.periods import Period
from analysis.report_tables.compared import compared_columns, compared_rows
from analysis.rows import Material, OpeningRow
from analysis.table import Cell, Table

LINES = (
    ("asked", "Số lần đề nghị mở danh tính", 0),
    ("refused", "Không được đồng ý", 1),
    ("opened", "Đã giao phong bì để mở", 1),
)


def openings(material: Material) -> Table:
    """Mở danh tính người gửi: steps by the day they were taken."""
    now = _counted(material.openings, material, material.period)
    before = _counted(material.openings_before, material, material.before)
    return Table(
        code="openings",
        title="Mở danh tính được niêm phong",
        stub="Nội dung",
        columns=compared_columns(material),
        rows=compared_rows((*line, now[line[0]], before[line[0]]) for line in LINES),
        note="Mỗi lần mở cần hai cán bộ. Tính theo ngày làm từng bước.",
        as_of=material.as_of,
    )


def _counted(rows: Iterable[OpeningRow], material: Material, period: Period) -> dict[str, Cell]:
    last = period.known_on(material.as_of)
    taken = [row.step for row in rows if period.starts_on <= row.step_on <= last]
    return {code: Cell(taken.count(code)) for code, _label, _level in LINES}
