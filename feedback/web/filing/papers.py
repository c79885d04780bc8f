"""*Văn bản*: the official papers of a case: which fit, a form for each, and what went out."""

from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import force_locale
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from werkzeug.wrappers.response import Response

from feedback import access, db
from feedback.models.cases import Case
from feedback.papers.catalogue import PAPERS
from feedback.papers.facts import PaperRefused
from feedback.shelf import DOCX, PDF
from feedback.web import contacts, here, words
from feedback.web.desk.offers import stamp
from feedback.web.filing import issuing, prefill
from feedback.web.filing.folder import fitting, folder, issuer
from feedback.web.filing.issuing import Draft
from feedback.web.filing.prefill import Ground
from feedback.web.filing.questions import Lacking, by_place, questions
from feedback.web.handouts import handed_out
from forms.papers import PaperForm, paper_form

blueprint = Blueprint("papers", __name__)

BAD, CONFLICT = 422, 409


@blueprint.app_context_processor
def _offer_folder() -> dict[str, Any]:
    """For the page of a case: its papers, and the forms of those that fit."""
    return {"papers_of": folder}


@blueprint.route("/viec/<reference>/van-ban/<code>", methods=["GET", "POST"])
def paper(reference: str, code: str) -> Response:
    ground = _ground(reference, code)
    form = _form(ground)
    draft = _draft(ground, form) if form.is_submitted() else None
    if draft is None or not _is_fresh(form, ground.case):
        return _page(ground, form)
    try:
        with force_locale("vi"):
            issued = issuing.issue(draft)
        db.session.commit()
    except IntegrityError:  # two acts at once took the same number in the history
        db.session.rollback()
        abort(CONFLICT)
    named = {"paper": _(draft.kind.label), "number": issued.full_number}
    flash(_("Đã ban hành: %(paper)s %(number)s.", **named), "ok")
    return redirect(f"{url_for('desk.case', reference=reference)}#papers")


@blueprint.post("/viec/<reference>/van-ban/<code>/xem-truoc")
def preview(reference: str, code: str) -> Response:
    """The draft as a PDF: no number, nothing kept."""
    ground = _ground(reference, code)
    form = _form(ground)
    draft = _draft(ground, form)
    if draft is None:
        return _page(ground, form)
    with force_locale("vi"):
        return handed_out(issuing.preview(draft), PDF, f"{reference}-{code}.pdf")


@blueprint.get("/van-ban/<name>")
def file(name: str) -> Response:
    found = access.find_paper(db.session(), here.scope(), name)
    if found is None or not here.shelf().holds(name):
        abort(404)
    contacts.fetched_paper(found.case, found.code)
    media_type = DOCX if name == found.docx_name else PDF
    return handed_out(here.shelf().read(name), media_type, name)


# --- which case, which paper ------------------------------------------------------------------


def _ground(reference: str, code: str) -> Ground:
    """The case and the paper, if this officer may issue it; else there is none."""
    case = access.find_case(db.session(), here.scope(), reference)
    unit = issuer(case) if case is not None else None
    if case is None or unit is None or code not in fitting(case):
        abort(404)
    return Ground(case, unit, code)


# --- the form ---------------------------------------------------------------------------------


def _form(ground: Ground) -> PaperForm:
    asked = questions(ground.code, PAPERS[ground.code].made_of, ground.case.kind_code)
    with force_locale("vi"):  # what stands in the paper is Vietnamese whatever the reader's
        usual = prefill.prefill(ground)
    return paper_form(asked)(data={"seen": stamp(ground.case), **usual})


def _draft(ground: Ground, form: PaperForm) -> Draft | None:
    """What was typed, made sense of; none when the form must be mended."""
    if not form.validate_on_submit():
        return None
    typed = {name: field.data for name, field in form._fields.items() if name not in ASIDE}
    try:
        return issuing.draw_up(ground, typed)
    except PaperRefused as refusal:
        form.form_errors.append(words.refused(refusal))
    except Lacking as lacking:
        form[lacking.path].errors = [_("Mời điền mục này.")]
    return None


ASIDE = frozenset({"seen", "csrf_token"})


def _is_fresh(form: PaperForm, case: Case) -> bool:
    """A second click, or somebody's act in between, issues nothing."""
    if form.seen.data == stamp(case):
        return True
    form.seen.data = stamp(case)
    form.form_errors.append(
        _(
            "Vụ việc vừa có thay đổi trong lúc anh/chị đang soạn. Chưa có gì được ban hành: mời "
            "xem lại vụ việc, rồi bấm lần nữa."
        )
    )
    return False


def _page(ground: Ground, form: PaperForm) -> Response:
    html = render_template(
        "papers/paper.html",
        form=form,
        groups=by_place(form),
        kind=PAPERS[ground.code],
        case=ground.case,
        unit=ground.unit,
    )
    return make_response(html, BAD if form.is_submitted() else 200)
