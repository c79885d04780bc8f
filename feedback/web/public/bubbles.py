"""Bubbles: what was said in a matter, in order, as its sender may read it."""

from typing import Any

from flask import url_for
from flask_babel import gettext as _

from feedback import clock, db
from feedback.models.events import CaseEvent, Message
from feedback.models.submissions import Attachment
from feedback.models.units import Unit
from feedback.rules.outcomes import OUTCOMES
from feedback.rules.petitions import DENUNCIATION
from feedback.shelf import JPEG
from feedback.web import words
from feedback.web.held import held
from feedback.web.public import photos
from feedback.web.public.doors import Letterhead
from feedback.web.public.lookups import Found


def said(found: Found) -> list[dict[str, Any]]:
    """The sender's words and the office's, in order; never a note, never another sender's words."""
    own = [] if is_secret(found) else [_first(found)]
    answers = iter([e for e in found.case.events if e.move_code == "answer"])
    said = [
        (m, next(answers, None) if m.move_code == "answer" else None)
        for m in found.case.messages
        if not m.internal
    ]
    return own + [_bubble(m, answer) for m, answer in said if _is_heard(m, found)]


def is_secret(found: Found) -> bool:
    """A denunciation's words stay closed, also in the letter it was split from."""
    kinds = {found.case.kind_code, found.submission.kind_code}
    if found.submission.part_of_id is None:
        kinds |= {case.kind_code for case in found.parts}
    return DENUNCIATION in kinds


def _is_heard(message: Message, found: Found) -> bool:
    """The sender's own words and what was said to them, or to all since they joined."""
    if message.submission_id is not None:
        mine = message.submission_id == found.submission.id
        return mine and not (message.from_parent and is_secret(found))
    if message.from_parent:
        alone = len(found.case.letter_ids) == 1
        return alone and not is_secret(found)
    return message.at >= found.case.joined_at(found.submission.id)


def _first(found: Found) -> dict[str, Any]:
    submission = found.submission
    parts = [submission.text]
    if submission.wish:
        parts.append(_("Mong muốn: %(wish)s", wish=submission.wish))
    return {
        "side": "parent",
        "who": _("Anh/chị"),
        "at": words.moment(submission.received_at),
        "text": "\n\n".join(parts),
        "files": _files(submission.attachments),
    }


def _bubble(message: Message, answer: CaseEvent | None) -> dict[str, Any]:
    return {
        "side": "parent" if message.from_parent else "unit",
        "who": _("Anh/chị") if message.from_parent else _speaker(message),
        "at": words.moment(message.at),
        "text": "\n\n".join([*_came_of_it(answer), message.text]),
        "files": _files(message.attachments),
    }


def _speaker(message: Message) -> str:
    """The unit speaks, not the clerk."""
    unit = db.session.get(Unit, message.unit_id)
    if unit is None:
        return ""
    if message.move_code == "transfer":
        return str(_("Chuyển đến %(unit)s", unit=unit.name))
    return Letterhead.of(unit).who


def _came_of_it(answer: CaseEvent | None) -> list[str]:
    """What an answer said was done, before its words."""
    if answer is None or "outcome" not in answer.detail:
        return []
    outcome = OUTCOMES.get(answer.detail["outcome"][1])
    done = answer.detail.get("done", "")
    lines = [_("Kết quả: %(outcome)s", outcome=_(outcome.label))] if outcome else []
    return ["\n".join([*lines, _("Đã làm: %(done)s", done=done)])] if done else lines


def _files(attachments: list[Attachment]) -> list[dict[str, Any]]:
    """Each by a ticket that lasts half an hour and says nothing."""
    shown = []
    kept = held(attachments)
    for number, attachment in enumerate(attachments, 1):
        if attachment.id in kept:
            shown.append({"name": kept[attachment.id], "href": "", "picture": ""})
            continue
        ticket = photos.ticket(attachment.id, clock.now())
        href = url_for("tracking.attached", ticket=ticket, lang=None)
        is_picture = attachment.media_type == JPEG
        name = _("Ảnh %(n)s", n=number) if is_picture else _("Tệp %(n)s", n=number)
        shown.append({"name": name, "href": href, "picture": href if is_picture else ""})
    return shown
