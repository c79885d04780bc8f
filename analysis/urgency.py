"""Words that say a child may be in danger. They only raise an alarm: a person confirms.

A false alarm costs a look, a miss may cost a child, so the patterns lean towards hitting. A text
typed without marks is read by stricter ones, because stripping merges words: chạy is cháy, dao is
đạo, từ từ is tự tử. What stands right around the words may calm them: a fire drill is no fire.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from analysis.language import even_tones, fold, marked_share
from analysis.sieve import Sieve
from analysis.urgency_bare import BARE, ENGLISH
from analysis.urgency_patterns import (
    MARKED,
    REPORTED_AFTER,
    REPORTED_BEFORE,
    TAUGHT_BEFORE,
    Cue,
)

CATEGORIES = {
    "abuse": "Bạo hành",
    "sexual": "Xâm hại",
    "selfharm": "Tự gây hại",
    "illness": "Ngộ độc, bệnh nặng",
    "violence": "Bạo lực, hung khí, ma túy",
    "missing": "Thất lạc, người lạ",
    "fire": "Cháy, điện, sập",
    "accident": "Tai nạn",
    "call": "Kêu cứu",
}

# A word here and there with a mark, in a text otherwise bare: both ways of reading are tried.
MIXED_SHARE = 0.3
BEFORE, AFTER = 80, 30

SPELLINGS = ((re.compile(r"\b(?:ko|k|hok|hong|kg|kh)\b"), "không"), (re.compile(r"\bdc\b"), "được"))


@dataclass(frozen=True, slots=True)
class Alarm:
    """One kind of danger and the words that say so, in small letters."""

    category: str
    words: str


class Cues:
    """The cues of one way of reading."""

    def __init__(self, cues: tuple[Cue, ...]):
        self.all = cues
        self._sieve = Sieve([cue.pattern.pattern for cue in cues])

    def possible(self, reading: str) -> Iterator[Cue]:
        """Those that may be found in this text, in their order."""
        return (self.all[number] for number in self._sieve.possible(reading))


IN_MARKED, IN_BARE, IN_ENGLISH = Cues(MARKED), Cues(BARE), Cues(ENGLISH)


def alarms(text: str) -> tuple[Alarm, ...]:
    """What in a text points at danger: the first finding of each category, in reading order."""
    found: dict[str, tuple[int, Alarm]] = {}
    for start, alarm in _findings(text):
        if alarm.category not in found or start < found[alarm.category][0]:
            found[alarm.category] = (start, alarm)
    return tuple(alarm for _, alarm in sorted(found.values(), key=lambda pair: pair[0]))


def is_alarming(text: str) -> bool:
    return any(True for _ in _findings(text))


def _findings(text: str) -> Iterator[tuple[int, Alarm]]:
    for reading, cues in _readings(text):
        for cue in cues.possible(reading):
            for match in cue.pattern.finditer(reading):
                if not _is_calm(reading, match, cue):
                    yield match.start(), Alarm(cue.category, match[0])
                    break


def _readings(text: str) -> Iterator[tuple[str, Cues]]:
    """The text as each set of patterns wants it; line breaks end a clause."""
    lines = " . ".join(text.split("\n"))
    share = marked_share(lines)
    if share:
        yield _spelt_out(even_tones(" ".join(lines.lower().split()))), IN_MARKED
    if share < MIXED_SHARE:
        bare = fold(_spelt_out(lines.lower()))
        yield bare, IN_BARE
        yield bare, IN_ENGLISH


def _spelt_out(text: str) -> str:
    for short, full in SPELLINGS:
        text = short.sub(full, text)
    return text


def _is_calm(reading: str, match: re.Match[str], cue: Cue) -> bool:
    """Whether the words right around say that nothing is happening to anyone."""
    start, end = match.span()
    before = re.split(r"[.!?;,]", reading[max(0, start - BEFORE) : start])[-1]
    after = reading[end : end + AFTER]
    if cue.unless and cue.unless.search(f"{before}{match[0]}{after}"):
        return True
    if cue.taught and TAUGHT_BEFORE.search(before):
        return True
    return cue.reported and bool(REPORTED_BEFORE.search(before) or REPORTED_AFTER.search(after))
