"""Course: one case on its way through the demo, and what a step of it is."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from feedback.demo import hours
from feedback.demo.pictures import Album
from feedback.demo.place import Place
from feedback.demo.seeds import Row
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.complaints import COMPLAINTS
from feedback.rules.denunciations import DENUNCIATIONS

# The tables of a đơn.
SIGNED_MACHINES = frozenset({COMPLAINTS.code, DENUNCIATIONS.code})


@dataclass(slots=True)
class Course:
    """One case on its way: what was sent, and the moment of the last act."""

    place: Place
    album: Album
    case: Case
    story: Row
    at: datetime

    @property
    def handler(self) -> Officer:
        return self.case.handler or self.place.officer(self.case.owner, "clerk", "office")

    def staff(self, note: str = "", by: Officer | None = None) -> Act:
        return Act(by or self.handler, self.at, self.place.calendar, note)

    def parent(self, note: str = "") -> Act:
        return Act(None, self.at, self.place.calendar, note, as_parent=True)


@dataclass(frozen=True, slots=True)
class Step:
    """`days`, fewest and most: working days for the office, days for the parent."""

    do: Callable[[Course], None]
    who: Literal["staff", "parent", "duty"]
    days: tuple[int, int]

    def moment(self, place: Place, after: datetime) -> datetime:
        if self.who == "duty":
            return hours.moment_rushed(place, after)
        days = place.rng.randint(*self.days)
        moved = hours.moment_worked if self.who == "staff" else hours.moment_read
        return moved(place, after, days)


def above(unit: Unit) -> Unit:
    if unit.manager is None:
        raise ValueError(f"Nobody is above {unit.code}.")
    return unit.manager
