"""Sentence: a message with named gaps, kept apart from what fills them.

The rules speak Vietnamese; a door that speaks another language translates the text and the
values on its own and puts them together again.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

from feedback.rules.calendar import WEEKDAYS
from feedback.rules.terms import Term

Value = str | int | date | datetime | Term


@dataclass(frozen=True, slots=True)
class Sentence:
    """Text with `%(name)s` gaps and their values; `str()` says it in Vietnamese."""

    text: str
    values: Mapping[str, Value] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % {name: say(value) for name, value in self.values.items()}


# Whole words, or a sentence with gaps; empty when there is nothing to say.
Said = str | Sentence


class Refusal(ValueError):
    """What a rule refuses, for the person who tried it: whole words, or a sentence with gaps."""

    def __init__(self, said: Said) -> None:
        super().__init__(str(said))
        self.said = said


def say(value: Value) -> str:
    """A value in Vietnamese words: a legal date, a moment, a term."""
    if isinstance(value, datetime):
        return f"{value:%H:%M} {format_day(value)}"
    if isinstance(value, date):
        return format_day(value)
    return value.words if isinstance(value, Term) else str(value)


def format_day(day: date) -> str:
    """A legal date inside a Vietnamese sentence: “thứ Ba, 24/11/2026”."""
    return f"{WEEKDAYS[day.weekday()]}, {day:%d/%m/%Y}"
