"""Sessions of officers: how one begins, is renewed, stands today, grows old and ends."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import request, session
from sqlalchemy import select

from feedback import clock, db, factors
from feedback.models.officers import Officer, SignIn, open_sign_ins
from feedback.web import browsers, here

IDLE = timedelta(minutes=30)
# Who opens sealed matters is sent out sooner.
IDLE_WITH_SECOND = timedelta(minutes=15)
LONGEST = timedelta(hours=12)
# The password was right: so long for the second step.
HALF_LASTS = timedelta(minutes=15)
# After proving once more who one is, so long for what needs it.
PROOF_LASTS = timedelta(minutes=10)

# Where a session stands: open; its second step to come; a factor to set up; a password too old.
WHOLE, ASKED, UNSET, STALE = "whole", "asked", "unset", "stale"


def token_hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


def begin(officer: Officer, *, half: bool = False, second: bool = False) -> str:
    """Open a session for this officer; the caller commits and puts the token into the cookie."""
    token, now = secrets.token_urlsafe(32), clock.now()
    made = SignIn(officer_id=officer.id, token_hash=token_hash(token), begun_at=now, seen_at=now)
    made.half, made.proved_at, made.second_at = half, now, now if second else None
    made.browser = browsers.name(request.user_agent.string) if request else ""
    db.session.add(made)
    return token


def renew(sign_in: SignIn, *, second: bool) -> None:
    """Proved once more: a new token in the place of the old. It does not live longer for that."""
    token, now = secrets.token_urlsafe(32), clock.now()
    sign_in.token_hash, sign_in.proved_at, sign_in.challenge = token_hash(token), now, None
    if second:
        sign_in.half, sign_in.second_at = False, now
    session["sign_in"] = token


def of_token(token: str) -> SignIn | None:
    """The living session of this token."""
    found = db.session.scalar(select(SignIn).where(SignIn.token_hash == token_hash(token)))
    return found if found is not None and is_alive(found, clock.now()) else None


def is_alive(sign_in: SignIn, now: datetime) -> bool:
    if sign_in.ended_at is not None or not sign_in.officer.active:
        return False
    if sign_in.half and now - sign_in.begun_at >= HALF_LASTS:
        return False
    return now - sign_in.begun_at < LONGEST and now - sign_in.seen_at < _idle(sign_in.officer)


def _idle(officer: Officer) -> timedelta:
    return IDLE_WITH_SECOND if officer.needs_second_on(clock.today()) else IDLE


def stand(sign_in: SignIn) -> str:
    """Whether this session opens the desk, or what must be done first."""
    officer = sign_in.officer
    if sign_in.second_at is None and (sign_in.half or officer.needs_second_on(clock.today())):
        return ASKED if factors.has_any(db.session(), officer.id) else UNSET
    return STALE if _too_old(officer) else WHOLE


def _too_old(officer: Officer) -> bool:
    """Only where the operator set an interval (QĐ 742/QĐ-BTTTT); by default passwords stay."""
    days = here.settings().password_days
    changed = officer.password_at or officer.created_at
    return bool(days) and clock.now() - changed > timedelta(days=days)


def is_fresh(sign_in: SignIn) -> bool:
    """Whether the officer proved a moment ago to be the one."""
    return sign_in.proved_at is not None and clock.now() - sign_in.proved_at < PROOF_LASTS


def living(officer_id: int) -> list[SignIn]:
    """The open sessions of an officer, the newest first."""
    found = db.session.scalars(
        select(SignIn)
        .where(SignIn.officer_id == officer_id, SignIn.ended_at.is_(None))
        .where(SignIn.begun_at > clock.now() - LONGEST)
        .order_by(SignIn.seen_at.desc())
    )
    return [one for one in found if is_alive(one, clock.now())]


def end(officer_id: int, *, only: int | None = None, but: int | None = None) -> None:
    """End this officer's sessions: all, only one, or all but one. The caller commits."""
    for running in open_sign_ins(db.session(), officer_id):
        if running.id != but and only in (None, running.id):
            running.ended_at = clock.now()
