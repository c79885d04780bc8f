"""Breach: personal data leaked or lost, and the 72 hours to report it (Luật 91/2025 Đ23)."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.clock import OFFICE_ZONE
from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.rules.deadlines import DEADLINE_RULES
from feedback.rules.terms import due


class Breach(Base):
    """A row of the register: what happened, to whose data, what was done, when it was told."""

    __tablename__ = "breach"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    detected_at: Mapped[datetime] = mapped_column(Moment)
    happened_on: Mapped[date | None]
    what: Mapped[str] = mapped_column(Text)
    # Classes of data, codes of DATA_CLASSES.
    data_codes: Mapped[list[str]] = mapped_column(JSON)
    people: Mapped[int]
    children: Mapped[int]
    harm: Mapped[str] = mapped_column(Text, default="")
    measures: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Moment)
    recorded_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    due_at: Mapped[datetime] = mapped_column(Moment)
    reported_at: Mapped[datetime | None] = mapped_column(Moment)
    reported_to: Mapped[str] = mapped_column(String(200), default="")
    reported_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))

    unit: Mapped[Unit] = relationship(lazy="joined")
    recorded_by: Mapped[Officer] = relationship(foreign_keys=[recorded_by_id])

    def is_late(self, now: datetime) -> bool:
        """The 72 hours have passed without a report, or it came after them."""
        return (self.reported_at or now) > self.due_at

    def report(self, by: Officer, to: str, at: datetime) -> None:
        """The authority was told."""
        self.reported_at, self.reported_to, self.reported_by_id = at, to, by.id


def report_due(detected_at: datetime) -> datetime:
    """72 hours from the very moment, nights and days off included."""
    term = DEADLINE_RULES["BREACH"][-1].term
    found = due(term, detected_at.astimezone(OFFICE_ZONE), WorkCalendar())
    return found.at or detected_at
