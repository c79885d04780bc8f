"""The shipped words of the demo: schools, invented messages, answers, notes and remarks."""

from collections import Counter
from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from analysis.urgency import is_alarming
from feedback.shipped import read

ALARM_COUNTS_AS = 3

Row = dict[str, Any]
Test = Callable[[Row], bool]


def words(part: str) -> list[Any]:
    """One list of the words that officers and parents use in a case."""
    found: list[Any] = read("answers")[part]
    return found


def scene(fate_code: str) -> Row | None:
    """The message written for this fate; none when any message that fits will do."""
    found: Row | None = read("scenes").get(fate_code)
    return found


def pick(rng: Random, rows: Iterable[Row], *tests: Test) -> Row | None:
    """Any row that passes the first test for which there is one; none when no test finds any."""
    rows = list(rows)
    for test in tests:
        fitting = [row for row in rows if test(row)]
        if fitting:
            return rng.choice(fitting)
    return None


class Deck:
    """The invented messages, told evenly: the one told least, and least at this school, is next."""

    def __init__(self, rng: Random) -> None:
        self._rng = rng
        self._told: Counter[tuple[str, int]] = Counter()

    def draw(self, unit_code: str, fits: Test) -> Row:
        """A message that fits, for this unit. Alarms are rarer in life than among the messages."""
        found = [(n, story) for n, story in enumerate(read("stories")) if fits(story)]
        times = [(self._told[unit_code, n], self._told["", n]) for n, _ in found]
        least = min(times)
        number, story = self._rng.choice(
            [one for one, told in zip(found, times, strict=True) if told == least]
        )
        self._told[unit_code, number] += 1
        self._told["", number] += ALARM_COUNTS_AS if is_alarming(story["text"]) else 1
        drawn: Row = story
        return drawn
