"""Table: what every report, page, sheet and paper shows, with the rows behind each figure.

A table is plain data. Its figures are percent 0 to 100, working days, counts, dates as ISO text;
`shown` writes them as Vietnamese papers do, `to_csv` as machines read them.
"""

import csv
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from datetime import date
from io import StringIO
from typing import Any

from analysis.checks import Broken, Check, wrong_total
from analysis.words import decimal, percent, whole

Value = int | float | str | None

# How a value is meant, and so how it is written.
KINDS = ("text", "date", "count", "percent", "days", "mean", "change")
NOTHING = "–"
BOM = "\ufeff"  # or Excel reads Vietnamese as Latin
# What a spreadsheet takes for a formula when a cell begins with it, full-width forms included.
DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `total` says what its last line is: a sum of the lines, counted anew, or none."""

    code: str
    label: str
    kind: str = "count"
    total: str = "sum"  # sum, pooled, none
    note: str = ""  # what exactly is counted


@dataclass(frozen=True, slots=True)
class Cell:
    """One figure.

    `where` is the filter whose rows this figure counts, exactly; `of` the filter whose rows it was
    computed from, when it is a share, a mean, a sum.
    """

    value: Value
    kind: str = "count"
    where: Mapping[str, str] | None = None
    of: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Row:
    """One line: its label and one cell per column. `level` indents, `where` opens its rows."""

    code: str
    label: str
    cells: tuple[Cell, ...]
    level: int = 0
    note: str = ""
    where: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """A finished table. `stub` heads the labels; `checks` are the formulas that must hold."""

    code: str
    title: str
    stub: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row | None = None
    checks: tuple[Check, ...] = ()
    note: str = ""
    as_of: date | None = None  # the day its figures are of: its links need it

    @property
    def lines(self) -> tuple[Row, ...]:
        """All lines as printed, the total last."""
        return self.rows if self.total is None else (*self.rows, self.total)

    def cell(self, row_code: str, column_code: str) -> Cell:
        """One figure by its place; KeyError if there is no such line or column."""
        place = {column.code: number for number, column in enumerate(self.columns)}[column_code]
        return {row.code: row for row in self.lines}[row_code].cells[place]

    def check(self) -> tuple[Broken, ...]:
        """The formulas that do not hold and the totals that are not sums, in words."""
        return tuple(
            Broken(check.formula, code, check.words(label, self._names(check), values))
            for check in self.checks
            for code, label, values in self._places(check)
            if not check.holds(values)
        ) + tuple(self._wrong_totals())

    def _names(self, check: Check) -> dict[str, str]:
        return {
            one.code: one.label for one in (self.lines if check.along == "rows" else self.columns)
        }

    def _places(self, check: Check) -> list[tuple[str, str, dict[str, Value]]]:
        """Where the formula must hold: code, label, and the figures by the names it uses."""
        columns = tuple(column.code for column in self.columns)
        if check.along != "rows":
            return [
                (row.code, row.label, dict(zip(columns, _values(row), strict=True)))
                for row in self.lines
            ]
        return [
            (column.code, column.label, {row.code: row.cells[at].value for row in self.lines})
            for at, column in enumerate(self.columns)
            if column.kind == "count"
        ]

    def _wrong_totals(self) -> Iterator[Broken]:
        if self.total is None:
            return
        for at, column in enumerate(self.columns):
            lines = [row.cells[at].value for row in self.rows]
            wrong = wrong_total(column.label, self.total.cells[at].value, lines)
            if column.total == "sum" and wrong:
                yield Broken("sum", column.code, wrong)

    def to_csv(self) -> str:
        """RFC 4180 with a byte-order mark; numbers with a point, dates ISO, no live formula."""
        page = StringIO()
        writer = csv.writer(page, lineterminator="\r\n")
        writer.writerow(map(harmless, (self.stub, *(column.label for column in self.columns))))
        for row in self.lines:
            writer.writerow(map(harmless, (row.label, *_values(row))))
        return BOM + page.getvalue()


def shown(cell: Cell) -> str:
    """The figure as a person reads it: 1.234 · 92,31 % · 3,5 · 4,59 · +3 · 24/11/2026 · –"""
    if cell.value is None:
        return NOTHING
    if isinstance(cell.value, str):
        return _day(cell.value) if cell.kind == "date" else cell.value
    return _number(cell.value, cell.kind)


def _number(value: float, kind: str) -> str:
    if kind == "percent":
        return percent(value)
    if kind == "mean":
        return decimal(value)
    if kind == "days":
        return decimal(value, trim=True)
    if kind == "change":
        return ("+" if value > 0 else "") + decimal(value, trim=True)
    return whole(value)


def _day(text: str) -> str:
    return f"{date.fromisoformat(text):%d/%m/%Y}"


def _values(row: Row) -> tuple[Value, ...]:
    return tuple(cell.value for cell in row.cells)


def harmless(value: Value) -> Value:
    """A number as it is; a text that a spreadsheet would run gets an apostrophe before it."""
    if isinstance(value, str) and value.lstrip(" ").startswith(DANGEROUS):
        return "'" + value
    return value


def freeze(table: Table) -> dict[str, Any]:
    """Only texts, numbers, lists and dicts."""
    return {**asdict(table), "as_of": table.as_of.isoformat() if table.as_of else None}


def thaw(kept: Mapping[str, Any]) -> Table:
    """The table that was frozen, equal to it in every part."""
    return Table(
        **{
            **kept,
            "columns": tuple(Column(**column) for column in kept["columns"]),
            "rows": tuple(_thawed(row) for row in kept["rows"]),
            "total": _thawed(kept["total"]) if kept["total"] else None,
            "checks": tuple(Check(**check) for check in kept["checks"]),
            "as_of": date.fromisoformat(kept["as_of"]) if kept["as_of"] else None,
        }
    )


def _thawed(kept: Mapping[str, Any]) -> Row:
    return Row(**{**kept, "cells": tuple(Cell(**cell) for cell in kept["cells"])})
