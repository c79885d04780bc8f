"""What an officer shows besides the password: a code of an app or from paper, each once."""

import hmac
import secrets
from datetime import datetime, timedelta
from typing import Any

import pyotp
from sqlalchemy import Select, func, select, update
from sqlalchemy.orm import Session

from feedback.codes import CROCKFORD
from feedback.generations import every
from feedback.models.factors import Passkey, RecoveryCode, TotpSecret
from feedback.models.officers import Officer
from feedback.sealing import seal, unseal

STEP = 30
# A phone's clock may be half a minute off, to either side (RFC 6238 §5.2).
WINDOW = (0, -1, 1)
TOTP_DIGITS = 6
# A secret shown for copying is not shown for ever.
PENDING_LASTS = timedelta(minutes=30)
CODES, CODE_SYMBOLS = 10, 12  # 60 bits each, behind a keyed hash and a budget
ISSUER = "Góp ý"  # short: it stands in the QR, each accent as six signs, twice


def has_any(session: Session, officer_id: int) -> bool:
    """Whether there is something to ask this officer for besides the password."""
    app = select(TotpSecret.id).where(
        TotpSecret.officer_id == officer_id, TotpSecret.confirmed_at.is_not(None)
    )
    key = select(Passkey.id).where(Passkey.officer_id == officer_id)
    return session.scalar(app.union_all(key).limit(1)) is not None


# --- the app ----------------------------------------------------------------------------------


def app_of(session: Session, officer_id: int) -> TotpSecret | None:
    """The app in use."""
    return session.scalar(
        select(TotpSecret).where(
            TotpSecret.officer_id == officer_id, TotpSecret.confirmed_at.is_not(None)
        )
    )


def offered_app(session: Session, officer_id: int, at: datetime) -> TotpSecret | None:
    """A secret that waits to be copied into an app; the one in use goes on until then."""
    return session.scalar(
        select(TotpSecret).where(
            TotpSecret.officer_id == officer_id,
            TotpSecret.confirmed_at.is_(None),
            TotpSecret.made_at > at - PENDING_LASTS,
        )
    )


def offer_app(session: Session, key: bytes, officer_id: int, at: datetime) -> TotpSecret:
    """A new secret to copy, in place of any that still waits. The caller commits."""
    waiting = (TotpSecret.officer_id == officer_id) & TotpSecret.confirmed_at.is_(None)
    _drop(session, select(TotpSecret).where(waiting))
    secret = pyotp.random_base32()
    made = TotpSecret(officer_id=officer_id, sealed=_sealed(key, officer_id, secret), made_at=at)
    session.add(made)
    return made


def secret_of(key: bytes, app: TotpSecret) -> str:
    return unseal(key, app.sealed, context(app.officer_id)).decode()


