"""CaseLook: when somebody last had a case open, and how far they have read it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, UniqueConstraint, and_, or_, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.events import CaseEvent
from feedback.models.officers import Officer


class CaseLook(Base):
    """One officer's reading of one case: open since, seen last, and the last event seen."""

    __tablename__ = "case_look"
    __table_args__ = (UniqueConstraint("officer_id", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    opened_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    seen_seq: Mapped[int]

    officer: Mapped[Officer] = relationship(lazy="joined")


def changed_since(officer_id: int) -> Select[tuple[int]]:
    """The cases in which others have done something since this officer last looked."""
    later = and_(CaseEvent.case_id == CaseLook.case_id, CaseEvent.seq > CaseLook.seen_seq)
    by_others = or_(CaseEvent.officer_id.is_(None), CaseEvent.officer_id != officer_id)
    return (
        select(CaseLook.case_id)
        .join(CaseEvent, later)
        .where(CaseLook.officer_id == officer_id, by_others)
    )
