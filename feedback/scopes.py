"""Scope: the units an officer works for on a day, and in which of them they sign or watch."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from feedback.models.officers import Officer
from feedback.models.units import units_below
from feedback.rules.roles import ROLES


@dataclass(frozen=True, slots=True)
class Scope:
    """The units an officer works for today: `own` they handle, `below` they oversee."""

    officer: Officer
    own: frozenset[int]
    below: frozenset[int]
    signs: frozenset[int]
    administers: frozenset[int]
    on: date
    audits: frozenset[int] = frozenset()
    # Over all units, also what belongs to none: for an auditor of a unit that manages others.
    audits_all: bool = False

    @property
    def oversees(self) -> bool:
        return bool(self.below)

    @property
    def reads(self) -> frozenset[int]:
        """Every unit whose ordinary matters this officer may read."""
        return self.own | self.below

    @property
    def manages(self) -> frozenset[int]:
        """Every unit whose points and timetable this officer may change."""
        return self.own | self.below | self.administers


def scope_of(session: Session, officer: Officer, on: date) -> Scope:
    """What this officer's roles of that day add up to."""
    roles = officer.roles_on(on)

    def units(power: str) -> frozenset[int]:
        return frozenset(r.unit_id for r in roles if getattr(ROLES[r.code], power))

    administered, audited = units("administers"), units("audits")
    watched = frozenset(units_below(session, audited, on))
    return Scope(
        officer=officer,
        own=units("handles"),
        below=frozenset(units_below(session, units("oversees"), on)),
        signs=units("signs"),
        administers=administered | frozenset(units_below(session, administered, on)),
        on=on,
        audits=audited | watched,
        audits_all=bool(watched),
    )
