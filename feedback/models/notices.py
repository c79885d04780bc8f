"""Notice: what was sent to whom, how, and whether it arrived."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.events import CaseEvent
from feedback.models.officers import Officer, PasswordReset, SignIn

# A child may be in danger: by this word its letter goes before every other one.
ALERT = "alert"


class Notice(Base):
    """One message to one person. `once_key` names it for ever, so that a retry is recognised.

    To an officer, or (no officer) to the sender of the event's case, whose address stays sealed.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("once_key"),
        Index("ix_notice_waiting", "sent_at", "try_after"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    once_key: Mapped[str] = mapped_column(String(80))
    event_id: Mapped[int | None] = mapped_column(ForeignKey("case_event.id"), index=True)
    reset_id: Mapped[int | None] = mapped_column(ForeignKey("password_reset.id"))
    sign_in_id: Mapped[int | None] = mapped_column(ForeignKey("sign_in.id"))
    officer_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    # Which of several senders; none in a letter to the staff.
    submission_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    channel_code: Mapped[str] = mapped_column(String(16), default="mail")
    template: Mapped[str] = mapped_column(String(24))
    made_at: Mapped[datetime] = mapped_column(Moment)
    try_after: Mapped[datetime] = mapped_column(Moment)
    tries: Mapped[int] = mapped_column(default=0)
    sent_at: Mapped[datetime | None] = mapped_column(Moment)
    # Why the last try failed: the error's type, never an address.
    failure: Mapped[str] = mapped_column(String(120), default="")

    event: Mapped[CaseEvent | None] = relationship(lazy="joined")
    officer: Mapped[Officer | None] = relationship(lazy="joined")
    reset: Mapped[PasswordReset | None] = relationship()
    sign_in: Mapped[SignIn | None] = relationship()
