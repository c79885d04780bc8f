"""*Khảo sát*: the surveys open at a unit, answered once and without a name."""

from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from sqlalchemy import Select, or_, select
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers.response import Response

from feedback import clock, codes, db
from feedback.models.points import QrPoint
from feedback.models.responses import SurveyResponse
from feedback.models.surveys import Survey
from feedback.models.units import Unit
from feedback.web import here
from feedback.web.public import doors, footfall
from feedback.web.public.doors import Letterhead
from feedback.web.public.sending import BAD, CANNOT_STORE, NOT_STORED, TRY_AGAIN_AFTER
from forms.survey import survey_form


def surveys_open(unit_id: int) -> list[Survey]:
    """The newest version of each survey open at this unit today."""
    today = clock.today()
    found = db.session.scalars(
        select(Survey)
        .where(Survey.unit_id == unit_id, Survey.opens_on <= today)
        .where(or_(Survey.closes_on.is_(None), Survey.closes_on >= today))
        .order_by(Survey.version)
    )
    return list({survey.code: survey for survey in found}.values())


def hint(unit: Unit) -> str:
    """What stands under the door."""
    if surveys_open(unit.id):
        return str(_("Trả lời vài câu, khoảng 2 phút"))
    return str(_("Hiện chưa có khảo sát nào mở"))


def show(point: QrPoint) -> Response:
    """The survey; a list when several are open; a plain word when none is."""
    found = surveys_open(point.unit_id)
    wanted = [s for s in found if s.code == request.args.get("phieu")] or found
    if len(wanted) != 1:
        return make_response(_render("public/survey_list.html", point, surveys=wanted))
    now = clock.now()
    footfall.count(point.id, "starts", now)
    form = survey_form(wanted[0].questions)(None, once=doors.new_key(now))
    return make_response(_render("public/survey.html", point, survey=wanted[0], form=form))


def receive(point: QrPoint) -> Response:
    """Kept once; the same page for whoever presses twice."""
    survey = _answered(point)
    if survey is None:
        return show(point)
    form = survey_form(survey.questions)()
    once = codes.read_once(here.keys().once, form.once.data or "", clock.now())
    try:
        if form.validate() and once.state == "fresh":
            return _keep(point, survey, form, once.id)
    except CANNOT_STORE:
        db.session.rollback()
        return _back(point, survey, form, NOT_STORED)
    return _back(point, survey, form, BAD)


def _answered(point: QrPoint) -> Survey | None:
    """The very version that was answered, even if a newer one was opened meanwhile."""
    shown = request.form.get("survey", "")
    survey = db.session.get(Survey, int(shown)) if shown.isdecimal() else None
    return survey if survey and survey.unit_id == point.unit_id else None


def _keep(point: QrPoint, survey: Survey, form: Any, once_id: str) -> Response:
    now, (hashed, *before) = clock.now(), codes.once_hashes(here.keys().track, once_id)
    if before and db.session.scalar(_kept_before(before)):
        return make_response(_render("public/survey_thanks.html", point, survey=survey))
    response = SurveyResponse(
        once_hash=hashed,
        survey_id=survey.id,
        point_id=point.id,
        received_at=now,
        received_on=now.date(),
        answers=form.answers(),
    )
    db.session.add(response)
    try:
        db.session.flush()
        db.session.commit()
    except IntegrityError:
        db.session.rollback()  # sent twice: the first one counts
    return make_response(_render("public/survey_thanks.html", point, survey=survey))


def _kept_before(hashes: list[bytes]) -> Select[tuple[int]]:
    """An answer from this very form, kept before the secret began to change."""
    return select(SurveyResponse.id).where(SurveyResponse.once_hash.in_(hashes))


def _back(point: QrPoint, survey: Survey, form: Any, status: int) -> Response:
    form.once.data = doors.new_key(clock.now())
    if status == NOT_STORED:
        form.form_errors.append(
            _("CHƯA gửi được: máy chủ tạm thời không lưu được. Mời gửi lại sau ít phút.")
        )
    elif not form.errors:
        form.form_errors.append(_("Trang này đã mở quá lâu. Mời xem lại rồi bấm Gửi lần nữa."))
    response = make_response(_render("public/survey.html", point, survey=survey, form=form), status)
    if status == NOT_STORED:
        response.headers["Retry-After"] = TRY_AGAIN_AFTER
    return response


def _render(template: str, point: QrPoint, **facts: Any) -> str:
    return str(
        render_template(
            template,
            unit=Letterhead.of(point.unit),
            place=point.place,
            code=point.code,
            other_lang_url=doors.other_language("public.survey", code=point.code),
            **facts,
        )
    )
