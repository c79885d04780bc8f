"""Events not yet announced, told by mail. No word of what was written leaves in one.

Each step is a short transaction of its own, and none is open while a mail server takes its time: a
step that breaks off is done again, and a letter sent twice carries the same Message-ID.
"""

from collections.abc import Iterator
from datetime import datetime

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback import addressees
from feedback.clock import office_day
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.ledger import Checkpoint
from feedback.models.notices import ALERT, Notice
from feedback.models.officers import Officer
from feedback.models.submissions import Submission
from feedback.rules.lifecycle import MOVES, PARENT, SYSTEM

# A template of templates/mail/ by what happened, for the people who answer.
STAFF_TEMPLATES = {
    "receive": "new_case",
    "transfer": "new_case",
    "escalate": "new_case",
    "let_in": "new_case",
    "lodge_again": "new_case",
    "alert": "alert",
    "reply": "parent_wrote",
    "dispute": "parent_wrote",
    "assign": "assigned",
    "recuse": "assigned",
    "take_over": "new_case",
    "submit": "to_sign",
    "send_back": "draft_returned",
    "appeal": "second_petition",
    "demand_report": "report_wanted",
    "request_data": "data_request",
    "quarantine": "file_held",
}


def announce(session: Session, at: datetime, most: int = 100) -> int:
    """Turn events nobody was told of into notices. The caller commits."""
    events = session.scalars(_unannounced(most)).all()
    for event in events:
        case = session.get_one(Case, event.case_id)
        for notice in _notices(session, event, case, at):
            session.add(notice)
        event.announced_at = at
    return len(events)


def is_unannounced(session: Session) -> bool:
    """Whether there is an event that nobody was told of."""
    return (
        session.scalar(select(CaseEvent.id).where(CaseEvent.announced_at.is_(None)).limit(1))
        is not None
    )


def _unannounced(most: int) -> Select[tuple[CaseEvent]]:
    # On PostgreSQL several runners share the work; SQLite has one writer anyway.
    return (
        select(CaseEvent)
        .where(CaseEvent.announced_at.is_(None))
        .order_by(CaseEvent.move_code != ALERT, CaseEvent.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=CaseEvent)
    )


def _notices(session: Session, event: CaseEvent, case: Case, at: datetime) -> Iterator[Notice]:
    if _waits(event, case):
        return
    template = STAFF_TEMPLATES.get(event.move_code)
    if template and not _concerns_nobody(event):
        for officer in addressees.told(session, event, case, office_day(at)):
            yield _notice(event, template, at, officer)
    told = MOVES[event.move_code].tells_parent and event.actor != PARENT
    for submission in _senders(session, event, case) if told else ():
        notice = _notice(event, "news", at, None)
        if len(case.submissions) != 1 or submission is not case.submission:
            notice.once_key += f"-{submission.id}"
        notice.submission_id = submission.id
        yield notice


def _waits(event: CaseEvent, case: Case) -> bool:
    """Suspected spam rings at no desk, and writes to no address that it gave itself."""
    return case.is_held and (event.move_code == "receive" or event.actor == SYSTEM)


def _senders(session: Session, event: CaseEvent, case: Case) -> list[Submission]:
    """Who is told: each sender of the matter; of joining and parting, those whose matter it was."""
    named = event.detail.get("submissions")
    found = case.submissions
    if named is not None:
        found = list(session.scalars(select(Submission).where(Submission.id.in_(named))))
    return [one for one in found if one.sender is not None and one.sender.has_email]


def _notice(event: CaseEvent, template: str, at: datetime, officer: Officer | None) -> Notice:
    whom = officer.id if officer else "sender"
    return Notice(
        once_key=f"event-{event.id}-{whom}",
        event_id=event.id,
        officer_id=officer.id if officer else None,
        template=template,
        made_at=at,
        try_after=at,
    )


def _concerns_nobody(event: CaseEvent) -> bool:
    """Nobody has more to do by that: who stepped aside did not have it in hand."""
    if event.move_code == "request_data":  # the consent taken back is done already
        return event.actor != PARENT or event.detail.get("request") == "consent"
    return event.move_code == "recuse" and "handler" not in event.detail


# --- anchors ----------------------------------------------------------------------------------


def send_anchor(session: Session, point: Checkpoint, at: datetime) -> None:
    """Where the ledger stands goes to who keeps it elsewhere. The caller commits."""
    for officer in addressees.keepers(session, office_day(at)):
        session.add(
            Notice(
                once_key=f"anchor-{point.id}-{officer.id}",
                officer_id=officer.id,
                template="anchor",
                made_at=at,
                try_after=at,
            )
        )
