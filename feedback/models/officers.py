"""Officer: a person on staff, with roles at units for a span of time, and how they came in."""

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import (
    JSON,
    ColumnElement,
    ForeignKey,
    LargeBinary,
    String,
    UniqueConstraint,
    and_,
    false,
    select,
)
from sqlalchemy.orm import Mapped, Session, mapped_column, relationship

from feedback.db import Base, Moment
from feedback.models.units import Unit
from feedback.rules.roles import ROLES


class Officer(Base):
    """A person on staff. The password is kept as argon2id only."""

    __tablename__ = "officer"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(200), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    password_hash: Mapped[str] = mapped_column(String(200), default="")
    # None: never changed since the account was made.
    password_at: Mapped[datetime | None] = mapped_column(Moment)
    active: Mapped[bool] = mapped_column(default=True)
    created_at: Mapped[datetime] = mapped_column(Moment)
    # The morning letter of numbers: whether this person wants it, and the last day it was due.
    wants_digest: Mapped[bool] = mapped_column(default=True)
    digested_on: Mapped[date | None]

    roles: Mapped[list["Role"]] = relationship(lazy="selectin", back_populates="officer")

    def needs_second_on(self, day: date) -> bool:
        """Whether a password alone does not let this person in (ROLES)."""
        return any(ROLES[role.code].second_factor for role in self.roles_on(day))

    def roles_on(self, day: date) -> list["Role"]:
        """The roles this person holds on that day."""
        return [role for role in self.roles if role.holds_on(day)]

    def signs_at(self, unit_id: int, day: date) -> bool:
        """Whether this person signs for that unit on that day."""
        return any(r.unit_id == unit_id and ROLES[r.code].signs for r in self.roles_on(day))


class Role(Base):
    """What an officer is at a unit, from one day to another."""

    __tablename__ = "role"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    code: Mapped[str] = mapped_column(String(16))
    valid_from: Mapped[date]
    valid_to: Mapped[date | None]

    officer: Mapped[Officer] = relationship(back_populates="roles")
    unit: Mapped[Unit] = relationship(lazy="joined")

    def holds_on(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)

    @property
    def label(self) -> str:
        return ROLES[self.code].label


class SignIn(Base):
    """A session of an officer, kept here so that signing out really ends it."""

    __tablename__ = "sign_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    begun_at: Mapped[datetime] = mapped_column(Moment)
    seen_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)
    # Half: the password was right, the second factor is still to come.
    half: Mapped[bool] = mapped_column(default=False, server_default=false())
    # When the second factor was shown, and when the officer last proved to be the one.
    second_at: Mapped[datetime | None] = mapped_column(Moment)
    proved_at: Mapped[datetime | None] = mapped_column(Moment)
    # "Chrome, Windows": enough to recognise one's own, no more.
    browser: Mapped[str] = mapped_column(String(40), default="", server_default="")
    # What a passkey is asked to sign, once.
    challenge: Mapped[bytes | None] = mapped_column(LargeBinary(64))

    officer: Mapped[Officer] = relationship(lazy="joined")


def open_sign_ins(session: Session, officer_id: int) -> Iterable[SignIn]:
    """The sessions of this officer that nobody has ended yet, old ones among them."""
    running = (SignIn.officer_id == officer_id) & SignIn.ended_at.is_(None)
    return session.scalars(select(SignIn).where(running))


class PasswordReset(Base):
    """A link sent by mail that sets a password, once: an invitation, or a reset (shorter)."""

    __tablename__ = "password_reset"

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    used_at: Mapped[datetime | None] = mapped_column(Moment)
    invites: Mapped[bool] = mapped_column(default=False, server_default=false())

    officer: Mapped[Officer] = relationship(lazy="joined")


class ApiToken(Base):
    """What another system shows to pull the figures of one unit and those below it."""

    __tablename__ = "api_token"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    name: Mapped[str] = mapped_column(String(120))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary(32), unique=True)
    made_at: Mapped[datetime] = mapped_column(Moment)
    revoked_at: Mapped[datetime | None] = mapped_column(Moment)

    unit: Mapped[Unit] = relationship(lazy="joined")


class Delegation(Base):
    """While one officer is away, a colleague of the same unit stands in, both days included."""

    __tablename__ = "delegation"

    id: Mapped[int] = mapped_column(primary_key=True)
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"), index=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    delegate_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    from_on: Mapped[date]
    to_on: Mapped[date]
    made_at: Mapped[datetime] = mapped_column(Moment)
    ended_at: Mapped[datetime | None] = mapped_column(Moment)

    unit: Mapped[Unit] = relationship(lazy="joined")
    officer: Mapped[Officer] = relationship(foreign_keys=[officer_id], lazy="joined")
    delegate: Mapped[Officer] = relationship(foreign_keys=[delegate_id], lazy="joined")

    @staticmethod
    def holds(on: date) -> ColumnElement[bool]:
        """In force on that day."""
        within = and_(Delegation.from_on <= on, Delegation.to_on >= on)
        return and_(within, Delegation.ended_at.is_(None))


def stands_in_for(session: Session, officer: Officer, on: date) -> frozenset[int]:
    """Those whose cases this officer looks after on a day, besides their own."""
    found = select(Delegation.officer_id).where(
        Delegation.holds(on), Delegation.delegate_id == officer.id
    )
    return frozenset(session.scalars(found))


def handlers_of(session: Session, unit_id: int, on: date) -> list[Officer]:
    """Who at this unit can be given a case."""
    found = session.scalars(select(Officer).where(Officer.active).order_by(Officer.name))
    return [officer for officer in found if _works_at(officer, unit_id, on)]


def delegates_of(session: Session, officer: Officer, unit_id: int, on: date) -> list[Officer]:
    """Who stands in for this officer at a unit on a day, and still works there."""
    found = session.scalars(
        select(Delegation).where(
            Delegation.holds(on),
            Delegation.officer_id == officer.id,
            Delegation.unit_id == unit_id,
        )
    )
    return [one.delegate for one in found if _works_at(one.delegate, unit_id, on)]


def _works_at(officer: Officer, unit_id: int, on: date) -> bool:
    roles = officer.roles_on(on)
    return officer.active and any(r.unit_id == unit_id and ROLES[r.code].handles for r in roles)


class SavedView(Base):
    """A filter of the inbox an officer kept under a name; for nobody else."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("officer_id", "name"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    officer_id: Mapped[int] = mapped_column(ForeignKey("officer.id"), index=True)
    name: Mapped[str] = mapped_column(String(40))
    # The text keys of the inbox's address: {"folder": "overdue", "kind": "PA"}.
    where: Mapped[dict[str, str]] = mapped_column(JSON)
