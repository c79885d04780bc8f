"""*Bước kèm văn bản*: a move of a case made together with the papers it produces."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers.response import Response

from feedback import access, db, permissions
from feedback.models.cases import Case
from feedback.models.papers import IssuedPaper
from feedback.papers.catalogue import PAPERS
from feedback.papers.duties import Outgoing
from feedback.rules.lifecycle import MoveRefused
from feedback.shelf import PDF
from feedback.web import here, words
from feedback.web.answering import drafts
from feedback.web.desk import moves, offers, papering, rows
from feedback.web.filing import acting, folder, issuing
from feedback.web.handouts import handed_out
from forms.acting import PaperedForm, outside_names

blueprint = Blueprint("acts", __name__)

BAD, CONFLICT = 422, 409


@blueprint.route("/viec/<reference>/<move>/kem-van-ban", methods=["GET", "POST"])
def act(reference: str, move: str) -> Response:
    case, papers = _asked(reference, move)
    form = acting.form_for(case, move, papers.codes)
    if not form.is_submitted():
        return _page(case, move, form)
    try:
        made = acting.make(case, move, form)
    except MoveRefused as refusal:
        return _refused(case, move, form, refusal)
    if made is None:
        db.session.rollback()
        return _page(case, move, form, BAD)
    _commit(made)
    flash(str(moves.DONE[move]), "ok")
    return _after(reference, made)


@blueprint.post("/viec/<reference>/<move>/kem-van-ban/<code>")
def preview(reference: str, move: str, code: str) -> Response:
    """One of the papers as a PDF, marked as a draft; nothing is kept."""
    case, papers = _asked(reference, move)
    if code not in papers.codes:
        abort(404)
    form = acting.form_for(case, move, papers.codes)
    try:
        drawn = acting.preview(case, move, form, code)
    except MoveRefused as refusal:
        return _refused(case, move, form, refusal)
    db.session.rollback()
    if drawn is None:
        return _page(case, move, form, BAD)
    return handed_out(drawn, PDF, f"{reference}-{code}.pdf")


@blueprint.get("/van-ban/<name>/xem")
def done(name: str) -> str:
    """The papers of the act just made: to print, as PDF and as Word."""
    found = access.find_paper(db.session(), here.scope(), name)
    if found is None:
        abort(404)
    case = access.find_case(db.session(), here.scope(), found.case.reference)
    together = [one for one in _all_of(found) if one.made_at == found.made_at]
    return render_template(
        "acts/done.html", papers=[folder.issued(one) for one in together], case=case
    )


def _all_of(paper: IssuedPaper) -> list[IssuedPaper]:
    mine = access.papers(here.scope()).where(IssuedPaper.case_id == paper.case_id)
    return list(db.session.scalars(mine))


# --- which case, which move -------------------------------------------------------------------


def _asked(reference: str, move: str) -> tuple[Case, Outgoing]:
    """The case and the papers of the move, if this officer may make it; else there is none."""
    case = access.find_case(db.session(), here.scope(), reference)
    papers = papering.papers_of_move(case, move) if case is not None else None
    if case is None or papers is None or not _is_mine(case, move):
        abort(404)
    return case, papers


def _is_mine(case: Case, move: str) -> bool:
    """Of the desk that answers; else what this officer may sign, or make as the superior."""
    scope = here.scope()
    return case.owner_id in scope.own or permissions.may(scope, case, move)


# --- what comes of it -------------------------------------------------------------------------


def _commit(made: acting.Made) -> None:
    try:
        db.session.commit()
    except IntegrityError:  # two acts at once took the same number in the history
        db.session.rollback()
        issuing.take_back(one for one in made if isinstance(one, IssuedPaper))
        abort(CONFLICT)


def _refused(case: Case, move: str, form: PaperedForm, refusal: MoveRefused) -> Response:
    db.session.rollback()
    flash(words.refused(refusal), "danger")
    return _page(case, move, form, CONFLICT)


def _after(reference: str, made: acting.Made) -> Response:
    """To the papers that were made; without any to the case, or to the list if it has left."""
    issued = [one for one in made if isinstance(one, IssuedPaper)]
    if issued:
        return redirect(url_for("acts.done", name=issued[0].pdf_name))
    where = rows.list_arguments()
    if access.find_case(db.session(), here.scope(), reference) is not None:
        return redirect(rows.case_href(reference, where))
    flash(_("Vụ việc đã chuyển đi và không còn trong hộp việc của đơn vị."), "info")
    return redirect(rows.list_href(where))


def _page(case: Case, move: str, form: PaperedForm, status: int = 200) -> Response:
    row: Any = case.machine.moves[move]
    html = render_template(
        "acts/act.html",
        case=case,
        move=row,
        verb=offers.button(case, move),
        draft=drafts.waiting(case),
        form=form,
        own=acting.own_fields(form),
        papers=acting.sheets(form, case, move),
        outside=[
            (PAPERS[code], [form[name] for name in outside_names(code)]) for code in form.papers
        ],
    )
    return make_response(html, status)
