"""Scans and begun forms per point and day, counted in memory and written down now and then.

A statistic, not a promise: what a crash takes is a few seconds of counting. What was *sent* is
counted nowhere: it is what lies there, as far as whoever asks may see it.
"""

import atexit
import contextlib
import threading
from collections import Counter
from datetime import date, datetime, timedelta
from typing import Literal

from flask import request
from sqlalchemy import Date, bindparam, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from feedback import db

Step = Literal["scans", "starts"]
WRITE_EVERY = timedelta(seconds=10)
# As plain SQL, which both databases read alike: SQLAlchemy puts an upsert of its own making
# together anew for every send.
MORE = text(
    "INSERT INTO point_day (point_id, day, scans, starts) VALUES (:point_id, :day, :scans, :starts)"
    " ON CONFLICT (point_id, day) DO UPDATE SET scans = point_day.scans + excluded.scans,"
    " starts = point_day.starts + excluded.starts"
).bindparams(bindparam("day", type_=Date()))
# What a browser says when it fetches a page that nobody has asked for yet.
AHEAD_HEADERS = ("Sec-Purpose", "Purpose", "X-Moz", "X-Purpose")

_counts: Counter[tuple[int, date, Step]] = Counter()
_lock = threading.Lock()
_written_at: datetime | None = None


def count(point_id: int, step: Step, at: datetime) -> None:
    """One more person at this point today; written down later, by whoever comes by then."""
    if request.method != "GET" or _fetched_ahead():
        return
    with _lock:
        _counts[point_id, at.date(), step] += 1
    if _is_time(at):
        with contextlib.suppress(SQLAlchemyError):
            flush()


def flush() -> None:
    """Write down what was counted, in a short transaction of its own; kept if that fails."""
    with _lock:
        taken = Counter(_counts)
        _counts.clear()
    if not taken:
        return
    try:
        with Session(db.session.get_bind(), join_transaction_mode="create_savepoint") as session:
            for (point_id, day, step), number in sorted(taken.items()):
                add(session, point_id, day, step, number)
            session.commit()
    except SQLAlchemyError:
        with _lock:
            _counts.update(taken)
        raise


def add(session: Session, point_id: int, day: date, step: Step, number: int = 1) -> None:
    """So many more on this day, whether its row is there already or not. The caller commits."""
    steps: dict[str, int] = {"scans": 0, "starts": 0, step: number}
    session.connection().execute(MORE, {"point_id": point_id, "day": day, **steps})


def _fetched_ahead() -> bool:
    return any("prefetch" in request.headers.get(name, "").lower() for name in AHEAD_HEADERS)


def _is_time(at: datetime) -> bool:
    """Whether the last writing is long enough ago; the first caller to see it gets the work."""
    global _written_at  # noqa: PLW0603 - one moment for the process, under the lock
    with _lock:
        due = _written_at is None or not timedelta(0) <= at - _written_at < WRITE_EVERY
        if due:
            _written_at = at
    return due


@atexit.register
def _write_the_last() -> None:
    with contextlib.suppress(Exception):  # the process ends; nobody is there to be told
        flush()
