"""Buckets that slow down whoever hurries too much. They delay and label; they never lock out."""

import hmac
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import ColumnElement, LargeBinary, and_, delete, or_
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback.db import Base, Moment


@dataclass(frozen=True, slots=True)
class Budget:
    """`burst` acts at once, then one more each `refill` seconds."""

    action: str
    burst: int
    refill: float


SIGN_IN_ADDRESS = Budget("sign-in-address", 30, 2)
# Ten codes of a second factor in a quarter of an hour.
SECOND_STEP = Budget("second-step", 10, 90)
RESET_ACCOUNT = Budget("reset-account", 3, 600)
RESET_ADDRESS = Budget("reset-address", 20, 30)
# A miss costs; the owner's own code never does (trust: failures only).
LOOK_UP_MISS = Budget("look-up-miss", 30, 6)
# A row does not say of which budget it is; how full it may be, in steps.
SLOWEST = max(
    one.refill for one in (SIGN_IN_ADDRESS, SECOND_STEP, RESET_ACCOUNT, RESET_ADDRESS, LOOK_UP_MISS)
)
FILLINGS = tuple(2**step for step in range(14))
# What one address sends to one point; and what one unit gets, beyond which only labels follow. The
# second of each pair holds on an evening when the whole school sends at once from its own wifi.
SEND, SEND_FULL = Budget("send", 150, 1), Budget("send-full", 1000, 0.1)
UNIT, UNIT_FULL = Budget("unit", 300, 12), Budget("unit-full", 2000, 0.5)


# After a wrong password the next is looked at only after 1 s, then 2, 4 … and never more than 60.
LONGEST_DELAY = 60
FORGIVEN_AFTER = timedelta(hours=1)


class Slowdown(Base):
    """How slow one door has become for one account or one browser; the key is a keyed hash."""

    __tablename__ = "slowdown"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    misses: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, index=True)
    until_at: Mapped[datetime] = mapped_column(Moment)


class Bucket(Base):
    """How full one bucket is. The key is a keyed hash: no address and no e-mail is kept."""

    __tablename__ = "bucket"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    spent: Mapped[float]
    at: Mapped[datetime] = mapped_column(Moment, index=True)


def _row_key(secret: bytes, budget: Budget, who: str) -> bytes:
    return _key(secret, budget.action, who)


def _key(secret: bytes, action: str, who: str) -> bytes:
    return hmac.digest(secret, f"{action}|{who}".encode(), "sha256")


def _spent(row: Bucket | None, budget: Budget, at: datetime) -> float:
    if row is None:
        return 0.0
    return max(0.0, row.spent - (at - row.at).total_seconds() / budget.refill)


def wait(session: Session, secret: bytes, budget: Budget, who: str, at: datetime) -> timedelta:
    """How long this one should wait before the next act; zero when there is room."""
    row = session.get(Bucket, _row_key(secret, budget, who))
    over = _spent(row, budget, at) + 1 - budget.burst
    return timedelta(seconds=max(0.0, over * budget.refill))


def spend(session: Session, secret: bytes, budget: Budget, who: str, at: datetime) -> None:
    """Count one act. The caller commits."""
    key = _row_key(secret, budget, who)
    row = session.get(Bucket, key, with_for_update=True)
    spent = _spent(row, budget, at) + 1
    if row is None:
        session.add(Bucket(key=key, spent=spent, at=at))
    else:
        row.spent, row.at = spent, at


def claim_try(session: Session, secret: bytes, who: str, at: datetime) -> timedelta:
    """Take the next try of this one as a miss beforehand; or how long it must still wait.

    Counted before it is looked at, under the row's lock: of any number of tries at once, one is
    looked at. `forgive` gives it back when it was right. The caller commits before looking.
    """
    row = _slowdown(session, _key(secret, "slowdown", who), at)
    if at < row.until_at:
        return row.until_at - at
    row.misses = 1 if at - row.at > FORGIVEN_AFTER else row.misses + 1
    seconds = min(LONGEST_DELAY, 1 << min(row.misses - 1, 10))
    row.at, row.until_at = at, at + timedelta(seconds=seconds)
    return timedelta(0)


def forgive(session: Session, secret: bytes, who: str) -> None:
    """The try was right: the door is quick again. The caller commits."""
    found = session.get(Slowdown, _key(secret, "slowdown", who), with_for_update=True)
    if found is not None:
        session.delete(found)


def forget(session: Session, at: datetime) -> int:
    """Remove what no longer slows anybody down; how many rows. The caller commits."""
    over = and_(Slowdown.at < at - FORGIVEN_AFTER, Slowdown.until_at <= at)
    gone = 0
    for table, condition in ((Bucket, _is_drained(at)), (Slowdown, over)):
        statement = delete(table).where(condition).returning(table.key)
        options = {"synchronize_session": False}
        gone += len(session.execute(statement, execution_options=options).all())
    return gone


def _is_drained(at: datetime) -> ColumnElement[bool]:
    """Whether a bucket is empty again, whichever budget it is of: the slowest is assumed."""
    return or_(
        *(
            and_(Bucket.spent <= acts, Bucket.at <= at - timedelta(seconds=acts * SLOWEST))
            for acts in FILLINGS
        )
    )


def _slowdown(session: Session, key: bytes, at: datetime) -> Slowdown:
    found = session.get(Slowdown, key, with_for_update=True, populate_existing=True)
    if found is not None:
        return found
    # Somebody else's first try may come between: then its row is there.
    with suppress(IntegrityError), session.begin_nested():
        session.add(Slowdown(key=key, misses=0, at=at, until_at=at))
    return session.get_one(Slowdown, key, with_for_update=True, populate_existing=True)
