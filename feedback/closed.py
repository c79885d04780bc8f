"""Words that lie sealed in the database and are read as if they did not.

What a school may not see is kept from more than its pages: whoever has the database file, a dump
or a backup, without the root secret, reads none of it. Every text has a key of its own, wrapped by
the key of the unit it is for (decision 0012).
"""

import os
from base64 import b64decode, b64encode
from typing import Any, Self

from sqlalchemy import Dialect, Text
from sqlalchemy.types import TypeDecorator

from feedback.sealing import Keys, SealBroken, Standing, anew, seal, standing, unit_key, unseal

# Nobody types this letter: a text that begins with it was sealed here.
MARK = "\x01"
KEY_BYTES = 32
_ring: dict[str, Keys] = {}


def carry(keys: Keys) -> None:
    """The keys of this process, given once at start."""
    _ring["keys"] = keys


def carried() -> Keys:
    """The keys of this process."""
    return _ring["keys"]


class Shut(str):
    """Words as they are read, with the sealed text they lie in."""

    __slots__ = ("sealed",)
    sealed: str

    @classmethod
    def of(cls, words: str, unit_code: str) -> Self:
        """Seal words for a unit; words that are sealed already stay as they are."""
        if isinstance(words, cls):
            return words
        made = cls(words)
        made.sealed = _sealed(words, unit_code)
        return made

    @classmethod
    def read(cls, sealed: str) -> Self:
        """The words of a sealed text; SealBroken when it was altered."""
        made = cls(_opened(sealed))
        made.sealed = sealed
        return made


def _sealed(words: str, unit_code: str) -> str:
    own = os.urandom(KEY_BYTES)
    wrap = seal(_unit_key(unit_code), own, _wrap_context(unit_code), step=1)
    return _joined(unit_code, wrap, seal(own, words.encode(), f"words:{unit_code}"))


def _opened(sealed: str) -> str:
    unit_code, wrap, shut = _parts(sealed)
    own = unseal(_unit_key(unit_code), wrap, _wrap_context(unit_code))
    return unseal(own, shut, f"words:{unit_code}").decode()


def _unit_key(unit_code: str) -> bytes:
    return unit_key(carried().words, unit_code)


def _wrap_context(unit_code: str) -> str:
    return f"key of words:{unit_code}"


def _joined(unit_code: str, wrap: bytes, shut: bytes) -> str:
    return "|".join((MARK + unit_code, b64encode(wrap).decode(), b64encode(shut).decode()))


def _parts(sealed: str) -> tuple[str, bytes, bytes]:
    """For which unit, the wrapped key, the sealed words."""
    unit_code, _, rest = sealed.removeprefix(MARK).partition("|")
    wrap, _, shut = rest.partition("|")
    try:
        return unit_code, b64decode(wrap, validate=True), b64decode(shut, validate=True)
    except ValueError:
        raise SealBroken("The sealed words are damaged.") from None


# --- when the secret changes ------------------------------------------------------------------

# So much of a stored text tells whose seal it is: the mark, the unit, the head of the wrap.
HEAD_SIGNS = 64


def standing_of(begins: str) -> Standing:
    """Whose seal is on the key of sealed words, by how they begin."""
    unit_code, _, rest = begins.removeprefix(MARK).partition("|")
    try:
        head = b64decode(rest.partition("|")[0][:8], validate=True)
    except ValueError:
        return "foreign"
    return standing(_unit_key(unit_code), head)


def wrapped_anew(sealed: str) -> str:
    """The same words, their key wrapped by the secret in use. The words themselves stay shut."""
    unit_code, wrap, shut = _parts(sealed)
    fresh = anew(_unit_key(unit_code), wrap, _wrap_context(unit_code), step=1)
    return _joined(unit_code, fresh, shut)


def opened(stored: str | None) -> str | None:
    """The words of a column as it is stored; SealBroken when a sealed one was altered."""
    return Shut.read(stored) if stored and stored.startswith(MARK) else stored


class ClosedText(TypeDecorator[str]):
    """A column of words, some of them `Shut`."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        if isinstance(value, Shut):
            return value.sealed
        return value.lstrip(MARK) if value else value

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:
        return opened(value)

    def compare_values(self, x: Any, y: Any) -> bool:
        """The same words sealed are not the same row."""
        return isinstance(x, Shut) == isinstance(y, Shut) and bool(x == y)
