"""IssuedPaper, OutsidePaper and PaperNumber: what went out in a case, and its numbers."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String, UniqueConstraint, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.units import Unit

INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


class PaperNumber(Base):
    """The last number a unit gave in one year to one group of papers: TB, QĐ, PC, letters ("")."""

    __tablename__ = "paper_number"
    __table_args__ = (UniqueConstraint("unit_id", "year", "series"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    year: Mapped[int]
    series: Mapped[str] = mapped_column(String(8))
    last: Mapped[int] = mapped_column(default=0)


class IssuedPaper(Base):
    """A paper that went out. `facts` is what the officer typed, without anything of the sender.

    Its Word file and PDF lie on the shelf as they were sent; nothing is made again from `facts`.
    A slip such as a receipt has no number.
    """

    __tablename__ = "issued_paper"
    __table_args__ = (
        UniqueConstraint("unit_id", "year", "series", "number"),
        Index("ix_issued_paper_case_made", "case_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    code: Mapped[str] = mapped_column(String(40))
    year: Mapped[int]
    series: Mapped[str] = mapped_column(String(8))
    number: Mapped[int | None]
    # As it stands behind the number: "TB-THLĐT".
    symbol: Mapped[str] = mapped_column(String(40))
    dated_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)
    facts: Mapped[dict[str, Any]] = mapped_column(JSON, default=dict)
    docx_name: Mapped[str] = mapped_column(String(48), unique=True)
    docx_sha256: Mapped[str] = mapped_column(String(64))
    pdf_name: Mapped[str] = mapped_column(String(48), unique=True)
    pdf_sha256: Mapped[str] = mapped_column(String(64))

    case: Mapped[Case] = relationship()
    unit: Mapped[Unit] = relationship(lazy="joined")
    officer: Mapped[Officer] = relationship(lazy="joined")

    @property
    def full_number(self) -> str:
        """“05/TB-THLĐT”, padded as papers are; empty for a slip."""
        return "" if self.number is None else f"{self.number:02}/{self.symbol}"


class OutsidePaper(Base):
    """A paper that went with a move but was made elsewhere: on another system, or by hand.

    Its number is of another book, so it is kept as it was typed and never counts in ours.
    """

    __tablename__ = "outside_paper"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    code: Mapped[str] = mapped_column(String(40))
    number: Mapped[str] = mapped_column(String(40))
    dated_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)

    officer: Mapped[Officer] = relationship(lazy="joined")


def next_number(session: Session, unit_id: int, year: int, series: str) -> int:
    """The next number of a series. Whoever comes second waits until this transaction ends.

    The row stays locked until then, so a paper that fails gives its number back: no gap, no double.
    """
    key = {"unit_id": unit_id, "year": year, "series": series}
    insert = INSERTS[session.get_bind().dialect.name]
    session.execute(insert(PaperNumber).values(**key, last=0).on_conflict_do_nothing())
    given = session.execute(
        update(PaperNumber)
        .filter_by(**key)
        .values(last=PaperNumber.last + 1)
        .returning(PaperNumber.last)
        .execution_options(synchronize_session=False)
    )
    return given.scalar_one()
