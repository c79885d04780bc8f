"""ReplyTemplate: words for an answer that is given often, with gaps the case fills."""

from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.units import Unit


class ReplyTemplate(Base):
    """A template of one unit; `shared` lends it to every unit below. Retired, never deleted."""

    __tablename__ = "reply_template"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    text: Mapped[str] = mapped_column(Text)
    shared: Mapped[bool] = mapped_column(default=False)
    changed_at: Mapped[datetime] = mapped_column(Moment)
    retired_at: Mapped[datetime | None] = mapped_column(Moment)

    unit: Mapped[Unit] = relationship(lazy="joined")

    def rewrite(self, name: str, text: str, shared: bool, at: datetime) -> None:
        """Other words from now on; answers already sent keep theirs."""
        self.name, self.text, self.shared, self.changed_at = name, text, shared, at

    def retire(self, at: datetime) -> None:
        """No longer offered."""
        self.retired_at = at

    def bring_back(self) -> None:
        """Offered again."""
        self.retired_at = None
