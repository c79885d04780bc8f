"""What every part of the demo is given: the database, the keys, the days it spans, the dice."""

import base64
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random

from sqlalchemy.orm import Session

from feedback.clock import OFFICE_ZONE, office_day
from feedback.codes import CROCKFORD, REFERENCE_SYMBOLS
from feedback.demo.seeds import Deck
from feedback.intake import Receipt
from feedback.models.cases import Case
from feedback.models.meetings import Reception
from feedback.models.officers import Officer
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.sealing import Keys
from feedback.shelf import Shelf

ONCE_BYTES = 18
DAYS_A_MONTH = 30.4375


@dataclass(frozen=True, slots=True)
class Wishes:
    """How large a world: its schools, the months behind it, its messages and its dice."""

    schools: int
    months: int
    submissions: int
    seed: int
    until: datetime

    @property
    def since(self) -> date:
        return office_day(self.until) - timedelta(days=round(self.months * DAYS_A_MONTH))

    @property
    def today(self) -> date:
        return office_day(self.until)


@dataclass(slots=True)
class Place:
    """The world while it is being built. The same wishes give the same world."""

    session: Session
    keys: Keys
    shelf: Shelf
    wishes: Wishes
    rng: Random
    deck: Deck
    calendar: WorkCalendar = field(default_factory=WorkCalendar)
    units: dict[str, Unit] = field(default_factory=dict)
    points: dict[int, list[QrPoint]] = field(default_factory=dict)
    staff: dict[tuple[int, str], list[Officer]] = field(default_factory=dict)
    sessions: dict[int, list[Reception]] = field(default_factory=dict)
    receipts: list[Receipt] = field(default_factory=list)
    # The matter of each fate that is shown, by the fate's code.
    cases: dict[str, Case] = field(default_factory=dict)

    @property
    def schools(self) -> list[Unit]:
        return [unit for unit in self.units.values() if unit.is_school]

    @property
    def office(self) -> Unit:
        return next(unit for unit in self.units.values() if unit.kind == "office")

    def officer(self, unit: Unit, *roles: str) -> Officer:
        """Somebody of this unit with the first of these roles that anybody holds there."""
        held = next(self.staff[unit.id, role] for role in roles if (unit.id, role) in self.staff)
        return self.rng.choice(held)

    def once_id(self) -> str:
        """What a form's token would carry, from the dice: the same world has the same codes."""
        return base64.urlsafe_b64encode(self.rng.randbytes(ONCE_BYTES)).decode()

    def reference(self, like: str) -> str:
        """A reference of the same unit and year, from the dice: the same wishes give the same."""
        return f"{like.rpartition('-')[0]}-{self.symbols(REFERENCE_SYMBOLS)}"

    def symbols(self, count: int) -> str:
        """A code as it is read aloud, from the dice."""
        return "".join(self.rng.choices(CROCKFORD, k=count))


def at(day: date, hour: int, minute: int = 0) -> datetime:
    """A moment on the office's wall clock."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=OFFICE_ZONE)
