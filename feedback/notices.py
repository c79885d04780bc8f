"""Events not yet announced, told by mail. No word of what was written leaves in one.

Each step is a short transaction of its own, and none is open while a mail server takes its time: a
step that breaks off is done again, and a letter sent twice carries the same Message-ID.
"""

from collections.abc import Iterator, Set
from datetime import UTC, date, datetime, time, timedelta

from sqlalchemy import Select, or_, select, update
from sqlalchemy.orm import Session

from feedback.clock import OFFICE_ZONE, office_day
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.ledger import Checkpoint
from feedback.models.notices import Notice
from feedback.models.officers import Officer, Role, delegates_of
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.rules.lifecycle import MOVES, PARENT, SYSTEM
from feedback.rules.roles import ROLES

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
ALERT = "alert"
DESK, HEADS = frozenset({"clerk", "office"}), frozenset({"principal", "office_head", "chair"})
ADMINS = frozenset({"admin"})
KEEPERS = frozenset({"auditor", "office_head"})
TO_THE_HANDLER = frozenset({"reply", "dispute", "assign", "recuse", "send_back", "demand_report"})

FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
# Who wakes for a child in danger is tried again all the while.
LAST_RETRY_OF_ALERT = timedelta(minutes=5)
DOUBLINGS = 10
# A letter that could not be handed over for so long will not be: the address is wrong.
GIVES_UP_AFTER = timedelta(days=3)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
# The morning letters of numbers: in the hours of the office only.
DIGESTS = frozenset({"digest", "week"})
OFFICE_OPENS, OFFICE_CLOSES = time(7, 30), time(17)
# Whoever takes a letter has so long to send it; after that another may.
LEASE, LEASE_OF_ALERT = timedelta(minutes=5), timedelta(minutes=1)


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
        for officer in _told(session, event, case, office_day(at)):
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


def _told(session: Session, event: CaseEvent, case: Case, on: date) -> list[Officer]:
    """The first who hear of it, in the order of their duty; nobody who is shut out does."""
    circles = _tending if event.move_code == "quarantine" else _circles
    for officers in circles(session, event, case, on):
        if free := [one for one in officers if not case.bars(one)]:
            return free
    return []


def _circles(session: Session, event: CaseEvent, case: Case, on: date) -> Iterator[list[Officer]]:
    """Who of the staff: the handler, else the desk; at danger duty officers; signers of a draft."""
    if event.move_code == ALERT:
        yield from _on_duty(session, case, on)
        return
    if event.move_code == "submit":
        yield _with_roles(session, {case.signed_at(on).id}, HEADS, on)
        return
    # No school erases what was said about it.
    erases = event.detail.get("request") == "erase"
    if event.move_code == "appeal" or erases:
        yield _at_the_desks(session, [case.owner, case.owner.manager], on)
        return
    if event.move_code in TO_THE_HANDLER and _handles(case, on):
        yield _with_delegates(session, case, on)
    for role_codes in (DESK, HEADS):
        yield _with_roles(session, {case.owner_id}, role_codes, on)


def _tending(session: Session, _event: CaseEvent, case: Case, on: date) -> Iterator[list[Officer]]:
    """Who looks after the machines, at the Office or above it; else those who sign there."""
    offices = [one for one in (case.owner, case.owner.manager) if one and not one.is_school]
    for role_codes in (ADMINS, HEADS):
        for office in offices:
            yield _with_roles(session, {office.id}, role_codes, on)


def _at_the_desks(session: Session, units: list[Unit | None], on: date) -> list[Officer]:
    """The desk of each unit, or its heads where nobody else sits there."""
    return [
        officer
        for unit in units
        if unit is not None
        for officer in _with_roles(session, {unit.id}, DESK, on)
        or _with_roles(session, {unit.id}, HEADS, on)
    ]


def _with_delegates(session: Session, case: Case, on: date) -> list[Officer]:
    """The handler, and whoever stands in for them today."""
    if case.handler is None:
        return []
    others = delegates_of(session, case.handler, case.owner_id, on)
    return list({officer.id: officer for officer in (case.handler, *others)}.values())


def _handles(case: Case, on: date) -> bool:
    """Whether the handler is still at the desk that answers."""
    handler = case.handler
    return (
        handler is not None
        and handler.active
        and any(role.unit_id == case.owner_id for role in handler.roles_on(on))
    )


