"""QrPoint: a printed code, where it hangs, and what came of it."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.models.units import Unit


class QrPoint(Base):
    """One printed code at one place. The code on the wall never changes; where it leads may."""

    __tablename__ = "qr_point"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    place: Mapped[str] = mapped_column(String(120))
    serial: Mapped[int] = mapped_column(default=1)
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)
    # Resting for a while: what visitors are told, and until when (none: until somebody resumes).
    paused_at: Mapped[datetime | None] = mapped_column(Moment)
    paused_until: Mapped[datetime | None] = mapped_column(Moment)

    unit: Mapped[Unit] = relationship(lazy="joined")
    events: Mapped[list["PointEvent"]] = relationship(
        order_by="PointEvent.id", back_populates="point"
    )

    @property
    def revoked(self) -> bool:
        return self.revoked_at is not None

    def rests(self, at: datetime) -> bool:
        """Whether the point is paused at this moment."""
        return is_resting(self.paused_at, self.paused_until, at)

    @classmethod
    def make(cls, code: str, unit: Unit, place: str, by: Officer | None, at: datetime) -> "QrPoint":
        point = cls(code=code, unit=unit, unit_id=unit.id, place=place, serial=1, made_at=at)
        point._record("make", by, at, "")
        return point

    def revoke(self, by: Officer, at: datetime, note: str) -> None:
        """From now on the printed code opens a page that says what to do instead."""
        self.revoked_at = at
        self._record("revoke", by, at, note)

    def restore(self, by: Officer, at: datetime, note: str) -> None:
        self.revoked_at = None
        self._record("restore", by, at, note)

    def pause(self, by: Officer, at: datetime, note: str, until: datetime | None) -> None:
        """Visitors find other ways to the school for a while; a form already open is taken."""
        self.paused_at, self.paused_until = at, until
        self._record("pause", by, at, note)

    def resume(self, by: Officer, at: datetime, note: str) -> None:
        self.paused_at = self.paused_until = None
        self._record("resume", by, at, note)

    def note_gathering(self, by: Officer, at: datetime, note: str, over: bool = False) -> None:
        """An evening with wider limits was entered here, or called off."""
        self._record("call_off" if over else "gather", by, at, note)

    def lead_to(self, place: str, by: Officer, at: datetime, unit: Unit | None = None) -> None:
        """The same printed code, hung elsewhere: the next poster carries a new serial."""
        before = f"{self.unit.short_name} · {self.place}"
        self.place = place
        if unit is not None:
            self.unit, self.unit_id = unit, unit.id
        self.serial += 1
        self._record("move", by, at, before)

    def _record(self, move: str, by: Officer | None, at: datetime, note: str) -> None:
        self.events.append(
            PointEvent(move_code=move, officer_id=by.id if by else None, at=at, note=note)
        )


def is_resting(paused_at: datetime | None, until: datetime | None, at: datetime) -> bool:
    """Whether a pause that began then, and lasts until then, holds at this moment."""
    return paused_at is not None and paused_at <= at and (until is None or at < until)


class Gathering(Base):
    """An evening when many send at once from one place: wider limits, so that nobody is labelled.

    `point_id` is the point it was entered at; what is in the timetable of receptions needs none.
    """

    __tablename__ = "gathering"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("qr_point.id"), index=True)
    begins_at: Mapped[datetime] = mapped_column(Moment)
    ends_at: Mapped[datetime] = mapped_column(Moment)
    name: Mapped[str] = mapped_column(String(120))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    cancelled_at: Mapped[datetime | None] = mapped_column(Moment)

    def cancel(self, at: datetime) -> None:
        self.cancelled_at = at


class PointEvent(Base):
    """What was done to a point, by whom, when."""

    __tablename__ = "point_event"

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("qr_point.id"), index=True)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    move_code: Mapped[str] = mapped_column(String(16))
    at: Mapped[datetime] = mapped_column(Moment)
    note: Mapped[str] = mapped_column(String(300), default="")

    point: Mapped[QrPoint] = relationship(back_populates="events")
    officer: Mapped[Officer | None] = relationship(lazy="joined")


class PointDay(Base):
    """Scans and forms begun at a point on one day. A statistic, not a promise."""

    __tablename__ = "point_day"
    __table_args__ = (UniqueConstraint("point_id", "day"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    point_id: Mapped[int] = mapped_column(ForeignKey("qr_point.id"))
    day: Mapped[date]
    scans: Mapped[int] = mapped_column(default=0)
    starts: Mapped[int] = mapped_column(default=0)
