"""UnitSuccession, CaseHandover: who took over from which unit, and whose matters moved with it."""

from collections.abc import Collection
from datetime import date

from sqlalchemy import (
    ColumnElement,
    ForeignKey,
    Select,
    String,
    UniqueConstraint,
    and_,
    func,
    select,
)
from sqlalchemy.orm import Mapped, Session, aliased, mapped_column, relationship

from feedback.db import Base
from feedback.models.cases import Case
from feedback.models.units import Unit

UnitIds = Collection[int] | Select[tuple[int]]


class UnitSuccession(Base):
    """From this day `new` stands in the place of `old`, or one of several do (domain/3 §8.2)."""

    __tablename__ = "unit_succession"
    __table_args__ = (UniqueConstraint("old_id", "new_id", "succeeded_on"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    succeeded_on: Mapped[date]
    kind: Mapped[str] = mapped_column(String(16))
    # Among several, the one that takes what is about no unit of its own.
    main: Mapped[bool] = mapped_column(default=True)

    old: Mapped[Unit] = relationship(foreign_keys=[old_id], lazy="joined")
    new: Mapped[Unit] = relationship(foreign_keys=[new_id], lazy="joined")


class CaseHandover(Base):
    """Until the day before, `old` answered this matter: what figures as of then must know."""

    __tablename__ = "case_handover"

    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True)
    handed_on: Mapped[date] = mapped_column(primary_key=True, index=True)
    old_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    new_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))


def successors(old: Unit) -> Select[tuple[UnitSuccession]]:
    """Who took over from a unit, the main one first."""
    ended = UnitSuccession.new_id != UnitSuccession.old_id
    return (
        select(UnitSuccession)
        .where(UnitSuccession.old_id == old.id, ended)
        .order_by(UnitSuccession.main.desc(), UnitSuccession.id)
    )


def _after(as_of: date) -> Select[tuple[int, int]]:
    """The first handover of each matter after that day: its `old` is who answered on it."""
    one = aliased(CaseHandover)
    first = (
        select(func.min(one.handed_on))
        .where(one.case_id == CaseHandover.case_id, one.handed_on > as_of)
        .scalar_subquery()
    )
    # Said twice, so that asking as of today looks at nothing.
    return select(CaseHandover.case_id, CaseHandover.old_id).where(
        CaseHandover.handed_on > as_of, CaseHandover.handed_on == first
    )


def owners_on(session: Session, as_of: date) -> dict[int, int]:
    """Who answered, by the matter's id, where that was another unit on that day than now."""
    return dict(session.execute(_after(as_of)).tuples().all())


def answered_by(unit_ids: UnitIds, as_of: date) -> tuple[ColumnElement[bool], ...]:
    """The matters these units answered on that day; in halves, so that each finds its index."""
    later = select(CaseHandover.case_id).where(CaseHandover.handed_on > as_of)
    moved = _after(as_of).where(CaseHandover.old_id.in_(unit_ids))
    return (
        and_(Case.owner_id.in_(unit_ids), Case.id.not_in(later)),
        Case.id.in_(moved.with_only_columns(CaseHandover.case_id)),
    )