def _on_duty(session: Session, case: Case, on: date) -> Iterator[list[Officer]]:
    """Those on duty at the owner and above it, and at the school unless it may not know."""
    units = {unit.id for unit in concerned(case)}
    yield _with_roles(session, units, {"duty"}, on)
    yield _with_roles(session, units, set(ROLES), on)


def concerned(case: Case) -> list[Unit]:
    """The units whose officers may be told of this case."""
    units = [case.owner, case.owner.manager, None if case.hidden_from_school else case.unit]
    return [unit for unit in units if unit is not None]


def _with_roles(
    session: Session, unit_ids: set[int], role_codes: Set[str], on: date
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


# --- anchors ----------------------------------------------------------------------------------


def send_anchor(session: Session, point: Checkpoint, at: datetime) -> None:
    """Where the ledger stands goes to who keeps it elsewhere. The caller commits."""
    for officer in _keepers(session, office_day(at)):
        session.add(
            Notice(
                once_key=f"anchor-{point.id}-{officer.id}",
                officer_id=officer.id,
                template="anchor",
                made_at=at,
                try_after=at,
            )
        )


def _keepers(session: Session, on: date) -> list[Officer]:
    """The auditors and heads of the units that manage others."""
    managing = set(session.scalars(select(Unit.id).where(Unit.kind != "school")))
    return _with_roles(session, managing, KEEPERS, on)


# --- letters ----------------------------------------------------------------------------------


def claim(session: Session, at: datetime) -> Notice | None:
    """Take the next letter that is due, alerts first; nobody else has it then. Caller commits."""
    notice = session.scalar(_due(at).with_for_update(skip_locked=True, of=Notice))
    if notice is not None:
        notice.tries += 1
        notice.try_after = at + (LEASE_OF_ALERT if notice.template == ALERT else LEASE)
    return notice


def is_due(session: Session, at: datetime) -> bool:
    return session.scalar(_due(at).with_only_columns(Notice.id)) is not None


def _due(at: datetime) -> Select[tuple[Notice]]:
    # A letter that waited for the mail server does not ring at night either.
    kept_back = frozenset() if in_office_hours(at) else DIGESTS
    return (
        select(Notice)
        .where(Notice.sent_at.is_(None), Notice.try_after <= at)
        .where(Notice.template.not_in(kept_back))
        .order_by(Notice.template != ALERT, Notice.try_after, Notice.id)
        .limit(1)
    )


def in_office_hours(at: datetime) -> bool:
    """Whether the clock of the office stands between opening and closing."""
    return OFFICE_OPENS <= at.astimezone(OFFICE_ZONE).time() < OFFICE_CLOSES


def record(notice: Notice, failure: str, at: datetime) -> None:
    """It went out, or why not (`failure`, never an address) and when to try again."""
    notice.failure = failure
    if not failure:
        notice.sent_at = at
    elif at - notice.made_at > GIVES_UP_AFTER:
        notice.try_after = NEVER
    else:
        notice.try_after = at + _pause(notice)


def _pause(notice: Notice) -> timedelta:
    """Twice as long as the one before."""
    longest = LAST_RETRY_OF_ALERT if notice.template == ALERT else LAST_RETRY
    doublings = min(notice.tries - 1, DOUBLINGS)
    return min(FIRST_RETRY * (1 << doublings), longest)


# --- tracking codes ---------------------------------------------------------------------------


def quick_hashes(session: Session, most: int = 20) -> list[tuple[int, bytes]]:
    """Submissions whose tracking code is still kept as a quick hash (decision 0002)."""
    found = session.execute(
        select(Submission.id, Submission.track_quick)
        .where(Submission.track_quick.is_not(None))
        .order_by(Submission.id)
        .limit(most)
    )
    return [(submission_id, quick) for submission_id, quick in found if quick is not None]


def harden(session: Session, submission_id: int, slow: bytes) -> None:
    """Replace the quick hash by the slow one. The caller commits."""
    session.execute(
        update(Submission)
        .where(Submission.id == submission_id, Submission.track_quick.is_not(None))
        .values(track_hash=slow, track_quick=None)
        .execution_options(unbound=True)
    )
