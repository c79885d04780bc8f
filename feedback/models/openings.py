"""Opening: a request to learn who sent it, what became of it, and whether the envelope went out."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.closed import ClosedText
from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.rules.openings import ANSWERED_WITHIN, HANDED_OUT_WITHIN, Asked


class Opening(Base):
    """Asked by one officer, answered by another, handed out once. Never deleted."""

    __tablename__ = "opening"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"))
    ground_code: Mapped[str] = mapped_column(String(16))
    reason: Mapped[str] = mapped_column(ClosedText)
    asked_by_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    # Whether they signed for the unit that day: one of the two must.
    asker_signs: Mapped[bool]
    asked_at: Mapped[datetime] = mapped_column(Moment)
    decided_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Moment)
    allowed: Mapped[bool] = mapped_column(default=False)
    handed_out_at: Mapped[datetime | None] = mapped_column(Moment)

    asked_by: Mapped[Officer] = relationship(foreign_keys=[asked_by_id], lazy="joined")
    decided_by: Mapped[Officer | None] = relationship(foreign_keys=[decided_by_id], lazy="joined")

    @property
    def asked(self) -> Asked:
        """As the rules see it."""
        return Asked(
            by_id=self.asked_by_id,
            by_signs=self.asker_signs,
            at=self.asked_at,
            decided_at=self.decided_at,
            allowed=self.allowed,
            handed_out=self.handed_out_at is not None,
        )

    def waits(self, at: datetime) -> bool:
        """Whether somebody may still answer it."""
        return self.decided_at is None and at - self.asked_at <= ANSWERED_WITHIN

    def is_ready(self, at: datetime) -> bool:
        """Whether its envelope may still be handed out."""
        decided = self.decided_at
        fresh = decided is not None and at - decided <= HANDED_OUT_WITHIN
        return fresh and self.allowed and self.handed_out_at is None
