"""Masking words in a text: one block in the place of each, everywhere they stand, nothing else.

A copy that hides a name once and shows it in the next line hides nothing, so words are masked
wherever they are written, with marks or without, a number however it is cut up. Every mask looks
the same: its length says nothing about what was below.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from analysis.language import even_tones

BLOCK = "█████"
# What may stand between the words of a name, or between the digits of a number.
BETWEEN_WORDS = r"[\s\-.,_'’@/:()]{1,3}"
BETWEEN_DIGITS = r"[\s.,\-–()/]{0,3}"
SHORTEST_NUMBER = 6
WORD = re.compile(r"[^\W_]+")
# A Vietnamese number with its country or without.
COUNTRY, TRUNK = "84", "0"


class MarkOutside(ValueError):
    """A mark that is not in the text: it belongs to another one, or the text has changed."""


@dataclass(frozen=True, slots=True, order=True)
class Mark:
    """A piece of a text, from one place up to another."""

    start: int
    end: int


def flat(text: str) -> str:
    """The text in small letters without marks, đ as d, each letter in the place it had."""
    return "".join(map(_plain, text))


def masked(text: str, marks: Iterable[Mark]) -> str:
    """The text with one block in the place of each mark; the rest stays letter by letter."""
    told, here = [], 0
    for mark in merged(text, marks):
        told += [text[here : mark.start], BLOCK]
        here = mark.end
    return "".join([*told, text[here:]])


def merged(text: str, marks: Iterable[Mark]) -> tuple[Mark, ...]:
    """In order; those that touch, or have only blanks between them, as one."""
    found: list[Mark] = []
    for mark in sorted(marks):
        if not 0 <= mark.start < mark.end <= len(text):
            raise MarkOutside(f"No such place in this text: {mark.start} to {mark.end}.")
        last = found[-1] if found else None
        if last and not text[last.end : mark.start].strip():
            found[-1] = Mark(last.start, max(last.end, mark.end))
        else:
            found.append(mark)
    return tuple(found)


def without(text: str, words: Iterable[str]) -> str:
    """The text with all of these words masked, wherever they stand.

    Until nothing is left to mask: a word may begin to stand by itself where a number went.
    """
    told = tuple(words)
    copy = masked(text, (mark for one in told for mark in places(text, one)))
    return copy if copy == text else without(copy, told)


def places(text: str, words: str) -> Iterator[Mark]:
    """Wherever these words stand in the text.

    A number or several words: however they are written. One word: as a name, with the capital it
    has, for to mask “an” in “an toàn” would tell that somebody is called An.
    """
    if any(WORD.finditer(words)):
        alone = _is_one_name(words)
        for found in _pattern(words).finditer(flat(text)):
            if not alone or _is_same_name(text[found.start() : found.end()], words.strip()):
                yield Mark(found.start(), found.end())


def left_over(copy: str, words: str) -> list[Mark]:
    """Where one of the masked words still stands in the copy in another spelling: a person looks.

    Small letters of a name, or another name that differs by its marks only.
    """
    return [Mark(found.start(), found.end()) for found in _pattern(words).finditer(flat(copy))]


def _plain(letter: str) -> str:
    apart = unicodedata.normalize("NFD", letter.lower().replace("đ", "d"))
    return apart[0] if len(letter.lower()) == 1 else letter


def _pattern(words: str) -> re.Pattern[str]:
    digits = re.sub(r"\D", "", words)
    if len(digits) >= SHORTEST_NUMBER and not re.search(r"[^\W\d_]", words):
        return _number(digits)
    parts = [re.escape(found[0]) for found in WORD.finditer(flat(words))]
    return re.compile(rf"(?<![^\W_]){BETWEEN_WORDS.join(parts)}(?![^\W_])")


def _number(digits: str) -> re.Pattern[str]:
    core = digits.removeprefix(COUNTRY).removeprefix(TRUNK) or digits
    before = rf"(?:\+?{COUNTRY}{BETWEEN_DIGITS})?(?:{TRUNK}{BETWEEN_DIGITS})?"
    return re.compile(("" if core == digits else before) + BETWEEN_DIGITS.join(core))


def _is_one_name(words: str) -> bool:
    """One word of letters alone."""
    found = WORD.findall(words)
    return len(found) == 1 and found[0].isalpha()


def _is_same_name(found: str, name: str) -> bool:
    """The same capitals, and the same marks or none."""
    if name == name.lower():
        return _spelt(found.lower()) == _spelt(name) or found.lower() == flat(name)
    shapes = {_spelt(name), _bare(name)}
    return _spelt(found) in shapes | {shape.upper() for shape in shapes}


def _spelt(word: str) -> str:
    return even_tones(word)


def _bare(word: str) -> str:
    """Without marks, in the capitals it has."""
    pairs = zip(word, flat(word), strict=True)
    return "".join(plain.upper() if letter.isupper() else plain for letter, plain in pairs)
