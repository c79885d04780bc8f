"""A key that knows the ones before it: new things are made with it, old ones open with theirs."""

from collections.abc import Iterable
from typing import Self


class Key(bytes):
    """The key in use. `before`: those it came after, the newest first."""

    before: tuple[bytes, ...] = ()

    @classmethod
    def after(cls, key: bytes, before: Iterable[bytes]) -> Self:
        made = cls(key)
        made.before = tuple(bytes(one) for one in dict.fromkeys(before) if one != key)
        return made


def every(key: bytes) -> tuple[bytes, ...]:
    """The key in use, then those before it; of plain bytes, themselves."""
    return bytes(key), *(key.before if isinstance(key, Key) else ())
