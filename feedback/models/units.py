"""Unit: a node of the dated organisation tree; Holiday: a day the calendar treats specially."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, ForeignKey, Select, String, UniqueConstraint, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from feedback import clock
from feedback.db import Base
from feedback.rules.calendar import SpecialDay, WorkCalendar

MANAGING, PROFESSIONAL = "managing", "professional"
COMMITTEE = "committee"


class Unit(Base):
    """A school, an Education Office or a People's Committee. Its code never changes."""

    __tablename__ = "unit"

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(12), unique=True)
    kind: Mapped[str] = mapped_column(String(16))
    level: Mapped[str | None] = mapped_column(String(4))
    address: Mapped[str] = mapped_column(String(300), default="")
    phone: Mapped[str] = mapped_column(String(40), default="")
    email: Mapped[str] = mapped_column(String(200), default="")
    demo: Mapped[bool] = mapped_column(default=False)
    # An office setting, not law: working days to answer an opinion (KNPA_SLA).
    answer_days: Mapped[int | None]

    names: Mapped[list["UnitName"]] = relationship(
        # Where emptiness sorts differs between databases; empty is the beginning.
        order_by="UnitName.valid_from.nulls_first()",
        lazy="selectin",
        back_populates="unit",
    )
    parents: Mapped[list["UnitParent"]] = relationship(
        foreign_keys="UnitParent.unit_id", lazy="selectin", back_populates="unit"
    )

    @classmethod
    def new(cls, row: Mapping[str, Any], manager: "Unit | None", demo: bool = False) -> "Unit":
        """A unit as a list names it: {code, kind, level, name, short_name, address, email}."""
        unit = cls(
            code=row["code"],
            kind=row["kind"],
            level=row.get("level"),
            email=row.get("email", ""),
            address=row.get("address", ""),
            demo=demo,
        )
        unit.names.append(UnitName(name=row["name"], short_name=row["short_name"]))
        if manager is not None:
            unit.parents.append(UnitParent(parent=manager))
        return unit

    @property
    def is_school(self) -> bool:
        return self.kind == "school"

    @property
    def name(self) -> str:
        """The full name in force now."""
        return self.names[-1].name

    @property
    def short_name(self) -> str:
        return self.names[-1].short_name

    def name_on(self, day: date) -> str:
        """The full name in force on that day; the earliest known name before any."""
        in_force = [n for n in self.names if n.valid_from is None or n.valid_from <= day]
        return (in_force or self.names)[-1].name

    def manager_on(self, day: date) -> "Unit | None":
        """The unit that manages this one on that day."""
        return next(
            (p.parent for p in self.parents if p.relation == MANAGING and p.holds_on(day)), None
        )

    @property
    def manager(self) -> "Unit | None":
        """The unit that manages this one now."""
        return next(
            (p.parent for p in self.parents if p.relation == MANAGING and p.valid_to is None), None
        )

    @property
    def began_on(self) -> date | None:
        """The first day it existed; None when that was before anybody wrote it down."""
        return self.names[0].valid_from

    @property
    def ended_on(self) -> date | None:
        """The last day it existed; None while it does."""
        return self.names[-1].valid_to

    def ended_by(self, day: date) -> bool:
        """Whether it had ended before that day."""
        return self.ended_on is not None and self.ended_on < day

    @property
    def manager_name(self) -> str:
        return self.manager.name if self.manager else ""


class UnitName(Base):
    """What a unit was called from one day to another."""

    __tablename__ = "unit_name"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(80))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    unit: Mapped[Unit] = relationship(back_populates="names")


class UnitParent(Base):
    """Who managed (or professionally led) a unit from one day to another."""

    __tablename__ = "unit_parent"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    parent_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    relation: Mapped[str] = mapped_column(String(16), default=MANAGING)
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]

    unit: Mapped[Unit] = relationship(foreign_keys=[unit_id], back_populates="parents")
    parent: Mapped[Unit] = relationship(foreign_keys=[parent_id], lazy="joined")

    def holds_on(self, day: date) -> bool:
        return (self.valid_from is None or self.valid_from <= day) and (
            self.valid_to is None or day <= self.valid_to
        )


