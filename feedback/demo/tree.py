"""The organisation of the demo: committee, office, schools, their points and the calendar."""

from datetime import timedelta
from itertools import chain, zip_longest

from feedback.demo.place import Place, at
from feedback.demo.seeds import Row
from feedback.models.officers import Officer
from feedback.models.points import QrPoint
from feedback.models.units import Holiday, Unit, load_calendar
from feedback.rules.calendar import HOLIDAY, SpecialDay, special_days
from feedback.rules.subjects import LEVELS
from feedback.shipped import read

# The school of the README and of the journeys: it has something of everything.
SHOWN = "LDT"
PLACES = {
    "MN": ("Cổng chính", "Sảnh đón trẻ", "Bếp ăn"),
    "TH": ("Cổng chính", "Văn phòng", "Nhà ăn bán trú"),
    "CS": ("Cổng chính", "Văn phòng", "Bảng tin lầu 1"),
}
OFFICE_PLACE, OLD_PLACE = "Bộ phận tiếp nhận", "Cổng phụ"
POINT_SYMBOLS = 8
CLOSED_AHEAD = 4  # working days


def build(place: Place) -> None:
    """Every unit with its name, its manager and its points; then the days off."""
    for row in _chosen(place.wishes.schools):
        place.units[row["code"]] = _unit(place, row)
    _mark_holidays(place)


def hang_points(place: Place) -> None:
    """Three codes at every school, one at the office, and one that no longer holds."""
    for unit in place.schools:
        for spot in PLACES[unit.level or "TH"]:
            _hang(place, unit, spot)
    _hang(place, place.office, OFFICE_PLACE)
    shown = place.units[SHOWN]
    old = _hang(place, shown, OLD_PLACE)
    place.points[shown.id].remove(old)
    _take_down(place, old, place.officer(shown, "principal"))


def _chosen(number: int) -> list[Row]:
    """The two offices, then as many schools as wished: the shown one, then the levels in turn."""
    rows: list[Row] = read("units")
    schools = [row for row in rows if row["kind"] == "school"]
    by_level = ([row for row in schools if row["level"] == level] for level in LEVELS)
    in_turn = [row for row in chain(*zip_longest(*by_level)) if row and row["code"] != SHOWN]
    shown = [row for row in schools if row["code"] == SHOWN]
    invented = [_invented(n + 1) for n in range(number - len(schools))]
    return [row for row in rows if row["kind"] != "school"] + [*shown, *in_turn, *invented][:number]


def _invented(number: int) -> Row:
    """A school that nobody can take for a real one."""
    return {
        "code": f"MAU{number:02}",
        "kind": "school",
        "level": "TH",
        "name": f"Trường Tiểu học Mẫu {number} (minh họa)",
        "short_name": f"TH Mẫu {number}",
        "parent": "PGD",
        "email": f"mau{number:02}@demo.invalid",
        "address": "",
    }


def _unit(place: Place, row: Row) -> Unit:
    manager = place.units[row["parent"]] if row["parent"] else None
    unit = Unit.new(row, manager, demo=True)
    place.session.add(unit)
    place.session.flush()
    return unit


def _hang(place: Place, unit: Unit, spot: str) -> QrPoint:
    made_at = at(place.wishes.since - timedelta(days=place.rng.randint(1, 9)), 9)
    point = QrPoint.make(place.symbols(POINT_SYMBOLS), unit, spot, None, made_at)
    place.session.add(point)
    place.session.flush()
    place.points.setdefault(unit.id, []).append(point)
    return point


def _take_down(place: Place, point: QrPoint, by: Officer) -> None:
    day = place.calendar.add_working_days(place.wishes.today, -6)
    point.revoke(by, at(day, 10, 20), "Cổng phụ đã đóng, áp phích được gỡ xuống.")


def _mark_holidays(place: Place) -> None:
    place.session.add_all(Holiday.new(special) for special in special_days(read("holidays")))
    place.session.flush()
    country = load_calendar(place.session)
    # The shown school is closed on a day to come: what it owes then is due later.
    told = read("desks")["holiday"]
    day = country.add_working_days(place.wishes.today, CLOSED_AHEAD)
    closed = SpecialDay(day, HOLIDAY, told["name"], told["source"])
    place.session.add(Holiday.new(closed, place.units[SHOWN]))
    place.session.flush()
    place.calendar = load_calendar(place.session)
