"""Who else has a case open, and what in it is new to whoever looks: by the last look, no script."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError, OperationalError

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.looks import CaseLook, changed_since
from feedback.web import here

# A page that was last loaded longer ago than this is taken for closed.
OPEN_FOR = timedelta(minutes=10)
# A second look so soon with nothing new is not written down again.
SAME_LOOK = timedelta(seconds=30)


@dataclass(frozen=True, slots=True)
class Seen:
    """How far this officer had read before now: nothing at all the first time."""

    seq: int
    at: datetime | None

    def is_new(self, at: datetime, by_id: int | None) -> bool:
        """Whether something of that moment, said by that officer or the parent, is new."""
        return self.at is not None and at > self.at and by_id != here.officer().id


def before(case: Case) -> Seen:
    look = _look(case.id)
    return Seen(look.seen_seq, look.seen_at) if look else Seen(0, None)


def others(case: Case) -> list[str]:
    """Who else has it open, since when; nobody who is shut out of it."""
    since = clock.now() - OPEN_FOR
    found = db.session.scalars(
        select(CaseLook)
        .where(
            CaseLook.case_id == case.id,
            CaseLook.officer_id != here.officer().id,
            CaseLook.seen_at > since,
        )
        .order_by(CaseLook.opened_at)
    )
    return [_said(look) for look in found if not case.bars(look.officer)]


def _said(look: CaseLook) -> str:
    at = f"{look.opened_at.astimezone(clock.OFFICE_ZONE):%H:%M}"
    return str(_("%(who)s đang mở vụ việc này từ %(at)s.", who=look.officer.name, at=at))


def unread(ids: Sequence[int], never_seen: set[int]) -> set[int]:
    """Of these, what others changed since the last look; of those never opened, `never_seen`."""
    me = here.officer().id
    opened = set(
        db.session.scalars(
            select(CaseLook.case_id).where(CaseLook.officer_id == me, CaseLook.case_id.in_(ids))
        )
    )
    changed = set(db.session.scalars(changed_since(me).where(CaseLook.case_id.in_(ids))))
    return changed | (never_seen - opened)


def note(case: Case) -> None:
    """Write down that this officer has it open now: a write of its own, short, after the page."""
    look, now, seq = _look(case.id), clock.now(), len(case.events)
    if look and look.seen_seq == seq and now - look.seen_at < SAME_LOOK:
        return
    case_id, me = case.id, here.officer().id
    db.session.commit()  # the reading is over; only now may a write begin
    db.writing.set(True)
    try:
        _write(case_id, me, now, seq)
        db.session.commit()
    except (IntegrityError, OperationalError):
        db.session.rollback()  # two pages at once, or the writer is busy: it is only a look
    finally:
        db.writing.set(False)


def _write(case_id: int, officer_id: int, now: datetime, seq: int) -> None:
    look = db.session.scalar(
        select(CaseLook).where(CaseLook.case_id == case_id, CaseLook.officer_id == officer_id)
    )
    if look is None:
        look = CaseLook(case_id=case_id, officer_id=officer_id, opened_at=now)
        db.session.add(look)
    elif now - look.seen_at > OPEN_FOR:
        look.opened_at = now
    look.seen_at, look.seen_seq = now, seq


def _look(case_id: int) -> CaseLook | None:
    mine = CaseLook.officer_id == here.officer().id
    return db.session.scalar(select(CaseLook).where(mine, CaseLook.case_id == case_id))
