"""The pull API: the figures of the Office's page for another system that shows a token.

Figures only: no name, no word and no reference of any matter goes out here. What is promised in
one matter is told by `promised`.
"""

from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Response, jsonify, request
from flask_babel import gettext as _
from sqlalchemy import and_

from analysis.figures import Figure, headline, school_lines
from analysis.periods import Period, UnknownPeriod, period
from analysis.rows import Material
from analysis.table import Cell
from feedback import access, clock, db, grounds, reporting, tokens
from feedback.models.units import Unit, units_below
from feedback.web import here

blueprint = Blueprint("api", __name__)
PROBLEM = "application/problem+json"
FORMATS = ("json", "csv")


class Problem(Exception):
    """What went wrong, as RFC 9457 says it."""

    def __init__(self, status: int, code: str, title: str, detail: str):
        super().__init__(code)
        self.status, self.code, self.title, self.detail = status, code, title, detail


@blueprint.errorhandler(Problem)
def _explain(problem: Problem) -> Response:
    response = jsonify(
        type=f"urn:problem:{problem.code}",
        title=problem.title,
        status=problem.status,
        detail=problem.detail,
    )
    response.status_code, response.mimetype = problem.status, PROBLEM
    if problem.status == 401:  # noqa: PLR2004 - who are you
        response.headers["WWW-Authenticate"] = 'Bearer realm="summary"'
    return response


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for, made sense of."""

    unit: Unit
    ground: grounds.Ground
    period: Period
    csv: bool


@blueprint.get("/api/v1/summary")
def summary() -> Response:
    wanted = _wanted()
    asked = grounds.Asked(wanted.period, clock.today(), here.calendar())
    made_from = reporting.material(db.session(), wanted.ground, asked)
    response = _as_csv(made_from) if wanted.csv else _as_json(wanted.unit, made_from)
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Accept, Authorization"
    response.add_etag()
    response.make_conditional(request)
    return response


# --- what is asked ----------------------------------------------------------------------------


def _wanted() -> Wanted:
    by = holder()
    unit = _unit(by, request.args.get("unit", ""))
    return Wanted(unit, _ground(by, unit), _period(), _is_csv())


def holder() -> Unit:
    """The unit whose token it is; without one, the answer is the same for every mistake."""
    scheme, _space, token = request.headers.get("Authorization", "").partition(" ")
    found = tokens.find(db.session(), token.strip()) if scheme.lower() == "bearer" else None
    if found is None:
        raise Problem(
            401,
            "unauthorized",
            _("Chưa có mã truy cập"),
            _("Gửi kèm tiêu đề “Authorization: Bearer …” với mã truy cập còn hiệu lực."),
        )
    return found.unit


def _unit(by: Unit, code: str) -> Unit:
    """The unit asked for, of the holder and those below; another's does not exist."""
    known = units_below(db.session(), {by.id}, clock.today()) | {by.id}
    found = db.session.scalar(access.units(known).where(Unit.code == code)) if code else by
    if found is None:
        raise Problem(
            404,
            "no-such-unit",
            _("Không có đơn vị này"),
            _("Mã đơn vị không có, hoặc không thuộc phạm vi của mã truy cập."),
        )
    return found


def _ground(by: Unit, unit: Unit) -> grounds.Ground:
    """As the pages count: with what the holder itself answers, without what is kept from it."""
    below = frozenset(units_below(db.session(), {by.id}, clock.today()))
    known = access.known_to(frozenset({by.id}), below)
    ids = units_below(db.session(), {unit.id}, clock.today()) | {unit.id}
    units = tuple(db.session.scalars(access.units(ids)))
    cases = known if unit is by else and_(known, grounds.counted_in(ids))
    return grounds.Ground(units, cases)


def _period() -> Period:
    code = request.args.get("period", "")
    try:
        return period(code)
    except UnknownPeriod as error:
        detail = _(error.text, code=error.code)
        raise Problem(422, "no-such-period", _("Không có kỳ này"), detail) from error


def _is_csv() -> bool:
    asked = request.args.get("format", "")
    if asked not in ("", *FORMATS):
        raise Problem(
            422, "no-such-format", _("Không có dạng này"), _("format nhận json hoặc csv.")
        )
    best = request.accept_mimetypes.best_match(["application/json", "text/csv"])
    return asked == "csv" or (not asked and best == "text/csv")


# --- what is given ----------------------------------------------------------------------------


def _as_csv(made_from: Material) -> Response:
    facts = reporting.tables(made_from, ["by_school"])["by_school"]
    return Response(facts.to_csv(), mimetype="text/csv")


def _as_json(unit: Unit, made_from: Material) -> Response:
    return jsonify(
        unit=_named(unit.code, unit.name),
        period=_span(made_from.period),
        compared_with=_span(made_from.before),
        as_of=made_from.as_of.isoformat(),
        total=_figures(headline(made_from)),
        units=[
            {
                **_named(line.unit_code, line.label),
                "figures": _figures(line.figures),
                "open": line.open.value,
                "open_late": line.open_late.value,
                "urgent_open": line.urgent_open.value,
                "reopened_open": line.reopened_open.value,
            }
            for line in school_lines(made_from)
        ],
        definitions={one.code: one.definition for one in headline(made_from)},
    )


def _named(code: str, name: str) -> dict[str, str]:
    return {"code": code, "name": name}


def _span(of: Period) -> dict[str, str]:
    return {
        "code": of.code,
        "label": of.label,
        "starts_on": of.starts_on.isoformat(),
        "ends_on": of.ends_on.isoformat(),
    }


def _figures(figures: tuple[Figure, ...]) -> dict[str, dict[str, Any]]:
    """Each figure now and in the period it is compared with; null where it may not be said."""
    return {
        one.code: {
            "value": _value(one.now),
            "before": _value(one.before),
            "change": one.change.difference,
        }
        for one in figures
    }


def _value(cell: Cell) -> Any:
    return cell.value
