"""Sự cố dữ liệu: the register of breaches, its 72 hours, and the notice to the authority."""

from datetime import datetime
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers.response import Response

from feedback import access, clock, db
from feedback.clock import OFFICE_ZONE
from feedback.models.breaches import Breach, report_due
from feedback.rules.inventory import DATA_CLASSES
from feedback.scopes import Scope
from feedback.web import here, words
from feedback.web.rights import tabs
from forms.data_rights import BreachForm, ReportedForm

blueprint = Blueprint("breaches", __name__)

BAD = 422
HOUR = 3600


def _keeper() -> Scope:
    """Who oversees or administers keeps the register; for anybody else there is none."""
    scope = here.scope()
    return scope if tabs.may("breaches.register", scope) else abort(404)


def _found(breach_id: int) -> Breach:
    scope = _keeper()
    mine = select(Breach).where(Breach.id == breach_id, Breach.unit_id.in_(tabs.reach(scope)))
    return db.session.scalar(mine) or abort(404)


@blueprint.get("/su-co")
def register() -> Response:
    return _page(_form())


@blueprint.post("/su-co")
def record() -> Response:
    form = _form()
    if not form.validate_on_submit():
        return _page(form, BAD)
    made = Breach(
        unit_id=int(form.unit.data),
        happened_on=form.happened.data,
        what=form.what.data,
        data_codes=form.data.data,
        people=form.people.data,
        children=form.children.data,
        harm=form.harm.data,
        measures=form.measures.data,
        recorded_at=clock.now(),
        recorded_by_id=here.officer().id,
        reported_to="",
    )
    made.detected_at = form.detected.data.replace(tzinfo=OFFICE_ZONE)
    made.due_at = report_due(made.detected_at)
    db.session.add(made)
    db.session.commit()
    flash(_("Đã ghi sự cố. Hạn báo cáo: %(at)s.", at=words.moment(made.due_at)), "ok")
    return redirect(url_for("breaches.breach", breach_id=made.id))


def _form() -> BreachForm:
    scope = _keeper()
    form = BreachForm(prefix="new-", people=0, children=0, detected=_now())
    units = db.session.scalars(access.units(tabs.reach(scope)))
    data = [(code, _(one.label)) for code, one in DATA_CLASSES.items()]
    form.offer([(str(unit.id), unit.name) for unit in units], data, _now())
    return form


def _now() -> datetime:
    """By the clock on the wall, as people type it."""
    return clock.now().astimezone(OFFICE_ZONE).replace(tzinfo=None, second=0, microsecond=0)


def _page(form: BreachForm, status: int = 200) -> Response:
    scope = _keeper()
    known = select(Breach).where(Breach.unit_id.in_(tabs.reach(scope)))
    html = render_template(
        "breaches/register.html",
        form=form,
        rows=[_row(one) for one in db.session.scalars(known.order_by(Breach.detected_at.desc()))],
        alarms=tabs.overdue(scope),
    )
    return make_response(html, status)


def _row(one: Breach) -> dict[str, Any]:
    now, late = clock.now(), one.is_late(clock.now())
    left = int((one.due_at - now).total_seconds() // HOUR)
    reported = bool(one.reported_at)
    return {
        "id": one.id,
        "href": url_for("breaches.breach", breach_id=one.id),
        "what": one.what,
        "unit": one.unit.name,
        "manager": one.unit.manager_name,
        "detected": words.moment(one.detected_at),
        "happened": words.day(one.happened_on) if one.happened_on else _("Chưa rõ"),
        "data": [_(DATA_CLASSES[code].label) for code in one.data_codes],
        "people": one.people,
        "children": one.children,
        "harm": one.harm,
        "measures": one.measures,
        "due": words.moment(one.due_at),
        "state": ("met_late" if late else "met") if reported else ("overdue" if late else "soon"),
        "left": "" if reported or late else _("còn %(n)s giờ", n=left),
        "reported": words.moment(one.reported_at) if one.reported_at else "",
        "reported_to": one.reported_to,
        "recorded_by": one.recorded_by.name,
        "recorded": words.moment(one.recorded_at),
    }


@blueprint.get("/su-co/<int:breach_id>")
def breach(breach_id: int) -> Response:
    found = _found(breach_id)
    return _breach_page(found, _reported_form(found))


def _reported_form(found: Breach) -> ReportedForm:
    form = ReportedForm(prefix="told-", at=_now())
    detected = found.detected_at.astimezone(OFFICE_ZONE).replace(tzinfo=None)
    form.know(detected, _now())
    return form


def _breach_page(found: Breach, form: ReportedForm, status: int = 200) -> Response:
    return make_response(
        render_template("breaches/breach.html", row=_row(found), form=form), status
    )


@blueprint.post("/su-co/<int:breach_id>/da-bao")
def reported(breach_id: int) -> Response:
    found = _found(breach_id)
    form = _reported_form(found)
    if found.reported_at is not None:
        return redirect(url_for("breaches.breach", breach_id=breach_id))
    if not form.validate_on_submit():
        return _breach_page(found, form, BAD)
    found.report(here.officer(), form.to.data, form.at.data.replace(tzinfo=OFFICE_ZONE))
    db.session.commit()
    flash(_("Đã ghi việc báo cáo."), "ok")
    return redirect(url_for("breaches.breach", breach_id=breach_id))


@blueprint.get("/su-co/<int:breach_id>/thong-bao")
def notice(breach_id: int) -> str:
    """The draft of what goes to the authority, to be printed and signed."""
    return render_template("breaches/notice.html", row=_row(_found(breach_id)))
