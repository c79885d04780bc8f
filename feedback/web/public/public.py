"""The doors that stand open: a school's page behind its code, and what can be done there."""

from typing import Any

from flask import Blueprint, abort, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, codes, db
from feedback.web.language import chosen
from feedback.web.public import (
    complaints,
    doors,
    footfall,
    meet,
    opinions,
    pages,
    proposals,
    questionnaires,
    resting,
    sending,
    sheets,
)
from feedback.web.public import privacy as privacy_page
from feedback.web.public.doors import Site
from feedback.web.public.sheets import Door
from forms.petition import PointCodeForm

blueprint = Blueprint("public", __name__)
blueprint.after_app_request(pages.send_static_light)

LANDING_CACHE = "public, max-age=60"


@blueprint.app_context_processor
def _open_doors() -> dict[str, Any]:
    """Links of the footer, and silence: a page kept for everyone shows nobody's own messages."""
    if request.blueprint not in {"public", "tracking"}:
        return {}
    code = (request.view_args or {}).get("code")
    # Only as it is written on the poster: an address somebody made up leads to the general page.
    here = code if code and codes.tidy_point_code(code) == code else None
    privacy_url = url_for("public.privacy_unit", code=here) if here else url_for("public.privacy")
    links = {"track_url": url_for("tracking.look_up"), "privacy_url": privacy_url}
    return {**links, "get_flashed_messages": lambda **_: ()}


@blueprint.route("/", methods=["GET", "POST"])
def home() -> str | Response:
    form = PointCodeForm()
    if not form.is_submitted():
        return render_template("public/home.html", form=form)
    db.writing.set(False)
    point = doors.glance(form.code.data) if form.validate() else None
    if point:
        return redirect(url_for("public.school", code=point.code), 303)
    form.code.errors = [_not_a_point(form.code.data)]
    return make_response(render_template("public/home.html", form=form), sending.BAD)


@blueprint.get("/q/<code>")
def school(code: str) -> Response:
    point = doors.glance(code)
    if point is None or point.revoked_at:
        return doors.way_on(code)
    if resting.rests(point):
        return resting.page(code)
    footfall.count(point.id, "scans", clock.now())
    page = pages.keep(_name("school", point), clock.now(), lambda: _school(point.code))
    return pages.serve(page, cache=LANDING_CACHE)


@blueprint.route("/q/<code>/gui", methods=["GET", "POST"])
def fill_in(code: str) -> Response:
    return _door(opinions.paper, code)


@blueprint.route("/q/<code>/khieu-nai-to-cao", methods=["GET", "POST"])
def complaint(code: str) -> Response:
    if request.method == "POST":
        return sending.receive(complaints.paper_posted, code)
    asked = complaints.asked_for(request.args)
    if asked:
        return _door(complaints.paper_of(*asked), code, asked)
    point = doors.find(code)
    if point is None or point.revoked:
        return doors.way_on(code)
    return resting.page(code) if point.rests(clock.now()) else proposals.ask(point)


@blueprint.route("/q/<code>/gap", methods=["GET", "POST"])
def reception(code: str) -> Response:
    return _door(meet.paper, code)


@blueprint.route("/q/<code>/khao-sat", methods=["GET", "POST"])
def survey(code: str) -> Response:
    posted = request.method == "POST"
    db.writing.set(posted)
    point = doors.find(code)
    if point is None or (point.revoked and not posted):
        return doors.way_on(code)
    if point.rests(clock.now()) and not posted:
        return resting.page(code)
    return questionnaires.receive(point) if posted else questionnaires.show(point)


@blueprint.get("/quyen-rieng-tu")
def privacy() -> str:
    return render_template("public/privacy.html", told=privacy_page.general())


@blueprint.get("/q/<code>/quyen-rieng-tu")
def privacy_unit(code: str) -> Response:
    """The same page for the unit of this point: who is responsible there, its own periods."""
    db.writing.set(False)
    point = doors.find(code)
    if point is None or point.revoked:
        return doors.way_on(code)
    told = privacy_page.of(point)
    other = doors.other_language("public.privacy_unit", code=point.code)
    html = render_template(
        "public/privacy.html", told=told, unit=told["unit"], other_lang_url=other
    )
    return make_response(html)


def _door(door: Door, code: str, about: tuple[str, ...] = ()) -> Response:
    """A form: sent in, or shown as it is kept, with a key of its own set in."""
    if request.method == "POST":
        return sending.receive(door, code)
    point = doors.glance(code)
    if point is None or point.revoked_at:
        return doors.way_on(code)
    if resting.rests(point):
        return resting.page(code)
    now = clock.now()
    footfall.count(point.id, "starts", now)
    name = _name(request.endpoint, point, *about)
    return pages.serve(pages.keep(name, now, lambda: _blank(door, point.code)), doors.new_key(now))


def _name(*parts: Any) -> tuple[Any, ...]:
    """What a kept page depends on: the point's row, the language and the day."""
    return (*parts, chosen(), clock.today())


def _blank(door: Door, code: str) -> str:
    point = doors.find(code) or abort(404)
    return sheets.blank(door(point), Site.of(point), pages.GAP)


def _school(code: str) -> str:
    point = doors.find(code) or abort(404)
    return render_template(
        "public/school.html",
        unit=Site.of(point).unit,
        place=point.place,
        code=point.code,
        hints={"survey": questionnaires.hint(point.unit), "reception": meet.hint(point.unit)},
        other_lang_url=doors.other_language("public.school", code=point.code),
    )


def _not_a_point(typed: str) -> str:
    if codes.tidy_code(typed):
        return str(_("Đây là mã tra cứu của phiếu đã gửi. Mời bấm “Tra cứu phiếu đã gửi” ở dưới."))
    return str(_("Không tìm thấy mã này. Mã có 8 ký tự, in ngay dưới hình QR trên áp phích."))
