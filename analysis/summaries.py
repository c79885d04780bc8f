"""How the answers to one survey question are counted, whatever the question is about."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from analysis.satisfaction import SCALE, Share, mean, share_dissatisfied, share_satisfied

DO_NOT_KNOW = 0  # "Không biết / không áp dụng"


@dataclass(frozen=True, slots=True)
class ScaleSummary:
    """Answers on the scale 1 to 5. Who does not know is counted apart, in no denominator."""

    answers: int
    unknown: int
    blank: int
    mean: float | None
    counts: Mapping[int, int]
    satisfied: Share  # 4 or 5
    dissatisfied: Share  # 1 or 2


@dataclass(frozen=True, slots=True)
class ChoiceSummary:
    """Answers to a list of options. Shares are of the people who answered, not of the ticks."""

    answers: int
    blank: int
    counts: Mapping[str, int]

    def share(self, option: str) -> Share:
        return Share(self.counts[option], self.answers)


@dataclass(frozen=True, slots=True)
class TextSummary:
    """Free words are counted here and read by people."""

    answers: int
    blank: int


@dataclass(frozen=True, slots=True)
class NumberSummary:
    """Numbers within limits, such as 0 to 100 % of expectation met."""

    answers: int
    blank: int
    mean: float | None


def scale(scores: Iterable[int | None]) -> ScaleSummary:
    """Count scores 1 to 5, 0 for "không biết", None for blank; a score off the scale is blank."""
    given = list(scores)
    valid = [score for score in given if score in SCALE]
    unknown = given.count(DO_NOT_KNOW)
    return ScaleSummary(
        answers=len(valid),
        unknown=unknown,
        blank=len(given) - len(valid) - unknown,
        mean=mean(score for score in valid if score is not None),
        counts={score: valid.count(score) for score in SCALE},
        satisfied=share_satisfied(valid),
        dissatisfied=share_dissatisfied(valid),
    )


def choice(answers: Iterable[Iterable[str]], options: Sequence[str]) -> ChoiceSummary:
    """Count ticks, one list of ticked options per person; an option asked no more is kept last."""
    given = [set(ticked) for ticked in answers]
    ticks = Counter(option for ticked in given for option in ticked)
    order = dict.fromkeys((*options, *sorted(ticks)))
    answered = sum(map(bool, given))
    return ChoiceSummary(
        answers=answered,
        blank=len(given) - answered,
        counts={option: ticks[option] for option in order},
    )


def text(answers: Iterable[str | None]) -> TextSummary:
    """Count who wrote something."""
    written = [bool(answer and answer.strip()) for answer in answers]
    return TextSummary(answers=sum(written), blank=len(written) - sum(written))


def number(values: Iterable[float | None], low: float = 0, high: float = 100) -> NumberSummary:
    """Mean of the numbers within the limits; others count as blank."""
    given = list(values)
    valid = [value for value in given if value is not None and low <= value <= high]
    return NumberSummary(answers=len(valid), blank=len(given) - len(valid), mean=mean(valid))
