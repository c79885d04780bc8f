"""The outbox: which letter goes out next, who has taken it, and when it is tried again."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from feedback.clock import in_office_hours
from feedback.models.notices import ALERT, Notice

FIRST_RETRY, LAST_RETRY = timedelta(minutes=1), timedelta(hours=6)
# Who wakes for a child in danger is tried again all the while.
LAST_RETRY_OF_ALERT = timedelta(minutes=5)
DOUBLINGS = 10
# A letter that could not be handed over for so long will not be: the address is wrong.
GIVES_UP_AFTER = timedelta(days=3)
NEVER = datetime(9999, 12, 31, tzinfo=UTC)
# The morning letters of numbers: in the hours of the office only.
DIGESTS = frozenset({"digest", "week"})
# Whoever takes a letter has so long to send it; after that another may.
LEASE, LEASE_OF_ALERT = timedelta(minutes=5), timedelta(minutes=1)


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
