"""The page of one matter as its sender sees it: where it stands, by when, and what may be done."""

from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, joining, reckoning
from feedback.models.cases import Case
from feedback.rules.lifecycle import CASE_STATUSES, PARENT, moves_from
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.refusals import REFUSALS
from feedback.rules.subjects import SUBJECTS
from feedback.web import here, words
from feedback.web.public import appeals, bubbles, data_rights, petitions, promises
from feedback.web.public.doors import Letterhead
from feedback.web.public.lookups import Found


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
    """The matter as it stands at this moment."""
    case = found.case
    return Thread(
        **_standing(case),
        code=found.code,
        parts=_parts(found),
        joined_as=_joined_as(found),
        state=case.status,
        terms=_terms(case),
        too_long=_too_long(case),
        bubbles=bubbles.said(found),
        secret=bubbles.is_secret(found),
        hidden=case.hidden_from_school,
        held=case.is_held,
        alarmed=case.alarmed,
        manager=_manager(case),
        reopened=case.reopened,
        solved=case.solved,
        face=case.face,
        can=_can(found),
        refusal=_refusal(case),
        unit=Letterhead.of(case.owner),
        unsigned=petitions.is_offered(case),
        late=not petitions.is_fresh(found.submission, clock.now()),
        again=appeals.of(case),
        rights=data_rights.of(found, secret=bubbles.is_secret(found)),
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


def _manager(case: Case) -> str:
    """The unit that could look at it a second time; empty when it has, or there is none."""
    manager = case.owner.manager
    return manager.name if manager and not case.escalated_on else ""


def _opened(found: Found) -> tuple[str, ...]:
    """When two officers opened the identity of this sender."""
    own = [one for one in found.case.openings if one.submission_id == found.submission.id]
    return tuple(words.moment(one.handed_out_at) for one in own if one.handed_out_at)


def _parts(found: Found) -> list[dict[str, Any]]:
    """All parts of a letter with their stages, in the order they came to be."""
    if len(found.parts) == 1:
        return []
    return [_standing(case) | {"here": case is found.case} for case in found.parts]


def _standing(case: Case) -> dict[str, Any]:
    """What a matter is, with whom it lies, how far it has come and by when more is owed."""
    return {
        "reference": case.reference,
        "kind": _(PETITION_KINDS[case.kind_code].label),
        "subject": _(SUBJECTS[case.subject_code].label),
        "owner": Letterhead.of(case.owner).who,
        "status": _(CASE_STATUSES[case.status].label),
        "stage": case.stage - 1,
        "deadline": _deadline(case),
    }


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
