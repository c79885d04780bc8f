"""Passwords as argon2id, and links that set a new one: both kept only as hashes."""

import base64
import hmac
import threading
from datetime import timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

HASHER = PasswordHasher(time_cost=3, memory_cost=65536, parallelism=2)
# Checked when the account is unknown, so that the time of an answer tells nothing.
NOBODY = HASHER.hash("khong-ai-ca")
RESET_LASTS, INVITATION_LASTS = timedelta(minutes=30), timedelta(hours=24)
# Each takes 64 MiB and a core: more at once would be a way to bring the machine down.
_hashes = threading.BoundedSemaphore(2)


def hash_password(password: str) -> str:
    with _hashes:
        return HASHER.hash(password)


def is_right(password_hash: str | None, password: str) -> bool:
    """Whether this is the password; an account without one is checked all the same."""
    try:
        with _hashes:
            HASHER.verify(password_hash or NOBODY, password)
    except (VerificationError, InvalidHashError):
        return False
    return bool(password_hash)


def lasts(invites: bool) -> timedelta:
    """How long a link is good: an invitation until tomorrow, a reset while one waits for it."""
    return INVITATION_LASTS if invites else RESET_LASTS


def reset_token(key: bytes, officer_id: int, asked_at_stamp: int) -> str:
    """The secret of a reset link: derived, so it is never stored and the runner can mail it."""
    mac = hmac.digest(key, f"reset|{officer_id}|{asked_at_stamp}".encode(), "sha256")
    return base64.urlsafe_b64encode(mac).decode().rstrip("=")
