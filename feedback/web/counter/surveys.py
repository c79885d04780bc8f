"""Satisfaction surveys behind the counter: what they say, and when they are asked."""

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import access, clock, db
from feedback.models.surveys import Survey
from feedback.models.units import Unit
from feedback.web import here
from feedback.web.counter import survey_results
from feedback.web.counter.asked import asked_period, asked_unit, units_of
from feedback.web.counter.standard_survey import standard_survey
from forms.account import ButtonForm

blueprint = Blueprint("surveys", __name__)


@blueprint.get("/khao-sat")
def results() -> str:
    units = units_of(here.scope().reads)
    unit, asked = asked_unit(units.values()), asked_period(None)
    code = request.args.get("survey", "")
    return render_template(
        "surveys/results.html",
        page=survey_results.page(here.scope(), unit, code, asked),
        asked=asked,
        unit=unit,
        several=len(units) > 1,
        startable=_startable(unit),
    )


@blueprint.post("/khao-sat/moi")
def start() -> Response:
    unit = asked_unit(units_of(here.scope().signs).values())
    if unit is None or not _startable(unit):
        abort(404)
    if not ButtonForm().validate_on_submit():
        return _late(unit)
    db.session.add(standard_survey(unit, clock.today()))
    db.session.commit()
    flash(_("Đã mở khảo sát. Phụ huynh thấy cửa Khảo sát khi quét mã của trường."), "ok")
    return redirect(url_for("surveys.results", unit=unit.code), 303)


@blueprint.post("/khao-sat/<int:survey_id>/mo")
def reopen(survey_id: int) -> Response:
    survey = _signed(survey_id)
    if not ButtonForm().validate_on_submit():
        return _late(survey.unit)
    survey.open(clock.today())
    db.session.commit()
    flash(_("Khảo sát đang mở, đến khi anh/chị đóng."), "ok")
    return redirect(url_for("surveys.results", unit=survey.unit.code), 303)


@blueprint.post("/khao-sat/<int:survey_id>/dong")
def close(survey_id: int) -> Response:
    survey = _signed(survey_id)
    if not ButtonForm().validate_on_submit():
        return _late(survey.unit)
    survey.close(clock.today())
    db.session.commit()
    flash(_("Đã đóng khảo sát. Phiếu đã gửi vẫn còn trong kết quả."), "ok")
    return redirect(url_for("surveys.results", unit=survey.unit.code), 303)


def _signed(survey_id: int) -> Survey:
    """A survey of a unit this officer heads."""
    mine = access.surveys(here.scope()).where(Survey.id == survey_id)
    found = db.session.scalar(mine)
    return found if found and found.unit_id in here.scope().signs else abort(404)


def _startable(unit: Unit | None) -> bool:
    """Whether this officer heads a school that has never asked anything."""
    if unit is None or not unit.is_school or unit.id not in here.scope().signs:
        return False
    asked = access.surveys(here.scope()).where(Survey.unit_id == unit.id)
    return db.session.scalar(asked.limit(1)) is None


def _late(unit: Unit) -> Response:
    """A button pressed on a page that was open too long."""
    flash(_("Trang đã mở quá lâu nên chưa có gì thay đổi. Mời bấm lại."), "warn")
    return redirect(url_for("surveys.results", unit=unit.code), 303)
