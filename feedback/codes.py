"""Codes that people read aloud, and proofs the server checks without remembering them."""

import base64
import hashlib
import hmac
import json
import re
import secrets
import threading
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from feedback.generations import every

CROCKFORD = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # no I, L, O, U: nothing to confuse or to misread
CODE_SYMBOLS = 16
POINT_SYMBOLS = 8
REFERENCE_SYMBOLS = 5

# With all the marks and dashes a keyboard may put in; a mebibyte is not read at all.
LONGEST_TYPED = 200

ONCE_ID_BYTES = 18
ONCE_TIME_BYTES = 6
ONCE_MAC_BYTES = 18
ONCE_BODY_BYTES = ONCE_ID_BYTES + ONCE_TIME_BYTES
ONCE_TOKEN = re.compile(r"[A-Za-z0-9_-]{56}")

_VALUES = {symbol: value for value, symbol in enumerate(CROCKFORD)}
_REDUCTION = 0b100101  # x^5 + x^2 + 1
_slow_hashes = threading.BoundedSemaphore(2)  # each takes 16 MiB and a core


# The tracking code: 75 derived bits and a check symbol


def tracking_code(key: bytes, once_id: str) -> str:
    """The parent's 16 symbols, derived from the form's once-id: a resend shows the same code."""
    digest = hmac.digest(key, b"code1|" + once_id.encode(), "sha256")
    number = int.from_bytes(digest) >> 181
    body = "".join(CROCKFORD[number >> shift & 31] for shift in range(70, -1, -5))
    return body + CROCKFORD[_double(_remainder(body))]


def tidy_code(typed: str) -> str | None:
    """The code a person meant, or None when no reading of it passes the check symbol."""
    for reading in _readings(typed):
        if _is_symbols(reading, CODE_SYMBOLS) and _remainder(reading) == 0:
            return reading
    return None


def show_code(code: str) -> str:
    """In groups of four, as it is printed: 7K3M-Q2XD-9RTB-4HWE."""
    return "-".join(code[start : start + 4] for start in range(0, len(code), 4))


def _double(value: int) -> int:
    """Times x in GF(32)."""
    value <<= 1
    return value ^ _REDUCTION if value & 32 else value


def _remainder(symbols: str) -> int:
    """0 for a whole valid code. Every position has its own weight x^n, so one wrong symbol, or
    two that changed places, never come out as 0 again.
    """
    remainder = 0
    for symbol in symbols:
        remainder = _double(remainder) ^ _VALUES[symbol]
    return remainder


def _is_symbols(text: str, count: int) -> bool:
    return len(text) == count and all(symbol in _VALUES for symbol in text)


# What a Vietnamese keyboard makes of a code: AS becomes Á, DD becomes Đ (Telex), A1 becomes Á (VNI)

_SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212._]+")
_LOOKALIKES = str.maketrans("OIL", "011")
_TONES = "\u0301\u0300\u0309\u0303\u0323"
_CIRCUMFLEX, _BREVE, _HORN = "\u0302", "\u0306", "\u031b"
_DOUBLED = re.compile(f"([AEO])(\u0323?){_CIRCUMFLEX}")
_TELEX = str.maketrans(
    dict(zip(_TONES, "SFRXJ", strict=True)) | {_BREVE: "W", _HORN: "W", "Đ": "DD"}
)
_VNI = str.maketrans(
    dict(zip(_TONES, "12345", strict=True)) | {_CIRCUMFLEX: "6", _BREVE: "8", "Đ": "D9"}
)


def _readings(typed: str) -> Iterator[str]:
    """What was typed, then the keys that Telex (the likelier) and VNI would have turned into it."""
    if len(typed) > LONGEST_TYPED:
        return
    bare = _SEPARATORS.sub("", unicodedata.normalize("NFKC", typed).upper())
    yield bare.translate(_LOOKALIKES)
    if bare.isascii():
        return
    apart = unicodedata.normalize("NFD", bare)
    telex = _DOUBLED.sub(r"\1\1\2", apart).replace(f"U{_HORN}", "W")
    yield telex.translate(_TELEX).translate(_LOOKALIKES)
    yield apart.translate(_VNI).translate(_LOOKALIKES)


