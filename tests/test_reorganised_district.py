"""The whole district on 1 July 2025: sixty schools, two thousand open matters, six wards."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import func, select

from analysis.periods import period
from feedback import (
    access,
    clock,
    codes,
    db,
    facts,
    grounds,
    intake,
    reorganising,
    reporting,
    scopes,
    shipped,
)
from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.events import Act, CaseEvent
from feedback.models.officers import Officer
from feedback.models.points import QrPoint
from feedback.models.units import Unit, load_calendar
from feedback.rules.lifecycle import OPEN
from feedback.rules.reorganisations import read
from tests import world
from tests.eyes import Visitor
from tests.web.colleagues import Colleague
from tests.world import KEYS

DAY, BEFORE = date(2025, 7, 1), date(2025, 6, 30)
SCHOOLS, OPEN_MATTERS, ENDED_MATTERS = 60, 2000, 120
OLD_OFFICE = "Phòng Giáo dục và Đào tạo quận Gò Vấp"
WARDS = ("VHXHHT", "VHXHAN", "VHXHGV", "VHXHTTH", "VHXHAHD", "VHXHAHT")
# In turn: what the school answers, and what goes past it.
SAID: tuple[dict[str, str], ...] = (
    {},
    {"about_code": "leaders"},
    {"subject_code": "CO_SO"},
    {"kind_code": "TC", "about_code": "leaders"},
    {"kind_code": "KN", "about_code": "class_teacher"},
)


@dataclass
class World:
    """Built by code, as the public door would have built it over half a year."""

    units: dict[str, Unit] = field(default_factory=dict)
    officers: dict[str, Officer] = field(default_factory=dict)
    receipts: list[intake.Receipt] = field(default_factory=list)
    # Where each open matter counts on the eve, by reference: noted while building.
    counted: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        world.the_holidays()
        self.calendar = load_calendar(db.session())
        for row in _rows():
            parent = self.units.get(row["parent"] or "")
            self.units[row["code"]] = Unit.new(row, parent)
            db.session.add(self.units[row["code"]])
        db.session.flush()
        self.schools = [unit for unit in self.units.values() if unit.is_school]
        self.points = [world.a_point(unit).code for unit in (*self.schools, self.office)]
        for ward in WARDS:
            self.officers[ward] = world.an_officer(
                self.office, "office", email=f"{ward.lower()}@demo.invalid"
            )
        for number in range(OPEN_MATTERS + ENDED_MATTERS):
            self._receive(number)
        db.session.flush()
        for number in range(OPEN_MATTERS, OPEN_MATTERS + ENDED_MATTERS):
            self._answer(self.receipts[number].case)
        db.session.commit()

    @property
    def office(self) -> Unit:
        return self.units["PGD"]

    def _receive(self, number: int) -> None:
        school = self.schools[number % SCHOOLS]
        received = datetime(2025, 1, 2, 9, tzinfo=OFFICE_ZONE) + timedelta(days=number % 175)
        said = SAID[(number // SCHOOLS) % len(SAID)]
        once = codes.read_once(KEYS.once, codes.mint_once(KEYS.once, received), received)
        arrival = intake.Arrival(school, None, world.answers(**said), once.id, received)
        receipt = intake.receive(db.session(), arrival, KEYS, self.calendar)
        self.receipts.append(receipt)
        case = receipt.case
        self.counted[case.reference] = "PGD" if case.hidden_from_school else school.code

    def _answer(self, case: Case) -> None:
        by = next(iter(self.officers.values()))
        begun = case.received_at + timedelta(hours=3)
        case.accept(Act(by, begun, self.calendar))
        answered = Act(by, begun + timedelta(days=1), self.calendar, "Đã xem và trả lời.")
        case.answer(answered, "done", "Đã sửa")

    def apply(self) -> reorganising.Work:
        sent = {officer.email: [ward] for ward, officer in self.officers.items()}
        plan = read({**shipped.read("reorganisation-2025"), "officers": sent})
        act = Act(None, clock.now(), self.calendar)
        work = reorganising.reorganise(db.session(), plan, act)
        db.session.commit()
        return work

    def of_ward(self, code: str) -> Unit:
        return db.session.scalars(select(Unit).where(Unit.code == code)).one()

    def ward_of(self, school_code: str) -> str:
        rows = shipped.read("reorganisation-2025")["schools"]
        return next(row["parent"] for row in rows if row["code"] == school_code)


def _rows():
    rows = shipped.read("units")
    missing = SCHOOLS - sum(row["kind"] == "school" for row in rows)
    invented = [
        {
            "code": f"MAU{number:02}",
            "kind": "school",
            "level": "TH",
            "name": f"Trường Tiểu học Mẫu {number}",
            "short_name": f"TH Mẫu {number}",
            "parent": "PGD",
        }
        for number in range(1, missing + 1)
    ]
    return [*rows, *invented]


def material(unit: Unit, as_of: date):
    asked = grounds.Asked(period("2025-H1"), as_of, load_calendar(db.session()))
    return reporting.material(db.session(), grounds.ground_on(db.session(), unit, as_of), asked)


def printed(unit: Unit, as_of: date) -> dict[str, str]:
    """Every table of the half-year, as the tree stood on that day."""
    tables = reporting.tables(material(unit, as_of))
    return {code: table.to_csv() for code, table in tables.items()}


def listed(unit_code: str, as_of: date) -> int:
    """How many matters the list behind a unit's figure holds."""
    where = facts.counted({"unit": unit_code, "state": "received", "from": "2025-01-01"}, as_of)
    return db.session.scalar(select(func.count()).select_from(Case).where(where)) or 0


