"""Tệp bị giữ: the files of a matter that go out to nobody, and what becomes of them."""

from dataclasses import dataclass

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, db, quarantine
from feedback.models.cases import Case
from feedback.models.submissions import Attachment
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.scans import DECISIONS, DESTROY, RELEASE
from feedback.web import here, proof, words
from feedback.web.desk import rows
from feedback.web.held import held
from forms.held_files import HeldFileForm

blueprint = Blueprint("held_files", __name__)

BAD, CONFLICT = 422, 409
PAGE = "/viec/<reference>/tep-bi-giu"
DONE = {
    RELEASE: "Đã trả lại tệp; người được xem vụ việc mở được tệp này.",
    DESTROY: "Đã hủy tệp.",
}


@dataclass(frozen=True, slots=True)
class Row:
    """One held file as the page shows it; without a form nobody can decide about it yet."""

    file_id: int
    why: str
    where: str
    signature: str
    at: str
    form: HeldFileForm | None


@blueprint.app_template_global("held_files_of")
def count_of(reference: str) -> int:
    """How many files of a matter are held, for who answers it: a line on its page."""
    case = access.find_case(db.session(), here.scope(), reference)
    return len(_files(case)) if case is not None and case.owner_id in here.scope().own else 0


@blueprint.get(PAGE)
def held_files(reference: str) -> Response:
    return _page(_found(reference))


@blueprint.post(f"{PAGE}/<int:file_id>")
def decide(reference: str, file_id: int) -> Response:
    case = _found(reference)
    file = next((one for one in _files(case) if one.id == file_id), None)
    if file is None or not _signs(case):
        abort(404)
    answer: Response = _decided(case, file)
    return answer


@proof.fresh
def _decided(case: Case, file: Attachment) -> Response:
    form = _form(file)
    if not form.validate_on_submit():
        return _page(case, form, BAD)
    gone = ""
    try:
        if form.decision.data == DESTROY:
            gone = quarantine.destroy(db.session(), file, here.act(form.note.data))
        else:
            quarantine.release(db.session(), file, here.act(form.note.data))
        db.session.commit()
    except (MoveRefused, IntegrityError, StaleDataError):
        db.session.rollback()
        abort(CONFLICT)
    if gone:
        here.shelf().remove(gone)  # the row is gone for good: now the bytes may go
    flash(_(DONE[form.decision.data]), "ok")
    return redirect(url_for("held_files.held_files", reference=case.reference))


# --- what is on the page ------------------------------------------------------------------------


def _found(reference: str) -> Case:
    """A matter at the desk that answers it; for anybody else there is no such page."""
    case = access.find_case(db.session(), here.scope(), reference)
    return case if case is not None and case.owner_id in here.scope().own else abort(404)


def _signs(case: Case) -> bool:
    return case.owner_id in here.scope().signs


def _files(case: Case) -> dict[Attachment, str]:
    """Those held in what came in and in the thread as this officer reads it; where each stands."""
    every: dict[Attachment, str] = {}
    for letter in case.submissions:
        where = _("Lời người gửi, %(at)s", at=words.moment(letter.received_at))
        every |= dict.fromkeys(letter.attachments, str(where))
    for message in access.thread(here.scope(), case):
        where = _("Trao đổi, %(at)s", at=words.moment(message.at))
        every |= dict.fromkeys(message.attachments, str(where))
    kept = held(every)
    return {file: where for file, where in every.items() if file.id in kept}


def _page(case: Case, filled: HeldFileForm | None = None, status: int = 200) -> Response:
    files = _files(case)
    why = held(files)
    html = render_template(
        "held_files/held_files.html",
        reference=case.reference,
        back=rows.case_href(case.reference, rows.list_arguments()),
        files=[_row(case, file, (why[file.id], files[file]), filled) for file in files],
        signs=_signs(case),
    )
    return make_response(html, status)


def _row(case: Case, file: Attachment, said: tuple[str, str], filled: HeldFileForm | None) -> Row:
    scan = quarantine.scan_of(db.session(), file)
    if scan is None:
        return Row(file.id, *said, "", "", None)
    mine = filled is not None and filled._prefix == _prefix(file)
    form = (filled if mine else _form(file)) if _signs(case) else None
    return Row(file.id, *said, scan.signature, words.moment(scan.scanned_at), form)


def _prefix(file: Attachment) -> str:
    return f"file{file.id}-"


def _form(file: Attachment) -> HeldFileForm:
    form = HeldFileForm(prefix=_prefix(file))
    form.offer([(code, _(label)) for code, label in DECISIONS.items()])
    return form
