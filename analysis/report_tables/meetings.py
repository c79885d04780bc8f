"""Reception of citizens and democratic dialogue, in figures."""

from collections.abc import Iterable, Sequence
from datetime import date

from analysis.checks import Check
from analysis.counting.where import pick
from analysis.periods import Period, filter_code
from analysis.report_tables.compared import compared_columns, compared_rows
from analysis.rows import DialogueRow, Material, ReceptionRow, VisitRow
from analysis.table import Cell, Table

MODES = {
    "regular": "Tiếp thường xuyên",
    "head": "Thủ trưởng tiếp",
    "delegated": "Ủy quyền tiếp",
}
VISIT_LINES = (
    ("head_days", "Số ngày thủ trưởng tiếp", 0),
    ("visits", "Số lượt tiếp", 0),
    *((mode, label, 1) for mode, label in MODES.items()),
    ("people", "Số người được tiếp", 0),
    ("matters", "Số vụ việc", 0),
    ("groups", "Số đoàn đông người", 0),
)
DIALOGUE_LINES = (
    ("dialogues", "Số cuộc đối thoại", 0),
    ("people", "Số người dự", 0),
    ("opinions", "Số ý kiến", 0),
    ("settled", "Số ý kiến đã giải quyết", 0),
)


def reception(material: Material) -> Table:
    """Tiếp công dân: days of the head, times, people, matters, groups."""
    now = _received(material.visits, material.receptions, material.period, material.as_of)
    before = _received(
        material.visits_before, material.receptions_before, material.before, material.as_of
    )
    return Table(
        code="reception",
        title="Tiếp công dân",
        stub="Nội dung",
        columns=compared_columns(material),
        rows=compared_rows((*line, now[line[0]], before[line[0]]) for line in VISIT_LINES),
        checks=(
            Check("visits = regular + head + delegated", "rows"),
            Check("groups <= visits", "rows"),
        ),
        note="Đoàn đông người: từ 5 người trở lên.",
        as_of=material.as_of,
    )


def _received(
    visits: Sequence[VisitRow], receptions: Iterable[ReceptionRow], period: Period, as_of: date
) -> dict[str, Cell]:
    where = {"list": "visits", "period": filter_code(period)}
    rows = pick(visits, where, as_of)
    modes = {mode: _count(rows, {**where, "mode": mode}, as_of) for mode in MODES}
    return {
        "head_days": Cell(_head_days(rows, receptions, period, as_of), of=modes["head"].where),
        "visits": Cell(len(rows), where=where),
        **modes,
        "people": Cell(sum(row.people for row in rows), of=where),
        "matters": Cell(sum(row.matters for row in rows), of=where),
        "groups": _count(rows, {**where, "group": "yes"}, as_of),
    }


def _count(rows: Sequence[VisitRow], where: dict[str, str], as_of: date) -> Cell:
    return Cell(len(pick(rows, where, as_of)), where=where)


def _head_days(
    rows: Iterable[VisitRow], receptions: Iterable[ReceptionRow], period: Period, as_of: date
) -> int:
    """Days on which a head received or sat ready to, counted once in each unit."""
    ready = {
        (held.unit_code, held.held_on)
        for held in receptions
        if held.mode == "head" and period.starts_on <= held.held_on <= period.known_on(as_of)
    }
    met = {(row.unit_code, row.received_on) for row in rows if row.mode == "head"}
    return len(ready | met)


def dialogues(material: Material) -> Table:
    """Đối thoại dân chủ with staff, pupils, parents (TT 11/2020/TT-BGDĐT)."""
    now = _held(material.dialogues, material.period, material.as_of)
    before = _held(material.dialogues_before, material.before, material.as_of)
    return Table(
        code="dialogues",
        title="Đối thoại dân chủ",
        stub="Nội dung",
        columns=compared_columns(material),
        rows=compared_rows((*line, now[line[0]], before[line[0]]) for line in DIALOGUE_LINES),
        checks=(Check("settled <= opinions", "rows"),),
        note="Không tính buổi đối thoại khi giải quyết khiếu nại.",
        as_of=material.as_of,
    )


def _held(rows: Sequence[DialogueRow], period: Period, as_of: date) -> dict[str, Cell]:
    where = {"list": "dialogues", "period": filter_code(period)}
    held = pick(rows, where, as_of)
    return {
        "dialogues": Cell(len(held), where=where),
        "people": Cell(sum(row.people for row in held), of=where),
        "opinions": Cell(sum(row.opinions for row in held), of=where),
        "settled": Cell(sum(row.settled for row in held), of=where),
    }
