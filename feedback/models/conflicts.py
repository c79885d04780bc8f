"""Recusal, Accused: who may not know of a case, and whom it accuses."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.closed import ClosedText
from feedback.db import Base, Moment
from feedback.models.officers import Officer


class Recusal(Base):
    """From `declared_at` on the case does not exist for this officer, until it is lifted."""

    __tablename__ = "recusal"
    __table_args__ = (Index("ix_recusal_officer", "officer_id", "lifted_at", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    relation_code: Mapped[str] = mapped_column(String(16))
    declared_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    declared_at: Mapped[datetime] = mapped_column(Moment)
    lifted_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    lifted_at: Mapped[datetime | None] = mapped_column(Moment)

    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id], lazy="joined")
    declared_by: Mapped[Officer | None] = relationship(foreign_keys=[declared_by_id], lazy="joined")

    @property
    def stands(self) -> bool:
        return self.lifted_at is None


def barred_from(officer_id: int) -> Select[tuple[int]]:
    """The cases that do not exist for this officer."""
    return select(Recusal.case_id).where(
        Recusal.officer_id == officer_id, Recusal.lifted_at.is_(None)
    )


class Accused(Base):
    """Somebody whom a case accuses: an officer, somebody by office or name, or nobody knows."""

    __tablename__ = "accused"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind_code: Mapped[str] = mapped_column(String(16))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    name: Mapped[str] = mapped_column(ClosedText, default="")
    recorded_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    recorded_at: Mapped[datetime] = mapped_column(Moment)

    officer: Mapped[Officer | None] = relationship(foreign_keys=[officer_id], lazy="joined")
