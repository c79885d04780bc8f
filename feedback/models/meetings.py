"""Reception, Visit: the published reception day, and a row of the register of receptions."""

from datetime import date, datetime, time

from sqlalchemy import ForeignKey, String, Text, func, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.units import Unit

# How a visit is counted (form 01/TCD, domain/2 §5.3).
MODES: dict[str, str] = {
    "regular": "Thường xuyên",
    "head": "Thủ trưởng tiếp",
    "delegated": "Ủy quyền tiếp",
}


class Reception(Base):
    """Who receives citizens, when and where, published (NĐ 154/2026 Đ10.2, Luật TCD Đ24.4)."""

    __tablename__ = "reception"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    held_on: Mapped[date] = mapped_column(index=True)
    begins_at: Mapped[time]
    ends_at: Mapped[time]
    place: Mapped[str] = mapped_column(String(120))
    mode: Mapped[str] = mapped_column(String(16), default="head")
    # What is expected to be spoken of, posted with the day (NĐ 154/2026 Đ11.2).
    content: Mapped[str] = mapped_column(String(200), default="")
    published_on: Mapped[date]
    cancelled_on: Mapped[date | None]
    # Why it was called off and what comes instead (Luật TCD Đ24.4).
    cancel_note: Mapped[str] = mapped_column(String(300), default="")

    unit: Mapped[Unit] = relationship(lazy="joined")

    def held_by(self) -> str:
        return MODES[self.mode]

    def cancel(self, on: date, note: str) -> None:
        """Called off; people who look at the timetable read why."""
        self.cancelled_on, self.cancel_note = on, note


class Visit(Base):
    """A row of the register (Mẫu 03/TCD). Name and identity are sealed like any sender's."""

    __tablename__ = "visit"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    reception_id: Mapped[int | None] = mapped_column(ForeignKey("reception.id"))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"))
    number: Mapped[int]
    received_at: Mapped[datetime] = mapped_column(Moment)
    received_on: Mapped[date] = mapped_column(index=True)
    mode: Mapped[str] = mapped_column(String(16))
    people: Mapped[int] = mapped_column(default=1)
    matters: Mapped[int] = mapped_column(default=1)
    kind_code: Mapped[str] = mapped_column(String(16))
    sealed_person: Mapped[bytes | None]
    content: Mapped[str] = mapped_column(Text)
    result: Mapped[str] = mapped_column(Text, default="")
    # Columns 8 to 11 and 13 of the form: who settled it before, whether it is ours, whom the
    # person was guided to, whom it was passed to, and remarks.
    settled_by: Mapped[str] = mapped_column(String(200), default="")
    competent: Mapped[bool] = mapped_column(default=True)
    guided_to: Mapped[str] = mapped_column(String(200), default="")
    passed_to: Mapped[str] = mapped_column(String(200), default="")
    note: Mapped[str] = mapped_column(String(300), default="")

    unit: Mapped[Unit] = relationship(lazy="joined")
    officer: Mapped[Officer] = relationship(lazy="joined")
    case: Mapped[Case | None] = relationship()

    @property
    def seal_context(self) -> str:
        """What the sealed person is bound to."""
        return f"visit:{self.unit.code}:{self.received_on}:{self.number}"


def next_number(session: Session, unit: Unit, year: int) -> int:
    """The next line of this unit's register of that year.

    The unit's row stays locked until the commit, so two clerks never get one number, and a number
    that was taken back with its transaction leaves no gap.
    """
    session.execute(select(Unit.id).where(Unit.id == unit.id).with_for_update())
    of_year = Visit.received_on.between(date(year, 1, 1), date(year, 12, 31))
    last = session.scalar(select(func.max(Visit.number)).where(Visit.unit_id == unit.id, of_year))
    return (last or 0) + 1
