"""The figures of one report: a school's own, or an office's sum of what its schools handed in."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import and_, select

from analysis.pooling import Rows, pooled
from analysis.table import Cell, Column, Row, Table
from feedback import access, clock, countables, db, grounds, reporting, rounds
from feedback.clock import office_day
from feedback.models.reports import STATES, UnitReport
from feedback.models.units import Unit, units_below
from feedback.rules.outline import ANNEXES, OFFICE_ANNEXES, SECTIONS
from feedback.web import here

HANDED_IN = "handed_in"
IN_PLACE = tuple(code for one in SECTIONS.values() for code in one.tables)
SCHOOL_TABLES = (*IN_PLACE, *ANNEXES)
OFFICE_TABLES = (*IN_PLACE, *OFFICE_ANNEXES)


def tables_of(report: UnitReport) -> dict[str, Table]:
    """As they were handed in; as they stand now while the report is being written."""
    return reporting.thawed(report.figures) if report.figures else _counted(report)[0]


def to_hand_in(report: UnitReport) -> dict[str, Any]:
    """What is kept with a report from the moment it is handed in."""
    return reporting.frozen(*_counted(report))


def _counted(report: UnitReport) -> tuple[dict[str, Table], Rows]:
    own, asked = _own_ground(report.unit), _asked(report)
    rows = countables.rows(db.session(), own, asked)
    if report.unit.is_school:
        made_from = pooled(reporting.bare(db.session(), own, asked), [rows])
        return reporting.tables(made_from, SCHOOL_TABLES), rows
    return _consolidated(report, rows, asked), rows


def _asked(report: UnitReport) -> grounds.Asked:
    return grounds.Asked(rounds.period_of(report.round), clock.today(), here.calendar())


def _own_ground(unit: Unit) -> grounds.Ground:
    """What counts in one unit, of what the reader may know."""
    cases = and_(access.sees(here.scope()), grounds.counted_in({unit.id}))
    return grounds.Ground((unit,), cases)


def _consolidated(report: UnitReport, own: Rows, asked: grounds.Asked) -> dict[str, Table]:
    """The same outline one level up: handed-in figures only, and what the office handles itself."""
    below = reports_below(report)
    given = [one for one in below if one.figures]
    ground = grounds.whole(report.unit, *(one.unit for one in given))
    parts = [own, *(reporting.handed_in(one.figures) for one in given)]
    made_from = pooled(reporting.bare(db.session(), ground, asked), parts)
    return {
        **reporting.tables(made_from, OFFICE_TABLES),
        HANDED_IN: handed_in_table(below, asked.as_of),
    }


def reports_below(report: UnitReport) -> Sequence[UnitReport]:
    """The reports of the same round that this unit puts together."""
    ids = units_below(db.session(), {report.unit_id}, clock.today())
    return db.session.scalars(
        select(UnitReport)
        .join(Unit, Unit.id == UnitReport.unit_id)
        .where(UnitReport.round_id == report.round_id, UnitReport.unit_id.in_(ids))
        .order_by(Unit.level, Unit.code)
    ).all()


def handed_in_table(reports: Iterable[UnitReport], as_of: date) -> Table:
    """Who has handed in, when and how late; those who have not come first."""
    ordered = sorted(reports, key=lambda one: (bool(one.figures), -days_late(one, as_of)))
    return Table(
        code=HANDED_IN,
        title="Tình hình nộp báo cáo",
        stub="Đơn vị",
        columns=(
            Column("state", "Tình trạng", "text", "none"),
            Column("handed_in", "Ngày nộp", "date", "none"),
            Column("late", "Số ngày trễ", total="none"),
        ),
        rows=tuple(_handed_in(one, as_of) for one in ordered),
        note="Số liệu tổng hợp chỉ gồm báo cáo đã nộp hoặc đã duyệt.",
        as_of=as_of,
    )


def _handed_in(report: UnitReport, as_of: date) -> Row:
    on = handed_in_on(report)
    cells = (
        Cell(STATES[report.state], "text"),
        Cell(on.isoformat() if on else None, "date"),
        Cell(days_late(report, as_of)),
    )
    return Row(report.unit.code, report.unit.name, cells)


def handed_in_on(report: UnitReport) -> date | None:
    return office_day(report.frozen_at) if report.frozen_at else None


def days_late(report: UnitReport, today: date) -> int:
    """Calendar days after the last day, up to the day it was handed in."""
    return max(0, ((handed_in_on(report) or today) - report.round.due_on).days)


def late_words(report: UnitReport, today: date) -> str:
    """“trễ 5 ngày”; nothing when in time."""
    late = days_late(report, today)
    return _("trễ %(n)s ngày", n=late) if late else ""
