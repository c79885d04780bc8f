"""Bản che: a copy without who sent it, suggested by the machine and confirmed by a person."""

from typing import Any

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, permissions, redacting
from feedback.models.cases import Case
from feedback.models.redactions import Redaction
from feedback.papers.facts import Clerk
from feedback.pictures import PictureRefused
from feedback.redacting import Drawn, Plan
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.petitions import DENUNCIATION
from feedback.shelf import JPEG, PDF
from feedback.web import here, noting, words
from feedback.web.desk import rows
from feedback.web.desk.offers import stamp
from feedback.web.handouts import handed_out
from feedback.web.redacting import offered
from feedback.web.redacting.offered import Sheet

blueprint = Blueprint("redactions", __name__)

BAD, CONFLICT = 422, 409
PAGE = "/viec/<reference>/ban-che"


@blueprint.app_template_global("redactions_of")
def panel(reference: str) -> dict[str, Any]:
    """What the page of a case says of its copies; nothing where there are none to see or make."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None:
        return {}
    made = redacting.versions(db.session(), case)
    may_make = permissions.may(here.scope(), case, "redact")
    if not made and not may_make:
        return {}
    href = url_for("redactions.copies", reference=reference)
    return {"href": href, "newest": _row(case, made[0]) if made else None, "may_make": may_make}


@blueprint.route(PAGE, methods=["GET", "POST"])
def copies(reference: str) -> Response:
    case = _found(reference)
    may_make = permissions.may(here.scope(), case, "redact")
    if request.method != "POST":
        return _page(case, offered.sheet(case) if may_make else None)
    if not may_make:
        abort(404)
    asked = offered.sheet(case)
    if not offered.is_good(case, asked):
        return _page(case, asked, status=BAD)
    sure = request.form.get("step") == "do"
    if sure and asked.form.shown.data == offered.fingerprint(case, asked):
        return _make(case, asked)
    asked.form.shown.data = offered.fingerprint(case, asked)
    asked.paint()
    if sure:
        flash(_("Có điều vừa thay đổi. Chưa ghi gì: mời xem lại rồi bấm lần nữa."), "warn")
    return _page(case, asked, offered.preview(asked), CONFLICT if sure else 200)


@blueprint.get(f"{PAGE}/<int:version>")
def file(reference: str, version: int) -> Response:
    """The copy itself, as a PDF."""
    case = _found(reference)
    copy = _version(case, version)
    answer = _sent(copy.pdf_name, PDF, f"ban-che-{case.reference}-{version}.pdf")
    noting.taken(f"redaction/{case.reference}/{version}")
    return answer


@blueprint.get(f"{PAGE}/<int:version>/anh/<int:picture>")
def photo(reference: str, version: int, picture: int) -> Response:
    """One photo of it."""
    case = _found(reference)
    listed = {one.number: one.name for one in _version(case, version).pictures}
    name = f"ban-che-{case.reference}-{version}-{picture}.jpg"
    return _sent(listed.get(picture), JPEG, name)


def _found(reference: str) -> Case:
    """The case, if this officer may read it; else there is none."""
    case = access.find_case(db.session(), here.scope(), reference)
    return case if case is not None else abort(404)


def _version(case: Case, version: int) -> Redaction:
    made = redacting.versions(db.session(), case)
    found = next((one for one in made if one.version == version), None)
    return found if found is not None else abort(404)


def _sent(name: str | None, media_type: str, called: str) -> Response:
    if name is None or not here.shelf().holds(name):
        abort(404)
    return handed_out(here.shelf().read(name), media_type, called)


# --- making one ---------------------------------------------------------------------------------


def _make(case: Case, asked: Sheet) -> Response:
    reference, seen = case.reference, stamp(case)
    plan = _plan(case, asked)
    # Drawing photos takes a while: nobody else should have to wait with writing.
    db.session.rollback()
    try:
        drawn = redacting.draw(here.shelf(), plan)
    except PictureRefused:
        flash(_("Có ảnh không vẽ lại được. Chưa ghi gì: mời bỏ ảnh ấy ra rồi làm lại."), "danger")
        return _page(_found(reference), asked, status=BAD)
    return _keep(reference, seen, drawn)


def _plan(case: Case, asked: Sheet) -> Plan:
    me, today = here.officer(), clock.today()
    roles = (role.label for role in me.roles_on(today) if role.unit_id == case.owner_id)
    version = redacting.next_version(db.session(), case)
    by = Clerk(me.name, next(roles, ""))
    return redacting.plan(case, asked.masks(), by, version, today)


def _keep(reference: str, seen: str, drawn: Drawn) -> Response:
    case = _found(reference)
    if stamp(case) != seen:
        abort(CONFLICT)
    try:
        made = redacting.make(db.session(), here.shelf(), case, drawn, here.act())
        version = made.version
        db.session.commit()
    except (MoveRefused, IntegrityError, StaleDataError):  # two at once: the second kept nothing
        db.session.rollback()
        abort(CONFLICT)
    flash(_("Đã làm bản che số %(n)s.", n=version), "ok")
    return redirect(url_for("redactions.copies", reference=reference))


# --- the page -----------------------------------------------------------------------------------


def _page(
    case: Case, asked: Sheet | None, preview: dict[str, Any] | None = None, status: int = 200
) -> Response:
    html = render_template(
        "redactions/copies.html",
        case=case,
        copies=[_row(case, one) for one in redacting.versions(db.session(), case)],
        asked=asked,
        preview=preview,
        back=rows.case_href(case.reference, rows.list_arguments()),
        denounced=case.kind_code == DENUNCIATION,
    )
    return make_response(html, status)


def _row(case: Case, one: Redaction) -> dict[str, Any]:
    where: dict[str, Any] = {"reference": case.reference, "version": one.version}
    return {
        "version": one.version,
        "who": one.officer.name,
        "at": words.moment(one.made_at),
        "pdf": url_for("redactions.file", **where) if one.pdf_name else "",
        "photos": [
            url_for("redactions.photo", picture=photo.number, **where)
            for photo in one.pictures
            if photo.name
        ],
    }
