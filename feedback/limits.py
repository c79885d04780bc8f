"""Buckets that slow down whoever hurries too much. They delay and label; they never lock out."""

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import LargeBinary
from sqlalchemy.orm import Mapped, Session, mapped_column

from feedback.db import Base, Moment


@dataclass(frozen=True, slots=True)
class Budget:
    """`burst` acts at once, then one more each `refill` seconds."""

    action: str
    burst: int
    refill: float


SIGN_IN_ACCOUNT = Budget("sign-in-account", 5, 20)
SIGN_IN_ADDRESS = Budget("sign-in-address", 30, 2)
RESET_ACCOUNT = Budget("reset-account", 3, 600)
RESET_ADDRESS = Budget("reset-address", 20, 30)
# A miss costs; the owner's own code never does (trust: failures only).
LOOK_UP_MISS = Budget("look-up-miss", 30, 6)
# What one address sends to one point; and what one unit gets, beyond which only labels follow. The
# second of each pair holds on an evening when the whole school sends at once from its own wifi.
SEND, SEND_FULL = Budget("send", 150, 1), Budget("send-full", 1000, 0.1)
UNIT, UNIT_FULL = Budget("unit", 300, 12), Budget("unit-full", 2000, 0.5)


class Bucket(Base):
    """How full one bucket is. The key is a keyed hash: no address and no e-mail is kept."""

    __tablename__ = "bucket"

    key: Mapped[bytes] = mapped_column(LargeBinary(32), primary_key=True)
    spent: Mapped[float]
    at: Mapped[datetime] = mapped_column(Moment, index=True)


def _row_key(secret: bytes, budget: Budget, who: str) -> bytes:
    return hmac.digest(secret, f"{budget.action}|{who}".encode(), "sha256")


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
