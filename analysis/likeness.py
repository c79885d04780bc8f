"""How much two letters are about the same thing: near words, near subject, near days."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from analysis.language import fold

# Words every letter has say nothing of what it is about.
EMPTY_WORDS = frozenset({
    "a", "ai", "anh", "ay", "ba", "bao", "be", "bi", "boi", "cac", "cai", "cam", "can", "cang",
    "cha", "chau", "chi", "cho", "chua", "chung", "chuyen", "co", "con", "cua", "cung", "da",
    "dang", "day", "de", "den", "di", "do", "dung", "duoc", "em", "gi", "gui", "ha", "ho", "hoi",
    "hon", "ket", "khi", "khong", "la", "lai", "lam", "len", "lop", "ma", "mai", "me", "minh",
    "moi", "mong", "mot", "muon", "nao", "nay", "nen", "nha", "nhan", "nhieu", "nhu", "nhung",
    "no", "noi", "o", "on", "phai", "phu", "qua", "ra", "rat", "roi", "sao", "sau", "se", "so",
    "ta", "tai", "thay", "the", "thi", "theo", "thoi", "toi", "tra", "trong", "truoc", "truong",
    "tu", "va", "van", "vao", "ve", "vi", "viec", "voi", "xem", "xin",
})  # fmt: skip
FAR_DAYS = 30
# Below that two letters are not shown as alike.
ALIKE = 0.3
SUBJECT_COUNTS, DAYS_COUNT = 0.15, 0.1


@dataclass(frozen=True, slots=True)
class Letter:
    """What of a matter is compared; `key` is whatever the caller knows it by."""

    key: str
    text: str
    subject_code: str
    received_on: date


def telling_words(text: str) -> frozenset[str]:
    """The pairs of neighbouring words that say what a text is about.

    Vietnamese writes a word as several syllables: pairs tell máy lạnh from máy chiếu.
    """
    plain = [word for word in _syllables(text) if word not in EMPTY_WORDS]
    return frozenset(f"{one} {two}" for one, two in pairwise(plain))


def _syllables(text: str) -> list[str]:
    return "".join(c if c.isalnum() else " " for c in fold(text)).split()


def likeness(one: Letter, other: Letter) -> float:
    """From 0 to 1: the shared share of the shorter one's pairs, then subject and days."""
    mine, theirs = telling_words(one.text), telling_words(other.text)
    shorter = min(len(mine), len(theirs))
    apart = abs((one.received_on - other.received_on).days)
    if not shorter or apart > FAR_DAYS:
        return 0.0
    shared = len(mine & theirs) / shorter
    near = 1 - apart / FAR_DAYS
    same = SUBJECT_COUNTS if one.subject_code == other.subject_code else 0.0
    return round(shared * (1 - SUBJECT_COUNTS - DAYS_COUNT) + (same + near * DAYS_COUNT), 4)


def most_alike(one: Letter, others: Iterable[Letter], most: int = 3) -> Sequence[str]:
    """The keys of the letters most like this one, the nearest first; only those alike enough.

    Subject and day alone never make two letters alike: some words must be shared.
    """
    mine = telling_words(one.text)
    scored = [
        (likeness(one, other), other.key) for other in others if mine & telling_words(other.text)
    ]
    near = sorted((s for s in scored if s[0] >= ALIKE), key=lambda s: (-s[0], s[1]))
    return [key for _, key in near[:most]]
