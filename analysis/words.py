"""How figures are put into Vietnamese: 1.234, 92,31 %, and sentences with gaps."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal

HUNDREDTH = Decimal("0.01")


@dataclass(frozen=True, slots=True)
class Sentence:
    """Vietnamese words with named gaps: `str()` fills them, `_(text, **values)` translates."""

    text: str
    values: Mapping[str, str] = field(default_factory=dict)

    def __str__(self) -> str:
        return self.text % self.values if self.values else self.text


def rounded(value: float) -> float:
    """Two decimals, half up, as people round."""
    return float(Decimal(repr(value)).quantize(HUNDREDTH, rounding=ROUND_HALF_UP))


def whole(value: float) -> str:
    """1.234"""
    return f"{round(value):,}".replace(",", ".").replace("-", "−")


def decimal(value: float, *, trim: bool = False) -> str:
    """1.234,50; with `trim`, no zeros at the end: 3,5 and 4."""
    text = f"{rounded(value):,.2f}".translate(str.maketrans(",.-", ".,−"))
    return text.rstrip("0").rstrip(",") if trim else text


def percent(value: float) -> str:
    """92,31 %"""
    return f"{decimal(value)} %"
