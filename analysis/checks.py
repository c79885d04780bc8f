"""Formulas that figures must obey: "to_handle = carried + received", "on_time <= answered"."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from analysis.words import Sentence, decimal

NAME = r"[^\s<>=+]+"
FORMULA = re.compile(rf"{NAME} (=|<=|>=) {NAME}( \+ {NAME})*")
WORDS = {
    "=": "%(place)s: %(left)s phải bằng %(right)s",
    "<=": "%(place)s: %(left)s không được lớn hơn %(right)s",
    ">=": "%(place)s: %(left)s không được nhỏ hơn %(right)s",
}
Values = Mapping[str, float | str | None]


@dataclass(frozen=True, slots=True)
class Broken:
    """A formula that does not hold at one place: the code of a line or of a column."""

    formula: str
    place: str
    words: Sentence


@dataclass(frozen=True, slots=True)
class Check:
    """`left = a + b`, `left <= a + b` or `left >= a`; names are codes of columns, or of rows.

    Along columns it must hold in every line and in the total; along rows in every counted column.
    A figure that is not there (None) cannot be wrong: the formula is passed over.
    """

    formula: str
    along: str = "columns"

    def __post_init__(self) -> None:
        if not FORMULA.fullmatch(self.formula):
            raise ValueError(f"not a formula: {self.formula!r}")

    def _parts(self) -> tuple[str, str, list[str]]:
        left, sign, right = self.formula.split(" ", 2)
        return left, sign, right.split(" + ")

    def holds(self, values: Values) -> bool:
        """Whether the figures obey."""
        left, sign, right = self._parts()
        found = [values[name] for name in (left, *right)]
        numbers = [value for value in found if isinstance(value, int | float)]
        if len(numbers) < len(found):
            return True
        less = sum(numbers[1:]) - numbers[0]
        return {"=": less == 0, "<=": less >= 0, ">=": less <= 0}[sign]

    def words(self, place: str, names: Mapping[str, str], values: Values) -> Sentence:
        """What is wrong and where, with the figures."""
        left, sign, right = self._parts()

        def said(name: str) -> str:
            return f"{names[name]} ({_plain(values[name])})"

        both = {"left": said(left), "right": " + ".join(map(said, right))}
        return Sentence(WORDS[sign], {"place": place, **both})


def wrong_total(label: str, total: object, lines: Sequence[object]) -> Sentence | None:
    """The sentence when a last line is not the sum of the lines above it."""
    numbers = [value for value in (total, *lines) if isinstance(value, int | float)]
    if len(numbers) < 1 + len(lines) or numbers[0] == sum(numbers[1:]):
        return None
    return Sentence(
        "Cột %(label)s: dòng tổng (%(total)s) phải bằng tổng các dòng (%(sum)s)",
        {"label": label, "total": _plain(numbers[0]), "sum": _plain(sum(numbers[1:]))},
    )


def _plain(value: object) -> str:
    return decimal(value, trim=True) if isinstance(value, int | float) else str(value)
