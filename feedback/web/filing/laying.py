"""*Trình ký kèm văn bản*: the papers filled in by who prepares, read by who signs."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, permissions
from feedback.models.cases import Case
from feedback.models.signings import SigningRequest
from feedback.papers.catalogue import PAPERS
from feedback.papers.duties import Outgoing
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.signing import RETURNED
from feedback.shelf import PDF
from feedback.web import here, words
from feedback.web.answering import drafts
from feedback.web.desk import offers, papering, rows
from feedback.web.filing import acting, laid
from feedback.web.handouts import handed_out
from forms.acting import PaperedForm

blueprint = Blueprint("laying", __name__)

BAD, CONFLICT = 422, 409


@blueprint.route("/viec/<reference>/trinh-ky/<move>/kem-van-ban", methods=["GET", "POST"])
def draft(reference: str, move: str) -> Response:
    """The whole form of the step; laid, it waits for the signature as it was filled in."""
    case, papers = _asked(reference, move)
    form = _form(case, move, papers.codes)
    if not form.is_submitted():
        return _page(case, move, form)
    if not _good(case, form):
        return _page(case, move, form, BAD)
    try:
        if not _can_be_signed(case, move, form, papers.codes):
            return _page(case, move, form, BAD)
        case.submit(here.act(form.says()), move, drafts.choice_of(form), laid.filled_in(form))
        db.session.commit()
    except MoveRefused as refusal:
        return _refused(case, move, form, refusal)
    flash(_("Đã trình ký kèm văn bản; người ký được báo."), "ok")
    return redirect(rows.case_href(reference, rows.list_arguments()))


@blueprint.post("/viec/<reference>/trinh-ky/<move>/kem-van-ban/<code>")
def preview(reference: str, move: str, code: str) -> Response:
    """One of the papers as a PDF while it is being prepared; nothing is kept."""
    case, papers = _asked(reference, move)
    if code not in papers.codes:
        abort(404)
    form = _form(case, move, papers.codes)
    try:
        drawn = laid.rehearsed(case, move, form, code)
    except MoveRefused as refusal:
        return _refused(case, move, form, refusal)
    db.session.rollback()
    if drawn is None:
        return _page(case, move, form, BAD)
    return handed_out(drawn, PDF, f"{reference}-{code}.pdf")


@blueprint.get("/viec/<reference>/du-thao/<code>.pdf")
def paper(reference: str, code: str) -> Response:
    """One paper of the draft that waits, for the desk that laid it and for whoever signs it."""
    case = access.find_case(db.session(), here.scope(), reference)
    waiting = case.draft if case is not None else None
    if case is None or waiting is None or code not in codes_of(case, waiting):
        abort(404)
    form = laid.filled_form(case, codes_of(case, waiting), waiting)
    try:
        drawn = laid.rehearsed(case, waiting.move_code, form, code)
    except MoveRefused:
        drawn = None
    db.session.rollback()
    if drawn is None:
        flash(_("Dự thảo còn thiếu điều gì đó nên chưa in được. Mời mở bước này ra xem."), "warn")
        return redirect(rows.case_href(reference, rows.list_arguments()))
    return handed_out(drawn, PDF, f"{reference}-{code}.pdf")


def codes_of(case: Case, waiting: SigningRequest) -> tuple[str, ...]:
    """The papers of a draft that this officer may read; none of a draft of words alone."""
    scope = here.scope()
    if not laid.has_papers(waiting) or not (
        case.owner_id in scope.own or permissions.waits_for(scope, case)
    ):
        return ()
    found = papering.papers_of_move(case, waiting.move_code)
    return found.codes if found else ()


@blueprint.app_template_global("papers_laid")
def papers_laid(reference: str) -> list[dict[str, str]]:
    """The papers of the draft that waits, each with where it can be read."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None or case.draft is None:
        return []
    return [
        {
            "href": url_for("laying.paper", reference=reference, code=code),
            "label": _(PAPERS[code].label),
        }
        for code in codes_of(case, case.draft)
    ]


# --- which case, which form -------------------------------------------------------------------


def _asked(reference: str, move: str) -> tuple[Case, Outgoing]:
    """The case and the papers of a step this officer may lay before somebody else."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None or move not in {step.code for step in offers.to_prepare(case)}:
        abort(404)
    papers = papering.papers_of_move(case, move)
    return (case, papers) if papers else abort(404)


def _form(case: Case, move: str, codes: tuple[str, ...]) -> PaperedForm:
    """As a draft that was sent back has it; a new one as the case does."""
    before = [one for one in case.signings if one.ended_as == RETURNED and one.move_code == move]
    told = before[-1].filled_in if before else {}
    form = acting.form_of(case, move, codes, MultiDict(told) if told else None)
    form.is_laid = True
    return form


def _good(case: Case, form: PaperedForm) -> bool:
    """Filled in right, and the case stands as it was seen; else that is said, once."""
    if not form.validate_on_submit():
        return False
    if form.seen.data == offers.stamp(case):
        return True
    form.seen.data = offers.stamp(case)
    form.form_errors.append(
        _("Có người vừa thay đổi vụ việc này. Chưa ghi gì: mời xem lại rồi bấm lần nữa.")
    )
    return False


def _can_be_signed(case: Case, move: str, form: PaperedForm, codes: tuple[str, ...]) -> bool:
    """What a rule refuses, or a paper lacks, is said to who prepares and not to who signs."""
    good = True
    if form.made_here:
        good = laid.rehearsed(case, move, form, codes[0]) is not None
    else:
        laid.sign_for_now(case, move, form)
    db.session.rollback()
    return good


# --- what comes of it -------------------------------------------------------------------------


def _refused(case: Case, move: str, form: PaperedForm, refusal: MoveRefused) -> Response:
    db.session.rollback()
    flash(words.refused(refusal), "danger")
    return _page(case, move, form, CONFLICT)


def _page(case: Case, move: str, form: PaperedForm, status: int = 200) -> Response:
    row: Any = case.machine.moves[move]
    html = render_template(
        "laying/draft.html",
        case=case,
        move=row,
        unit=case.signed_at(clock.today()),
        form=form,
        own=acting.own_fields(form),
        papers=acting.sheets(form, case, move),
    )
    return make_response(html, status)