class Holiday(Base):
    """A special day as the Office entered it; `unit_id` empty means the whole country."""

    __tablename__ = "holiday"
    __table_args__ = (UniqueConstraint("unit_id", "day", "kind"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int | None] = mapped_column(ForeignKey("unit.id"))
    day: Mapped[date] = mapped_column(index=True)
    kind: Mapped[str] = mapped_column(String(24))
    name: Mapped[str] = mapped_column(String(120))
    source: Mapped[str] = mapped_column(String(300), default="")
    confirmed: Mapped[bool] = mapped_column(default=False)

    @classmethod
    def new(cls, special: SpecialDay, unit: Unit | None = None) -> "Holiday":
        """A row of the calendar: of the whole country, or of one unit and those below it."""
        return cls(
            unit_id=unit.id if unit else None,
            day=special.day,
            kind=special.kind,
            name=special.name,
            source=special.source,
            confirmed=special.confirmed,
        )

    @property
    def special(self) -> SpecialDay:
        return SpecialDay(self.day, self.kind, self.name, self.source, confirmed=self.confirmed)


def units_below(session: Session, unit_ids: Iterable[int], on: date) -> set[int]:
    """The ids of every unit managed, directly or through others, by these on that day."""
    pairs = session.execute(
        select(UnitParent.unit_id, UnitParent.parent_id).where(
            UnitParent.relation == MANAGING,
            or_(UnitParent.valid_from.is_(None), UnitParent.valid_from <= on),
            or_(UnitParent.valid_to.is_(None), UnitParent.valid_to >= on),
        )
    ).all()
    below: set[int] = set()
    edge = set(unit_ids)
    while edge:
        edge = {child for child, parent in pairs if parent in edge} - below
        below |= edge
    return below


def in_force(on: date) -> ColumnElement[bool]:
    """The condition on Unit under which it exists on that day."""
    named = select(UnitName.unit_id).where(
        or_(UnitName.valid_from.is_(None), UnitName.valid_from <= on),
        or_(UnitName.valid_to.is_(None), UnitName.valid_to >= on),
    )
    return Unit.id.in_(named)


def above(unit: Unit, day: date) -> Iterator[Unit]:
    """Who managed this unit on that day, and who managed that, up to the top."""
    seen = {unit.id}
    manager = unit.manager_on(day)
    while manager is not None and manager.id not in seen:
        yield manager
        seen.add(manager.id)
        manager = manager.manager_on(day)


def signing_unit(owner: Unit, day: date) -> Unit:
    """Whose head signs what this unit answers: a school's own; above it the committee's chair.

    The office in between prepares and does not sign (Nghị định 124/2020 Đ14.2).
    """
    if owner.is_school or owner.kind == COMMITTEE:
        return owner
    chain = list(above(owner, day))
    return next((one for one in chain if one.kind == COMMITTEE), (chain or [owner])[-1])


def unit_by_code(code: str) -> Select[tuple[Unit]]:
    return select(Unit).where(Unit.code == code)


def load_calendar(session: Session) -> WorkCalendar:
    """The country's working calendar as it stands now; in it those of units with days of their own.

    A unit keeps the days of every unit above it. Where two say something of one day the nearer
    unit holds.
    """
    days: dict[int | None, list[SpecialDay]] = {}
    for row in session.scalars(select(Holiday).order_by(Holiday.id)):
        days.setdefault(row.unit_id, []).append(row.special)
    country = days.pop(None, [])
    local = _inherited(session, days) if days else {}
    return WorkCalendar(
        country, {unit_id: WorkCalendar([*country, *own]) for unit_id, own in local.items()}
    )


def _inherited(
    session: Session, days: Mapping[int | None, list[SpecialDay]]
) -> dict[int, list[SpecialDay]]:
    """By unit: the days of those above it, then its own."""
    today = clock.today()
    keepers = [unit_id for unit_id in days if unit_id is not None]
    below = {keeper: units_below(session, {keeper}, today) for keeper in keepers}
    # Whoever has most units below stands highest.
    found: dict[int, list[SpecialDay]] = {}
    for keeper in sorted(keepers, key=lambda one: -len(below[one])):
        for unit_id in {keeper} | below[keeper]:
            found.setdefault(unit_id, []).extend(days[keeper])
    return found
