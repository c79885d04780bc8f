"""ACTS: what a sender may do on the page of a matter, each done once however often it is sent."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from typing import Any

from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from analysis.urgency import alarms
from feedback import clock, codes, db, intake, joining
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.outcomes import FACES
from feedback.web import here, words
from feedback.web.public import data_rights, doors, photos, threads
from feedback.web.public.lookups import Found
from feedback.web.public.photos import Photos
from feedback.web.public.sending import BAD, CANNOT_STORE, NOT_STORED, TRY_AGAIN_AFTER
from feedback.web.public.threads import Thread
from forms import tracking as forms
from forms.data_rights import ConsentBackForm, DataRequestForm

CONFLICT = 409


def _reply(case: Case, act: Act, _form: Any, _sender: int) -> str:
    case.reply(act)
    return str(_("Đã gửi thêm. Nơi trả lời được báo ngay."))


def _confirm(case: Case, act: Act, _form: Any, sender: int) -> str:
    if len(case.letter_ids) > 1 and case.waits_for(sender):
        case.agree(act, sender)
        return str(_("Đã ghi nhận. Cảm ơn anh/chị. Việc này còn chờ những người gửi khác."))
    case.confirm(act, None)
    return str(_("Đã ghi nhận: việc này đã được giải quyết. Cảm ơn anh/chị."))


def _rate(case: Case, _act: Act, form: Any, _sender: int) -> str:
    if case.solved and case.face is None:
        case.rate(int(form.face.data))
    return str(_("Cảm ơn anh/chị đã cho biết."))


def _dispute(case: Case, act: Act, form: Any, sender: int) -> str:
    if "to" in form and form.to.data == forms.MANAGER:
        return _escalate(case, act, form, sender)
    case.dispute(act, None)
    return str(_("Đã mở lại việc này. Nơi trả lời được báo ngay."))


def _escalate(case: Case, act: Act, _form: Any, _sender: int) -> str:
    manager = case.owner.manager
    if manager is None or case.escalated_on:
        raise MoveRefused(
            _("Việc này đã được đề nghị xem lại, hoặc không còn cấp trên để xem lại.")
        )
    case.escalate(act, manager)
    return str(_("Đã chuyển đề nghị xem lại đến %(unit)s.", unit=manager.name))


def _appeal(case: Case, act: Act, _form: Any, _sender: int) -> str:
    case.appeal(act)
    return str(_("Đã lập đơn. Mời tải về, in ra, ký tên rồi mang đến nơi nhận ghi bên dưới."))


def _withdraw(case: Case, act: Act, _form: Any, sender: int) -> str:
    joining.alone(db.session(), case, sender, act).withdraw(act)
    return str(_("Đã rút phiếu. Nơi trả lời được báo ngay."))


def _data(case: Case, act: Act, form: Any, sender: int) -> str:
    return data_rights.ask(case, act, form.request.data, sender)


def _consent(case: Case, act: Act, _form: Any, sender: int) -> str:
    return data_rights.take_back_consent(case, act, sender)


@dataclass(frozen=True, slots=True)
class ActKind:
    """One act: its form and what it does. `asks`: without words, the form is shown first."""

    code: str
    form: type[Any]
    do: Callable[[Case, Act, Any, int], str]
    asks: bool = False


# By the word in the address; the code is the name of its form on the page.
ACTS: dict[str, ActKind] = {
    "viet-them": ActKind("reply", forms.ReplyForm, _reply),
    "da-on": ActKind("confirm", forms.ConfirmForm, _confirm),
    "chua-on": ActKind("dispute", forms.DisputeForm, _dispute, asks=True),
    "muc-hai-long": ActKind("rate", forms.FaceForm, _rate),
    "cap-tren": ActKind("escalate", forms.EscalateForm, _escalate),
    "lan-hai": ActKind("appeal", forms.AppealForm, _appeal),
    "rut": ActKind("withdraw", forms.WithdrawForm, _withdraw),
    "du-lieu": ActKind("data", DataRequestForm, _data),
    "rut-dong-y": ActKind("consent", ConsentBackForm, _consent),
}


def show(found: Found, tone: str = "", notice: str = "", status: int = 200) -> Response:
    """The page of a matter with its forms empty."""
    thread = threads.of(found)
    return threads.show(thread, blank_forms(thread), {"tone": tone, "notice": notice}, status)


def blank_forms(thread: Thread) -> dict[str, Any]:
    """Every form of the page, each with a key of its own."""
    return {kind.code: _form(kind, None, thread) for kind in ACTS.values()}


def _form(kind: ActKind, data: Any, thread: Thread) -> Any:
    form = kind.form(data)
    form.once.data = doors.new_key(clock.now())
    if kind.code == "rate":
        form.offer((str(face), _(label)) for face, label in FACES.items())
    if kind.code == "data":
        form.offer(data_rights.kinds())
    if kind.code == "dispute":
        form.offer(_who_looks_again(thread))
    return form


def _who_looks_again(thread: Thread) -> list[tuple[str, str]]:
    """The same unit; from the second time on also the one above it."""
    same = (forms.SAME_UNIT, _("%(unit)s giải quyết tiếp", unit=thread.owner))
    above = (forms.MANAGER, _("%(unit)s xem lại", unit=thread.manager))
    return [same, above] if thread.reopened and thread.manager else [same]


# --- one act ------------------------------------------------------------------------------------


@dataclass
class Try:
    """One post of an act, and the page as it stood before."""

    kind: ActKind
    found: Found
    thread: Thread
    form: Any
    once: codes.Once
    photos: Photos

    def back(self, status: int = BAD, tone: str = "", notice: str = "") -> Response:
        """The page with this form as it was sent, and the photos that came with it."""
        shown = blank_forms(self.thread) | {self.kind.code: self.form}
        kept = self.photos.tokens(
            codes.read_once(here.keys().once, self.form.once.data, clock.now()).id
        )
        say = {
            "tone": tone,
            "notice": notice,
            "asked": self.kind.code,
            "kept": kept,
            "again": self.photos.again,
        }
        response = threads.show(self.thread, shown, say, status)
        if status == NOT_STORED:
            response.headers["Retry-After"] = TRY_AGAIN_AFTER
        return response


def perform(kind: ActKind, found: Found, data: Any) -> Response:
    """Do it once and show the page again; or show the page with what is wrong."""
    thread = threads.of(found)
    once = codes.read_once(here.keys().once, data.get("once", ""), clock.now())
    form = _form(kind, data, thread)
    attempt = Try(kind, found, thread, form, once, Photos())
    if kind.asks and "text" not in data:
        return attempt.back(200)
    if _done(found.case, once):
        return show(found)
    if once.state != "fresh":
        return attempt.back(BAD, "warn", _late())
    try:
        return _judge(attempt, data)
    except CANNOT_STORE:
        db.session.rollback()
        return attempt.back(NOT_STORED, "danger", _not_stored())


def _late() -> str:
    return str(_("Trang này đã mở quá lâu. Chữ đã gõ vẫn còn, mời bấm gửi lần nữa."))


def _not_stored() -> str:
    return str(_("CHƯA gửi được: máy chủ tạm thời không lưu được. Mời gửi lại sau ít phút."))


def _judge(attempt: Try, data: Any) -> Response:
    valid = attempt.form.validate()
    db.session.commit()  # the photos take seconds: no transaction may be open meanwhile
    if "photos" in attempt.form:
        attempt.photos = photos.gather(data, attempt.once.id)
        attempt.form.photos.errors = [*attempt.form.photos.errors, *attempt.photos.complaints]
    if not (valid and attempt.photos.good):
        return attempt.back()
    try:
        said = _do(attempt)
    except MoveRefused as refused:
        db.session.rollback()
        db.writing.set(False)
        return show(attempt.found, "warn", words.refused(refused), CONFLICT)
    db.writing.set(False)
    return show(attempt.found, "ok", said)


def _do(attempt: Try) -> str:
    """Done and committed. Of two posts at the same moment the second finds the first."""
    db.writing.set(True)
    try:
        return _do_now(attempt)
    except (IntegrityError, StaleDataError):
        db.session.rollback()
        return _do_now(attempt)


def _do_now(attempt: Try) -> str:
    case = db.session.get(Case, attempt.found.case.id, populate_existing=True)
    if case is None or _done(case, attempt.once):
        return ""
    words = attempt.form.text.data if "text" in attempt.form else ""
    files = tuple(intake.attachment(stored) for stored in attempt.photos.kept)
    act = here.act(words, files, as_parent=True)
    before = len(case.events)
    sender, heard = attempt.found.submission.id, {id(message) for message in case.messages}
    said = attempt.kind.do(case, act, attempt.form, sender)
    _sign_words(case, heard, sender)
    for event in case.events[before:]:
        event.detail = {**event.detail, "once": _mark(attempt.once)}
    _alarm(case, act)
    db.session.commit()
    return said


def _sign_words(case: Case, heard: set[int], sender: int) -> None:
    """In a matter of several senders each reads their own words, and nobody else's."""
    for message in case.messages:
        if id(message) not in heard and message.from_parent:
            message.submission_id = sender


def _alarm(case: Case, act: Act) -> None:
    """Words of danger in what was written later raise the alarm just the same."""
    found = alarms(act.note)
    if found and not case.alarmed:
        categories = sorted({alarm.category for alarm in found})
        case.alert(replace(act, note="", files=()), cause="words", categories=categories)


def _done(case: Case, once: codes.Once) -> bool:
    """Whether this very post was done before."""
    marks = {one.hex() for one in codes.once_hashes(here.keys().track, once.id)}
    return bool(once.id) and any(event.detail.get("once") in marks for event in case.events)


def _mark(once: codes.Once) -> str:
    return codes.once_hash(here.keys().track, once.id).hex()
