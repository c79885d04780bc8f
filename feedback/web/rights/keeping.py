"""Lưu trữ, hủy: how long each class is kept, what is due, and its disposal by two people."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, disposing, erasing
from feedback.models.retention import CARRIED_OUT, PROPOSED, Disposal, RetentionTerm
from feedback.models.units import Unit
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.retention import PERIOD_UNITS, RETENTION, Period
from feedback.scopes import Scope
from feedback.web import here, proof, words
from feedback.web.rights.rights import finish
from forms.account import ButtonForm
from forms.data_rights import ReasonForm, RetentionForm

blueprint = Blueprint("keeping", __name__)

BAD, CONFLICT = 422, 409
STATES = {"proposed": "Chờ người thứ hai", "done": "Đã hủy hồ sơ", "rejected": "Đã trả lại"}
LISTED = 50


def _keeper() -> tuple[Scope, Unit]:
    """Who oversees others, and the Office they do it for; no school disposes of anything."""
    scope = here.scope()
    units = list(db.session.scalars(access.units(scope.own))) if scope.oversees else []
    return (scope, units[0]) if units else abort(404)


def in_words(quantity: int, unit: str) -> str:
    """“15 năm”, “vĩnh viễn”."""
    return str(words.PERIODS[unit](quantity))


# --- the schedule -------------------------------------------------------------------------------


@blueprint.get("/luu-tru")
def schedule() -> Response:
    return _page(_form())


def _form() -> RetentionForm:
    form = RetentionForm(prefix="term-")
    form.offer(
        [(one.code, _(one.label)) for one in RETENTION.values()],
        [(code, _(word)) for code, word in PERIOD_UNITS.items()],
    )
    return form


def _page(form: RetentionForm, status: int = 200) -> Response:
    scope, unit = _keeper()
    made = select(Disposal).where(Disposal.unit_id.in_(scope.own)).order_by(Disposal.id.desc())
    html = render_template(
        "keeping/schedule.html",
        form=form,
        classes=[_class(scope, unit, code) for code in RETENTION],
        disposals=[_listed(one) for one in db.session.scalars(made.limit(LISTED))],
    )
    return make_response(html, status)


def _class(scope: Scope, unit: Unit, code: str) -> dict[str, Any]:
    term = disposing.term_of(db.session(), unit, code, scope.on)
    return {
        "code": code,
        "label": _(term.label),
        "period": in_words(term.period.quantity, term.period.unit),
        "basis": _(term.basis),
        "verify": term.verify,
        "erases": term.erases,
        "due": len(disposing.due(db.session(), scope, term)),
    }


def _listed(one: Disposal) -> dict[str, Any]:
    return {
        "href": url_for("keeping.disposal", disposal_id=one.id),
        "label": _(RETENTION[one.class_code].label),
        "state": _(STATES[one.state]),
        "waits": one.state == PROPOSED,
        "cases": len(one.items),
        "by": one.proposed_by.name,
        "at": words.moment(one.proposed_at),
    }


@blueprint.post("/luu-tru/thoi-han")
def set_term() -> Response:
    scope, unit = _keeper()
    form = _form()
    if not form.validate_on_submit():
        return _page(form, BAD)
    period = Period(form.quantity.data, form.period.data)
    db.session.add(
        RetentionTerm(
            unit_id=unit.id,
            class_code=form.record.data,
            quantity=period.quantity,
            period_unit=period.unit,
            basis=form.basis.data,
            set_at=clock.now(),
            set_by_id=scope.officer.id,
        )
    )
    db.session.commit()
    flash(_("Đã đặt thời hạn mới cho đơn vị và các đơn vị bên dưới."), "ok")
    return redirect(url_for("keeping.schedule"))


# --- disposal -----------------------------------------------------------------------------------


@blueprint.post("/luu-tru/de-nghi/<code>")
def propose(code: str) -> Response:
    scope, unit = _keeper()
    if code not in RETENTION:
        abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    term = disposing.term_of(db.session(), unit, code, scope.on)
    try:
        made = disposing.propose(db.session(), scope, unit, term, here.act())
        db.session.commit()
    except MoveRefused as refused:
        db.session.rollback()
        flash(str(_(str(refused))), "warn")
        return redirect(url_for("keeping.schedule"))
    flash(_("Đã lập danh sách đề nghị hủy. Một người khác xem và thực hiện."), "ok")
    return redirect(url_for("keeping.disposal", disposal_id=made.id))


def _found(disposal_id: int) -> Disposal:
    scope, _unit = _keeper()
    mine = select(Disposal).where(Disposal.id == disposal_id, Disposal.unit_id.in_(scope.own))
    return db.session.scalar(mine) or abort(404)


@blueprint.get("/luu-tru/huy/<int:disposal_id>")
def disposal(disposal_id: int) -> Response:
    return _disposal_page(_found(disposal_id), ReasonForm(prefix="reject-"))


def _disposal_page(found: Disposal, form: ReasonForm, status: int = 200) -> Response:
    html = render_template("keeping/disposal.html", row=_full(found), form=form)
    return make_response(html, status)


def _full(found: Disposal) -> dict[str, Any]:
    term = RETENTION[found.class_code]
    return _listed(found) | {
        "id": found.id,
        "unit": found.unit.name,
        "manager": found.unit.manager_name,
        "period": in_words(found.quantity, found.period_unit),
        "basis": _(found.basis),
        "erases": term.erases,
        "done": found.state == CARRIED_OUT,
        "note": found.note,
        "decided": words.moment(found.decided_at) if found.decided_at else "",
        "decided_by": found.decided_by.name if found.decided_by else "",
        "why_not": _(disposing.why_not(found, here.officer())) if found.state == PROPOSED else "",
        "items": _items(found),
        "disposed": sum(item.disposed for item in found.items),
    }


def _items(found: Disposal) -> list[dict[str, Any]]:
    """Of a case this officer may not know of, only that there is one."""
    ids = {item.case_id for item in found.items}
    cases = access.cases(here.scope())
    references = {case.reference for case in db.session.scalars(cases) if case.id in ids}
    return [
        {
            "reference": item.case.reference if item.case.reference in references else "…",
            "kind": _(PETITION_KINDS[item.case.kind_code].label),
            "unit": item.case.owner.short_name,
            "ended": words.day_alone(item.ended_on),
            "until": words.day_alone(item.kept_until),
            "disposed": item.disposed,
        }
        for item in found.items
    ]


@blueprint.post("/luu-tru/huy/<int:disposal_id>/thuc-hien")
def carry_out(disposal_id: int) -> Response:
    answer: Response = _carry_out(_found(disposal_id))
    return answer


@proof.fresh
def _carry_out(found: Disposal) -> Response:
    gone, disposal_id = erasing.Gone(), found.id
    if not ButtonForm().validate_on_submit():
        abort(400)
    try:
        done = disposing.carry_out(db.session(), found, here.officer(), here.act(), gone)
        db.session.commit()
    except MoveRefused as refused:
        return _refused(found.id, refused)
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        abort(CONFLICT)
    finish(gone)
    flash(_("Đã hủy %(n)s hồ sơ. Biên bản ở bên dưới.", n=done), "ok")
    return redirect(url_for("keeping.disposal", disposal_id=disposal_id))


@blueprint.post("/luu-tru/huy/<int:disposal_id>/tra-lai")
def reject(disposal_id: int) -> Response:
    found, form = _found(disposal_id), ReasonForm(prefix="reject-")
    if not form.validate_on_submit():
        return _disposal_page(found, form, BAD)
    try:
        disposing.reject(found, here.officer(), here.act(form.note.data))
        db.session.commit()
    except MoveRefused as refused:
        return _refused(found.id, refused)
    flash(_("Đã trả lại đề nghị; không có gì bị hủy."), "ok")
    return redirect(url_for("keeping.disposal", disposal_id=disposal_id))


def _refused(disposal_id: int, refused: MoveRefused) -> Response:
    db.session.rollback()
    flash(str(_(str(refused))), "danger")
    return redirect(url_for("keeping.disposal", disposal_id=disposal_id))


@blueprint.get("/luu-tru/huy/<int:disposal_id>/bien-ban")
def certificate(disposal_id: int) -> str:
    """The minutes of a disposal, to be printed and signed by both."""
    found = _found(disposal_id)
    if found.state != CARRIED_OUT:
        abort(404)
    return render_template("keeping/certificate.html", row=_full(found))
