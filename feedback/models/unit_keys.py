"""UnitKey: the public half of an Office's key. The private half is nowhere on the server."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, LargeBinary, Select, String, or_, select
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from feedback import envelopes
from feedback.db import Base, Moment
from feedback.models.units import Unit


class UnitKey(Base):
    """From `valid_from` on, envelopes for this unit are closed with it."""

    __tablename__ = "unit_key"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    key_id: Mapped[str] = mapped_column(String(16), unique=True)
    public: Mapped[bytes] = mapped_column(LargeBinary(32))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    made_at: Mapped[datetime] = mapped_column(Moment)

    unit: Mapped[Unit] = relationship(lazy="joined")


def current_key(session: Session, unit_id: int) -> UnitKey | None:
    """The key that envelopes for this unit are closed with now."""
    return session.scalar(
        select(UnitKey)
        .where(UnitKey.unit_id == unit_id, UnitKey.valid_to.is_(None))
        .order_by(UnitKey.id.desc())
        .limit(1)
    )


def take_key(session: Session, unit: Unit, public: bytes, at: datetime, on: date) -> UnitKey:
    """From now on this is the unit's key; the one before only opens what it closed."""
    for old in session.scalars(keys_of(unit.id)):
        old.valid_to = old.valid_to or on
    key = UnitKey(
        unit=unit,
        unit_id=unit.id,
        key_id=envelopes.key_id_of(public),
        public=public,
        valid_from=on,
        made_at=at,
    )
    session.add(key)
    return key


def keys_of(unit_id: int) -> Select[tuple[UnitKey]]:
    return select(UnitKey).where(UnitKey.unit_id == unit_id).order_by(UnitKey.id)


def without_key() -> Select[tuple[Unit]]:
    """The Offices that have no key of their own: what is sealed for them, the server can open."""
    has = select(UnitKey.unit_id).where(UnitKey.valid_to.is_(None))
    manages = or_(Unit.kind == "office", Unit.kind == "committee")
    return select(Unit).where(manages, Unit.id.not_in(has)).order_by(Unit.code)
