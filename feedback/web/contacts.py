"""Whoever sees a sender's contact is written down: who, whose matter, which hour; never what.

So is whoever takes a paper or file of a sealed matter. A view says `opened` or `fetched`; the
writing comes after the page is made and before it is sent, short and of its own, so that reading
holds no lock and nothing is shown that was not written down.
"""

from datetime import datetime

from flask import Flask, Response, g
from sqlalchemy import Select, select, text

from feedback import clock, db, ledger
from feedback.models.cases import Case
from feedback.models.ledger import LOOKS, LedgerEntry
from feedback.papers.catalogue import PAPERS
from feedback.web import here

LOOKED, FETCHED = "case.contact", "case.file"
# The parts of a paper's facts in which its form has the sender's name.
NAMING = ("citizen.", "complainant.")
# What was done, to which matter.
Look = tuple[str, int]


def watch(app: Flask) -> None:
    app.after_request(_write_down)


def opened(case: Case) -> None:
    """This page shows who sent the matter, or how to reach them."""
    _note(LOOKED, case)


def fetched(case: Case) -> None:
    """A paper or file of it goes out; of a matter that lies sealed this is a look too."""
    if case.is_closed:
        _note(FETCHED, case)


def fetched_paper(case: Case, code: str) -> None:
    """A paper of it that went out; most have the sender's name in them."""
    fetched(case)
    named = any(field.startswith(NAMING) for field in PAPERS[code].fields)
    if named and case.submission.sender is not None:
        opened(case)


def _note(action: str, case: Case) -> None:
    g.setdefault("looks", {})[action, case.id] = case.owner_id


def looks(case: Case) -> Select[tuple[LedgerEntry]]:
    """Who saw the contact of this matter's sender or took its files, the newest first."""
    return _of(case.id).order_by(LedgerEntry.seq.desc())


def _of(case_id: int) -> Select[tuple[LedgerEntry]]:
    # In the words of the index of looks, so that it alone is asked.
    return select(LedgerEntry).where(text(LOOKS.text), LedgerEntry.object == _name(case_id))


def _name(case_id: int) -> str:
    return f"{Case.__tablename__}/{case_id}"


def _write_down(response: Response) -> Response:
    """Once for an officer, a matter and an hour. What cannot be written down is not shown."""
    seen: dict[Look, int] = g.pop("looks", {})
    if seen:
        me, now = here.officer().id, clock.now()
        fresh = {look: unit for look, unit in seen.items() if not _is_written(look, me, now)}
        if fresh:
            _write(fresh, me, now)
    return response


def _is_written(look: Look, officer_id: int, now: datetime) -> bool:
    action, case_id = look
    hour = now.replace(minute=0, second=0, microsecond=0)
    mine = _of(case_id).where(
        LedgerEntry.action == action, LedgerEntry.officer_id == officer_id, LedgerEntry.at >= hour
    )
    return db.session.scalar(mine.limit(1)) is not None


def _write(seen: dict[Look, int], officer_id: int, now: datetime) -> None:
    # The page is made; only now may a write begin. What it was made from stays as it was read.
    db.session.expunge_all()
    db.session.rollback()
    before = db.writing.set(True)
    try:
        # Two pages at once take turns, and the second finds what the first wrote.
        ledger.wait_turn(db.session.connection())
        for look, unit_id in seen.items():
            if not _is_written(look, officer_id, now):
                ledger.say(db.session(), look[0], _name(look[1]), unit_id=unit_id)
        db.session.commit()
    finally:
        db.writing.reset(before)
