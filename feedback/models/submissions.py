"""Submission: what came in, as it came, never edited; Sender kept apart; Attachment."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback import envelopes
from feedback.closed import ClosedText
from feedback.db import Base, Moment
from feedback.models.officers import Officer
from feedback.models.points import QrPoint
from feedback.models.units import Unit

# How it reached the office. Only "qr" was typed by the sender.
CHANNELS: dict[str, str] = {
    "qr": "Mã QR",
    "walk_in": "Đến trực tiếp",
    "phone": "Điện thoại",
    "paper": "Thư, đơn giấy",
}


class Submission(Base):
    """What came in, as it came. Corrections are events of its case.

    `once_hash` makes a repeated send find the first one; `track_quick` is the fast keyed hash of
    the tracking code until the runner replaces it by the slow `track_hash` (decision 0002).
    """

    __tablename__ = "submission"

    id: Mapped[int] = mapped_column(primary_key=True)
    once_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    fingerprint: Mapped[bytes] = mapped_column(LargeBinary(32))
    track_quick: Mapped[bytes | None] = mapped_column(LargeBinary(32), index=True)
    track_hash: Mapped[bytes | None] = mapped_column(LargeBinary(32), unique=True)
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date] = mapped_column(index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    point_id: Mapped[int | None] = mapped_column(ForeignKey("qr_point.id"), index=True)
    taken_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    channel_code: Mapped[str] = mapped_column(String(16), default="qr")
    kind_code: Mapped[str] = mapped_column(String(16))
    subject_code: Mapped[str] = mapped_column(String(24))
    about_code: Mapped[str] = mapped_column(String(24))
    about_text: Mapped[str] = mapped_column(ClosedText, default="")
    text: Mapped[str] = mapped_column(ClosedText)
    wish: Mapped[str] = mapped_column(ClosedText, default="")
    danger: Mapped[bool] = mapped_column(default=False)
    is_petition: Mapped[bool] = mapped_column(default=False)
    lang: Mapped[str] = mapped_column(String(4), default="vi")
    # Not what came in but a part of it, as the desk cut it out or told it, to be its own matter.
    part_of_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)

    unit: Mapped[Unit] = relationship(lazy="joined")
    point: Mapped[QrPoint | None] = relationship()
    taken_by: Mapped[Officer | None] = relationship()
    sender: Mapped["Sender | None"] = relationship(back_populates="submission", uselist=False)
    group: Mapped["SenderGroup | None"] = relationship(uselist=False)
    attachments: Mapped[list["Attachment"]] = relationship(
        order_by="Attachment.id", back_populates="submission"
    )


class Sender(Base):
    """How to reach the sender: encrypted, apart, erasable while the statistics stay true."""

    __tablename__ = "sender"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    # The unit whose own key on the server opens it; none for the common one, and none for an
    # envelope, which no key here opens.
    sealed_for: Mapped[str | None] = mapped_column(String(24))
    # Whether news goes out by mail: never to whoever is in an envelope.
    has_email: Mapped[bool] = mapped_column(default=False)

    submission: Mapped[Submission] = relationship(back_populates="sender")

    @property
    def in_envelope(self) -> bool:
        """Only the Office, with its own key and by two officers, learns who it is."""
        return envelopes.is_closed(self.sealed)


class SenderGroup(Base):
    """Several people behind one submission, and who speaks for them: their names are sealed.

    Điều 29 Luật Tiếp công dân 2013. `people` and how many speak are no secret.
    """

    __tablename__ = "sender_group"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int] = mapped_column(ForeignKey("submission.id"), unique=True)
    people: Mapped[int]
    speakers: Mapped[int]
    # The written appointment, signed by all, was handed in.
    appointed: Mapped[bool] = mapped_column(default=False)
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    sealed_for: Mapped[str | None] = mapped_column(String(24))


class Attachment(Base):
    """A file on the shelf under a random name: a sender's photo, or the evidence of an answer."""

    __tablename__ = "attachment"

    id: Mapped[int] = mapped_column(primary_key=True)
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"), index=True)
    name: Mapped[str] = mapped_column(String(48), unique=True)
    media_type: Mapped[str] = mapped_column(String(80))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))

    submission: Mapped[Submission | None] = relationship(back_populates="attachments")
