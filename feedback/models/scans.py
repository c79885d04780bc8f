"""FileScan: what the virus scanner said of a file, and who let it go all the same."""

from datetime import datetime

from sqlalchemy import ForeignKey, Select, String, select
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.cases import Case, case_submission
from feedback.models.events import Message, message_attachment
from feedback.models.submissions import Attachment


class FileScan(Base):
    """One file, looked through. A file without such a row was not looked through yet.

    `signature` is the scanner's name for what it found. The row goes with its file.
    """

    __tablename__ = "file_scan"

    attachment_id: Mapped[int] = mapped_column(
        ForeignKey("attachment.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    result_code: Mapped[str] = mapped_column(String(16), index=True)
    signature: Mapped[str] = mapped_column(String(120), default="")
    scanned_at: Mapped[datetime] = mapped_column(Moment)
    released_by_id: Mapped[int | None] = mapped_column(ForeignKey("officer.id"))
    released_at: Mapped[datetime | None] = mapped_column(Moment)

    attachment: Mapped[Attachment] = relationship()


def matters_of(attachment: Attachment) -> Select[tuple[Case]]:
    """The matters a file belongs to: it came with their letter, or stands in their thread."""
    with_letter = select(case_submission.c.case_id).where(
        case_submission.c.submission_id == attachment.submission_id
    )
    in_thread = (
        select(Message.case_id)
        .join(message_attachment, message_attachment.c.message_id == Message.id)
        .where(message_attachment.c.attachment_id == attachment.id)
    )
    return select(Case).where(Case.id.in_(with_letter.union(in_thread))).order_by(Case.id)
