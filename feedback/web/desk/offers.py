"""The moves that the page of a case offers: to whom, with which choices and which consequence."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback import clock, db, permissions, recusing
from feedback.models.cases import Case
from feedback.models.signings import SigningRequest
from feedback.rules.lifecycle import STAFF, Move, moves_from
from feedback.web import here
from feedback.web.desk import choices, papering, petitioning, rows
from feedback.web.desk.papering import Papers
from forms.casework import MOVE_FORMS
from forms.move_form import MoveForm, is_field

# What stands on the button.
BUTTONS: dict[str, Any] = {
    "attend": _l("Đã xử lý, tắt báo động"),
    "alert": _l("Báo khẩn"),
    "accept": _l("Nhận xử lý"),
    "reclassify": _l("Đổi phân loại"),
    "assign": _l("Giao việc"),
    "note": _l("Lưu ghi chú"),
    "ask": _l("Gửi câu hỏi"),
    "answer": _l("Gửi trả lời"),
    "transfer": _l("Chuyển vụ việc"),
    "refuse": _l("Không xử lý việc này"),
    "close": _l("Kết thúc"),
    "reopen": _l("Mở lại"),
    "escalate": _l("Chuyển cấp trên xem lại"),
    "hold_back": _l("Nghi là tin rác"),
    "let_in": _l("Không phải tin rác"),
    **petitioning.BUTTONS,
}
# Where the table has none, because not only the staff make this move.
CONSEQUENCES = {"alert": _l("Người trực bảo vệ trẻ em được báo ngay; hạn tính bằng giờ.")}
TONES = {
    "accept": "main",
    "let_in": "main",
    "attend": "danger",
    "alert": "danger",
    "refuse": "danger",
}
UPWARDS = frozenset({"escalate", "lodge_again", "take_up"})


# What a draft of words alone keeps: the note, and the result or the ground.
IN_WORDS = frozenset({"seen", "note", "result", "reason"})


@dataclass(frozen=True, slots=True)
class Offer:
    """A move as the page shows it: a button with its consequence, or a form that opens."""

    code: str
    title: str
    consequence: str
    verb: str
    tone: str
    form: MoveForm
    action: str
    # Where the answer's form goes to have a template put in.
    insert: str = ""
    # Where the move is made together with its papers, and which they are.
    papers: Papers | None = None


Posted = tuple[str, MoveForm]


def offered(case: Case, posted: Posted | None = None) -> dict[str, Offer]:
    """What this officer may do now, as the table orders it; a posted form keeps what it holds."""
    codes = [m.code for m in permissions.moves(here.scope(), case) if leads_on(m.code, case)]
    return {
        code: _offer(case, code, posted[1] if posted and posted[0] == code else _blank(code, case))
        for code in sorted(codes, key=lambda code: code == "alert")
    }


def _offer(case: Case, code: str, form: MoveForm) -> Offer:
    move = case.machine.moves[code]
    where: dict[str, Any] = {**rows.list_arguments(), "reference": case.reference}
    return Offer(
        code=code,
        title=_(move.label),
        consequence=_(move.consequence) if move.consequence else str(CONSEQUENCES.get(code, "")),
        verb=button(case, code),
        tone=TONES.get(code, ""),
        form=form,
        action=url_for("desk.move", move=code, **where),
        insert=url_for("replies.insert", _anchor="reply", **where) if code == "answer" else "",
        papers=papering.papers(case, code, where),
    )


def button(case: Case, code: str) -> str:
    """What stands on the button of a move in this case."""
    return petitioning.button(case, code) or str(BUTTONS[code])


def leads_on(code: str, case: Case) -> bool:
    """Whether the move leads anywhere from here."""
    if code == "alert":
        return not case.alarmed
    if code in UPWARDS and case.owner.manager is None:
        return False
    return not case.why_not(code, clock.today()) and (
        code in MOVE_FORMS and (code != "transfer" or bool(choices.destinations(case)))
    )


def to_prepare(case: Case) -> list[Move]:
    """What this officer may lay before somebody else for a signature now."""
    scope, found = here.scope(), moves_from(case.machine, case.status, STAFF)
    signed = [move for move in found if move.signed and move.code in MOVE_FORMS]
    # An opinion has none: its drafts are not even looked for.
    if not signed or case.owner_id not in scope.own or case.draft:
        return []
    if not _somebody_else_signs(case):
        return []
    return [
        move
        for move in signed
        if not case.why_not(move.code, clock.today())
        and case.who_may_not(move.code, scope.officer, scope.on)
    ]


def is_laid_in_words(code: str) -> bool:
    """Whether words and a finding say all of the step; if not, its whole form is laid."""
    asked = {name for name in dir(MOVE_FORMS[code]) if is_field(getattr(MOVE_FORMS[code], name))}
    return asked <= IN_WORDS


def _somebody_else_signs(case: Case) -> bool:
    """A draft laid before nobody but oneself would wait for ever."""
    found = recusing.signers(db.session(), case, clock.today())
    return any(one.id != here.officer().id for one in found)


# --- the forms --------------------------------------------------------------------------------


def stamp(case: Case) -> str:
    """How the case stands: changes with every act on it, a note and a parent's word included."""
    return f"{case.version}.{len(case.events)}"


def _blank(code: str, case: Case) -> MoveForm:
    """A form to fill in; for who signs, the draft is in it already."""
    draft = case.draft
    if draft is None or draft.move_code != code:
        return blank(code, case, {})
    return blank(code, case, proposed(draft))


def proposed(draft: SigningRequest) -> dict[str, str]:
    """The fields of a step's form, filled as the draft has them."""
    return {"note": draft.text, "result": draft.choice_code, "reason": draft.choice_code}


def blank(code: str, case: Case, proposed: Mapping[str, str]) -> MoveForm:
    """The form of a move, with what is proposed for it."""
    now = {"seen": stamp(case), **proposed}
    if code == "reclassify":
        now |= {"kind": case.kind_code, "subject": case.subject_code, "about": case.about_code}
    form = MOVE_FORMS[code](formdata=None, data=now)
    choices.offer(form, code, case)
    return form


def posted_form(code: str, case: Case) -> MoveForm:
    """The form of this request; a move that has none does not exist."""
    move = case.machine.moves.get(code)
    if code not in MOVE_FORMS or (move and STAFF not in move.who):
        abort(404)
    form = MOVE_FORMS[code]()
    choices.offer(form, code, case)
    return form
