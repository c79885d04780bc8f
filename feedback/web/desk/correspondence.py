"""Correspondence: the letters of a case, the talk since, and their files, as the desk sees them."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback import db, identities, rights
from feedback.models.cases import Case
from feedback.models.events import Message
from feedback.models.submissions import CHANNELS, Attachment, Submission
from feedback.rules.about import ABOUT
from feedback.shelf import DOCX, JPEG, PDF
from feedback.web import contacts, here, words
from feedback.web.desk import groups
from feedback.web.held import held

FILE_WORDS = {JPEG: _l("Ảnh %(n)s"), PDF: _l("Tệp PDF %(n)s"), DOCX: _l("Tệp Word %(n)s")}
SAID_AS = {
    "ask": _l("hỏi phụ huynh"),
    "answer": _l("trả lời"),
    "transfer": _l("chuyển vụ việc"),
    "refuse": _l("không xử lý"),
    "escalate": _l("đề nghị xem lại"),
    "note": _l("ghi chú nội bộ"),
    "dispute": _l("báo chưa ổn"),
    "appeal": _l("viết đơn lần hai (chờ chữ ký)"),
}


def original(submission: Submission, case: Case) -> dict[str, Any]:
    """One letter as it came in, from whom and how."""
    about = ABOUT.get(submission.about_code)
    return {
        "at": words.moment(submission.received_at),
        "text": submission.text,
        "wish": submission.wish,
        "danger": submission.danger,
        "files": files(submission.attachments),
        "facts": [
            (_("Đến bằng"), _(CHANNELS[submission.channel_code])),
            (_("Nơi đặt mã"), submission.point.place if submission.point else ""),
            (_("Người nhận"), submission.taken_by.name if submission.taken_by else ""),
            (_("Liên quan đến"), _(about.label) if about else ""),
            (_("Cụ thể"), submission.about_text),
            *_contact(submission, case),
            *groups.facts(submission, case),
        ],
    }


def _contact(submission: Submission, case: Case) -> list[tuple[str, str]]:
    """How to reach the sender: opened only at the desk that answers the case."""
    if submission.sender is None:
        return [(_("Người gửi"), _("Ẩn danh"))]
    if case.owner_id not in here.scope().own:
        return [(_("Người gửi"), _("Có để lại liên hệ; chỉ đơn vị giải quyết thấy."))]
    if submission.sender.in_envelope:
        return [(_("Người gửi"), _("Đã niêm phong; hai cán bộ cùng mở."))]
    if rights.is_restricted(db.session(), submission):
        return [(_("Người gửi"), _("Đã yêu cầu hạn chế: liên hệ không được dùng nữa."))]
    contacts.opened(case)
    contact = identities.contact_of(submission, here.keys())
    return [
        (_("Người gửi"), contact.name or _("Không ghi tên")),
        (_("Điện thoại"), contact.phone),
        (_("Thư điện tử"), contact.email),
        (_("Địa chỉ"), contact.address),
    ]


def bubble(message: Message, case: Case) -> dict[str, Any]:
    """One message of the thread: whose, when, in which step."""
    return {
        "side": _side(message),
        "who": _("Phụ huynh") if message.from_parent else _author(message),
        "at": _said(message),
        "text": message.text,
        "files": files(message.attachments),
    }


def _said(message: Message) -> str:
    at = words.moment(message.at)
    if message.move_code not in SAID_AS:
        return at
    return str(_("%(what)s lúc %(at)s", what=SAID_AS[message.move_code], at=at))


def _side(message: Message) -> str:
    if message.internal:
        return "note"
    return "parent" if message.from_parent else "unit"


def _author(message: Message) -> str:
    return message.officer.name if message.officer else str(_("Hệ thống"))


# --- files --------------------------------------------------------------------------------------


def files(attachments: Sequence[Attachment]) -> list[dict[str, str]]:
    """Links to files; their own names were never kept, so they are numbered."""
    kept = held(attachments)
    return [
        _file(attachment, number, kept.get(attachment.id, ""))
        for number, attachment in enumerate(attachments, 1)
    ]


def _file(attachment: Attachment, number: int, held_why: str) -> dict[str, str]:
    if held_why:
        return {"name": held_why, "href": "", "picture": ""}
    href = url_for("desk.attachment", name=attachment.name)
    return {
        "name": str(FILE_WORDS[attachment.media_type]) % {"n": number},
        "href": href,
        "picture": href if attachment.media_type == JPEG else "",
    }
