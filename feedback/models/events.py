"""CaseEvent, CaseDeadline, CasePause, Message: what happened, what is owed, what was said."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, Column, ForeignKey, Index, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.clock import office_day
from feedback.closed import ClosedText
from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.models.submissions import Attachment
from feedback.rules.calendar import WorkCalendar
from feedback.rules.lifecycle import PARENT, STAFF, SYSTEM
from feedback.rules.terms import Pause


@dataclass(frozen=True, slots=True)
class Act:
    """Who does something to a case, when, with which words, on which calendar."""

    by: Officer | None
    at: datetime
    calendar: WorkCalendar
    note: str = ""
    as_parent: bool = False
    files: tuple[Attachment, ...] = field(default=())

    @property
    def actor(self) -> str:
        if self.as_parent:
            return PARENT
        return STAFF if self.by else SYSTEM

    @property
    def on(self) -> date:
        return office_day(self.at)


class CaseEvent(Base):
    """One thing that happened. Append-only; `announced_at` empty means nobody was told yet."""

    __tablename__ = "case_event"
    __table_args__ = (
        UniqueConstraint("case_id", "seq"),
        Index("ix_case_event_unannounced", "announced_at", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    seq: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment)
    move_code: Mapped[str] = mapped_column(String(24))
    actor: Mapped[str] = mapped_column(String(8))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    from_status: Mapped[str] = mapped_column(String(16))
    to_status: Mapped[str] = mapped_column(String(16))
    note: Mapped[str] = mapped_column(ClosedText, default="")
    # What changed: {"field": [before, after]} in codes.
    detail: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    announced_at: Mapped[datetime | None] = mapped_column(Moment)

    officer: Mapped[Officer | None] = relationship(lazy="joined")


class CaseDeadline(Base):
    """A dated promise: which rule, counted from when, due when, met when."""

    __tablename__ = "case_deadline"
    __table_args__ = (Index("ix_case_deadline_running", "rule_code", "met_on", "due_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    rule_code: Mapped[str] = mapped_column(String(24))
    # The move that started it: a rule may begin with more than one.
    started_by: Mapped[str] = mapped_column(String(24))
    started_at: Mapped[datetime] = mapped_column(Moment)
    due_on: Mapped[date]
    due_at: Mapped[datetime | None] = mapped_column(Moment)
    met_on: Mapped[date | None]
    # Standing still since this day, by a decision to suspend; `due_on` is then the old day.
    paused_on: Mapped[date | None]

    @property
    def runs(self) -> bool:
        return self.met_on is None and self.paused_on is None

    @property
    def started_on(self) -> date:
        return office_day(self.started_at)

    def is_late(self, today: date) -> bool:
        """Met after its day, or unmet and the day has passed."""
        return (self.met_on or today) > self.due_on


class CasePause(Base):
    """A suspension by decision: days that do not count, until the decision to continue."""

    __tablename__ = "case_pause"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date | None]

    @property
    def span(self) -> Pause:
        return Pause(self.from_on, self.to_on)


message_attachment = Table(
    "message_attachment",
    Base.metadata,
    Column("message_id", ForeignKey("message.id"), primary_key=True),
    Column("attachment_id", ForeignKey("attachment.id"), primary_key=True),
)


class Message(Base):
    """Words exchanged in a case. `internal` ones never leave the office."""

    __tablename__ = "message"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    move_code: Mapped[str] = mapped_column(String(24))
    from_parent: Mapped[bool]
    internal: Mapped[bool] = mapped_column(default=False)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    text: Mapped[str] = mapped_column(ClosedText)
    # In a matter of several senders: whose words these are, or whom alone they are for.
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)

    officer: Mapped[Officer | None] = relationship(lazy="joined")
    attachments: Mapped[list[Attachment]] = relationship(
        secondary=message_attachment, lazy="selectin"
    )
