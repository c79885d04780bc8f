"""Report rounds as they stand in life: most accepted, some handed in, some late, one sent back."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select

from analysis.periods import rounds
from analysis.pooling import Rows, pooled
from feedback import countables, grounds, histories, reporting
from feedback.clock import office_day
from feedback.demo import hours
from feedback.demo.place import Place, at
from feedback.demo.seeds import Row
from feedback.demo.tree import SHOWN
from feedback.grounds import Asked, Ground
from feedback.models.officers import Officer
from feedback.models.reports import ReportRound, UnitReport
from feedback.models.units import Unit
from feedback.rounds import SERIES_CODE, ensure_rounds, kind_of, period_of, year_of
from feedback.rules.outline import OFFICE_ANNEXES, SPANS, TABLES_USED, WRITTEN
from feedback.shipped import read

BY_SCHOOL = OFFICE_ANNEXES[0]
SCHOOL_TABLES = tuple(code for code in TABLES_USED if code != BY_SCHOOL)
# A register that begins a little after a round's first day can still speak of that round.
SLACK = timedelta(days=45)
# Working days: from the end of the period to the first words, from handing in to being read.
DAYS_TO_WRITE, DAYS_TO_READ = (1, 4), (1, 2)

# How far a report has come, by how long its round is over: weights of the steps of `_bring`.
STEPS = ("not_started", "draft", "submitted", "late", "returned", "accepted")
LONG_OVER, JUST_OVER, RUNNING = (0, 0, 0, 0, 0, 1), (8, 10, 26, 8, 6, 42), (84, 16, 0, 0, 0, 0)
# The shown school has written what the office has still to read, and begun the next.
SHOWN_JUST_OVER, SHOWN_RUNNING = "submitted", "draft"


def build(place: Place) -> None:
    """Every round the register can speak of, and each unit's report in it."""
    for day in [*_ends(place), place.wishes.today]:
        ensure_rounds(place.session, day, place.calendar)
    found = list(place.session.scalars(select(ReportRound).order_by(ReportRound.due_on)))
    over = [one for one in found if one.due_on < place.wishes.today]
    for one in found:
        weights = RUNNING if one not in over else JUST_OVER if one is over[-1] else LONG_OVER
        for report in _schools_first(one):
            bring = _bring if report.unit.is_school else _put_together
            bring(place, report, weights)
    place.session.flush()


def _ends(place: Place) -> list[date]:
    """The days after the last days of the rounds that lie within the register."""
    since, today = place.wishes.since, place.wishes.today
    every = [one for year in range(since.year, today.year + 1) for one in rounds(SERIES_CODE, year)]
    return sorted(
        one.last_on + timedelta(days=1)
        for one in every
        if one.period.starts_on >= since - SLACK and one.last_on < today
    )


def _schools_first(one: ReportRound) -> Iterable[UnitReport]:
    return sorted(one.reports, key=lambda report: (not report.unit.is_school, report.unit_id))


def _bring(place: Place, report: UnitReport, weights: tuple[int, ...]) -> None:
    """Write it, hand it in, and let the office read it, as far as its lot says."""
    lot = _lot(place, report.unit, weights)
    if lot == "not_started":
        return
    began = _began(place, report.round, lot, running=weights == RUNNING)
    report.write(_narrative(place, report, whole=lot != "draft"), _clerk(place, report), began)
    if lot != "draft":
        _hand_in(place, report, lot, hours.moment_worked(place, began, 1))


def _began(place: Place, one: ReportRound, lot: str, *, running: bool) -> datetime:
    if running:
        return hours.moment_worked(place, place.wishes.until - timedelta(days=9), 1)
    if lot == "late":
        return hours.moment_worked(place, at(one.due_on, 9), 2)
    return hours.moment_worked(place, at(one.ends_on, 9), place.rng.randint(*DAYS_TO_WRITE))


