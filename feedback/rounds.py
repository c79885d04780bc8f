"""Rounds that open by themselves: who owes which report, for which days, by when."""

from datetime import date

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session

from analysis.periods import Period, Round, read_code
from analysis.periods import rounds as rounds_of
from feedback.models.cases import Case
from feedback.models.reports import ReportRound, UnitReport
from feedback.models.units import MANAGING, Unit, UnitParent, in_force
from feedback.rules.calendar import WorkCalendar

SERIES_CODE = "DV"


def ensure_rounds(session: Session, today: date, calendar: WorkCalendar) -> int:
    """Open what is owed and not open yet; how many reports were added. The caller commits."""
    return sum(_open(session, owed, today, calendar) for owed in owed_rounds(session, today))


def is_missing(session: Session, today: date) -> bool:
    """Whether `ensure_rounds` would add anything."""
    return any(
        found is None or (today <= found.due_on and _lacking(session, found, today))
        for found in (_found(session, owed) for owed in owed_rounds(session, today))
    )


def owed_rounds(session: Session, today: date) -> tuple[Round, ...]:
    """The round due next, and the one before it when the register knows its days.

    Who has only just begun to use the register owes nothing for the time before.
    """
    years = range(today.year - 1, today.year + 2)
    every = sorted(
        (one for year in years for one in rounds_of(SERIES_CODE, year)), key=lambda one: one.last_on
    )
    at = next(place for place, one in enumerate(every) if one.last_on >= today)
    begun = session.scalar(
        select(Case.id).where(Case.received_on <= every[at - 1].period.ends_on).limit(1)
    )
    return tuple(every[at - 1 : at + 1] if begun else every[at : at + 1])


def period_of(found: ReportRound) -> Period:
    """The days its figures speak of."""
    label = read_code(found.period_code).label
    return Period(found.period_code, label, found.starts_on, found.ends_on)


def year_of(found: ReportRound) -> int:
    """The year in the round's name: a report of 2027 begins in November 2026."""
    return int(found.period_code.split("-")[1])


def kind_of(found: ReportRound) -> str:
    """Which of the year's rounds it is: 6M, Y."""
    return found.period_code.rpartition("-")[2]


def last_on(found: ReportRound) -> date:
    """The last day the order names, before holidays are looked at."""
    return next(
        one.last_on
        for one in rounds_of(found.series_code, year_of(found))
        if one.period.code == found.period_code
    )


def _open(session: Session, owed: Round, today: date, calendar: WorkCalendar) -> int:
    found, due_on = _found(session, owed), owed.due_on(calendar.is_working)
    if found is None:
        found = ReportRound(
            series_code=owed.series_code,
            period_code=owed.period.code,
            starts_on=owed.period.starts_on,
            ends_on=owed.period.ends_on,
            due_on=due_on,
        )
        session.add(found)
        session.flush()
    elif today > found.due_on:
        return 0  # who joined later does not owe what was due before
    found.due_on = due_on
    lacking = _lacking(session, found, today)
    session.add_all(UnitReport(round=found, unit_id=unit_id) for unit_id in lacking)
    session.flush()
    return len(lacking)


def _found(session: Session, owed: Round) -> ReportRound | None:
    return session.scalar(
        select(ReportRound).where(
            ReportRound.series_code == owed.series_code,
            ReportRound.period_code == owed.period.code,
        )
    )


def _lacking(session: Session, found: ReportRound, today: date) -> list[int]:
    """The units that owe a report of this round and have none."""
    have = select(UnitReport.unit_id).where(UnitReport.round_id == found.id)
    return list(session.scalars(_owing(today).where(Unit.id.not_in(have)).order_by(Unit.id)))


def _owing(today: date) -> Select[tuple[int]]:
    """Every office, and every school that somebody manages on that day."""
    managed = select(UnitParent.unit_id).where(
        UnitParent.relation == MANAGING,
        func.coalesce(UnitParent.valid_from, today) <= today,
        func.coalesce(UnitParent.valid_to, today) >= today,
    )
    is_managed_school = (Unit.kind == "school") & Unit.id.in_(managed)
    return select(Unit.id).where(in_force(today), or_(Unit.kind == "office", is_managed_school))
