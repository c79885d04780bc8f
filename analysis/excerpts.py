"""Whether one text was cut out of another, and what two texts still say alike."""

import re

from analysis.language import fold

SENTENCE_ENDS = re.compile(r"[.!?…;\n]+")
# Fewer words than that are a turn of phrase, not a sentence.
SHORTEST_SENTENCE = 4


def _plain(text: str) -> str:
    """Small letters without accents, one blank between words, no marks."""
    return " ".join(re.findall(r"\w+", fold(text)))


def is_excerpt(part: str, whole: str) -> bool:
    """Whether every sentence of the part stands in the whole."""
    where = f" {_plain(whole)} "
    return all(f" {said} " in where for said in _sentences(part, 1))


def said_in_both(part: str, rest: str) -> bool:
    """Whether some sentence of the part still stands in the rest."""
    where = f" {_plain(rest)} "
    return any(f" {said} " in where for said in _sentences(part, SHORTEST_SENTENCE))


def _sentences(text: str, shortest: int) -> list[str]:
    found = (_plain(piece) for piece in SENTENCE_ENDS.split(text))
    return [said for said in found if said and len(said.split()) >= shortest]
