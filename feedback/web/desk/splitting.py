"""Tách thư có nhiều nội dung: first what would come of it, then (`step` do) doing it."""

import hashlib
import json

from flask import (
    Blueprint,
    abort,
    flash,
    make_response,
    redirect,
    render_template,
    request,
)
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from analysis.excerpts import is_excerpt
from feedback import access, db, permissions, splitting
from feedback.models.cases import Case
from feedback.rules.about import ABOUT
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import subjects_for
from feedback.web import here
from feedback.web.desk import correspondence, rows
from feedback.web.desk.offers import stamp
from forms.splitting import SplitForm

blueprint = Blueprint("splitting", __name__)

BAD, CONFLICT = 422, 409


@blueprint.route("/viec/<reference>/tach", methods=["GET", "POST"])
def split(reference: str) -> Response:
    case = _found(reference)
    form = _form(case)
    if not form.is_submitted():
        return _page(case, form)
    if not form.validate():
        return _page(case, form, status=BAD)
    way = splitting.way_of(db.session(), case, _codes(form))
    sure = request.form.get("step") == "do"
    if sure and form.shown.data == _fingerprint(case, form, way):
        return _write(case, form, way)
    form.shown.data = _fingerprint(case, form, way)
    if sure:
        flash(_("Có điều vừa thay đổi. Chưa ghi gì: mời xem lại rồi bấm lần nữa."), "warn")
    return _page(case, form, way, CONFLICT if sure else 200)


def _found(reference: str) -> Case:
    """A case that this officer may split; any other is not there."""
    case = access.find_case(db.session(), here.scope(), reference)
    if case is None or not permissions.may(here.scope(), case, "split"):
        abort(404)
    if not splitting.may_be_split(case):
        abort(404)
    return case


def _form(case: Case) -> SplitForm:
    form = SplitForm(text="", kept=case.submission.text)
    form.offer(
        [(kind.code, _(kind.label)) for kind in PETITION_KINDS.values()],
        [(subject.code, _(subject.label)) for subject in subjects_for(case.unit.level)],
        [(about.code, _(about.label)) for about in ABOUT.values()],
        [
            (str(file.id), _("Tệp %(n)s", n=number))
            for number, file in enumerate(case.submission.attachments, 1)
        ],
    )
    return form


def _codes(form: SplitForm) -> tuple[str, str, str]:
    return form.kind.data, form.subject.data, form.about.data


def _fingerprint(case: Case, form: SplitForm, way: splitting.Way) -> str:
    """Changes with the words, the choices, the way they lead and how the case stands."""
    typed = {item.name: item.data for item in form if item.name not in ("shown", "csrf_token")}
    told = [typed, stamp(case), way.owner.id, way.leaves]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def _write(case: Case, form: SplitForm, way: splitting.Way) -> Response:
    part = splitting.Part(
        *_codes(form),
        text=form.text.data,
        kept=form.kept.data,
        about_text=form.about_text.data,
        kept_files=form.kept_files(),
    )
    try:
        new = splitting.split(db.session(), case, part, here.act(), here.keys())
        db.session.commit()
    except (MoveRefused, StaleDataError, IntegrityError):
        db.session.rollback()  # somebody was quicker
        abort(CONFLICT)
    flash(_("Đã tách. Nếu thư còn việc khác, có thể tách tiếp từ đây."), "ok")
    stays = new if way.leaves else case
    return redirect(rows.case_href(stays.reference, rows.list_arguments()))


def _page(
    case: Case, form: SplitForm, way: splitting.Way | None = None, status: int = 200
) -> Response:
    html = render_template(
        "splitting/split.html",
        form=form,
        case=case,
        letter=case.submission,
        files=correspondence.files(case.submission.attachments),
        way=way,
        verbatim=way is not None and is_excerpt(form.text.data, case.submission.text),
        action=rows.split_href(case.reference, rows.list_arguments()),
        back=rows.case_href(case.reference, rows.list_arguments()),
    )
    return make_response(html, status)