def code_now(secret: str, at: datetime) -> str:
    """What an app that knows this secret shows; each half minute another."""
    return pyotp.TOTP(secret).generate_otp(int(at.timestamp()) // STEP)


def keep_app(key: bytes, officer_id: int, secret: str, at: datetime) -> TotpSecret:
    """An app in use with a secret of one's choice: for the demo, and for tests."""
    sealed = _sealed(key, officer_id, secret)
    return TotpSecret(officer_id=officer_id, sealed=sealed, made_at=at, confirmed_at=at)


def _sealed(key: bytes, officer_id: int, secret: str) -> bytes:
    return seal(key, secret.encode(), context(officer_id))


def context(officer_id: int) -> str:
    """What the sealed secret of an app is bound to."""
    return f"totp:{officer_id}"


def address_of(secret: str, officer: Officer) -> str:
    """What the QR says to the app (otpauth://…)."""
    return pyotp.TOTP(secret).provisioning_uri(name=officer.email, issuer_name=ISSUER)


def confirm_app(session: Session, key: bytes, officer_id: int, typed: str, at: datetime) -> bool:
    """The first right code puts the offered app in the place of the one before."""
    offered = offered_app(session, officer_id, at)
    if offered is None or not _take_step(session, key, offered, typed, at):
        return False
    offered.confirmed_at = at
    others = (TotpSecret.officer_id == officer_id) & (TotpSecret.id != offered.id)
    _drop(session, select(TotpSecret).where(others))
    return True


def _take_step(session: Session, key: bytes, app: TotpSecret, typed: str, at: datetime) -> bool:
    """Whether this is a code of now, and nobody used it before: the database decides on one."""
    step = _step_of(secret_of(key, app), typed, at)
    if step is None:
        return False
    unspent = (TotpSecret.id == app.id) & (TotpSecret.last_step < step)
    taken = session.scalar(
        update(TotpSecret)
        .where(unspent)
        .values(last_step=step)
        .returning(TotpSecret.id)
        .execution_options(synchronize_session=False, unbound=True)
    )
    return taken is not None


def _step_of(secret: str, typed: str, at: datetime) -> int | None:
    app, now = pyotp.TOTP(secret), int(at.timestamp()) // STEP
    found = [
        now + off
        for off in WINDOW
        if hmac.compare_digest(app.generate_otp(now + off).encode(), typed.encode())
    ]
    return found[0] if found else None


# --- codes on paper ---------------------------------------------------------------------------


def new_recovery_codes(session: Session, key: bytes, officer_id: int, at: datetime) -> list[str]:
    """Ten codes to print; those before are void. They cannot be shown again. Caller commits."""
    _drop(session, select(RecoveryCode).where(RecoveryCode.officer_id == officer_id))
    codes = ["".join(secrets.choice(CROCKFORD) for _ in range(CODE_SYMBOLS)) for _ in range(CODES)]
    session.add_all(
        RecoveryCode(officer_id=officer_id, code_hash=_code_hash(key, officer_id, code), made_at=at)
        for code in codes
    )
    return codes


def recovery_codes_left(session: Session, officer_id: int) -> int:
    unused = select(func.count(RecoveryCode.id)).where(
        RecoveryCode.officer_id == officer_id, RecoveryCode.used_at.is_(None)
    )
    return session.scalar(unused) or 0


def _code_hash(key: bytes, officer_id: int, code: str) -> bytes:
    # Keyed: whoever has only the database cannot try codes against it.
    return hmac.digest(key, f"recovery|{officer_id}|{code}".encode(), "sha256")


# --- either of them ---------------------------------------------------------------------------


def use_code(session: Session, key: bytes, officer_id: int, typed: str, at: datetime) -> bool:
    """Take a code of the app or of the paper; each is good for one time. The caller commits."""
    code = "".join(sign for sign in typed.upper() if sign.isalnum())
    if code.isdecimal() and code.isascii() and len(code) == TOTP_DIGITS:
        app = app_of(session, officer_id)
        return app is not None and _take_step(session, key, app, code, at)
    return _use_recovery(session, key, officer_id, _as_meant(code), at)


def _as_meant(code: str) -> str:
    """O for 0, I and L for 1, as people read them from paper."""
    return code.translate(str.maketrans("OIL", "011"))


def _use_recovery(session: Session, key: bytes, officer_id: int, code: str, at: datetime) -> bool:
    unused = (RecoveryCode.officer_id == officer_id) & RecoveryCode.used_at.is_(None)
    # Printed under a secret that was changed since, it is as good as before.
    is_it = RecoveryCode.code_hash.in_([_code_hash(one, officer_id, code) for one in every(key)])
    used = session.scalar(
        update(RecoveryCode)
        .where(unused, is_it)
        .values(used_at=at)
        .returning(RecoveryCode.id)
        .execution_options(synchronize_session=False, unbound=True)
    )
    return used is not None


def forget_all(session: Session, officer_id: int) -> None:
    """Take every second factor away: for an officer who lost them all. The caller commits."""
    for table in (TotpSecret, Passkey, RecoveryCode):
        _drop(session, select(table).where(table.officer_id == officer_id))


def _drop(session: Session, gone: Select[Any]) -> None:
    """One by one, so that the ledger knows of each."""
    for one in session.scalars(gone):
        session.delete(one)
    session.flush()
