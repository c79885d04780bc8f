"""Survey, its versions and questions: what is asked, from when to when, of whom."""

from datetime import date, timedelta

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base
from feedback.models.units import Unit


class Survey(Base):
    """One version of a questionnaire. Once answered it is never edited: a new one is made."""

    __tablename__ = "survey"
    __table_args__ = (UniqueConstraint("unit_id", "code", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(24))
    version: Mapped[int] = mapped_column(default=1)
    title: Mapped[str] = mapped_column(String(200))
    opens_on: Mapped[date]
    closes_on: Mapped[date | None]

    unit: Mapped[Unit] = relationship(lazy="joined")
    questions: Mapped[list["Question"]] = relationship(
        order_by="Question.position", lazy="selectin", back_populates="survey"
    )

    def is_open(self, day: date) -> bool:
        return self.opens_on <= day and (self.closes_on is None or day <= self.closes_on)

    def open(self, on: date) -> None:
        """Asked from this day on, or still, until somebody closes it."""
        self.opens_on, self.closes_on = min(self.opens_on, on), None

    def close(self, on: date) -> None:
        """From this day on nobody is asked any more; the answers stay."""
        self.closes_on = on - timedelta(days=1)


class Question(Base):
    """One question; `type_code` names an entry of QUESTION_TYPES."""

    __tablename__ = "question"

    id: Mapped[int] = mapped_column(primary_key=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    position: Mapped[int]
    code: Mapped[str] = mapped_column(String(8))
    type_code: Mapped[str] = mapped_column(String(16))
    text: Mapped[str] = mapped_column(String(300))
    required: Mapped[bool] = mapped_column(default=False)

    survey: Mapped[Survey] = relationship(back_populates="questions")
