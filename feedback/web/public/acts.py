"""ACTS: what a sender may do on the page of a matter, each with its form and what it does."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, joining
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.outcomes import FACES
from feedback.web.public import data_rights, doors, threads
from feedback.web.public.lookups import Found
from feedback.web.public.threads import Thread
from forms import tracking as forms
from forms.data_rights import ConsentBackForm, DataRequestForm


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
    return {kind.code: form_of(kind, None, thread) for kind in ACTS.values()}


def form_of(kind: ActKind, data: Any, thread: Thread) -> Any:
    """The form of one act, filled from `data`, and with a fresh key."""
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
