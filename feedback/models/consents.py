"""Consent: what a sender agreed to, in which words, when and how; and when it was taken back."""

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Moment
from feedback.rules.consents import CONSENTS


class Consent(Base):
    """One purpose agreed to. It proves without naming anybody, so it outlives the contact itself.

    Nghị định 356/2025/NĐ-CP Đ6 khoản 2: the proof is kept.
    """

    __tablename__ = "consent"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), index=True)
    purpose_code: Mapped[str] = mapped_column(String(16))
    text_version: Mapped[str] = mapped_column(String(16))
    # Of the very words that stood beside the box.
    text_sha256: Mapped[str] = mapped_column(String(64))
    channel_code: Mapped[str] = mapped_column(String(16))
    given_at: Mapped[datetime] = mapped_column(Moment)
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    @classmethod
    def given(cls, version: str, channel_code: str, at: datetime) -> "Consent":
        """The proof of a box that a sender ticked."""
        words = CONSENTS[version]
        return cls(
            purpose_code=words.purpose,
            text_version=version,
            text_sha256=words.sha256,
            channel_code=channel_code,
            given_at=at,
        )
