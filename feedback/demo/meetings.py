"""Reception days, published as the law asks, and the register of those who came."""

import json
from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from sqlalchemy import select

from feedback import sealing
from feedback.clock import office_day
from feedback.demo import hours
from feedback.demo.place import Place, at
from feedback.demo.seeds import Row, words
from feedback.demo.tree import SHOWN
from feedback.models.cases import Case
from feedback.models.meetings import Reception, Visit
from feedback.models.units import Unit

# Published two working weeks ahead; three days to come are already on the wall.
PUBLISHED_AHEAD, DAYS_TO_COME = 10, 3
BEGINS, ENDS = time(8), time(10, 30)
ROOM, CALLED_OFF = "Phòng tiếp công dân", "Hiệu trưởng đi tập huấn; buổi tiếp bù vào tuần sau."
CONTENTS = (
    "Bán trú và an toàn bữa ăn",
    "Thu chi, công khai tài chính",
    "An ninh cổng trường, đưa đón",
    "Việc học và kiểm tra của các em",
    "",
)
# At the shown school somebody comes often enough to fill a page of the book.
DAYS_BETWEEN_VISITS, DAYS_BETWEEN_SHOWN = 55, 13
VISITED_SHARE = 0.5  # of the head's days
VISITORS = ("Chị Hương", "Anh Thắng", "Bà Tư", "Chị Ngân", "Ông Ba", "Chị Trinh", "Anh Duy")
ADDRESS = "Địa chỉ minh họa, quận Gò Vấp"
APPOINTMENT, AS_WRITTEN = "DK_TCD", "GY"


def announce(place: Place) -> None:
    """The head's day of every month, past and to come; one of them called off."""
    for unit in place.units.values():
        if unit.kind != "committee":
            weekday, week = place.rng.randrange(1, 5), place.rng.randrange(1, 3)
            days = [_nth(first, weekday, week) for first in _months(place)]
            place.sessions[unit.id] = [_session(place, unit, day) for day in days]
            place.session.add_all(place.sessions[unit.id])
    past = [s for s in place.sessions[place.units[SHOWN].id] if s.held_on < place.wishes.today]
    if past:
        off = past[len(past) // 2]
        off.cancel(place.calendar.add_working_days(off.held_on, -2), CALLED_OFF)
    place.session.flush()


def _months(place: Place) -> list[date]:
    """The first days of the months, from the demo's beginning to the months to come."""
    day, months = place.wishes.since.replace(day=1), []
    while day <= place.wishes.today + timedelta(days=31 * (DAYS_TO_COME - 1)):
        months.append(day)
        day = (day + timedelta(days=32)).replace(day=1)
    return months


def _nth(first: date, weekday: int, week: int) -> date:
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * week)


def _session(place: Place, unit: Unit, day: date) -> Reception:
    held_on = place.calendar.next_working(day)
    published_on = place.calendar.add_working_days(held_on, -PUBLISHED_AHEAD)
    return Reception(
        unit=unit,
        unit_id=unit.id,
        held_on=held_on,
        begins_at=BEGINS,
        ends_at=ENDS,
        place=ROOM,
        mode="head",
        content=place.rng.choice(CONTENTS),
        published_on=min(published_on, place.wishes.today - timedelta(days=1)),
    )


@dataclass(frozen=True, slots=True)
class Coming:
    """Somebody who comes: when, with what, to which published session, after which appointment."""

    unit: Unit
    at: datetime
    row: Row
    session: Reception | None = None
    case: Case | None = None


def register(place: Place) -> None:
    """The rows of each unit's book, numbered as they came."""
    numbers: Counter[tuple[int, int]] = Counter()
    for coming in sorted(_all(place), key=lambda one: (one.at, one.unit.id)):
        year = office_day(coming.at).year
        numbers[coming.unit.id, year] += 1
        place.session.add(_visit(place, coming, numbers[coming.unit.id, year]))
    place.session.flush()


def _all(place: Place) -> list[Coming]:
    return [*_walk_ins(place), *_sessions(place), *_appointments(place)]


def _walk_ins(place: Place) -> list[Coming]:
    found = []
    for unit in place.units.values():
        if unit.kind == "committee":
            continue
        between = DAYS_BETWEEN_SHOWN if unit.code == SHOWN else DAYS_BETWEEN_VISITS
        moment = at(place.wishes.since, 8)
        while (moment := _next(place, moment, between)) < place.wishes.until:
            found.append(Coming(unit, moment, _row(place, unit)))
    return found


def _next(place: Place, moment: datetime, between: int) -> datetime:
    days = place.rng.randint(1, 2 * between)
    return hours.moment_worked(place, moment + timedelta(days=days), 0)


def _sessions(place: Place) -> list[Coming]:
    """About every second head's day somebody comes."""
    found = []
    for session in (s for sessions in place.sessions.values() for s in sessions):
        moment = at(session.held_on, BEGINS.hour, place.rng.randrange(60))
        held = session.cancelled_on is None and moment < place.wishes.until
        if held and place.rng.random() < VISITED_SHARE:
            found.append(Coming(session.unit, moment, _row(place, session.unit), session))
    return found


def _appointments(place: Place) -> list[Coming]:
    """Who had asked for it was received before the answer was written."""
    met = place.session.scalars(
        select(Case)
        .where(Case.kind_code == APPOINTMENT, Case.answered_on.is_not(None))
        .order_by(Case.id)
    )
    found = []
    for case in met:
        answered = next(event for event in case.events if event.move_code == "answer")
        row = {"kind": AS_WRITTEN, "people": 1, "summary": case.submission.text, "note": ""}
        row["result"] = answered.detail["done"]
        moment = answered.at - timedelta(minutes=place.rng.randint(20, 50))
        found.append(Coming(case.owner, moment, row, case=case))
    return found


def _row(place: Place, unit: Unit) -> Row:
    by = "school" if unit.is_school else "office"
    row: Row = place.rng.choice([row for row in words("visits") if row["by"] == by])
    return row


def _visit(place: Place, coming: Coming, number: int) -> Visit:
    day, by_head = office_day(coming.at), coming.session is not None
    roles = ("principal", "office_head") if by_head else ("clerk", "office")
    visit = Visit(
        unit=coming.unit,
        unit_id=coming.unit.id,
        reception_id=coming.session.id if coming.session else None,
        case_id=coming.case.id if coming.case else None,
        officer_id=place.officer(coming.unit, *roles).id,
        number=number,
        received_at=coming.at,
        received_on=day,
        mode="head" if by_head else "regular",
        people=coming.row["people"],
        kind_code=coming.row["kind"],
        content=coming.row["summary"],
        result=coming.row["result"],
        note=coming.row["note"],
    )
    visit.sealed_person = _sealed(place, f"visit:{coming.unit.code}:{day}:{number}")
    return visit


def _sealed(place: Place, context: str) -> bytes:
    """Who came, sealed as the register's own page does it. No identity number is made up."""
    person = {"name": place.rng.choice(VISITORS), "address": ADDRESS, "identity": ""}
    plain = json.dumps(person, ensure_ascii=False).encode()
    return sealing.seal(place.keys.contact, plain, context)
