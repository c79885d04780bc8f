"""A period and a scope in, finished tables out: the only translator from facts to figures.

A matter counts in one unit: the school it is about, or, when it is kept from the school, the desk
that answers it. So a school's figures never hold what the school may not see.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from analysis.periods import Period, comparable
from analysis.pooling import Rows, pooled
from analysis.report_tables.catalogue import TABLES
from analysis.rows import AnswerRow, CaseRow, Material, ReceptionRow, VisitRow
from analysis.table import Table, freeze, thaw
from feedback import unsealings
from feedback.clock import office_day
from feedback.facts import FIELDS, counts_for
from feedback.models.cases import Case
from feedback.models.meetings import Reception, Visit
from feedback.models.responses import SurveyResponse
from feedback.models.successions import owners_on
from feedback.models.surveys import Question, Survey
from feedback.models.units import Unit, units_below
from feedback.rules.calendar import WorkCalendar
from feedback.rules.groups import is_crowd
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import SUBJECTS

SCALE = "scale"  # the question types whose answers are scores
KIND_LABELS = {code: kind.label for code, kind in PETITION_KINDS.items()}
SUBJECT_LABELS = {code: one.label for code, one in SUBJECTS.items() if not one.retired}


@dataclass(frozen=True, slots=True)
class Ground:
    """Whose figures: `units` are its lines, `cases` the condition for its matters."""

    units: tuple[Unit, ...]
    cases: ColumnElement[bool]

    @property
    def ids(self) -> frozenset[int]:
        return frozenset(unit.id for unit in self.units)


def counted_in(unit_ids: Iterable[int], as_of: date | None = None) -> ColumnElement[bool]:
    """The matters that count in these units, now or as the tree stood on a day."""
    return counts_for(set(unit_ids), as_of or date.max)


def ground_on(session: Session, unit: Unit, as_of: date) -> Ground:
    """A unit and all it managed on that day: what its own figures of then were made from."""
    ids = units_below(session, {unit.id}, as_of) | {unit.id}
    units = session.scalars(select(Unit).where(Unit.id.in_(ids)).order_by(Unit.code))
    return Ground(tuple(units), counted_in(ids, as_of))


@dataclass(frozen=True, slots=True)
class Asked:
    """Which days, as known on which day, counted by which calendar."""

    period: Period
    as_of: date
    calendar: WorkCalendar

    @property
    def before(self) -> Period:
        return comparable(self.period, self.as_of)

    @property
    def known_on(self) -> date:
        return self.period.known_on(self.as_of)


# --- rows -------------------------------------------------------------------------------------


def rows(session: Session, ground: Ground, asked: Asked) -> Rows:
    """Everything the figures of a period and of the one it is compared with are made from."""
    return Rows(
        as_of=asked.as_of,
        cases=case_rows(session, ground.cases, asked),
        visits=_visits(session, ground, asked),
        receptions=_receptions(session, ground, asked),
        answers=_answers(session, ground, asked),
        openings=unsealings.rows(session, ground.ids, *_days(asked)),
    )


def case_rows(
    session: Session, condition: ColumnElement[bool], asked: Asked
) -> tuple[CaseRow, ...]:
    """The matters under this condition that touch the period or the one before, in one query."""
    codes, owners = _unit_codes(session), owners_on(session, asked.as_of)
    joined = _joined(session)
    columns = [column.label(name) for name, column in FIELDS.items()]
    found = session.execute(
        select(Case.id, Case.unit_id, Case.owner_id, Case.hidden_from_school, *columns)
        .where(condition, Case.held_at.is_(None), *_touching(asked))
        .order_by(Case.received_on, Case.id)
    )
    return tuple(
        _case_row(_on_the_tree(row, owners), codes, asked.calendar)
        for row in ({**one, "letters": 1 + joined.get(one["id"], 0)} for one in found.mappings())
    )


def _joined(session: Session) -> dict[int, int]:
    """How many other letters each matter answers for, since it was joined with theirs."""
    found = select(Case.joined_to_id, func.count()).group_by(Case.joined_to_id)
    rows_ = session.execute(found.where(Case.joined_to_id.is_not(None)))
    return {main: number for main, number in rows_ if main is not None}


def _on_the_tree(found: dict[str, Any], owners: Mapping[int, int]) -> dict[str, Any]:
    """Who answered it on the day asked, and so where it counts."""
    owner = owners.get(found.pop("id"), found["owner_id"])
    unit, hidden = found.pop("unit_id"), found.pop("hidden_from_school")
    return found | {"owner_id": owner, "counted": owner if hidden else unit}


def _touching(asked: Asked) -> tuple[ColumnElement[bool], ...]:
    """What came in by the end, and was open or had something happen to it since the beginning."""
    endings = (Case.answered_on, Case.refused_on, Case.closed_on)
    since = asked.before.starts_on
    open_still = and_(*(day.is_(None) for day in endings))
    # Ratings close it or open it again; so does a second look.
    happened = (day >= since for day in (Case.received_on, Case.transferred_on, *endings))
    return Case.received_on <= asked.known_on, or_(open_still, Case.reopened > 0, *happened)


def _case_row(found: dict[str, Any], codes: Mapping[int, str], calendar: WorkCalendar) -> CaseRow:
    unit_id, owner_id = found.pop("counted"), found.pop("owner_id")
    facts = {name: _day(value) for name, value in found.items()}
    received_on, answered_on = facts["received_on"], facts["answered_on"]
    took = calendar.working_days_between(received_on, answered_on) if answered_on else None
    return CaseRow(unit_code=codes[unit_id], owner_code=codes[owner_id], working_days=took, **facts)


def _day(value: Any) -> Any:
    return office_day(value) if isinstance(value, datetime) else value


def _unit_codes(session: Session) -> dict[int, str]:
    return dict(session.execute(select(Unit.id, Unit.code)).tuples().all())


def _visits(session: Session, ground: Ground, asked: Asked) -> tuple[VisitRow, ...]:
    found = session.execute(
        select(Unit.code, Visit.received_on, Visit.mode, Visit.people, Visit.matters)
        .join(Unit, Unit.id == Visit.unit_id)
        .where(Visit.unit_id.in_(ground.ids), Visit.received_on.between(*_days(asked)))
        .order_by(Visit.received_on, Visit.id)
    )
    return tuple(
        VisitRow(
            unit_code=code,
            received_on=on,
            mode=mode,
            people=people,
            matters=matters,
            group=is_crowd(people),
        )
        for code, on, mode, people, matters in found
    )


def _receptions(session: Session, ground: Ground, asked: Asked) -> tuple[ReceptionRow, ...]:
    """The sessions that were held: announced and not called off."""
    found = session.execute(
        select(Unit.code, Reception.held_on, Reception.mode)
        .join(Unit, Unit.id == Reception.unit_id)
        .where(
            Reception.unit_id.in_(ground.ids),
            Reception.cancelled_on.is_(None),
            Reception.held_on.between(*_days(asked)),
        )
        .order_by(Reception.held_on, Reception.id)
    )
    return tuple(ReceptionRow(unit_code=code, held_on=on, mode=mode) for code, on, mode in found)


def _answers(session: Session, ground: Ground, asked: Asked) -> tuple[AnswerRow, ...]:
    """The scores of the surveys, from nobody in particular."""
    asks = set(scale_questions(session, ground))
    found = session.execute(
        select(Unit.code, SurveyResponse.received_on, SurveyResponse.answers)
        .join(Survey, Survey.id == SurveyResponse.survey_id)
        .join(Unit, Unit.id == Survey.unit_id)
        .where(Survey.unit_id.in_(ground.ids), SurveyResponse.received_on.between(*_days(asked)))
        .order_by(SurveyResponse.id)
    )
    return tuple(
        AnswerRow(unit_code=unit, question_code=code, received_on=on, score=_score(given))
        for unit, on, answers in found
        for code, given in answers.items()
        if code in asks
    )


def _score(given: Any) -> int | None:
    return given if isinstance(given, int) and not isinstance(given, bool) else None


def _days(asked: Asked) -> tuple[date, date]:
    return asked.before.starts_on, asked.known_on


def scale_questions(session: Session, ground: Ground) -> dict[str, str]:
    """The questions answered with a score, as their newest version words them."""
    found = session.execute(
        select(Question.code, Question.text)
        .join(Survey, Survey.id == Question.survey_id)
        .where(Survey.unit_id.in_(ground.ids), Question.type_code.startswith(SCALE))
        .order_by(Survey.version, Survey.id, Question.position)
    )
    return dict(found.tuples().all())


# --- material and tables ----------------------------------------------------------------------


def bare(session: Session, ground: Ground, asked: Asked) -> Material:
    """Periods, day and catalogues, and no rows yet."""
    return Material(
        period=asked.period,
        before=asked.before,
        as_of=asked.as_of,
        units=tuple((unit.code, unit.name) for unit in ground.units),
        subjects=SUBJECT_LABELS,
        kinds=KIND_LABELS,
        questions=scale_questions(session, ground),
    )


def material(session: Session, ground: Ground, asked: Asked) -> Material:
    """All that a scope's figures of a period are made from, as it stands now."""
    return pooled(bare(session, ground, asked), [rows(session, ground, asked)])


def tables(made_from: Material, codes: Iterable[str] = TABLES) -> dict[str, Table]:
    """The tables of these codes, in that order."""
    return {code: TABLES[code](made_from) for code in codes}


# --- figures handed in ------------------------------------------------------------------------


def frozen(made: Mapping[str, Table], counted: Rows | None = None) -> dict[str, Any]:
    """Tables as they are kept with a report, and the rows they were counted from."""
    kept = {code: freeze(table) for code, table in made.items()}
    return {"tables": kept, **({"rows": counted.freeze()} if counted else {})}


def thawed(figures: Mapping[str, Any]) -> dict[str, Table]:
    """The tables of a report as they were handed in."""
    return {code: thaw(kept) for code, kept in figures["tables"].items()}


def handed_in(figures: Mapping[str, Any]) -> Rows:
    """The rows of a report as they were handed in."""
    return Rows.thaw(figures["rows"])
