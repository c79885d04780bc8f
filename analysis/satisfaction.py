"""Shares that stay honest: uncertainty, too few to say, and change put into words.

Percent means 0 to 100 and two decimals, rounded half up. Satisfaction of schools is near 98 %, so
what tells schools apart is the share of the dissatisfied and how sure that share is.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt
from statistics import median

from analysis.words import Sentence, decimal, rounded, whole

ENOUGH = 10  # below this many answers a share is neither published nor compared
SCALE = range(1, 6)  # 1 rất không hài lòng … 5 rất hài lòng; 0, "không biết", is not on it
Z_95 = 1.959963984540054  # 95 % of a normal distribution lie within so many deviations


@dataclass(frozen=True, slots=True)
class Interval:
    """Where the true share lies with 95 % confidence, in percent."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Share:
    """A part of a whole, both counted: 12 of 13."""

    part: int
    whole: int

    @property
    def percent(self) -> float | None:
        return share(self.part, self.whole)


@dataclass(frozen=True, slots=True)
class Change:
    """How a figure moved: the difference (None when it may not be said), and the sentence."""

    difference: float | None
    words: Sentence


def share(part: int, whole: int) -> float | None:
    """Percent of the whole, two decimals; None of nothing."""
    if not whole:
        return None
    return (20_000 * part + whole) // (2 * whole) / 100


def mean(values: Iterable[float]) -> float | None:
    """The arithmetic mean, two decimals; None of nothing. Pool answers, never mean of means."""
    found = list(values)
    return rounded(sum(found) / len(found)) if found else None


def middle(values: Iterable[float]) -> float | None:
    """The median: half took no longer. None of nothing."""
    found = list(values)
    return float(median(found)) if found else None


def wilson(part: int, whole: int) -> Interval | None:
    """The 95 % interval of a share (Wilson score): honest for few answers and near 100 %."""
    if not whole:
        return None
    low, high = _wilson(part, whole)
    return Interval(rounded(100 * low), rounded(100 * high))


def _wilson(part: int, whole: int) -> tuple[float, float]:
    p, z2 = part / whole, Z_95**2
    centre = (p + z2 / (2 * whole)) / (1 + z2 / whole)
    half = Z_95 / (1 + z2 / whole) * sqrt(p * (1 - p) / whole + z2 / (4 * whole**2))
    return (max(0.0, centre - half), min(1.0, centre + half))


def difference(now: Share, before: Share) -> Interval | None:
    """The 95 % interval of the difference of two shares (Newcombe 1998, method 10)."""
    if not now.whole or not before.whole:
        return None
    p, q = now.part / now.whole, before.part / before.whole
    (low, high), (low0, high0) = _wilson(now.part, now.whole), _wilson(before.part, before.whole)
    down, up = sqrt((p - low) ** 2 + (high0 - q) ** 2), sqrt((high - p) ** 2 + (q - low0) ** 2)
    return Interval(rounded(100 * (p - q - down)), rounded(100 * (p - q + up)))


def share_dissatisfied(scores: Iterable[int | None]) -> Share:
    """Of the answers from 1 to 5, those that are 1 or 2."""
    return _share_of(scores, (1, 2))


def share_satisfied(scores: Iterable[int | None]) -> Share:
    """Of the answers from 1 to 5, those that are 4 or 5."""
    return _share_of(scores, (4, 5))


def _share_of(scores: Iterable[int | None], wanted: tuple[int, int]) -> Share:
    valid = [score for score in scores if score in SCALE]
    return Share(sum(score in wanted for score in valid), len(valid))


def published(found: Share) -> float | None:
    """The percent, or None where too few answered to be shown beside others."""
    return found.percent if found.whole >= ENOUGH else None


def pooled(shares: Sequence[Share]) -> Share:
    """Of several units, all answers together; never the mean of their percents."""
    return Share(sum(one.part for one in shares), sum(one.whole for one in shares))


TOO_FEW = Sentence("Chưa đủ dữ liệu để so sánh")
SAME = Sentence("Không đổi so với cùng kỳ")


def change(now: Share, before: Share) -> Change:
    """How a share moved, in percentage points, and whether that may be chance."""
    if min(now.whole, before.whole) < ENOUGH or (sure := difference(now, before)) is None:
        return Change(None, TOO_FEW)
    moved = rounded((now.percent or 0) - (before.percent or 0))
    if not moved:
        return Change(moved, SAME)
    chance = sure.low <= 0 <= sure.high
    return Change(moved, Sentence(SHARE_WORDS[moved > 0, chance], {"by": decimal(abs(moved))}))


SHARE_WORDS = {
    (True, False): "Tăng %(by)s điểm phần trăm so với cùng kỳ",
    (False, False): "Giảm %(by)s điểm phần trăm so với cùng kỳ",
    (True, True): "Tăng %(by)s điểm phần trăm, còn trong khoảng dao động ngẫu nhiên",
    (False, True): "Giảm %(by)s điểm phần trăm, còn trong khoảng dao động ngẫu nhiên",
}


def change_of_counts(now: int, before: int) -> Change:
    """How a count moved; counts are true however small."""
    moved = now - before
    if not moved:
        return Change(moved, SAME)
    by = whole(abs(moved))
    if not before:
        return Change(moved, Sentence("Tăng %(by)s, cùng kỳ không có", {"by": by}))
    return Change(moved, Sentence(COUNT_WORDS[moved > 0], {"by": by}))


COUNT_WORDS = {True: "Tăng %(by)s so với cùng kỳ", False: "Giảm %(by)s so với cùng kỳ"}


def change_of_days(now: Sequence[int], before: Sequence[int]) -> Change:
    """How the median of working days moved."""
    if min(len(now), len(before)) < ENOUGH:
        return Change(None, TOO_FEW)
    moved = rounded(float(median(now)) - float(median(before)))
    if not moved:
        return Change(moved, SAME)
    return Change(moved, Sentence(DAYS_WORDS[moved > 0], {"by": decimal(abs(moved), trim=True)}))


DAYS_WORDS = {
    True: "Chậm hơn %(by)s ngày so với cùng kỳ",
    False: "Nhanh hơn %(by)s ngày so với cùng kỳ",
}
