"""SurveyResponse: the answers of one anonymous person."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, LargeBinary
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.surveys import Survey


class SurveyResponse(Base):
    """Answers by question code, with no trace of who gave them."""

    __tablename__ = "survey_response"

    id: Mapped[int] = mapped_column(primary_key=True)
    once_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    survey_id: Mapped[int] = mapped_column(ForeignKey("survey.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("qr_point.id"))
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date] = mapped_column(index=True)
    answers: Mapped[dict[str, Any]] = mapped_column(JSON)

    survey: Mapped[Survey] = relationship(lazy="joined")
