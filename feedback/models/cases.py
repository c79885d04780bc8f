"""Case: the matter being handled, what it is, who may see it, and how it comes to be."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    ForeignKey,
    Index,
    String,
    Table,
    Text,
    UniqueConstraint,
    and_,
    or_,
    text,
)
from sqlalchemy import case as sql_case
from sqlalchemy.ext.hybrid import hybrid_property
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.conflicts import Accused, Recusal
from feedback.models.data_acts import DataActs
from feedback.models.events import Act, CaseDeadline, CaseEvent, CasePause, Message
from feedback.models.file_acts import FileActs
from feedback.models.handling import Handling
from feedback.models.joining import Joining
from feedback.models.officers import Officer
from feedback.models.openings import Opening
from feedback.models.progress import allowed
from feedback.models.sifting import Sifting
from feedback.models.signings import SigningRequest
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.models.unsealing import Unsealing
from feedback.rules.lifecycle import CASE_STATUSES, OPEN
from feedback.rules.routing import Route

# Several submissions may join one matter.
case_submission = Table(
    "case_submission",
    Base.metadata,
    Column("case_id", ForeignKey("case_file.id"), primary_key=True),
    Column("submission_id", ForeignKey("submission.id"), primary_key=True),
)

_HELD = text("held_at IS NOT NULL")


class Case(Sifting, Unsealing, Joining, Handling, DataActs, FileActs, Base):
    """The matter being handled. `unit` is what it is about, `owner` is who must answer."""

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("reference"),
        Index("ix_case_file_owner_due", "owner_id", "status", "due_on", "id"),
        Index("ix_case_file_owner_received", "owner_id", "received_on", "id"),
        Index("ix_case_file_unit_received", "unit_id", "received_on", "id"),
        Index("ix_case_file_held", "owner_id", sqlite_where=_HELD, postgresql_where=_HELD),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    reference: Mapped[str] = mapped_column(String(24))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    owner_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    handler_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"), index=True)
    kind_code: Mapped[str] = mapped_column(String(16))
    subject_code: Mapped[str] = mapped_column(String(24))
    about_code: Mapped[str] = mapped_column(String(24))
    channel_code: Mapped[str] = mapped_column(String(16))
    point_id: Mapped[int | None] = mapped_column(ForeignKey("qr_point.id"), index=True)
    is_petition: Mapped[bool] = mapped_column(default=False)
    priority: Mapped[str] = mapped_column(String(4), default="P2")
    # An alert that no person has attended yet.
    alarmed: Mapped[bool] = mapped_column(default=False)
    # Fixed at intake, or later when it turns out to be about the head: never unset for the school.
    hidden_from_school: Mapped[bool] = mapped_column(default=False)
    status: Mapped[str] = mapped_column(String(16))
    outcome_code: Mapped[str | None] = mapped_column(String(16))
    refusal_code: Mapped[str | None] = mapped_column(String(24))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date]
    promised_on: Mapped[date | None]
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    transferred_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    escalated_on: Mapped[date | None]
    reopened: Mapped[int] = mapped_column(default=0)
    # Opened again after an answer: the last time, and the answer to that (none while it is owed).
    reopened_on: Mapped[date | None]
    answered_again_on: Mapped[date | None]
    rated_on: Mapped[date | None]
    face: Mapped[int | None]
    solved: Mapped[bool | None]
    # Original words folded without accents, so that "ban tru" finds "bán trú".
    folded: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=1)

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined")
    owner: Mapped[Unit] = relationship(foreign_keys=[owner_id], lazy="joined")
    handler: Mapped[Officer | None] = relationship(lazy="joined")
    submissions: Mapped[list[Submission]] = relationship(
        secondary=case_submission, order_by="Submission.id", lazy="selectin"
    )
    events: Mapped[list[CaseEvent]] = relationship(
        order_by="CaseEvent.seq", cascade="save-update, merge"
    )
    deadlines: Mapped[list[CaseDeadline]] = relationship(order_by="CaseDeadline.id")
    messages: Mapped[list[Message]] = relationship(order_by="Message.id")
    pauses: Mapped[list[CasePause]] = relationship(order_by="CasePause.id")
    recusals: Mapped[list[Recusal]] = relationship(order_by="Recusal.id")
    accused: Mapped[list[Accused]] = relationship(order_by="Accused.id")
    signings: Mapped[list[SigningRequest]] = relationship(order_by="SigningRequest.id")
    openings: Mapped[list[Opening]] = relationship(order_by="Opening.id")
    own_part: Mapped[Submission | None] = relationship(foreign_keys="Case.own_part_id")

    # Two clerks clicking at once: the second is told, nothing is overwritten.
    __mapper_args__ = {"version_id_col": version}  # noqa: RUF012

    # --- reading -------------------------------------------------------------------------------

    @property
    def submission(self) -> Submission:
        """The first thing that came in about this matter."""
        return self.submissions[0]

    @property
    def stage(self) -> int:
        """The parent's dot, 1 to 5."""
        return CASE_STATUSES[self.status].stage

    @property
    def escalated(self) -> bool:
        """Taken past the unit that first answered."""
        return self.escalated_on is not None

    def is_late(self, today: date) -> bool:
        """Something still owed was due before today."""
        return self.is_open and self.due_on is not None and self.due_on < today

    @staticmethod
    def late(today: date) -> ColumnElement[bool]:
        """The SQL twin of `is_late`."""
        return and_(Case.status.in_(OPEN), Case.due_on < today)

    @hybrid_property
    def counted_unit_id(self) -> int:
        """The unit in whose figures it counts: what a school may not see counts for its owner."""
        return self.owner_id if self.hidden_from_school else self.unit_id

    @counted_unit_id.inplace.expression
    @classmethod
    def _counted_unit_id(cls) -> ColumnElement[int]:
        return sql_case((cls.hidden_from_school, cls.owner_id), else_=cls.unit_id)

    @property
    def letter_ids(self) -> frozenset[int]:
        """The letters its words came in with: a part tells of the whole it was split from."""
        return frozenset(s.part_of_id or s.id for s in self.submissions)

    @staticmethod
    def seen_by(owners: set[int]) -> ColumnElement[bool]:
        """What officers of these units see: what they answer, and what about them is not hidden."""
        return or_(
            Case.owner_id.in_(owners),
            and_(Case.unit_id.in_(owners), Case.hidden_from_school.is_(False)),
        )

    # --- verbs ---------------------------------------------------------------------------------

    @classmethod
    def receive(cls, submission: Submission, route: Route, owner: Unit, act: Act) -> "Case":
        """Open the matter where the route says; its clocks start with the day after this one."""
        matter = cls(
            status="",
            unit=submission.unit,
            unit_id=submission.unit_id,
            owner=owner,
            owner_id=owner.id,
            kind_code=submission.kind_code,
            subject_code=submission.subject_code,
            about_code=submission.about_code,
            channel_code=submission.channel_code,
            point_id=submission.point_id,
            is_petition=submission.is_petition,
            signed_on=submission.received_on if submission.is_petition else None,
            extended=0,
            priority=route.priority,
            alarmed=False,
            # A matter that never was the school's is not the school's to read.
            hidden_from_school=route.hidden_from_school or owner is not submission.unit,
            received_at=submission.received_at,
            received_on=submission.received_on,
            reopened=0,
        )
        matter.submissions.append(submission)
        matter._move("receive", act, reasons=list(route.reasons))
        return matter

    def alert(self, act: Act, **cause: Any) -> None:
        """A child may be in danger: duty officers are told at once, a clock runs in hours."""
        self.alarmed, self.priority = True, "P0"
        self._move("alert", act, **cause)

    @allowed("succeed")
    def succeed(self, act: Act, to: Unit, handler: Officer | None) -> None:
        """Its unit has ended: the successor has it as it stands, clocks and all."""
        before = self.owner_id
        self._hand_to(to)
        self.handler, self.handler_id = handler, handler.id if handler else None
        self._move("succeed", act, owner=[before, to.id])

    def issue(self, act: Act, code: str, number: str) -> None:
        """A paper went out; a slip has no number."""
        self._move("issue", act, paper=code, number=number)

    def redact(self, act: Act, version: int) -> None:
        """A copy without who sent it was made."""
        self._move("redact", act, copy=version)

    def hide(self) -> None:
        """From now on the school does not know of it."""
        self.hidden_from_school = True
