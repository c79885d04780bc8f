"""How administrative papers write days, hours, numbers and names (Nghị định 30/2020/NĐ-CP)."""

import re
from datetime import date, datetime
from textwrap import wrap

from feedback.clock import OFFICE_ZONE

PADDED_MONTHS = 2  # the decree writes months 1 and 2 with a zero, no other
ROOM_TO_WRITE = "\u00a0" * 8
NOT_KNOWN = "…" * 20  # a line to fill in by hand

# "Điều 4 khoản 1 Nghị định 154/2026/NĐ-CP điểm h", as the catalogues of the rules write it.
LAW = re.compile(
    r"Điều (?P<article>\w+)(?: khoản (?P<clause>\d+))? (?P<text>.+?)"
    r"(?: khoản (?P<late_clause>\d+))?(?: điểm (?P<point>\w))?"
)

# “LDT-2026-4F7K2”, as `codes.new_reference` makes it: no line ends inside of it.
REFERENCE = re.compile(r"\b[0-9A-ZĐ]+(?:-[0-9A-ZĐ]+)*-[0-9]{4}-[0-9A-Z]{5}\b")


def dated(day: date) -> str:
    """The day as papers write it; no line ends between a word and its figure."""
    month = f"{day.month:02}" if day.month <= PADDED_MONTHS else f"{day.month}"
    return f"ngày\u00a0{day.day:02} tháng\u00a0{month} năm\u00a0{day.year}"


def clocked(moment: datetime) -> str:
    """A moment in office time: “08 giờ 35 phút, ngày 25 tháng 11 năm 2026”."""
    there = moment.astimezone(OFFICE_ZONE)
    return f"{there:%H}\u00a0giờ\u00a0{there:%M}\u00a0phút, {dated(there.date())}"


def numbered(number: str | None, symbol: str) -> str:
    """“05/TB-THLĐT”: padded below ten; room to write it when the paper has none yet."""
    return f"{ROOM_TO_WRITE if number is None else number.zfill(2)}/{symbol}"


def lines(text: str) -> list[str]:
    """The paragraphs of a text somebody typed."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def evenly(words: str, longest: int) -> str:
    """Lines of about the same length, so that no word stands alone."""
    fewest = len(wrap(words, longest))
    widths = range(1, longest + 1)
    return "\n".join(next(lines for n in widths if len(lines := wrap(words, n)) <= fewest))


def capital(words: str) -> str:
    """The same words as the beginning of a sentence."""
    return words[:1].upper() + words[1:]


def formal(words: str) -> str:
    """What the screen says to a parent, as a paper says it to a citizen."""
    return words.replace("Anh/chị", "Ông (bà)").replace("anh/chị", "ông (bà)")


def cited(law: str) -> str:
    """An article as papers cite it, from the smallest part up: “điểm h khoản 1 Điều 4 …”."""
    found = LAW.fullmatch(law)
    if not found or ";" in law:
        return law
    clause = found["clause"] or found["late_clause"]
    parts = (("điểm", found["point"]), ("khoản", clause), ("Điều", found["article"]))
    return " ".join([*(f"{word} {number}" for word, number in parts if number), found["text"]])
