"""Facts about single dates of a row, as data, and the interpreter that reads them.

The twin of TESTS in SQL has the same keys and is given the same facts.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType


@dataclass(frozen=True, slots=True)
class Window:
    """From the first day to the last day whose facts count, both in it."""

    starts_on: date
    day: date


@dataclass(frozen=True, slots=True)
class Fact:
    """One thing that must hold of one field: `test` is a key of TESTS, `other` what it needs."""

    field: str
    test: str
    other: str | int | bool | None = None  # for up_to, ahead, after: another field


Facts = tuple[Fact, ...]


def _within(value: date | None, _: object, window: Window) -> bool:
    return value is not None and window.starts_on <= value <= window.day


def _by(value: date | None, _: object, window: Window) -> bool:
    return value is not None and value <= window.day


def _before(value: date | None, _: object, window: Window) -> bool:
    return value is not None and value < window.starts_on


def _not_by(value: date | None, _: object, window: Window) -> bool:
    return value is None or value > window.day


def _not_before(value: date | None, _: object, window: Window) -> bool:
    return value is None or value >= window.starts_on


def _past(value: date | None, _: object, window: Window) -> bool:
    return value is not None and value < window.day


def _not_past(value: date | None, _: object, window: Window) -> bool:
    return value is None or value >= window.day


def _up_to(value: date | None, other: date | None, _: Window) -> bool:
    return value is not None and (other is None or value <= other)


def _ahead(value: date | None, other: date | None, _: Window) -> bool:
    return value is not None and (other is None or value < other)


def _after(value: date | None, other: date | None, _: Window) -> bool:
    return value is not None and other is not None and value > other


def _is(value: object, other: object, _: Window) -> bool:
    return value == other


# What each test asks of a value; a missing date satisfies only those named "not".
TESTS: Mapping[str, Callable[..., bool]] = MappingProxyType(
    {
        "within": _within,  # first day <= value <= day
        "by": _by,  # value <= day
        "before": _before,  # value < first day
        "not_by": _not_by,  # missing, or value > day
        "not_before": _not_before,  # missing, or value >= first day
        "past": _past,  # value < day
        "not_past": _not_past,  # missing, or value >= day
        "up_to": _up_to,  # value <= other, or other is missing
        "ahead": _ahead,  # value < other, or other is missing
        "after": _after,  # value > other, both there
        "is": _is,  # value == a constant
    }
)
AGAINST_A_FIELD = frozenset({"up_to", "ahead", "after"})
