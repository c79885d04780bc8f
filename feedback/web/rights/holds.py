"""A case as data: its consents, what was asked about it, what was erased, and who holds it back."""

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers.response import Response

from feedback import access, db, rights
from feedback.models.cases import Case
from feedback.models.data_requests import DataRequest
from feedback.models.retention import LegalHold
from feedback.web import here
from feedback.web.rights import rows
from feedback.web.rights.rights import BAD, at_desk
from forms.account import ButtonForm
from forms.data_rights import ReasonForm

blueprint = Blueprint("holds", __name__)


def _case(reference: str) -> Case:
    case = access.find_case(db.session(), at_desk(), reference)
    return case if case is not None else abort(404)


@blueprint.get("/viec/<reference>/du-lieu")
def case_data(reference: str) -> Response:
    return _case_page(_case(reference), ReasonForm(prefix="hold-"))


def _case_page(case: Case, form: ReasonForm, status: int = 200) -> Response:
    ids = [one.id for one in case.submissions]
    asked = rights.requests(here.scope()).where(DataRequest.submission_id.in_(ids))
    settled = rights.requests(here.scope(), settled=True).where(DataRequest.submission_id.in_(ids))
    html = render_template(
        "holds/case_data.html",
        reference=case.reference,
        requests=[rows.row(o) for q in (asked, settled) for o in db.session.scalars(q)],
        consents=rows.consents(ids),
        holds=rows.holds(case),
        erased=rows.erasures(ids),
        form=form,
        may=case.owner_id in here.scope().own or here.scope().oversees,
    )
    return make_response(html, status)


@blueprint.post("/viec/<reference>/giu-lai")
def hold(reference: str) -> Response:
    """Nothing of it is erased or disposed of, from now until somebody lifts it."""
    case, form = _case(reference), ReasonForm(prefix="hold-")
    if not form.validate_on_submit():
        return _case_page(case, form, BAD)
    act = here.act()
    held = LegalHold(case=case, reason=form.note.data, placed_at=act.at)
    held.placed_by = here.officer()
    db.session.add(held)
    case.hold(act)
    db.session.commit()
    flash(_("Đã giữ lại hồ sơ: không xóa, không hủy được."), "ok")
    return redirect(url_for("holds.case_data", reference=reference))


@blueprint.post("/viec/<reference>/giu-lai/<int:hold_id>/thoi")
def lift_hold(reference: str, hold_id: int) -> Response:
    case = _case(reference)
    held = db.session.scalar(
        select(LegalHold).where(LegalHold.id == hold_id, LegalHold.case_id == case.id)
    )
    if held is None or held.lifted_at is not None:
        abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    act = here.act()
    held.lifted_at, held.lifted_by_id = act.at, here.officer().id
    case.lift_hold(act)
    db.session.commit()
    flash(_("Đã thôi giữ hồ sơ."), "ok")
    return redirect(url_for("holds.case_data", reference=reference))
