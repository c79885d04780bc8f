"""Erasure, LegalHold, RetentionTerm, Disposal: what was taken away, what may not be, by whom."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.units import Unit

PROPOSED, CARRIED_OUT, REJECTED = "proposed", "done", "rejected"


class Erasure(Base):
    """One letter's data taken away: ids only. The same is kept in a file outside the database."""

    __tablename__ = "erasure"
    __table_args__ = (UniqueConstraint("submission_id", "what"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    # "words": everything; "contact": only who wrote.
    what: Mapped[str] = mapped_column(String(8))
    # "request", "retention" or "again" (after an older copy was restored).
    why: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime] = mapped_column(Moment)
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))


class LegalHold(Base):
    """Nothing of this case may be erased or disposed of until somebody lifts it."""

    __tablename__ = "legal_hold"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    reason: Mapped[str] = mapped_column(Text)
    placed_at: Mapped[datetime] = mapped_column(Moment)
    placed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))

    case: Mapped[Case] = relationship()
    placed_by: Mapped[Officer] = relationship(foreign_keys=[placed_by_id])


class RetentionTerm(Base):
    """The period an Office set for a class, for itself and the units below; the newest holds."""

    __tablename__ = "retention_term"
    __table_args__ = (Index("ix_retention_term_unit", "unit_id", "class_code", "id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    class_code: Mapped[str] = mapped_column(String(16))
    quantity: Mapped[int]
    period_unit: Mapped[str] = mapped_column(String(1))
    basis: Mapped[str] = mapped_column(String(300))
    set_at: Mapped[datetime] = mapped_column(Moment)
    set_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))


class Disposal(Base):
    """Records whose keeping has ended: one officer proposes, another carries it out."""

    __tablename__ = "disposal"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    class_code: Mapped[str] = mapped_column(String(16))
    # The period and its basis as they were on that day: they stand on the certificate.
    quantity: Mapped[int]
    period_unit: Mapped[str] = mapped_column(String(1))
    basis: Mapped[str] = mapped_column(String(300))
    state: Mapped[str] = mapped_column(String(12), default=PROPOSED)
    proposed_at: Mapped[datetime] = mapped_column(Moment)
    proposed_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    note: Mapped[str] = mapped_column(Text, default="")

    unit: Mapped[Unit] = relationship(lazy="joined")
    proposed_by: Mapped[Officer] = relationship(foreign_keys=[proposed_by_id], lazy="joined")
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id], lazy="joined")
    items: Mapped[list["DisposalItem"]] = relationship(order_by="DisposalItem.id")


class DisposalItem(Base):
    """One case of a disposal, as it stood when it was proposed; `disposed` once it is gone."""

    __tablename__ = "disposal_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    disposal_id: Mapped[int] = mapped_column(ForeignKey("disposal.id"), index=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    ended_on: Mapped[date]
    kept_until: Mapped[date]
    disposed: Mapped[bool] = mapped_column(default=False)

    case: Mapped[Case] = relationship(lazy="joined")
