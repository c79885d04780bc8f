"""The page of one matter as its sender sees it: where it stands, by when, and what was said."""

from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, joining, reckoning
from feedback.models.cases import Case
from feedback.models.events import CaseEvent, Message
from feedback.models.submissions import Attachment
from feedback.models.units import Unit
from feedback.rules.lifecycle import CASE_STATUSES, PARENT, moves_from
from feedback.rules.outcomes import OUTCOMES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.refusals import REFUSALS
from feedback.rules.subjects import SUBJECTS
from feedback.shelf import JPEG
from feedback.web import here, words
from feedback.web.held import held
from feedback.web.public import appeals, data_rights, petitions, photos, promises
from feedback.web.public.doors import Letterhead
from feedback.web.public.lookups import Found

DENUNCIATION = "TC"


@dataclass(frozen=True, slots=True)
class Thread:
    """One matter in plain words. A denunciation's own words are not among them."""

    code: str
    reference: str
    # The matters a split letter became, this one among them; none when it was not split.
    parts: list[dict[str, Any]]
    # What stands on the receipt, when another matter answers for it.
    joined_as: str
    kind: str
    subject: str
    status: str
    state: str
    stage: int
    deadline: dict[str, Any] | None
    terms: list[dict[str, Any]]
    # A đơn that lies unhandled longer than the law bears.
    too_long: bool
    bubbles: list[dict[str, Any]]
    secret: bool
    hidden: bool
    held: bool
    alarmed: bool
    owner: str
    # The unit that could look at it a second time; empty when it has, or there is none.
    manager: str
    reopened: int
    solved: bool | None
    face: int | None
    can: frozenset[str]
    refusal: tuple[str, ...]
    unit: Letterhead
    # A đơn to print and sign is offered; `late` once it comes without the words of the sender.
    unsigned: bool
    late: bool
    again: appeals.Second | None
    # What the sender may ask about their data, and has asked.
    rights: data_rights.Rights
    # The days on which the sealed identity left the server.
    opened: tuple[str, ...]
    sealed: bool


def of(found: Found) -> Thread:
    case = found.case
    manager = case.owner.manager
    return Thread(
        code=found.code,
        reference=case.reference,
        parts=_parts(found),
        joined_as=_joined_as(found),
        kind=_(PETITION_KINDS[case.kind_code].label),
        subject=_(SUBJECTS[case.subject_code].label),
        status=_(CASE_STATUSES[case.status].label),
        state=case.status,
        stage=case.stage - 1,
        deadline=_deadline(case),
        terms=_terms(case),
        too_long=_too_long(case),
        bubbles=_bubbles(found),
        secret=is_secret(found),
        hidden=case.hidden_from_school,
        held=case.is_held,
        alarmed=case.alarmed,
        owner=Letterhead.of(case.owner).who,
        manager=manager.name if manager and not case.escalated_on else "",
        reopened=case.reopened,
        solved=case.solved,
        face=case.face,
        can=_can(found),
        refusal=_refusal(case),
        unit=Letterhead.of(case.owner),
        unsigned=petitions.is_offered(case),
        late=not petitions.is_fresh(found.submission, clock.now()),
        again=appeals.of(case),
        rights=data_rights.of(found, secret=is_secret(found)),
        opened=_opened(found),
        sealed=bool(found.submission.sender and found.submission.sender.in_envelope),
    )


def show(thread: Thread, forms: dict[str, Any], say: dict[str, Any], status: int = 200) -> Response:
    """The page: never by an address that holds the code, so it answers the post itself."""
    html = render_template(
        "tracking/look_up_thread.html",
        thread=thread,
        forms=forms,
        say=say,
        unit=thread.unit,
        other_lang_url=None,
    )
    return make_response(html, status)


def _opened(found: Found) -> tuple[str, ...]:
    """When two officers opened the identity of this sender."""
    own = [one for one in found.case.openings if one.submission_id == found.submission.id]
    return tuple(words.moment(one.handed_out_at) for one in own if one.handed_out_at)


def _parts(found: Found) -> list[dict[str, Any]]:
    """All parts of a letter with their stages, in the order they came to be."""
    if len(found.parts) == 1:
        return []
    return [
        {
            "reference": case.reference,
            "kind": _(PETITION_KINDS[case.kind_code].label),
            "subject": _(SUBJECTS[case.subject_code].label),
            "owner": Letterhead.of(case.owner).who,
            "status": _(CASE_STATUSES[case.status].label),
            "stage": case.stage - 1,
            "deadline": _deadline(case),
            "here": case is found.case,
        }
        for case in found.parts
    ]


def _joined_as(found: Found) -> str:
    joined = joining.joined_to(db.session(), found.case)
    own = (one.reference for one in joined if found.submission.id in one.letters_joined())
    return next(own, "")


def _can(found: Found) -> frozenset[str]:
    """What the sender may do; one of several says once that it is solved."""
    case = found.case
    can = {move.code for move in moves_from(case.machine, case.status, PARENT)}
    if found.submission.id in case.agreed():
        can.discard("confirm")
    return frozenset(can)


def is_secret(found: Found) -> bool:
    """A denunciation's words stay closed, also in the letter it was split from."""
    kinds = {found.case.kind_code, found.submission.kind_code}
    if found.submission.part_of_id is None:
        kinds |= {case.kind_code for case in found.parts}
    return DENUNCIATION in kinds


def _deadline(case: Case) -> dict[str, Any] | None:
    promise = promises.owed(case, here.calendar()) if case.is_open else None
    if promise is None:
        return None
    return {
        "day": words.day_alone(promise.on),
        "distance": words.distance(promise.on, clock.today()),
        "why": words.lines(promise.why),
        "late": promise.on < clock.today(),
    }


def _terms(case: Case) -> list[dict[str, Any]]:
    """Every term, each with its day and why that day."""
    if not case.is_open:
        return []
    return [
        {
            "label": _(term.label),
            "day": words.day_alone(term.on),
            "distance": words.distance(term.on, clock.today()),
            "why": words.lines(term.why),
        }
        for term in promises.running(case, here.calendar())
    ]


def _too_long(case: Case) -> bool:
    limit = reckoning.hard_limit(case, clock.today())
    return limit is not None and limit.due_on < clock.today()


def _refusal(case: Case) -> tuple[str, ...]:
    """Why it was not taken up, and what can be done instead."""
    refusal = REFUSALS.get(case.refusal_code or "") if case.status == "refused" else None
    return tuple(_(part) for part in (refusal.label, refusal.advice) if part) if refusal else ()


# --- what was said ----------------------------------------------------------------------------


def _bubbles(found: Found) -> list[dict[str, Any]]:
    """The sender's words and the office's, in order; never a note, never another sender's words."""
    own = [] if is_secret(found) else [_first(found)]
    answers = iter([e for e in found.case.events if e.move_code == "answer"])
    said = [
        (m, next(answers, None) if m.move_code == "answer" else None)
        for m in found.case.messages
        if not m.internal
    ]
    return own + [_bubble(m, answer) for m, answer in said if _is_heard(m, found)]


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
