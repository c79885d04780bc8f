"""What a send looks like at the door: how hard its address presses, and whether a person wrote it.

Nothing here refuses. Signs go with the submission; an address that presses hard is asked to let its
machine work for a second, or to wait twenty, and photos rest meanwhile.
"""

import logging
import sqlite3
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from flask import request
from sqlalchemy import select

from analysis.language import fold
from analysis.urgency import alarms
from feedback import db, gatherings
from feedback.limits import SEND, SEND_FULL, UNIT, UNIT_FULL
from feedback.models.points import QrPoint
from feedback.models.submissions import Submission
from feedback.pressure import Gauge, Reading, nearby
from feedback.web import here
from feedback.web.public import pages

log = logging.getLogger("feedback")

# Nobody reads the page, writes a sentence and presses the button faster.
QUICKEST = timedelta(seconds=3)
# So far over the budget an address is only labelled; then it has to work; then photos rest.
PROVES_OVER, TEXT_ONLY_OVER = 20, 50
# A unit is given 300 an hour; above 1000 everybody's photos rest.
UNIT_TEXT_ONLY_OVER = 700
ADDRESS = Gauge(SEND, SEND_FULL, most=100)
WHOLE_UNIT = Gauge(UNIT, UNIT_FULL, most=800)
# Shorter words, such as “Cảm ơn thầy cô”, are anybody's.
SHORTEST_SAME = 20

LOOPBACK = frozenset({"127.0.0.1", "::/64"})
NOT_THERE = (sqlite3.Error, OSError)


@dataclass(frozen=True, slots=True)
class Pressure:
    """What is to be written beside a send, and what is asked of it first."""

    signs: tuple[str, ...] = ()
    proves: bool = False
    text_only: bool = False


def weigh(point: QrPoint, at: datetime) -> Pressure:
    """Count one send of this address at this point; calm when nothing can be counted."""
    try:
        return _weigh(point, at)
    except NOT_THERE as error:
        log.warning("not counted", extra={"error": type(error).__name__})
        return Pressure()


def _weigh(point: QrPoint, at: datetime) -> Pressure:
    address = _address()
    who = f"{point.code}|{address}"
    over = _over(here.basin().press(ADDRESS, who, at), point, at) if address else 0.0
    if over:
        return Pressure(("flood",), proves=over > PROVES_OVER, text_only=over > TEXT_ONLY_OVER)
    # What floods from one address does not count against the neighbours.
    unit = _over(here.basin().press(WHOLE_UNIT, point.unit.code, at), point, at)
    crowded = unit > UNIT_TEXT_ONLY_OVER
    return Pressure(("busy_unit",) if unit else (), proves=crowded, text_only=crowded)


def _address() -> str:
    """Where the send comes from; unknown behind a proxy that nobody told us to believe."""
    address = nearby(request.remote_addr or "")
    unbelieved = not here.settings().proxies and "X-Forwarded-For" in request.headers
    return "" if unbelieved and address in LOOPBACK else address


def asks_first(pressure: Pressure, form: Any) -> bool:
    """Whether something is asked before it is stored; of a child in danger never."""
    if not pressure.proves:
        return False
    said = "\n".join(str(form[name].data) for name in ("text", "wish") if name in form)
    ticked = "danger" in form and bool(form.danger.data)
    return not (ticked or alarms(said))


def _over(reading: Reading, point: QrPoint, at: datetime) -> float:
    """By how much it is too many, in this hour: the calendar is asked only when it matters."""
    if not reading.calm:
        return 0.0
    return reading.full if _is_evening(point.unit_id, at) else reading.calm


def _is_evening(unit_id: int, at: datetime) -> bool:
    """Whether many are expected here; for a whole crowd asked once a minute."""
    name = ("evening", unit_id)
    return pages.kept(name, at, lambda: gatherings.are_on(db.session(), unit_id, at))


@dataclass(frozen=True, slots=True)
class Shown:
    """What the form itself tells: since when it is open, and whether the unseen field is filled."""

    opened_at: datetime
    trapped: bool


@dataclass(frozen=True, slots=True)
class Seen:
    """All signs of one send, and the submission whose words it repeats.

    `words`: what was said, as it is compared; nothing when it is too short for that.
    """

    signs: tuple[str, ...]
    like_id: int | None
    words: str


def look(pressure: Pressure, shown: Shown, point: QrPoint, text: str, at: datetime) -> Seen:
    """Everything that looks like a flood or a program about this send."""
    folded = fold(text)
    words = folded if len(folded) >= SHORTEST_SAME else ""
    like = _repeated(point, words, at) if words else None
    found = {
        "trap": shown.trapped,
        "too_quick": at - shown.opened_at < QUICKEST,
        "paused_point": point.rests(at),
        "same_text": like is not None,
    }
    more = (code for code, is_so in found.items() if is_so)
    return Seen((*pressure.signs, *more), like, words)


def _repeated(point: QrPoint, words: str, at: datetime) -> int | None:
    """The submission that first said the very same at this point today."""
    try:
        found = here.basin().first_with(point.code, words, at)
    except NOT_THERE:
        return None
    # The file may know of what a restored database does not.
    return db.session.scalar(select(Submission.id).where(Submission.id == found)) if found else None


def remember(point: QrPoint, seen: Seen, submission_id: int, at: datetime) -> None:
    """After the commit: whoever says the same later today repeats this one."""
    if not seen.words or seen.like_id:
        return
    try:
        here.basin().remember(point.code, seen.words, submission_id, at)
    except NOT_THERE as error:
        log.warning("not counted", extra={"error": type(error).__name__})
