"""Whoever sees a sender's contact is written down: who, whose matter, which hour; never what.

A view says `opened`; the writing comes after the page is made and before it is sent, short and of
its own, so that reading holds no lock and nothing is shown that was not written down.
"""

from datetime import datetime

from flask import Flask, Response, g
from sqlalchemy import Select, literal_column, select

from feedback import clock, db, ledger
from feedback.models.cases import Case
from feedback.models.ledger import LedgerEntry
from feedback.web import here

LOOKED = "case.contact"
# Said as a word of the statement, so that the index of looks alone is found.
_IS_LOOK = LedgerEntry.action == literal_column(f"'{LOOKED}'")


def watch(app: Flask) -> None:
    app.after_request(_write_down)


def opened(case: Case) -> None:
    """This page shows who sent the matter, or how to reach them."""
    g.setdefault("opened_contacts", {})[case.id] = case.owner_id


def looks(case: Case) -> Select[tuple[LedgerEntry]]:
    """Who saw the contact of this matter's sender, the newest first."""
    return _of(case.id).order_by(LedgerEntry.seq.desc())


def _of(case_id: int) -> Select[tuple[LedgerEntry]]:
    return select(LedgerEntry).where(_IS_LOOK, LedgerEntry.object == _name(case_id))


def _name(case_id: int) -> str:
    return f"{Case.__tablename__}/{case_id}"


def _write_down(response: Response) -> Response:
    """Once for an officer, a matter and an hour. What cannot be written down is not shown."""
    seen: dict[int, int] = g.pop("opened_contacts", {})
    if seen:
        me, now = here.officer().id, clock.now()
        fresh = {id_: unit for id_, unit in seen.items() if not _is_written(id_, me, now)}
        if fresh:
            _write(fresh, me, now)
    return response


def _is_written(case_id: int, officer_id: int, now: datetime) -> bool:
    hour = now.replace(minute=0, second=0, microsecond=0)
    mine = _of(case_id).where(LedgerEntry.officer_id == officer_id, LedgerEntry.at >= hour)
    return db.session.scalar(mine.limit(1)) is not None


def _write(seen: dict[int, int], officer_id: int, now: datetime) -> None:
    # The page is made; only now may a write begin. What it was made from stays as it was read.
    db.session.expunge_all()
    db.session.rollback()
    before = db.writing.set(True)
    try:
        # Two pages at once take turns, and the second finds what the first wrote.
        ledger.wait_turn(db.session.connection())
        for case_id, unit_id in seen.items():
            if not _is_written(case_id, officer_id, now):
                ledger.say(db.session(), LOOKED, _name(case_id), unit_id=unit_id)
        db.session.commit()
    finally:
        db.writing.reset(before)