# How a code is kept: see docs/decisions/0002-tracking-code-hash.md


def quick_track(key: bytes, code: str) -> bytes:
    """The keyed hash written at intake: 32 bytes, microseconds, kept only until it is hardened."""
    return hmac.digest(key, b"track1|" + code.encode(), "sha256")


def slow_track(key: bytes, quick: bytes) -> bytes:
    """The hash kept for good: 32 bytes of scrypt over the quick one, at most two at a time."""
    with _slow_hashes:
        return hashlib.scrypt(quick, salt=key, n=2**14, r=8, p=1, maxmem=64 * 2**20, dklen=32)


# Random codes


def new_reference(prefix: str, year: int) -> str:
    """A case's public number, LDT-2026-4F7K2: random, because a sequence would let people count."""
    return f"{prefix}-{year}-{_random_symbols(REFERENCE_SYMBOLS)}"


def new_point_code() -> str:
    """What a printed QR carries: 8 random symbols."""
    return _random_symbols(POINT_SYMBOLS)


def tidy_point_code(typed: str) -> str | None:
    """A point's code typed from a poster, or None when it cannot be one."""
    return next((code for code in _readings(typed) if _is_symbols(code, POINT_SYMBOLS)), None)


def _random_symbols(count: int) -> str:
    return "".join(secrets.choice(CROCKFORD) for _ in range(count))


# The once-token: one form, sent at most once


@dataclass(frozen=True)
class Once:
    """A form's token as it came back: its id ("" when forged), its age, how far to trust it."""

    id: str
    minted_at: datetime
    state: Literal["fresh", "stale", "forged"]


def mint_once(key: bytes, at: datetime) -> str:
    """A signed token of 56 characters for one form: 144 random bits and the moment it was made.

    Nothing is remembered. It proves that the form came from here, how long it was open, and which
    submissions are the same one. It is not tied to a browser: posts from other sites are refused
    elsewhere.
    """
    moment = int(at.timestamp() * 1000).to_bytes(ONCE_TIME_BYTES)
    body = secrets.token_bytes(ONCE_ID_BYTES) + moment
    return _urlsafe(body + _once_mac(key, body))


def read_once(key: bytes, token: str, at: datetime, lasts: timedelta = timedelta(hours=24)) -> Once:
    """The token's id and state; a stale one keeps its id, so a late resend is still recognised."""
    whole = base64.urlsafe_b64decode(token) if ONCE_TOKEN.fullmatch(token) else b""
    body, mac = whole[:ONCE_BODY_BYTES], whole[ONCE_BODY_BYTES:]
    if not any(hmac.compare_digest(mac, _once_mac(one, body)) for one in every(key)):
        return Once("", at, "forged")
    minted_at = datetime.fromtimestamp(int.from_bytes(body[ONCE_ID_BYTES:]) / 1000, at.tzinfo)
    # A moment far ahead comes from before a clock was set back: ours, but it must not live on.
    state: Literal["fresh", "stale"] = "fresh" if abs(at - minted_at) <= lasts else "stale"
    return Once(_urlsafe(body[:ONCE_ID_BYTES]), minted_at, state)


def once_hash(key: bytes, once_id: str) -> bytes:
    """What is stored of a once-id, unique: 32 bytes that do not lead to the tracking code."""
    return hmac.digest(key, b"once1|" + once_id.encode(), "sha256")


def once_hashes(key: bytes, once_id: str) -> tuple[bytes, ...]:
    """The same under the key in use and under those before it: one of them may be stored."""
    return tuple(once_hash(one, once_id) for one in every(key))


def fingerprint(key: bytes, content: Mapping[str, Any]) -> bytes:
    """32 bytes, equal for equal contents: tells a resend from another text under the same token.

    The content is plain JSON: a value that JSON does not know is a TypeError.
    """
    canonical = json.dumps(dict(content), sort_keys=True, separators=(",", ":"), allow_nan=False)
    return hmac.digest(key, b"content1|" + canonical.encode(), "sha256")


def _once_mac(key: bytes, body: bytes) -> bytes:
    return hmac.digest(key, b"mint1|" + body, "sha256")[:ONCE_MAC_BYTES]


def _urlsafe(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode()
