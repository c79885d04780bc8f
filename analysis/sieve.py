"""Which of many patterns can match a text at all: told by words that each of them needs.

Looking for a word in a text is fifty times faster than trying a pattern on it, and an ordinary
letter holds the words of few patterns. What a pattern needs is read off the pattern itself.
"""

import re
from collections.abc import Iterator, Sequence
from typing import TypeAlias

Words: TypeAlias = frozenset[str]
# A letter that must be there, or words of which one must be there; no words: anything may be.
Part: TypeAlias = str | Words

ANYTHING: Words = frozenset()
SIGN = re.compile(
    r"\\.|\[[^\]]+\]|\(\?[:!=]|\((?!\?)|[)|]|[?*+]|\{\d+(?:,\d*)?\}|[^\\\[({.^$]|[.^$]"
)
MAY_BE_MISSING = ("?", "*", "{0")


class Sieve:
    """Patterns behind the words they need."""

    def __init__(self, patterns: Sequence[str]):
        self._always = 0  # a bit for each pattern that needs no word
        self._by_word: dict[str, int] = {}
        for number, pattern in enumerate(patterns):
            words = needed(pattern)
            if not words:
                self._always |= 1 << number
            for word in words:
                self._by_word[word] = self._by_word.get(word, 0) | 1 << number

    def possible(self, text: str) -> Iterator[int]:
        """The numbers of the patterns that may match, in order; no other can."""
        left = self._always
        for word, patterns in self._by_word.items():
            if word in text:
                left |= patterns
        while left:
            lowest = left & -left
            yield lowest.bit_length() - 1
            left ^= lowest


def needed(pattern: str) -> Words:
    """Words of which every text that matches holds at least one; none when that cannot be told."""
    signs = SIGN.findall(pattern)
    if "".join(signs) != pattern:
        raise ValueError(f"More than the sieve can read: {pattern}")
    return _group(iter(signs))


def _group(signs: Iterator[str]) -> Words:
    """What is needed up to the end of the group: a word of each of its alternatives."""
    rows = [list[Part]()]
    for sign in signs:
        if sign == ")":
            break
        if sign == "|":
            rows.append([])
        else:
            _read(sign, signs, rows[-1])
    needs = [max(filter(None, _words(row)), key=_telling, default=ANYTHING) for row in rows]
    return ANYTHING.union(*needs) if all(needs) else ANYTHING


def _read(sign: str, signs: Iterator[str], row: list[Part]) -> None:
    """One more part of a row; or, if the sign says how often, what becomes of the last part."""
    if sign[0] == "(":
        inside = _group(signs)
        row.append(ANYTHING if sign in {"(?!", "(?="} else inside)
    elif sign.startswith(MAY_BE_MISSING):
        row[-1] = ANYTHING
    elif sign[0] in "+{" or len(sign) > 1 or sign in ".^$":
        row.append(ANYTHING)
    else:
        row.append(sign)


def _words(row: list[Part]) -> Iterator[Words]:
    """The parts of a row, letters that follow each other as one word."""
    letters = ""
    for part in [*row, ANYTHING]:
        if isinstance(part, str):
            letters += part
            continue
        yield from (frozenset({letters}) if letters else ANYTHING, part)
        letters = ""


def _telling(words: Words) -> tuple[int, int]:
    """Long words are rarer than short ones, and few of them are rarer than many."""
    return min(map(len, words)), -len(words)
