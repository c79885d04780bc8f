"""Redaction: a copy of a matter's words and photos without who sent it, confirmed by a person."""

from datetime import datetime

from sqlalchemy import Column, ForeignKey, String, Table, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.submissions import Submission
from feedback.models.units import Unit

# Whose words a copy holds, also when the letter has gone to another matter since.
redaction_letter = Table(
    "redaction_letter",
    Base.metadata,
    Column("redaction_id", ForeignKey("redaction.id"), primary_key=True),
    Column("submission_id", ForeignKey("submission.id"), primary_key=True),
)


class Redaction(Base):
    """One copy as it was confirmed. A new one is a new version; the older stays.

    Its PDF lies on the shelf; neither what was masked nor where is kept anywhere. When a letter
    in it is erased the file goes and its name with it.
    """

    __tablename__ = "redaction"
    __table_args__ = (UniqueConstraint("case_id", "version"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    version: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    made_at: Mapped[datetime] = mapped_column(Moment)
    # How many blocks stand in its text.
    blocks: Mapped[int]
    pdf_name: Mapped[str | None] = mapped_column(String(48), unique=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship(lazy="joined")
    officer: Mapped[Officer] = relationship(lazy="joined")
    letters: Mapped[list[Submission]] = relationship(
        secondary=redaction_letter, order_by="Submission.id"
    )
    pictures: Mapped[list["RedactedPicture"]] = relationship(
        order_by="RedactedPicture.number", lazy="selectin"
    )


class RedactedPicture(Base):
    """A photo of a copy, drawn anew with its black boxes."""

    __tablename__ = "redacted_picture"
    __table_args__ = (UniqueConstraint("redaction_id", "number"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    redaction_id: Mapped[int] = mapped_column(ForeignKey("redaction.id"))
    number: Mapped[int]
    name: Mapped[str | None] = mapped_column(String(48), unique=True)
    sha256: Mapped[str] = mapped_column(String(64))
