"""Vietnamese text: how it is kept, folded for searching, and cut into words."""

import re
import unicodedata
from operator import ne

# Control characters and half letters (surrogates) have no place in a letter; line break and tab do.
CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff"
# Invisible marks that turn the reading direction or hide: they can make a text lie.
HIDDEN = r"\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff"
NOT_KEPT = re.compile(f"[{CONTROLS}{HIDDEN}]")

FIRST_MARK = "\u0300"  # no combining mark (Mn) comes before it
TONES = "àáảãạ èéẻẽẹ òóỏõọ ùúủũụ ỳýỷỹỵ"
LETTER = "[^\\W\\d_]"


def tidy(text: str) -> str:
    """A text as it is kept: composed letters (NFC), plain line breaks, nothing hidden, trimmed."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", NOT_KEPT.sub("", lines)).strip()


def fold(text: str) -> str:
    """A text for comparing: small letters without accents, đ as d, single spaces."""
    small = unicodedata.normalize("NFC", text).lower().replace("đ", "d")
    apart = unicodedata.normalize("NFD", small)
    plain = [c for c in apart if c < FIRST_MARK or unicodedata.category(c) != "Mn"]
    return " ".join("".join(plain).split())


def has_diacritics(text: str) -> bool:
    """Whether any letter carries a Vietnamese mark (đ included)."""
    return marked_share(text) > 0


def marked_share(text: str) -> float:
    """The share of words with a Vietnamese mark; about 0.8 in ordinary prose, 0 when typed bare."""
    found = words(text)
    marked = sum(map(ne, found, fold(" ".join(found)).split()))
    return marked / len(found) if found else 0.0


def words(text: str) -> tuple[str, ...]:
    """The words in small letters with their marks; punctuation and pictures fall away."""
    return tuple(re.findall(r"\w+", unicodedata.normalize("NFC", text).lower()))


def even_tones(text: str) -> str:
    """Hoà, toé, thuý spelt as hòa, tóe, thúy: one place for the tone, so that patterns meet both.

    Only open syllables differ between the two schools (hoàn is hoàn in both); quý keeps its place.
    """
    return _TONE_PLACES.sub(lambda match: _MOVED[match[0]], unicodedata.normalize("NFC", text))


def _moved_tones() -> dict[str, str]:
    a, e, o, u, y = TONES.split()
    pairs = [(f"o{marked}", f"{first}a") for marked, first in zip(a, o, strict=True)]
    pairs += [(f"o{marked}", f"{first}e") for marked, first in zip(e, o, strict=True)]
    pairs += [(f"u{marked}", f"{first}y") for marked, first in zip(y, u, strict=True)]
    return dict(pairs)


_MOVED = _moved_tones()
_TONE_PLACES = re.compile(f"(?<![qQ])(?:{'|'.join(_MOVED)})(?!{LETTER})")
