"""Who answers a case: stepping aside, the accused, drafts for a signature, and the superior."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, flash, g, make_response, redirect, render_template
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, permissions, recusing
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here, words
from feedback.web.answering import drafts, panel, questions
from feedback.web.desk import casefile, rows
from feedback.web.desk.offers import is_laid_in_words, posted_form, stamp, to_prepare
from forms.answering import SendBackForm
from forms.move_form import MoveForm

blueprint = Blueprint("answering", __name__)
blueprint.add_app_template_global(panel.panel, "answering_of")

BAD, CONFLICT = 422, 409


def _found(reference: str) -> Case:
    """The case, if this officer knows of it; else there is none."""
    case = access.find_case(db.session(), here.scope(), reference)
    return case if case is not None else abort(404)


@blueprint.get("/viec/<reference>/ai-giai-quyet")
def who(reference: str) -> Response:
    return _page(_found(reference))


def _page(case: Case, status: int = 200, **posted: MoveForm) -> Response:
    forms: dict[str, Any] = {
        "recuse": questions.recuse_form(case),
        "accuse": questions.accuse_form(case),
        "lift": questions.lift_form(case),
        "up": questions.take_over_form(case) if _may_go_up(case) else None,
    }
    html = render_template(
        "answering/who.html",
        reference=case.reference,
        back=rows.case_href(case.reference, rows.list_arguments()),
        said=[*panel.signs(case), *panel.may_not_see(case)],
        reasons=casefile.reasons(case),
        changes=panel.changes(case),
        recusals=panel.recusals(case),
        accused=panel.accused(case),
        forms=forms | posted,
        above=case.owner.manager_name,
        may_lift=permissions.may_recuse_others(here.scope(), case),
        may_accuse=case.owner_id in here.scope().own,
    )
    return make_response(html, status)


def _may_go_up(case: Case) -> bool:
    """A desk where nobody is left to prepare it for another's signature."""
    mine = case.owner_id in here.scope().own and case.is_open and case.owner.manager is not None
    return (
        mine
        and panel.wants_signature(case)
        and recusing.is_alone(db.session(), case, clock.today())
    )


def _write(case: Case, done: str, act: Callable[[], None]) -> Response:
    """Make it and go back to the case; what a rule refuses is said and changes nothing."""
    reference = case.reference
    try:
        act()
        db.session.commit()
    except MoveRefused as refusal:
        db.session.rollback()
        flash(words.refused(refusal), "danger")
        return redirect(rows.case_href(reference, rows.list_arguments()))
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        abort(CONFLICT)
    flash(done, "ok")
    return _after(reference)


def _after(reference: str) -> Response:
    where = rows.list_arguments()
    if access.find_case(db.session(), here.scope(), reference) is not None:
        return redirect(rows.case_href(reference, where))
    flash(_("Vụ việc này không còn trong hộp việc của anh/chị."), "info")
    return redirect(rows.list_href(where))


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


# --- who may not ------------------------------------------------------------------------------


@blueprint.post("/viec/<reference>/xung-dot")
def recuse(reference: str) -> Response:
    case = _found(reference)
    form = questions.recuse_form(case)
    if not _good(form, case):
        return _page(case, BAD, recuse=form)
    officer = db.session.get_one(Officer, int(form.officer.data))
    act = here.act(form.says())
    return _write(
        case,
        _("Đã ghi nhận; người này không còn thấy vụ việc."),
        lambda: recusing.recuse(db.session(), case, act, officer, form.relation.data),
    )


@blueprint.post("/viec/<reference>/xung-dot/<int:recusal_id>/bo")
def lift(reference: str, recusal_id: int) -> Response:
    case = _found(reference)
    form = questions.lift_form(case)
    recusal = next((one for one in case.recusals if one.id == recusal_id), None)
    if recusal is None or not permissions.may_recuse_others(here.scope(), case):
        abort(404)
    if not _good(form, case):
        return _page(case, BAD, lift=form)
    act = here.act(form.says())
    return _write(case, _("Đã bỏ khai báo."), lambda: case.lift_recusal(act, recusal))


@blueprint.post("/viec/<reference>/bi-to-cao")
def accuse(reference: str) -> Response:
    case = _found(reference)
    if case.owner_id not in here.scope().own:
        abort(404)
    form = questions.accuse_form(case)
    if not _good(form, case):
        return _page(case, BAD, accuse=form)
    accused: Officer | str = form.name.data
    if form.kind.data == "officer":
        accused = db.session.get_one(Officer, int(form.officer.data))
    act, kind = here.act(), form.kind.data
    return _write(
        case,
        _("Đã ghi người bị khiếu nại, tố cáo."),
        lambda: recusing.accuse(db.session(), case, act, kind, accused),
    )


@blueprint.post("/viec/<reference>/cap-tren")
def take_over(reference: str) -> Response:
    case = _found(reference)
    if not _may_go_up(case):
        abort(404)
    if not _good(form := questions.take_over_form(case), case):
        return _page(case, BAD, up=form)
    act = here.act()

    def up() -> None:
        recusing.hand_up(case, act)

    return _write(case, _("Đã chuyển cấp quản lý trực tiếp giải quyết."), up)


# --- who signs --------------------------------------------------------------------------------


@blueprint.post("/viec/<reference>/trinh-ky/<move>")
def submit(reference: str, move: str) -> Response:
    case = _found(reference)
    if move not in {step.code for step in to_prepare(case) if is_laid_in_words(step.code)}:
        return _not_now(case, move)
    form = posted_form(move, case)
    if not _good(form, case):
        g.submitting = (move, form)
        return casefile.page(case, status=BAD)
    act = here.act(form.says())
    return _write(
        case,
        _("Đã trình ký; người ký được báo."),
        lambda: case.submit(act, move, drafts.choice_of(form)),
    )


def _not_now(case: Case, move: str) -> Response:
    """Somebody was quicker, or this is no step to sign: what was typed is given back."""
    if case.owner_id not in here.scope().own:
        abort(404)
    form = posted_form(move, case)
    flash(_("Lúc này không trình ký được bước này. Mời xem lại bên dưới."), "danger")
    return casefile.page(case, (f"submit-{move}", form), CONFLICT)


@blueprint.post("/viec/<reference>/tra-lai")
def send_back(reference: str) -> Response:
    case = _found(reference)
    if not permissions.waits_for(here.scope(), case):
        abort(404)
    form = SendBackForm()
    if not _good(form, case):
        g.sending_back = form
        return casefile.page(case, status=BAD)
    act = here.act(form.says())
    return _write(case, _("Đã trả lại dự thảo kèm lý do."), lambda: case.send_back(act))
