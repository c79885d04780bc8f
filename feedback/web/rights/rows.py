"""Requests, consents, holds and erasures in words."""

from collections.abc import Sequence
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import select

from feedback import clock, db, rights
from feedback.models.cases import Case
from feedback.models.consents import Consent
from feedback.models.data_requests import DataRequest
from feedback.models.retention import Erasure, LegalHold
from feedback.models.submissions import CHANNELS
from feedback.rules.consents import CONSENTS, PURPOSES
from feedback.rules.data_requests import DATA_REFUSALS, DATA_REQUESTS, REQUEST_OUTCOMES
from feedback.rules.deadlines import DEADLINE_RULES
from feedback.rules.lifecycle import CASE_STATUSES
from feedback.rules.retention import WORDS
from feedback.web import here, words

SOON_DAYS = 3


def row(request: DataRequest) -> dict[str, Any]:
    """One line of the list."""
    outcome = REQUEST_OUTCOMES.get(request.outcome_code)
    return {
        "href": url_for("rights.request", request_id=request.id),
        "what": _(DATA_REQUESTS[request.kind_code].label),
        "reference": request.case.reference,
        "unit": request.case.owner.short_name,
        "asked": words.moment(request.asked_at),
        "open": request.is_open,
        "state": _state(request),
        "due": words.day_alone(request.due_on),
        "distance": words.distance(request.due_on, clock.today()),
        "left": words.beside(request.due_on, clock.today()) if request.is_open else "",
        "outcome": _(outcome) if outcome else "",
        "mine": rights.may_settle(here.scope(), request),
    }


def _state(request: DataRequest) -> str:
    today = clock.today()
    if not request.is_open:
        return "met"
    if request.is_late(today):
        return "overdue"
    return "soon" if (request.due_on - today).days <= SOON_DAYS else "on_time"


def full(request: DataRequest) -> dict[str, Any]:
    """Everything the page of one request says."""
    kind, case = DATA_REQUESTS[request.kind_code], request.case
    reason = DATA_REFUSALS.get(request.refusal_code)
    channel = CHANNELS.get(request.channel_code)
    return row(request) | {
        "id": request.id,
        "kind": request.kind_code,
        "hint": _(kind.hint),
        "text": request.text,
        "channel": _(channel) if channel else _("Trang tra cứu"),
        "taken_by": request.taken_by.name if request.taken_by else "",
        "law": DEADLINE_RULES[kind.rule_code][-1].law,
        "reply_due": words.day_alone(request.reply_due_on),
        "replied": words.day(request.replied_on) if request.replied_on else "",
        "extended": words.day(request.extended_on) if request.extended_on else "",
        "extension_reason": request.extension_reason,
        "settled": words.moment(request.settled_at) if request.settled_at else "",
        "settled_by": request.settled_by.name if request.settled_by else "",
        "reason": _(reason) if reason else "",
        "answer": request.answer,
        "case_status": _(CASE_STATUSES[case.status].label),
        "case_open": case.is_open,
        "owner": case.owner.name,
        "manager": case.owner.manager_name,
        "restricted": rights.is_restricted(db.session(), request.submission),
    }


def consents(submission_ids: Sequence[int]) -> list[dict[str, str]]:
    given = select(Consent).where(Consent.submission_id.in_(submission_ids)).order_by(Consent.id)
    return [
        {
            "purpose": _(PURPOSES[one.purpose_code]),
            "text": _(CONSENTS[one.text_version].text),
            "wording": _(CONSENTS[one.text_version].name),
            "proof": one.text_sha256[:12],
            "at": words.moment(one.given_at),
            "until": words.moment(one.withdrawn_at) if one.withdrawn_at else "",
        }
        for one in db.session.scalars(given)
    ]


def holds(case: Case) -> list[dict[str, Any]]:
    placed = select(LegalHold).where(LegalHold.case_id == case.id).order_by(LegalHold.id.desc())
    return [
        {
            "id": one.id,
            "reason": one.reason,
            "by": one.placed_by.name,
            "at": words.moment(one.placed_at),
            "lifted": words.moment(one.lifted_at) if one.lifted_at else "",
        }
        for one in db.session.scalars(placed)
    ]


def erasures(submission_ids: Sequence[int]) -> list[str]:
    done = select(Erasure).where(Erasure.submission_id.in_(submission_ids)).order_by(Erasure.id)
    return [
        str(
            _("Nội dung, ảnh và người gửi đã xóa lúc %(at)s.", at=words.moment(one.at))
            if one.what == WORDS
            else _("Tên và cách liên lạc đã xóa lúc %(at)s.", at=words.moment(one.at))
        )
        for one in db.session.scalars(done)
    ]
