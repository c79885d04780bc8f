"""Whether a text speaks ill of who leads the school: then the school must not be its first reader.

It decides on the safe side and for good, so it only has to be right about what it lets through: a
matter that goes to the managing office for nothing costs a forwarding, one that reaches the accused
may cost the writer dearly. Greeting the head, or asking the head for help, accuses nobody.
"""

import re

from analysis.accusing_words import ASKED, CALLED, TITLES, WRONGS, WRONGS_BARE
from analysis.language import even_tones, fold, marked_share

# A text with fewer marked words than this is read without marks throughout.
BARE_BELOW = 0.15
# How far, in letters, what somebody did may stand from who did it.
REACH = 160
SENTENCE = re.compile(r"(?<=[.!?…;\n])\s+|\n+")


def accuses_leaders(text: str, names: tuple[str, ...] = ()) -> bool:
    """Whether some sentence puts the head, a deputy or the leadership beside a wrong.

    `names` are the full names of the people who lead this school.
    """
    bare = marked_share(text) < BARE_BELOW
    known = tuple(_reading(name, bare) for name in names if " " in name.strip())
    parts = [_reading(part, bare) for part in SENTENCE.split(text) if part]
    return any(_accuses(part, after, known, bare) for part, after in _pairs(parts))


def names_leaders(text: str) -> bool:
    """Whether an answer to “ai?” is a title of who leads the school."""
    return bool(TITLES[False].search(_reading(text, False)) or TITLES[True].search(fold(text)))


def speaks_of_wrong(text: str) -> bool:
    """Whether there is a wrong in it at all: if not, nobody's name needs to be looked for."""
    bare = marked_share(text) < BARE_BELOW
    return bool((WRONGS_BARE if bare else WRONGS).search(_reading(text, bare)))


def _pairs(parts: list[str]) -> list[tuple[str, str]]:
    return list(zip(parts, [*parts[1:], ""], strict=True))


def _reading(text: str, bare: bool) -> str:
    return fold(text) if bare else " ".join(even_tones(text).lower().split())


def _accuses(part: str, after: str, names: tuple[str, ...], bare: bool) -> bool:
    """A leader in this sentence, and a wrong in it, or in the next when that goes on about them."""
    spoken = ASKED[bare].sub(" ", part)
    people = [found.span() for found in TITLES[bare].finditer(spoken)]
    people += [found.span() for name in names for found in re.finditer(re.escape(name), spoken)]
    wrongs = WRONGS_BARE if bare else WRONGS
    near = any(
        begins - REACH <= wrong.start() <= ends + REACH
        for begins, ends in people
        for wrong in wrongs.finditer(spoken)
    )
    goes_on = CALLED[bare].match(after) if people else None
    return near or bool(goes_on and wrongs.search(after))
