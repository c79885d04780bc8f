"""Countables: the matters, visits, receptions and scores of a ground, as rows that name nobody."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from analysis.pooling import Rows
from analysis.rows import AnswerRow, CaseRow, ReceptionRow, VisitRow
from feedback import unsealings
from feedback.clock import office_day
from feedback.facts import FIELDS
from feedback.grounds import Asked, Ground
from feedback.models.cases import Case
from feedback.models.meetings import Reception, Visit
from feedback.models.responses import SurveyResponse
from feedback.models.successions import owners_on
from feedback.models.surveys import Question, Survey
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.rules.groups import is_crowd

SCALE = "scale"  # the question types whose answers are scores


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


# --- matters ------------------------------------------------------------------------------------


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


# --- the counter and the surveys ----------------------------------------------------------------


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
