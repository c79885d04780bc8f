"""Evenings when the whole school sends at once: entered at a point, or known from the timetable."""

from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.clock import OFFICE_ZONE
from feedback.models.meetings import Reception
from feedback.models.points import Gathering, QrPoint

# People scan before it begins, and write once they are home.
AROUND = timedelta(hours=1)


def are_on(session: Session, unit_id: int, at: datetime) -> bool:
    """Whether many are expected at this unit at this moment, at whichever of its points."""
    entered = (
        select(Gathering.id)
        .join(QrPoint, QrPoint.id == Gathering.point_id)
        .where(
            QrPoint.unit_id == unit_id,
            Gathering.cancelled_at.is_(None),
            Gathering.begins_at <= at + AROUND,
            Gathering.ends_at >= at - AROUND,
        )
        .limit(1)
    )
    return session.scalar(entered) is not None or _receives(session, unit_id, at)


def _receives(session: Session, unit_id: int, at: datetime) -> bool:
    """Whether the published timetable has a session about now."""
    on = at.astimezone(OFFICE_ZONE).date()
    today = select(Reception).where(
        Reception.unit_id == unit_id, Reception.held_on == on, Reception.cancelled_on.is_(None)
    )
    return any(
        datetime.combine(on, one.begins_at, OFFICE_ZONE) - AROUND
        <= at
        <= datetime.combine(on, one.ends_at, OFFICE_ZONE) + AROUND
        for one in session.scalars(today)
    )


def ahead(session: Session, point: QrPoint, at: datetime) -> list[Gathering]:
    """What is entered at this point and not over, the next first."""
    found = (
        select(Gathering)
        .where(
            Gathering.point_id == point.id,
            Gathering.cancelled_at.is_(None),
            Gathering.ends_at >= at,
        )
        .order_by(Gathering.begins_at)
    )
    return list(session.scalars(found))
