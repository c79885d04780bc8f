"""Tokens with which another system pulls the figures of a unit and of those below it."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.officers import ApiToken
from feedback.models.units import Unit

# Named, so that a token left in a log or a repository is recognised for what it is.
PREFIX = "gopy_"


def issue(session: Session, unit: Unit, name: str, at: datetime) -> str:
    """A new token for that unit, shown this once: only its hash is kept. The caller commits."""
    token = PREFIX + secrets.token_urlsafe(32)
    session.add(ApiToken(unit=unit, name=name, token_hash=_hash(token), made_at=at))
    return token


def find(session: Session, token: str) -> ApiToken | None:
    """The living token whose text this is."""
    return session.scalar(
        select(ApiToken).where(ApiToken.token_hash == _hash(token), ApiToken.revoked_at.is_(None))
    )


def revoke(token: ApiToken, at: datetime) -> None:
    """From now on it opens nothing."""
    token.revoked_at = at


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()
