"""The sender's rights on the page of a matter: asked, done at once, and what came of it."""

from dataclasses import dataclass
from typing import Any

from flask import g
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers.response import Response

from feedback import clock, db, erasing, rights
from feedback.equipment import settings, shelf
from feedback.models.cases import Case
from feedback.models.consents import Consent
from feedback.models.data_requests import DataRequest
from feedback.models.events import Act
from feedback.models.submissions import Submission
from feedback.rules.consents import CONSENTS, PURPOSES
from feedback.rules.data_requests import DATA_REFUSALS, DATA_REQUESTS, REQUEST_OUTCOMES
from feedback.rules.retention import WORDS
from feedback.web import words
from feedback.web.public.lookups import Found


@dataclass(frozen=True, slots=True)
class Rights:
    """What stands in the fold of one's own data. `secret`: nothing is handed to a code alone."""

    asked: list[dict[str, Any]]
    consents: list[dict[str, str]]
    has_contact: bool
    erased: bool
    secret: bool
    hints: dict[str, Any]


def of(found: Found, *, secret: bool) -> Rights:
    letter = erasing.letter_of(db.session(), found.submission)
    return Rights(
        asked=[_told(one) for one in rights.of_sender(db.session(), found.submission)],
        consents=_consents(letter),
        has_contact=letter.sender is not None,
        erased=erasing.is_erased(db.session(), letter, WORDS),
        secret=secret,
        hints={kind.code: _(kind.hint) for kind in DATA_REQUESTS.values()},
    )


def kinds() -> list[tuple[str, Any]]:
    """What the form offers; what is done by one tap has its own button."""
    return [(kind.code, _(kind.label)) for kind in DATA_REQUESTS.values() if not kind.at_once]


def _told(request: DataRequest) -> dict[str, Any]:
    outcome = REQUEST_OUTCOMES.get(request.outcome_code)
    reason = DATA_REFUSALS.get(request.refusal_code)
    return {
        "what": _(DATA_REQUESTS[request.kind_code].label),
        "asked": words.moment(request.asked_at),
        "open": request.is_open,
        "due": words.day(request.due_on),
        "distance": words.distance(request.due_on, clock.today()),
        "extended": request.extension_reason,
        "outcome": _(outcome) if outcome else "",
        "reason": _(reason) if reason else "",
        "answer": request.answer,
    }


def _consents(letter: Submission) -> list[dict[str, str]]:
    given = select(Consent).where(Consent.submission_id == letter.id).order_by(Consent.id)
    return [
        {
            "purpose": _(PURPOSES[one.purpose_code]),
            "text": _(CONSENTS[one.text_version].text),
            "at": words.moment(one.given_at),
            "until": words.moment(one.withdrawn_at) if one.withdrawn_at else "",
        }
        for one in db.session.scalars(given)
    ]


# --- acts ---------------------------------------------------------------------------------------


def ask(case: Case, act: Act, kind_code: str, sender: int) -> str:
    submission = db.session.get_one(Submission, sender)
    request = rights.ask(db.session(), case, submission, kind_code, act)
    return str(
        _(
            "Đã nhận yêu cầu. Kết quả hiện ở trang này, chậm nhất %(day)s.",
            day=words.day(request.due_on),
        )
    )


def take_back_consent(case: Case, act: Act, sender: int) -> str:
    submission = db.session.get_one(Submission, sender)
    gone = g.gone = erasing.Gone()
    request = rights.take_back_consent(db.session(), case, submission, act, gone)
    if request.is_open:
        return str(
            _(
                "Đã nhận yêu cầu. Tên là một phần của đơn đã ký nên phải có người xem xét, chậm "
                "nhất %(day)s.",
                day=words.day(request.due_on),
            )
        )
    return str(_("Đã xóa tên và cách liên lạc. Phiếu vẫn được giải quyết như trước."))


def finish(response: Response) -> Response:
    """After the commit of an act that erased something."""
    gone = g.pop("gone", None)
    if gone is not None:
        db.session.rollback()  # whatever was not committed was not erased
        db.writing.set(False)
        erasing.finish(db.session(), shelf(), settings().erasures, gone)
    return response