def _put_together(place: Place, report: UnitReport, weights: tuple[int, ...]) -> None:
    """The office's own: handed up when its schools are done, begun when most of them are."""
    if weights == RUNNING:
        return
    head, due = place.officer(report.unit, "office_head"), at(report.round.due_on, 9)
    report.write(_narrative(place, report, whole=weights == LONG_OVER), head, due)
    if weights == LONG_OVER:
        moment = due + timedelta(hours=6)
        report.submit(_sums(place, report, office_day(moment)), head, moment)
        _judge(place, report, "accepted", hours.moment_worked(place, moment, 2))


def _lot(place: Place, unit: Unit, weights: tuple[int, ...]) -> str:
    drawn = place.rng.choices(STEPS, weights)[0]
    if unit.code == SHOWN and weights != LONG_OVER:
        return SHOWN_RUNNING if weights == RUNNING else SHOWN_JUST_OVER
    return drawn


def _hand_in(place: Place, report: UnitReport, lot: str, moment: datetime) -> None:
    if moment > place.wishes.until:
        return
    head = place.officer(report.unit, "principal")
    report.submit(_figures(place, report, office_day(moment)), head, moment)
    read_at = hours.moment_worked(place, moment, place.rng.randint(*DAYS_TO_READ))
    if lot in {"returned", "accepted"} and read_at <= place.wishes.until:
        _judge(place, report, lot, read_at)


def _judge(place: Place, report: UnitReport, lot: str, moment: datetime) -> None:
    by = place.officer(report.unit.manager or place.office, "office_head", "office")
    if lot == "returned":
        report.return_(place.rng.choice(read("reports")["return_reasons"]), by, moment)
    else:
        report.accept(by, moment, place.rng.choice(read("reports")["acceptance_notes"]))


def _figures(place: Place, report: UnitReport, on: date) -> dict[str, Any]:
    """Counted from the register and frozen, as the report's own page does it."""
    ground, asked = grounds.whole(report.unit), _asked(place, report, on)
    rows = _rows(place, ground, asked)
    made_from = pooled(reporting.bare(place.session, ground, asked), [rows])
    return reporting.frozen(reporting.tables(made_from, SCHOOL_TABLES), rows)


def _sums(place: Place, report: UnitReport, on: date) -> dict[str, Any]:
    """What the schools handed in, and what the office handles itself."""
    given = [one for one in report.round.reports if one.unit.is_school and one.figures]
    asked = _asked(place, report, on)
    ground = grounds.whole(report.unit, *(one.unit for one in given))
    own = _rows(place, grounds.whole(report.unit), asked)
    parts = [own, *(reporting.handed_in(one.figures) for one in given)]
    made_from = pooled(reporting.bare(place.session, ground, asked), parts)
    return reporting.frozen(reporting.tables(made_from, TABLES_USED), own)


def _rows(place: Place, ground: Ground, asked: Asked) -> Rows:
    """As they were on the day: the matters have gone on since."""
    return histories.known_then(place.session, countables.rows(place.session, ground, asked))


def _asked(place: Place, report: UnitReport, on: date) -> Asked:
    return Asked(period_of(report.round), on, place.calendar)


def _clerk(place: Place, report: UnitReport) -> Officer:
    return place.officer(report.unit, "clerk")


def _narrative(place: Place, report: UnitReport, whole: bool) -> dict[str, str]:
    """One of the seed's texts for each section; a draft has only the first of them."""
    sections: dict[str, Row] = {row["code"]: row for row in read("reports")["sections"]}
    codes = WRITTEN if whole else WRITTEN[: len(WRITTEN) // 3]
    found = {code: _text(place, report, sections[code]) for code in codes}
    return {code: text for code, text in found.items() if text}


def _text(place: Place, report: UnitReport, section: Row) -> str:
    level = report.unit.level
    fitting = [row["text"] for row in section["narratives"] if level in row["levels"]]
    fitting = fitting if report.unit.is_school else section["office"]
    if not fitting:
        return ""
    year = year_of(report.round)
    return str(place.rng.choice(fitting)).format(
        unit=report.unit.name,
        managing_unit=report.unit.manager_name,
        period=SPANS[kind_of(report.round)] % {"year": year},
        year=year,
        next_year=year + 1,
    )