def test_the_whole_district_goes_over_and_nothing_is_lost(app, sign_in, parent: FlaskClient):
    town = World()
    eve = printed(town.office, BEFORE)
    assert Counter(row.unit_code for row in material(town.office, BEFORE).cases) == Counter(
        town.counted.values()
    )
    town.apply()

    _nothing_is_orphaned(town)
    _figures_agree(town, eve)
    _each_sees_its_ward_only(town)
    _links_answer(town, sign_in, parent)


def _nothing_is_orphaned(town: World) -> None:
    open_matters = Case.status.in_(OPEN)
    assert db.session.scalar(select(func.count(Case.id)).where(open_matters)) == OPEN_MATTERS
    for case in db.session.scalars(select(Case)).unique():
        assert case.owner.ended_on is None, case.reference
        assert case.owner.code in {case.unit.code, town.ward_of(case.unit.code)}
        assert not case.hidden_from_school or not case.owner.is_school
    moved = select(func.count(CaseEvent.id)).where(CaseEvent.move_code == "succeed")
    assert db.session.scalar(moved) == sum(code == "PGD" for code in town.counted.values())
    ended = select(QrPoint).join(Unit).where(Unit.code.in_(["PGD", "UBGV"]))
    assert db.session.scalars(ended).all() == []
    for school in town.schools:
        assert school.manager is town.of_ward(town.ward_of(school.code))


def _figures_agree(town: World, eve: dict[str, str]) -> None:
    """As of the eve nothing moved; as of today each ward has what its schools brought."""
    assert printed(town.office, BEFORE) == eve
    expected = Counter(town.counted.values())
    for code in ("PGD", "LDT"):
        assert listed(code, BEFORE) == expected[code]
    today = Counter(
        town.ward_of(case.unit.code) if case.hidden_from_school else case.unit.code
        for case in db.session.scalars(select(Case)).unique()
    )
    found: Counter[str] = Counter()
    for ward in WARDS:
        counted = Counter(r.unit_code for r in material(town.of_ward(ward), clock.today()).cases)
        assert listed(ward, clock.today()) == counted[ward]
        found += counted
    assert found == today
    assert sum(found.values()) == OPEN_MATTERS + ENDED_MATTERS
    assert material(town.office, clock.today()).cases == ()


def _each_sees_its_ward_only(town: World) -> None:
    seen: Counter[str] = Counter()
    for ward, officer in town.officers.items():
        scope = scopes.scope_of(db.session(), officer, clock.today())
        for case in db.session.scalars(access.cases(scope)).unique():
            assert town.ward_of(case.unit.code) == ward
            seen[case.reference] += 1
    assert set(seen) == set(town.counted)
    assert set(seen.values()) == {1}


def _links_answer(town: World, sign_in, parent: FlaskClient) -> None:
    desks = {ward: Colleague(sign_in(officer)) for ward, officer in town.officers.items()}
    hidden = [r for r in town.receipts if town.counted[r.case.reference] == "PGD"]
    ordinary = [r for r in town.receipts if town.counted[r.case.reference] == "LDT"]
    for receipt in [*hidden[:6], *hidden[-2:], ordinary[0]]:
        case = db.session.get_one(Case, receipt.case.id)
        reference, own = case.reference, town.ward_of(case.unit.code)
        past_school = case.hidden_from_school
        for ward, desk in desks.items():
            page = desk.see(f"/viec/{reference}")
            assert page.status == (200 if ward == own else 404), (reference, ward)
            if ward == own and past_school:
                assert "Chuyển sang đơn vị kế thừa" in page.said
                assert f"cơ quan quản lý trực tiếp là {OLD_OFFICE}" in page.said
        assert reference in Visitor(parent).see("/tra-cuu").send(code=receipt.code).said
    for code in town.points[-2:]:
        assert Visitor(parent).see(f"/q/{code}").status == 200


@pytest.fixture(autouse=True)
def _fresh(story) -> None:
    """Every story here begins on an empty register."""
