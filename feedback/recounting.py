"""Counting a handed-in report again, by another way than the one that made it.

Three questions. Do the tables follow from the rows kept with them? Does each row say what the
history of its matter says, read up to the moment of handing in? Is every matter in it that belongs
in it? The second and third read case_file and case_event by hand and share no code with the
calculator, so that a fault there would be seen.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from analysis.periods import Period
from analysis.pooling import Rows, pooled
from analysis.rows import CaseRow
from analysis.table import Table
from feedback import grounds, reporting, rounds, unsealings
from feedback.bound import in_pieces
from feedback.clock import office_day
from feedback.histories import Step, days_of, is_joined, steps_of
from feedback.models.cases import Case
from feedback.models.reports import UnitReport
from feedback.models.units import units_below
from feedback.rules.calendar import WorkCalendar

OUTSIDE = "handed_in"  # who had handed in: of the reports, not of matters


@dataclass(slots=True)
class Recount:
    """What was compared, what did not agree, and what nobody can say any more."""

    figures: int = 0
    matters: int = 0
    faults: list[str] = field(default_factory=list)
    unsaid: list[str] = field(default_factory=list)

    @property
    def agrees(self) -> bool:
        return not self.faults and not self.unsaid


def recount(session: Session, report: UnitReport, calendar: WorkCalendar) -> Recount:
    """Hold a report that was handed in against its rows and against the history."""
    found, rows = Recount(), reporting.handed_in(report.figures)
    parts = _parts(session, report, rows, found)
    if parts is not None:
        found.faults += _figures_again(session, report, parts, calendar, found)
    found.faults += _histories(session, report, rows, found)
    found.faults += _openings(session, report, rows)
    return found


def handed_in(session: Session) -> Sequence[UnitReport]:
    """Every report with figures that stand still."""
    wanted = select(UnitReport).where(UnitReport.frozen_at.is_not(None))
    return session.scalars(wanted.order_by(UnitReport.round_id, UnitReport.id)).all()


# --- the tables from the rows -------------------------------------------------------------------


def _parts(
    session: Session, report: UnitReport, own: Rows, found: Recount
) -> list[tuple[UnitReport, Rows]] | None:
    """Whose rows the tables were made from; none when those below were handed in anew since."""
    if report.unit.is_school:
        return [(report, own)]
    given = [one for one in _below(session, report) if one.frozen_at]
    later = [one for one in given if one.frozen_at > report.frozen_at]  # type: ignore[operator]
    counted = {row.code for row in reporting.thawed(report.figures)["by_school"].rows}
    known = {one.unit.code for one in given} | {report.unit.code}
    changed = {one.unit.code for one in later if one.unit.code in counted} | (counted - known)
    if changed:
        found.unsaid.append(f"Handed in anew since: {', '.join(sorted(changed))}.")
        return None
    in_time = [one for one in given if one not in later]
    return [(report, own), *((one, reporting.handed_in(one.figures)) for one in in_time)]


def _below(session: Session, report: UnitReport) -> Sequence[UnitReport]:
    on = office_day(report.frozen_at) if report.frozen_at else date.max
    ids = units_below(session, {report.unit_id}, on)
    return session.scalars(
        select(UnitReport).where(
            UnitReport.round_id == report.round_id, UnitReport.unit_id.in_(ids)
        )
    ).all()


def _figures_again(
    session: Session,
    report: UnitReport,
    parts: list[tuple[UnitReport, Rows]],
    calendar: WorkCalendar,
    found: Recount,
) -> list[str]:
    """Every figure of every table, made anew from the kept rows."""
    ground = grounds.whole(*(one.unit for one, _rows in parts))
    asked = grounds.Asked(rounds.period_of(report.round), parts[0][1].as_of, calendar)
    kept = {c: t for c, t in reporting.thawed(report.figures).items() if c != OUTSIDE}
    made_from = pooled(reporting.bare(session, ground, asked), [rows for _one, rows in parts])
    now, then = _figures(reporting.tables(made_from, kept)), _figures(kept)
    found.figures += len(then)
    both = sorted(now.keys() | then.keys())
    return [
        f"{'/'.join(place)}: {then.get(place)} was handed in, the rows give {now.get(place)}."
        for place in both
        if (now.get(place) or 0) != (then.get(place) or 0)
    ]


def _figures(tables: Mapping[str, Table]) -> dict[tuple[str, str, str], Any]:
    return {
        (code, line.code, column.code): cell.value
        for code, table in tables.items()
        for line in table.lines
        for column, cell in zip(table.columns, line.cells, strict=True)
    }


# --- the rows from the history ------------------------------------------------------------------


def _histories(session: Session, report: UnitReport, rows: Rows, found: Recount) -> Iterator[str]:
    kept = {row.reference: row for row in rows.cases}
    files = _files(session, report, kept)
    steps = steps_of(session, [one.id for one in files])
    period = rounds.period_of(report.round)
    until = period.known_on(rows.as_of)
    for one in files:
        then = [step for step in steps.get(one.id, ()) if step.on <= rows.as_of]
        row = kept.pop(one.reference, None)
        if row is not None:
            found.matters += 1
            yield from _told_wrong(row, one, then, report.frozen_at)
        elif _belongs(one, then, report, period, until):
            yield f"{one.reference} came in within the period and is not in the report."
    for reference in kept:
        yield f"{reference} is in the report and nowhere else."


def _openings(session: Session, report: UnitReport, rows: Rows) -> Iterator[str]:
    """The steps of opening identities, from the requests and not from the history."""
    period = rounds.period_of(report.round)
    if "openings" not in report.figures["rows"]:
        return  # handed in before they were counted
    days = (period.starts_on, period.known_on(rows.as_of))
    said = Counter(
        (one.step_on, one.step) for one in rows.openings if days[0] <= one.step_on <= days[1]
    )
    told = Counter(
        (on, step)
        for moment, on, step in unsealings.told_by_requests(session, report.unit)
        if days[0] <= on <= days[1] and report.frozen_at and moment <= report.frozen_at
    )
    for on, step in sorted(said.keys() | told.keys()):
        if said[on, step] != told[on, step]:
            yield f"{step} on {on}: {said[on, step]} in the report, {told[on, step]} requests say."


def _files(session: Session, report: UnitReport, kept: Iterable[str]) -> list[Any]:
    """The matters the report names, and all that are about this unit or answered by it."""
    columns = (
        Case.id, Case.reference, Case.received_on, Case.unit_id, Case.hidden_from_school,
        Case.received_at,
    )  # fmt: skip
    about = or_(Case.unit_id == report.unit_id, Case.owner_id == report.unit_id)
    found = {one.id: one for one in session.execute(select(*columns).where(about))}
    for names in in_pieces(kept):
        named = session.execute(select(*columns).where(Case.reference.in_(names)))
        found |= {one.id: one for one in named}
    return list(found.values())


def _told_wrong(
    row: CaseRow, one: Any, then: list[Step], frozen_at: datetime | None
) -> Iterator[str]:
    """What the row says otherwise. What came on the day of handing in may be in it or not."""
    if row.received_on != one.received_on:
        yield f"{row.reference}: received_on is {row.received_on}, not {one.received_on}."
    by_day = days_of(then)
    by_moment = days_of([step for step in then if frozen_at and step.at <= frozen_at])
    for name, day in by_day.items():
        said = getattr(row, name)
        if said not in {day, by_moment[name]}:
            yield f"{row.reference}: {name} is {said}, the history says {day}."


def _belongs(one: Any, then: list[Step], report: UnitReport, period: Period, until: date) -> bool:
    """Whether it came in within the period, stood by itself, and counted in this unit."""
    frozen_at = report.frozen_at
    then = [step for step in then if frozen_at and step.at <= frozen_at]
    if not then or not period.starts_on <= one.received_on <= until:
        return False
    if is_joined(then):
        return False
    if not one.hidden_from_school:
        return bool(one.unit_id == report.unit_id)
    # Kept from the school from its first day on: it counts where it was answered then.
    return then[0].unit_id != one.unit_id and then[-1].unit_id == report.unit_id
