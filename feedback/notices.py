"""Events not yet announced, told through CHANNELS. No word of what was written leaves in a mail."""

from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from feedback import codes, mail
from feedback.clock import office_day
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.notices import Notice
from feedback.models.officers import Officer, Role
from feedback.models.submissions import Submission
from feedback.rules.lifecycle import MOVES, PARENT
from feedback.rules.roles import ROLES

# A template of templates/mail/ by what happened, for the people who answer.
STAFF_TEMPLATES = {
    "receive": "new_case",
    "transfer": "new_case",
    "escalate": "new_case",
    "alert": "alert",
    "reply": "parent_wrote",
    "dispute": "parent_wrote",
    "assign": "assigned",
}
FIRST_RETRY = timedelta(minutes=1)
LAST_RETRY = timedelta(hours=6)
LEASE = timedelta(minutes=5)

Teller = Callable[[Notice], None]


def announce(session: Session, at: datetime, most: int = 100) -> int:
    """Turn events nobody was told of into notices. The caller commits."""
    events = session.scalars(_unannounced(most)).all()
    for event in events:
        case = session.get_one(Case, event.case_id)
        for notice in _notices(session, event, case, at):
            session.add(notice)
        event.announced_at = at
    return len(events)


def _unannounced(most: int) -> Select[tuple[CaseEvent]]:
    # On PostgreSQL several runners share the work; SQLite has one writer anyway.
    return (
        select(CaseEvent)
        .where(CaseEvent.announced_at.is_(None))
        .order_by(CaseEvent.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=CaseEvent)
    )


def _notices(session: Session, event: CaseEvent, case: Case, at: datetime) -> Iterator[Notice]:
    template = STAFF_TEMPLATES.get(event.move_code)
    if template:
        for officer in _told(session, event, case, office_day(at)):
            yield _notice(event, template, at, officer)
    told = MOVES[event.move_code].tells_parent and event.actor != PARENT
    if told and _may_mail_sender(case):
        yield _notice(event, "news", at, None)


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


def _told(session: Session, event: CaseEvent, case: Case, on: date) -> list[Officer]:
    """Who of the staff hears of it: the handler, or the owner's desk; at danger the duty officers."""
    if event.move_code == "alert":
        return _on_duty(session, case, on)
    if event.move_code in {"reply", "dispute", "assign"} and case.handler:
        return [case.handler] if case.handler.active else []
    return _with_roles(session, {case.owner_id}, {"clerk", "office"}, on)


def _on_duty(session: Session, case: Case, on: date) -> list[Officer]:
    """Two named people: those on duty at the owner and its manager; never the school, when hidden."""
    units = {case.owner_id}
    if case.owner.manager:
        units.add(case.owner.manager.id)
    if not case.hidden_from_school:
        units.add(case.unit_id)
    return _with_roles(session, units, {"duty"}, on) or _with_roles(session, units, set(ROLES), on)


def _with_roles(
    session: Session, unit_ids: set[int], role_codes: set[str], on: date
) -> list[Officer]:
    found = (
        select(Officer)
        .join(Role)
        .where(
            Officer.active,
            Role.unit_id.in_(unit_ids),
            Role.code.in_(role_codes),
            Role.valid_from <= on,
            or_(Role.valid_to.is_(None), Role.valid_to >= on),
        )
        .order_by(Officer.id)
    )
    return list(session.scalars(found).unique())


def _may_mail_sender(case: Case) -> bool:
    sender = case.submission.sender
    return sender is not None and sender.has_email


def deliver(session: Session, tell: Teller, at: datetime, most: int = 20) -> int:
    """Send what is due, each at least once; a failure waits twice as long as the one before.

    Returns how many were tried. The caller commits.
    """
    due = session.scalars(
        select(Notice)
        .where(Notice.sent_at.is_(None), Notice.try_after <= at)
        .order_by(Notice.try_after, Notice.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=Notice)
    ).all()
    for notice in due:
        _try(notice, tell, at)
    return len(due)


def _try(notice: Notice, tell: Teller, at: datetime) -> None:
    notice.tries += 1
    try:
        tell(notice)
    except (OSError, mail.MailRefused) as error:
        notice.failure = type(error).__name__
        notice.try_after = at + min(FIRST_RETRY * 2 ** (notice.tries - 1), LAST_RETRY)
    else:
        notice.sent_at, notice.failure = at, ""


def harden(session: Session, key: bytes, most: int = 20) -> int:
    """Replace quick hashes of tracking codes by slow ones (decision 0002). The caller commits."""
    fresh = session.scalars(
        select(Submission)
        .where(Submission.track_quick.is_not(None))
        .order_by(Submission.id)
        .limit(most)
        .with_for_update(skip_locked=True, of=Submission)
    ).all()
    for submission in fresh:
        submission.track_hash = codes.slow_track(key, submission.track_quick or b"")
        submission.track_quick = None
    return len(fresh)
