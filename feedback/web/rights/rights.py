"""Yêu cầu về dữ liệu: what senders ask about their data, answered on time, done for good."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, erasing, rights
from feedback.models.data_requests import DataRequest
from feedback.models.submissions import CHANNELS
from feedback.rules.data_requests import (
    DATA_REFUSALS,
    DATA_REQUESTS,
    DONE,
    REQUEST_OUTCOMES,
)
from feedback.rules.lifecycle import MoveRefused
from feedback.scopes import Scope
from feedback.web import here, proof
from feedback.web.rights import rows, tabs
from forms.data_rights import ReasonForm, SettleForm, TypedRequestForm

blueprint = Blueprint("rights", __name__)
blueprint.add_app_template_global(tabs.tabs, "data_tabs")

BAD, CONFLICT = 422, 409
SETTLED_SHOWN = 50


def at_desk() -> Scope:
    """Whoever handles matters; for anybody else there is no such page."""
    scope = here.scope()
    return scope if scope.own else abort(404)


def _found(request_id: int) -> DataRequest:
    request = rights.find(db.session(), at_desk(), request_id)
    return request if request is not None else abort(404)


# --- the list -----------------------------------------------------------------------------------


@blueprint.get("/du-lieu")
def requests() -> Response:
    return _list(_typed_form())


@blueprint.post("/du-lieu")
def type_in() -> Response:
    """Asked at the counter, by telephone or on paper, about a matter this desk answers."""
    form = _typed_form()
    if not form.validate_on_submit():
        return _list(form, BAD)
    case = access.find_case(db.session(), at_desk(), form.reference.data.upper())
    if case is None or case.owner_id not in here.scope().own:
        form.reference.errors = [_("Đơn vị không có hồ sơ nào với mã này. Mời xem lại mã.")]
        return _list(form, BAD)
    try:
        made = rights.ask(
            db.session(), case, case.submission, form.request.data, here.act(form.text.data)
        )
    except MoveRefused as refused:
        db.session.rollback()
        form.request.errors = [_(str(refused))]
        return _list(form, CONFLICT)
    made.channel_code = form.channel.data
    db.session.commit()
    flash(_("Đã ghi yêu cầu. Hạn thực hiện đang chạy."), "ok")
    return redirect(url_for("rights.request", request_id=made.id))


def _typed_form() -> TypedRequestForm:
    form = TypedRequestForm(prefix="typed-")
    channels = [(code, _(label)) for code, label in CHANNELS.items() if code != "qr"]
    form.offer(channels, [(one.code, _(one.label)) for one in DATA_REQUESTS.values()])
    return form


def _list(form: TypedRequestForm, status: int = 200) -> Response:
    scope = at_desk()
    running = db.session.scalars(rights.requests(scope))
    settled = db.session.scalars(rights.requests(scope, settled=True).limit(SETTLED_SHOWN))
    html = render_template(
        "rights/requests.html",
        form=form,
        running=[rows.row(one) for one in running],
        settled=[rows.row(one) for one in settled],
    )
    return make_response(html, status)


# --- one request --------------------------------------------------------------------------------


@blueprint.get("/du-lieu/<int:request_id>", endpoint="request")
def request_(request_id: int) -> Response:
    found = _found(request_id)
    return _page(found, _settle_form(found), _extend_form())


def _page(
    found: DataRequest, settle_form: SettleForm, extend_form: ReasonForm, status: int = 200
) -> Response:
    html = render_template(
        "rights/request.html",
        row=rows.full(found),
        form=settle_form,
        extend=extend_form,
        may=found.is_open and rights.may_settle(here.scope(), found),
    )
    return make_response(html, status)


def _settle_form(found: DataRequest) -> SettleForm:
    form = SettleForm(prefix="settle-")
    form.offer(
        [(code, _(label)) for code, label in REQUEST_OUTCOMES.items()],
        [(code, _(label)) for code, label in DATA_REFUSALS.items()],
        contact=found.kind_code == "correct" and found.submission.sender is not None,
    )
    return form


def _extend_form() -> ReasonForm:
    return ReasonForm(prefix="extend-")


@blueprint.post("/du-lieu/<int:request_id>")
def settle(request_id: int) -> Response:
    found = _mine(request_id)
    settled: Response = (_erased if found.kind_code == "erase" else _settled)(found)
    return settled


def _settled(found: DataRequest) -> Response:
    form = _settle_form(found)
    if not form.validate_on_submit():
        return _page(found, form, _extend_form(), BAD)
    gone = erasing.Gone()

    def do() -> None:
        act = here.act(form.note.data)
        if form.outcome.data == DONE:
            means = rights.Means(here.keys(), gone, _right(form))
            rights.carry_out(db.session(), found, act, means)
        else:
            found.settle(act, form.outcome.data, form.reason.data)

    return _write(found, do, _("Đã trả lời; người yêu cầu đọc được ngay."), gone)


_erased = proof.fresh(_settled)


def _right(form: SettleForm) -> rights.Corrected:
    if "name" not in form:
        return rights.Corrected()
    return rights.Corrected(form.name.data, form.phone.data or "", form.email.data or "")


@blueprint.post("/du-lieu/<int:request_id>/gia-han")
def extend(request_id: int) -> Response:
    found = _mine(request_id)
    form = _extend_form()
    if not form.validate_on_submit():
        return _page(found, _settle_form(found), form, BAD)
    act = here.act(form.note.data)
    return _write(
        found, lambda: found.extend(act), _("Đã gia hạn một lần; người yêu cầu được biết.")
    )


def _mine(request_id: int) -> DataRequest:
    """A request that this officer settles; a wrong one does not exist here."""
    found = _found(request_id)
    return found if rights.may_settle(here.scope(), found) else abort(404)


def _write(found: DataRequest, do: Any, said: str, gone: erasing.Gone | None = None) -> Response:
    """Do it and come back; what a rule refuses is said and changes nothing."""
    where = url_for("rights.request", request_id=found.id)
    try:
        do()
        db.session.commit()
    except MoveRefused as refused:
        db.session.rollback()
        flash(str(_(str(refused))), "danger")
        return redirect(where)
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        abort(CONFLICT)
    if gone is not None:
        finish(gone)
    flash(said, "ok")
    return redirect(where)


def finish(gone: erasing.Gone) -> None:
    """After the commit: files, ledger, journal. The session only reads from here."""
    db.writing.set(False)
    erasing.finish(db.session(), here.shelf(), here.settings().erasures, gone)


@blueprint.get("/du-lieu/<int:request_id>/thu")
def letter(request_id: int) -> str:
    """The answer as a letter, for whoever asked on paper."""
    found = _found(request_id)
    if found.is_open:
        abort(404)
    return render_template("rights/letter.html", row=rows.full(found), today=clock.today())
