"""Rows of reports: kept as they were when handed in, read again, and put together.

A report is judged on the day it was handed in; reports put together are judged on one later day. So
each row is first made to say only what was known on its own day: then the sum is the sum of the
reports as they were handed in.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import MISSING, dataclass, fields, replace
from datetime import date
from itertools import chain
from typing import Any, NamedTuple, Self, TypeVar

from analysis.periods import comparable
from analysis.rows import AnswerRow, CaseRow, Material, OpeningRow, ReceptionRow, VisitRow

Dated = TypeVar("Dated", VisitRow, ReceptionRow, AnswerRow, OpeningRow)

LISTED: Mapping[str, type] = {
    "cases": CaseRow,
    "visits": VisitRow,
    "receptions": ReceptionRow,
    "answers": AnswerRow,
    "openings": OpeningRow,
}
ENDINGS = ("answered_on", "refused_on", "closed_on")
LATER = ("transferred_on", "escalated_on", "reopened_on", "answered_again_on", "rated_on")


@dataclass(frozen=True, slots=True)
class Rows:
    """Everything one scope's figures are made from, as it was known at the end of a day.

    The same rows serve the period and the one it is compared with.
    """

    as_of: date
    cases: tuple[CaseRow, ...] = ()
    visits: tuple[VisitRow, ...] = ()
    receptions: tuple[ReceptionRow, ...] = ()
    answers: tuple[AnswerRow, ...] = ()
    openings: tuple[OpeningRow, ...] = ()

    def freeze(self) -> dict[str, Any]:
        """Only texts, numbers, lists and dicts."""
        rows = {name: [_plain(row) for row in getattr(self, name)] for name in LISTED}
        return {"as_of": self.as_of.isoformat(), **rows}

    @classmethod
    def thaw(cls, kept: Mapping[str, Any]) -> Self:
        """What was frozen; a report of an older version knows of fewer lists."""
        rows = {
            name: tuple(_row(made_of, one) for one in kept.get(name, ()))
            for name, made_of in LISTED.items()
        }
        return cls(date.fromisoformat(kept["as_of"]), **rows)


def _plain(row: Any) -> dict[str, Any]:
    """The fields that say something."""
    said = {one.name: (getattr(row, one.name), one.default) for one in fields(row)}
    return {
        name: value.isoformat() if isinstance(value, date) else value
        for name, (value, default) in said.items()
        if default is MISSING or value != default
    }


def _row(made_of: type, kept: Mapping[str, Any]) -> Any:
    return made_of(
        **{
            name: date.fromisoformat(value) if name.endswith("_on") else value
            for name, value in kept.items()
        }
    )


def pooled(bare: Material, parts: Iterable[Rows]) -> Material:
    """The material of all parts together; `bare` has the periods, the day and the catalogues."""
    given = tuple(parts)
    now = [_span(bare.period.known_on(bare.as_of), _day_now(bare, part)) for part in given]
    before = [_span(bare.before.ends_on, _day_before(bare, part)) for part in given]
    return replace(bare, **_put_together(given, now, ""), **_put_together(given, before, "_before"))


class _Span(NamedTuple):
    """The day a part knows of, and the day on which it will be judged."""

    known_on: date
    judged_on: date


def _span(judged_on: date, known_on: date) -> _Span:
    return _Span(min(known_on, judged_on), judged_on)


def _day_now(bare: Material, part: Rows) -> date:
    return bare.period.known_on(part.as_of)


def _day_before(bare: Material, part: Rows) -> date:
    return comparable(bare.period, part.as_of).ends_on


def _put_together(parts: tuple[Rows, ...], days: list[_Span], suffix: str) -> dict[str, Any]:
    both = list(zip(parts, days, strict=True))
    return {
        f"cases{suffix}": tuple(chain.from_iterable(_cases(part, day) for part, day in both)),
        f"visits{suffix}": _by(days, [part.visits for part in parts], "received_on"),
        f"receptions{suffix}": _by(days, [part.receptions for part in parts], "held_on"),
        f"answers{suffix}": _by(days, [part.answers for part in parts], "received_on"),
        f"openings{suffix}": _by(days, [part.openings for part in parts], "step_on"),
    }


def _by(days: list[_Span], lists: list[tuple[Dated, ...]], dated_by: str) -> tuple[Dated, ...]:
    """The rows of each part up to the day it knows of."""
    return tuple(
        row
        for day, rows in zip(days, lists, strict=True)
        for row in rows
        if getattr(row, dated_by) <= day.known_on
    )


def _cases(part: Rows, days: _Span) -> Iterator[CaseRow]:
    if days.known_on == days.judged_on:
        return iter(part.cases)  # nothing later counts anyway
    return (as_known(row, *days) for row in part.cases if row.received_on <= days.known_on)


def as_known(row: CaseRow, known_on: date, judged_on: date) -> CaseRow:
    """The row with nothing in it that came later, to be judged on a later day as on its own.

    A promise that was not yet broken then is not broken by the days that passed since.
    """
    hidden: dict[str, Any] = {
        name: None for name in (*ENDINGS, *LATER) if (getattr(row, name) or known_on) > known_on
    }
    ended = any(getattr(row, name) for name in ENDINGS if name not in hidden)
    due_on = row.due_on
    if due_on and known_on <= due_on < judged_on and not ended:
        due_on = judged_on
    return replace(row, due_on=due_on, **hidden)
