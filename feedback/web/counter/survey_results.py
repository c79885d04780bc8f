"""What the answers to a survey add up to: pooled over units, honest about few and about chance."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from analysis import words
from analysis.satisfaction import ENOUGH, Interval, Share, share, wilson
from analysis.summaries import NumberSummary, ScaleSummary
from analysis.words import decimal, whole
from feedback import access, clock, db, leaders
from feedback.models.responses import SurveyResponse
from feedback.models.surveys import Question, Survey
from feedback.models.units import Unit
from feedback.scopes import Scope
from feedback.web.counter.asked import Asked
from forms.questions import QUESTION_TYPES, SCALE

MOST_WORDS = 200
NOTHING = "–"

Shown = dict[str, Any]


def percent(value: float) -> str:
    """“92,31 %” that no line breaks apart."""
    return words.percent(value).replace(" ", "\N{NO-BREAK SPACE}")


@dataclass(frozen=True, slots=True)
class Pool:
    """All versions of one questionnaire at the units looked at, and their answers in a period."""

    surveys: tuple[Survey, ...]
    answers: tuple[tuple[int, dict[str, Any]], ...]  # the unit, and its answers by question code

    @property
    def newest(self) -> Survey:
        return max(self.surveys, key=lambda survey: (survey.version, survey.opens_on))

    def to(self, question: Question, unit_id: int | None = None) -> list[Any]:
        """The answers to one question, None for blank; of one unit or of all."""
        return [a.get(question.code) for unit, a in self.answers if unit_id in (None, unit)]


def choose(surveys: Sequence[Survey], code: str) -> tuple[Survey, ...]:
    """All versions of the questionnaire asked for, else of the one opened last."""
    latest = max(surveys, key=lambda survey: (survey.opens_on, survey.id)).code
    wanted = code if any(survey.code == code for survey in surveys) else latest
    return tuple(survey for survey in surveys if survey.code == wanted)


def pool(surveys: tuple[Survey, ...], asked: Asked) -> Pool:
    """Their answers, each one of them once; never a mean of means."""
    rows = (
        select(Survey.unit_id, SurveyResponse.answers)
        .join(SurveyResponse.survey)
        .where(SurveyResponse.survey_id.in_([survey.id for survey in surveys]))
        .order_by(SurveyResponse.id.desc())
    )
    if asked.period:
        period = asked.period
        rows = rows.where(SurveyResponse.received_on.between(period.starts_on, period.ends_on))
    return Pool(surveys, tuple((unit, answers) for unit, answers in db.session.execute(rows)))


def page(scope: Scope, unit: Unit | None, code: str, asked: Asked) -> Shown:
    """The results page of one unit, or of all this officer looks after."""
    mine = access.surveys(scope)
    found = db.session.scalars(mine.where(Survey.unit_id == unit.id) if unit else mine).all()
    if not found:
        return {"titles": [], "surveys": []}
    pooled = pool(choose(found, code), asked)
    own = unit is not None and unit.id in scope.own
    return {
        "titles": _titles(found, pooled.newest),
        "survey": pooled.newest,
        "sheets": len(pooled.answers),
        "surveys": [_dates(scope, survey) for survey in found] if unit else [],
        "questions": [_question(q, pooled, own) for q in pooled.newest.questions],
        "words": _words(pooled, own),
        "own": own,
        "units": [] if unit else _units(pooled, asked),
        "enough": ENOUGH,
    }


def _titles(found: Iterable[Survey], chosen: Survey) -> list[Shown]:
    """One tab per questionnaire, when there are several."""
    titles = {survey.code: survey.title for survey in found}
    if len(titles) == 1:
        return []
    return [
        {
            "href": url_for("surveys.results", survey=code),
            "label": title,
            "current": code == chosen.code,
        }
        for code, title in titles.items()
    ]


def _dates(scope: Scope, survey: Survey) -> Shown:
    """Version and dates of a survey, and what its head may do with it."""
    return {
        "id": survey.id,
        "title": survey.title,
        "version": survey.version,
        "opens": f"{survey.opens_on:%d/%m/%Y}",
        "closes": f"{survey.closes_on:%d/%m/%Y}" if survey.closes_on else "",
        "open": survey.is_open(clock.today()),
        "signs": survey.unit_id in scope.signs,
    }


# --- one question ---------------------------------------------------------------------------------


def _question(question: Question, pooled: Pool, own: bool) -> Shown:
    """Its figures; who only oversees sees none of a handful, which would point at persons."""
    found = QUESTION_TYPES[question.type_code].counted(pooled.to(question))
    shown = {"code": question.code, "text": question.text, "answers": found.answers}
    if not own and found.answers < ENOUGH:
        return shown | {"kept_back": question.type_code != "text"}
    if isinstance(found, ScaleSummary):
        return shown | _scale(found)
    if isinstance(found, NumberSummary):
        return shown | {"mean": percent(found.mean) if found.mean is not None else NOTHING}
    return shown


def _scale(found: ScaleSummary) -> Shown:
    return {
        "mean": decimal(found.mean) if found.mean is not None else NOTHING,
        "unknown": found.unknown,
        "few": found.answers < ENOUGH,
        "rows": [
            {"label": _(str(SCALE[score])), "count": count, "percent": _part(count, found.answers)}
            for score, count in sorted(found.counts.items(), reverse=True)
        ],
        "satisfied": sure(found.satisfied),
        "dissatisfied": sure(found.dissatisfied),
    }


def _part(count: int, of: int) -> str:
    found = share(count, of)
    return NOTHING if found is None else percent(found)


def sure(found: Share) -> Shown:
    """A share in percent, and between which two it truly lies with 95 % confidence."""
    interval = wilson(found.part, found.whole)
    if found.percent is None or interval is None:
        return {"percent": NOTHING, "between": ""}
    low, high = percent(interval.low), percent(interval.high)
    between = _("từ %(low)s đến %(high)s", low=low, high=high)
    return {"percent": percent(found.percent), "between": between}


def _words(pooled: Pool, own: bool) -> list[str]:
    """The free answers, for the unit that asked and nobody else; but what speaks ill of those who
    lead it is read by who oversees it, and not there.
    """
    texts = [q.code for q in pooled.newest.questions if q.type_code == "text"]
    said = [(unit, answers[q]) for q in texts for unit, answers in pooled.answers if answers.get(q)]
    shown = [
        text for unit, text in said if leaders.text_accuses(db.session(), unit, text) is not own
    ]
    return shown[:MOST_WORDS]


# --- units beside each other ---------------------------------------------------------------------


def _units(pooled: Pool, asked: Asked) -> list[list[Any]]:
    """The first scale question unit by unit; too few answers are not shown beside others."""
    scales = [q for q in pooled.newest.questions if q.type_code == "scale5"]
    units = {survey.unit_id: survey.unit for survey in pooled.surveys}
    period = asked.period.code if asked.period else None
    return [
        _unit(unit, QUESTION_TYPES["scale5"].counted(pooled.to(scales[0], unit.id)), period)
        for unit in sorted(units.values(), key=lambda unit: (unit.level or "", unit.code))
        if scales
    ]


def _unit(unit: Unit, found: Any, period: str | None) -> list[Any]:
    href = url_for("surveys.results", unit=unit.code, period=period)
    first = [{"text": unit.name, "href": href}, whole(found.answers)]
    if found.answers < ENOUGH:
        return [*first, NOTHING, NOTHING, NOTHING, NOTHING]
    bad = found.dissatisfied
    return [
        *first,
        decimal(found.mean),
        percent(found.satisfied.percent),
        percent(bad.percent),
        _span(wilson(bad.part, bad.whole)),
    ]


def _span(found: Interval | None) -> str:
    """“0,38–11,34 %”."""
    return f"{decimal(found.low)}–{percent(found.high)}" if found else NOTHING
