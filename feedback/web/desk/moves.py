"""How each move of a case is made, once its form is good and the case stands as it was seen."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback import clock, db, intake, matters
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.rules.lifecycle import CASE_STATUSES, MOVES, MoveRefused
from feedback.web import here, words
from feedback.web.desk import evidence, papering, petitioning
from feedback.web.desk.choices import destinations
from feedback.web.desk.offers import offered, stamp
from forms.casework import ask_for_files_again
from forms.move_form import MoveForm

# What is said once it is done.
DONE: dict[str, Any] = {
    "attend": _l("Đã ghi lại; báo động được tắt."),
    "alert": _l("Đã báo khẩn cho người trực."),
    "accept": _l("Anh/chị đã nhận việc này."),
    "reclassify": _l("Đã phân loại lại."),
    "assign": _l("Đã giao việc."),
    "note": _l("Đã lưu ghi chú nội bộ."),
    "ask": _l("Đã gửi câu hỏi cho phụ huynh."),
    "answer": _l("Đã gửi trả lời; phụ huynh đọc được ngay."),
    "transfer": _l("Đã chuyển vụ việc."),
    "refuse": _l("Đã báo phụ huynh là không xử lý, kèm lý do."),
    "close": _l("Đã kết thúc vụ việc."),
    "reopen": _l("Đã mở lại vụ việc, với hạn trả lời mới."),
    "escalate": _l("Đã chuyển cấp trên xem lại."),
    "hold_back": _l("Đã để vào mục “Nghi là tin rác”. Lúc nào cũng lấy lại được."),
    "let_in": _l("Đã đưa vào hộp việc; hạn tính từ ngày nhận."),
    **petitioning.DONE,
}


def make(case: Case, code: str, form: MoveForm) -> bool:
    """Make a move that goes without a paper; with one it is made where its paper is drawn up."""
    if code in offered(case) and papering.must_have_paper(case, code):
        raise MoveRefused(_("Luật yêu cầu bước này phải có văn bản. Mời mở bước này để làm kèm."))
    return carry_out(case, code, form)


def carry_out(case: Case, code: str, form: MoveForm) -> bool:
    """Make a move as its form says. False when the form must be mended; `MoveRefused` says why not.

    The caller commits.
    """
    if code not in offered(case):
        raise MoveRefused(_why_not(case, code))
    if not form.validate_on_submit():
        return False
    stored = evidence.take(form)
    if stored is None or not _is_fresh(form, case):
        return False
    files = tuple(intake.attachment(one) for one in stored)
    VERBS[code](case, here.act(form.says(), files), form)
    return True


def rehearse(case: Case, code: str, form: MoveForm) -> None:
    """Make a move whose form is good, without its files, to see what comes of it.

    The caller takes it back.
    """
    if code not in offered(case):
        raise MoveRefused(_why_not(case, code))
    VERBS[code](case, here.act(form.says()), form)


def _is_fresh(form: MoveForm, case: Case) -> bool:
    """Whether the case still stands as the officer saw it; else that is said, once."""
    if form.seen.data == stamp(case):
        return True
    form.seen.data = stamp(case)
    form.form_errors.append(
        _(
            "Có người vừa thay đổi vụ việc này trong lúc anh/chị đang mở trang. Chưa có gì được "
            "ghi: mời xem lại thay đổi, rồi bấm lần nữa."
        )
    )
    if hasattr(form, "files"):
        ask_for_files_again(form.files)
    return False


def _why_not(case: Case, code: str) -> str:
    if case.owner_id not in here.scope().own:
        return str(_("Vụ việc này đang do %(unit)s giải quyết.", unit=case.owner.name))
    move = case.machine.moves.get(code)
    known = move is not None and case.status in move.paths
    if known and (refusal := case.why_not(code, clock.today())):
        return words.said(refusal)
    if code in case.machine.moves and (
        refusal := case.who_may_not(code, here.officer(), clock.today())
    ):
        return str(_(refusal))
    told = _(
        "Vụ việc đang ở bước “%(status)s”: bảng các bước không cho “%(move)s” ở đây. Mời xem lại "
        "bên dưới.",
        status=_(CASE_STATUSES[case.status].label),
        move=_(MOVES[code].label),
    )
    return str(told)


def _reclassify(case: Case, act: Act, form: Any) -> None:
    matters.reclassify(case, act, *form.codes())


def _assign(case: Case, act: Act, form: Any) -> None:
    case.assign(act, db.session.get_one(Officer, int(form.handler.data)))


def _answer(case: Case, act: Act, form: Any) -> None:
    case.answer(act, form.outcome.data, form.done.data)
    if form.unshown.data:
        event = case.events[-1]
        event.detail = {**event.detail, "unshown": form.unshown.data}


def _transfer(case: Case, act: Act, form: Any) -> None:
    case.transfer(act, next(u for u in destinations(case) if u.code == form.unit.data))


def _escalate(case: Case, act: Act, _form: Any) -> None:
    above = case.owner.manager
    if above is not None:
        case.escalate(act, above)


# A test holds these against MOVE_FORMS and the table of moves.
VERBS: dict[str, Callable[[Case, Act, Any], None]] = {
    "attend": lambda case, act, _: case.attend(act),
    "alert": lambda case, act, _: case.alert(act, cause="officer"),
    "accept": lambda case, act, _: case.accept(act),
    "reclassify": _reclassify,
    "assign": _assign,
    "note": lambda case, act, _: case.add_note(act),
    "ask": lambda case, act, _: case.ask(act),
    "answer": _answer,
    "transfer": _transfer,
    "refuse": lambda case, act, form: case.refuse(act, form.reason.data),
    "close": lambda case, act, _: case.close(act),
    "reopen": lambda case, act, _: case.reopen(act),
    "escalate": _escalate,
    "hold_back": lambda case, act, _: case.hold_back(act),
    "let_in": lambda case, act, _: case.let_in(act),
    **petitioning.VERBS,
}
