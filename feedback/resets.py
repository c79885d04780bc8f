"""Links that set a password, sent by mail: asked for by its owner, or an invitation to come in."""

import hashlib
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback.generations import every
from feedback.models.notices import Notice
from feedback.models.officers import Officer, PasswordReset
from feedback.passwords import lasts, reset_token


def offer(
    session: Session, key: bytes, officer: Officer, at: datetime, *, invites: bool = False
) -> None:
    """A link for this officer, and the letter that brings it. The caller commits."""
    at = at.replace(microsecond=0)  # the token is derived from the second, so it need not be kept
    digest = _digest(reset_token(key, officer.id, int(at.timestamp())))
    if session.scalar(select(PasswordReset.id).where(PasswordReset.token_hash == digest)):
        return
    made = PasswordReset(officer_id=officer.id, token_hash=digest, asked_at=at, invites=invites)
    session.add(made)
    session.flush()
    session.add(
        Notice(
            once_key=f"reset-{made.id}",
            reset_id=made.id,
            officer_id=officer.id,
            template="invitation" if invites else "reset",
            made_at=at,
            try_after=at,
        )
    )


def token_of(reset: PasswordReset, key: bytes) -> str:
    """What the link says; asked for before the secret began to change, as it was promised then."""
    stamp = int(reset.asked_at.timestamp())
    made = [reset_token(one, reset.officer_id, stamp) for one in every(key)]
    return next((token for token in made if _digest(token) == reset.token_hash), made[0])


def living(session: Session, token: str, at: datetime) -> PasswordReset | None:
    """The link of this token while it is good."""
    found = session.scalar(select(PasswordReset).where(PasswordReset.token_hash == _digest(token)))
    if found is None or found.used_at or not found.officer.active:
        return None
    return found if at - found.asked_at <= lasts(found.invites) else None


def use(session: Session, reset: PasswordReset, at: datetime) -> bool:
    """Take the link, and every other one of this officer; false when somebody was quicker."""
    open_ones = (PasswordReset.officer_id == reset.officer_id) & PasswordReset.used_at.is_(None)
    taken = session.scalars(
        update(PasswordReset)
        .where(open_ones)
        .values(used_at=at)
        .returning(PasswordReset.id)
        .execution_options(unbound=True)
    )
    return reset.id in set(taken)


def _digest(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
