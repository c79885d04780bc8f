"""Mở danh tính: one officer asks, another consents, and the envelope is handed out once."""

import json
from collections.abc import Callable

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, identities
from feedback.models.cases import Case
from feedback.models.openings import Opening
from feedback.models.submissions import Submission
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here, proof
from feedback.web.desk import rows
from feedback.web.desk.offers import stamp
from feedback.web.opening import shown
from forms.move_form import MoveForm
from forms.opening import AskOpeningForm

blueprint = Blueprint("opening", __name__)
blueprint.add_app_template_global(shown.panel, "opening_of")
blueprint.add_app_template_global(shown.offices_without_key, "offices_without_key")

BAD, CONFLICT = 422, 409
PAGE = "/viec/<reference>/danh-tinh"


def _found(reference: str) -> Case:
    """A matter with an envelope, at the desk that answers it; for anybody else there is none."""
    case = access.find_case(db.session(), here.scope(), reference)
    return case if case is not None and shown.has_envelope(case) else abort(404)


def _opening(case: Case, opening_id: int) -> Opening:
    found = next((one for one in case.openings if one.id == opening_id), None)
    return found if found is not None else abort(404)


@blueprint.get(PAGE)
def identity(reference: str) -> Response:
    return _page(_found(reference))


def _page(case: Case, ask: AskOpeningForm | None = None, status: int = 200) -> Response:
    html = render_template(
        "opening/identity.html",
        reference=case.reference,
        back=rows.case_href(case.reference, rows.list_arguments()),
        openings=shown.openings(case),
        ask=ask or shown.ask_form(case),
        may_ask=not any(
            one.waits(clock.now()) or one.is_ready(clock.now()) for one in case.openings
        ),
        button=shown.decide_form(case),
        key_ids=shown.key_ids(case),
    )
    return make_response(html, status)


@blueprint.post(PAGE)
def ask(reference: str) -> Response:
    case = _found(reference)
    form = shown.ask_form(case)
    if not _good(form, case):
        return _page(case, form, BAD)
    letter = next(one for one in case.sealed_letters() if str(one.id) == form.letter.data)
    act, ground = here.act(form.says()), form.ground.data
    done = _("Đã ghi đề nghị. Một cán bộ khác phải đồng ý trong vòng một ngày.")
    return _write(case, done, lambda: case.ask_opening(act, letter, ground))


@blueprint.post(f"{PAGE}/<int:opening_id>/dong-y")
def allow(reference: str, opening_id: int) -> Response:
    case = _found(reference)
    answer: Response = _allow(case, _opening(case, opening_id))
    return answer


@proof.fresh
def _allow(case: Case, one: Opening) -> Response:
    act = here.act()
    done = _("Đã đồng ý. Người đề nghị có 15 phút để nhận phong bì, một lần.")
    return _decide(case, done, lambda: case.allow_opening(act, one))


@blueprint.post(f"{PAGE}/<int:opening_id>/khong-dong-y")
def refuse(reference: str, opening_id: int) -> Response:
    case = _found(reference)
    one, act = _opening(case, opening_id), here.act()
    return _decide(case, _("Đã từ chối đề nghị này."), lambda: case.refuse_opening(act, one))


@blueprint.post(f"{PAGE}/<int:opening_id>/nhan")
def hand_out(reference: str, opening_id: int) -> Response:
    """The envelope itself, sealed as it lies here; it is given once that is committed."""
    case = _found(reference)
    answer: Response = _hand_out(case, _opening(case, opening_id))
    return answer


@proof.fresh
def _hand_out(case: Case, one: Opening) -> Response:
    act, reference = here.act(), case.reference
    letter = db.session.get_one(Submission, one.submission_id)
    envelope = identities.envelope(letter, reference)
    given: list[bool] = []

    def give() -> None:
        case.hand_out(act, one)
        given.append(True)

    answer = _decide(case, "", give)
    return _file(envelope, reference) if given else answer


def _file(envelope: dict[str, object], reference: str) -> Response:
    response = make_response(json.dumps(envelope, indent=1) + "\n")
    response.headers["Content-Type"] = "application/json"
    named = f'attachment; filename="phong-bi-{reference}.json"'
    response.headers["Content-Disposition"] = named
    return response


# --- writing ------------------------------------------------------------------------------------


def _good(form: MoveForm, case: Case) -> bool:
    """Filled in right, and the case stands as it was seen; else that is said, once."""
    if not form.validate_on_submit():
        return False
    if form.seen.data == stamp(case):
        return True
    form.seen.data = stamp(case)
    form.form_errors.append(
        _("Có người vừa thay đổi vụ việc này. Chưa ghi gì: mời xem lại rồi bấm lần nữa.")
    )
    return False


def _decide(case: Case, done: str, act: Callable[[], None]) -> Response:
    """A button whose page is still true; the token of the form is checked with it."""
    if not shown.decide_form(case).validate_on_submit():
        abort(400)
    return _write(case, done, act)


def _write(case: Case, done: str, act: Callable[[], None]) -> Response:
    """Make it and show the page again; what a rule refuses is said and changes nothing."""
    reference = case.reference
    try:
        act()
        db.session.commit()
    except MoveRefused as refusal:
        db.session.rollback()
        flash(str(_(str(refusal))), "danger")
        return redirect(url_for("opening.identity", reference=reference))
    except (IntegrityError, StaleDataError):  # two at once: the second changed nothing
        db.session.rollback()
        abort(CONFLICT)
    if done:
        flash(done, "ok")
    return redirect(url_for("opening.identity", reference=reference))
