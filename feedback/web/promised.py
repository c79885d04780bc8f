"""The pull API, one matter: what is promised by when, and why that day, as every page explains it.

Dates, rules and articles only: no name, no word of anybody, and of a matter that the holder of the
token does not know the same answer as of one that does not exist.
"""

from typing import Any

from flask import Response, jsonify
from flask_babel import gettext as _

from feedback import access, clock, db, reckoning
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline
from feedback.models.units import Unit, units_below
from feedback.web import here, words
from feedback.web.api import Problem, blueprint, holder


@blueprint.get("/api/v1/cases/<reference>/deadlines")
def deadlines(reference: str) -> Response:
    case = _found(holder(), reference)
    response = jsonify(
        reference=case.reference,
        kind=case.kind_code,
        status=case.status,
        as_of=clock.today().isoformat(),
        deadlines=[_told(one, case) for one in reckoning.in_order(case)],
    )
    response.headers["Cache-Control"] = "private, no-cache"
    response.headers["Vary"] = "Authorization"
    return response


def _found(by: Unit, reference: str) -> Case:
    own = frozenset({by.id})
    below = frozenset(units_below(db.session(), own, clock.today()))
    found = db.session.scalar(access.known(own, below).where(Case.reference == reference.upper()))
    if found is None:
        raise Problem(
            404,
            "no-such-case",
            _("Không có hồ sơ này"),
            _("Mã hồ sơ không có, hoặc không thuộc phạm vi của mã truy cập."),
        )
    return found


def _told(deadline: CaseDeadline, case: Case) -> dict[str, Any]:
    rule = case.rule_of(deadline)
    return {
        "code": deadline.rule_code,
        "label": _(rule.label) if rule else deadline.rule_code,
        "law": _(rule.law) if rule else None,
        "started_on": deadline.started_on.isoformat(),
        "due_on": deadline.due_on.isoformat(),
        "due_at": deadline.due_at.isoformat() if deadline.due_at else None,
        "met_on": deadline.met_on.isoformat() if deadline.met_on else None,
        "paused_on": deadline.paused_on.isoformat() if deadline.paused_on else None,
        "why": words.lines(reckoning.why(deadline, case, here.calendar())),
    }
