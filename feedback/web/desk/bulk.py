"""One move on several cases: ticked in the inbox, looked at first, then written all or none."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import db
from feedback.models.cases import Case
from feedback.rules.lifecycle import MOVES, MoveRefused
from feedback.web import here
from feedback.web.desk import rows, together
from forms.bulk import BULK_FORMS, BulkForm

blueprint = Blueprint("bulk", __name__)

BAD, CONFLICT = 422, 409
TITLES: dict[str, Any] = {
    "accept": _l("Nhận xử lý nhiều việc"),
    "assign": _l("Giao nhiều việc"),
    "answer": _l("Trả lời nhiều việc theo mẫu"),
    "close": _l("Kết thúc nhiều việc"),
}
DONE: dict[str, Any] = {
    "accept": _l("Đã nhận %(n)s việc."),
    "assign": _l("Đã giao %(n)s việc."),
    "answer": _l("Đã gửi trả lời cho %(n)s việc; phụ huynh đọc được ngay."),
    "close": _l("Đã kết thúc %(n)s việc."),
}


@blueprint.post("/hop-viec/cung-luc")
def together_page() -> Response:
    """First the form, then (`step` look) what it would do, then (`step` do) doing that."""
    move, cases = request.form.get("move", ""), together.picked(request.form.getlist("pick"))
    if not here.scope().own or move not in BULK_FORMS:
        abort(404)
    if not cases:
        flash(_("Chưa chọn việc nào. Mời đánh dấu ở đầu dòng rồi bấm lại."), "warn")
        return _back()
    step, form = request.form.get("step", ""), together.form_for(move, cases)
    if not step:
        return _page(move, cases, form)
    if not form.validate_on_submit():
        return _page(move, cases, form, status=BAD)
    return _go_on(together.plan(move, cases, form), form, sure=step == "do")


def _go_on(plan: together.Plan, form: BulkForm, sure: bool) -> Response:
    """Write what was looked at; anything else is shown first."""
    cases = [step.case for step in plan.steps]
    seen = form.shown.data == plan.fingerprint
    if sure and seen and plan.able:
        return _write(plan, form)
    form.shown.data = plan.fingerprint
    if sure and not seen:
        flash(_("Có điều vừa thay đổi. Chưa ghi gì: mời xem lại rồi bấm lần nữa."), "warn")
    return _page(plan.move, cases, form, plan, CONFLICT if sure and not seen else 200)


def _write(plan: together.Plan, form: BulkForm) -> Response:
    try:
        done = together.make(plan, form)
        db.session.commit()
    except (MoveRefused, StaleDataError, IntegrityError):
        db.session.rollback()  # somebody was quicker with one of them: none is written
        abort(CONFLICT)
    flash(str(DONE[plan.move]) % {"n": done}, "ok")
    return _back()


def _back() -> Response:
    return redirect(rows.list_href(rows.list_arguments()))


def _page(
    move: str,
    cases: list[Case],
    form: BulkForm,
    plan: together.Plan | None = None,
    status: int = 200,
) -> Response:
    html = render_template(
        "bulk/together_page.html",
        move=move,
        title=str(TITLES[move]),
        consequence=_(MOVES[move].consequence),
        form=form,
        picks=[case.reference for case in cases],
        rows=_preview(plan) if plan else [_row(case) for case in cases],
        plan=plan,
        action=rows.together_href(rows.list_arguments()),
        back=rows.list_href(rows.list_arguments()),
        nothing=move == "answer" and not form["template"].choices,
    )
    return make_response(html, status)


def _row(case: Case) -> dict[str, Any]:
    return rows.row(case, rows.list_arguments())


def _preview(plan: together.Plan) -> list[dict[str, Any]]:
    return [
        _row(step.case) | {"why_not": step.why_not, "reads": step.reads, "mailed": step.mailed}
        for step in plan.steps
    ]
