"""The layout of Phụ lục 1: this period, the same period last year, and the difference."""

from collections.abc import Iterable

from analysis.rows import Material
from analysis.table import Cell, Column, Row
from analysis.words import rounded


def compared_columns(material: Material) -> tuple[Column, ...]:
    """The three columns, each noting the days it speaks of."""
    return (
        Column("now", "Kỳ này", total="none", note=material.period.label),
        Column("before", "Cùng kỳ", total="none", note=material.before.label),
        Column("change", "Chênh lệch", "change", "none"),
    )


def compared(now: Cell, before: Cell) -> tuple[Cell, Cell, Cell]:
    """The cells of one line."""
    return now, before, Cell(_difference(now, before), "change")


def compared_rows(lines: Iterable[tuple[str, str, int, Cell, Cell]]) -> tuple[Row, ...]:
    """Lines of code, label, level, this period, same period."""
    return tuple(
        Row(code, label, compared(now, before), level) for code, label, level, now, before in lines
    )


def _difference(now: Cell, before: Cell) -> int | float | None:
    if not isinstance(now.value, int | float) or not isinstance(before.value, int | float):
        return None
    moved = now.value - before.value
    return moved if isinstance(moved, int) else rounded(moved)
