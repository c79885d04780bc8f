"""SigningRequest: a draft that waits for a signature, and what became of it."""

import json
from collections.abc import Collection
from datetime import datetime

from sqlalchemy import ForeignKey, Index, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.closed import ClosedText
from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.models.units import Unit


class SigningRequest(Base):
    """What the handler proposes: which step, which finding, which words. Kept as it was."""

    __tablename__ = "signing_request"
    __table_args__ = (Index("ix_signing_request_unit", "unit_id", "ended_at", "case_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    move_code: Mapped[str] = mapped_column(String(24))
    # The result or the ground proposed; none where the step asks for neither.
    choice_code: Mapped[str] = mapped_column(String(24), default="")
    text: Mapped[str] = mapped_column(ClosedText)
    # The whole form of the step and its papers as it was filled in (JSON), but for the sender.
    facts: Mapped[str] = mapped_column(ClosedText, default="", server_default="")
    # The desk that prepared it, and the unit whose head signs.
    from_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    at: Mapped[datetime] = mapped_column(Moment)
    # signed, returned or lapsed: then it waits no longer.
    ended_as: Mapped[str] = mapped_column(String(8), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    ended_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    # Why it was sent back.
    reason: Mapped[str] = mapped_column(ClosedText, default="")

    by: Mapped[Officer | None] = relationship(foreign_keys=[by_id], lazy="joined")
    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], lazy="joined")

    @property
    def waits(self) -> bool:
        return self.ended_at is None

    @property
    def filled_in(self) -> dict[str, list[str]]:
        """Its form field by field; nothing for a draft of words alone."""
        found: dict[str, list[str]] = json.loads(self.facts) if self.facts else {}
        return found


def waiting_at(units: Collection[int]) -> Select[tuple[int]]:
    """The cases with a draft that waits for a signature at one of these units."""
    return select(SigningRequest.case_id).where(
        SigningRequest.unit_id.in_(units), SigningRequest.ended_at.is_(None)
    )


def handed_up_to(units: Collection[int]) -> Select[tuple[int]]:
    """The cases that another desk has laid before one of these units, signed or not."""
    return select(SigningRequest.case_id).where(
        SigningRequest.unit_id.in_(units), SigningRequest.from_id != SigningRequest.unit_id
    )
