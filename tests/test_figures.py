"""Every figure opens exactly the rows it counts, for whoever looks, hidden matters included."""

from datetime import date, datetime, timedelta

import pytest

from analysis.periods import period
from analysis.pooling import Rows, pooled
from analysis.report_tables.catalogue import TABLES
from analysis.table import Table
from feedback import access, countables, db, grounds, lists, reporting, scopes
from feedback.clock import OFFICE_ZONE
from feedback.models.units import Unit, load_calendar
from feedback.scopes import Scope
from tests import world

TODAY = date(2026, 11, 24)
PERIODS = ("2026-11", "2026-H2", "2026", "DV-2026-Y", "2026-W45")


def at(month: int, day: int, hour: int = 9, year: int = 2026) -> datetime:
    return datetime(year, month, day, hour, tzinfo=OFFICE_ZONE)


class Place:
    """An Office, two schools and who works there; matters in every state, two of them hidden."""

    def __init__(self) -> None:
        world.the_holidays()
        self.office = world.an_office()
        self.school = world.a_school(office=self.office)
        self.other = world.a_school("NT", "Trường THCS Nguyễn Trãi", self.office)
        self.clerk = world.an_officer(self.school)
        self.head = world.an_officer(self.office, "office_head")
        self.of_the_school(self.school)
        self.of_the_other(self.other)
        self.hidden = world.a_case(self.school, at(11, 17), kind_code="TC", about_code="leaders")
        self.answered(self.school, at(10, 21), at(11, 2), kind_code="TC", about_code="leaders")
        db.session.flush()

    def of_the_school(self, school: Unit) -> None:
        world.a_case(school, at(11, 23), kind_code="GY")
        world.a_case(school, at(10, 5), subject_code="VE_SINH")  # long overdue
        answered = self.answered(school, at(11, 2), at(11, 4))
        answered.confirm(self.parent(at(11, 5)), 3)
        late = self.answered(school, at(9, 1), at(11, 20), kind_code="KNGHI")
        late.dispute(self.parent(at(11, 21), "Chưa ổn."), 1)
        again = self.answered(school, at(10, 1), at(10, 8))
        again.dispute(self.parent(at(10, 12), "Vẫn vậy."), 1)
        again.answer(world.an_act(self.clerk, "Đã làm lại.", at(10, 15)), "done", "Làm lại")
        again.confirm(self.parent(at(10, 16)), 2)
        self.answered(school, at(11, 3, year=2025), at(11, 5, year=2025))
        refused = world.a_case(school, at(11, 9))
        refused.refuse(world.an_act(self.clerk, "Không rõ.", at(11, 10)), "unclear")
        world.a_case(school, at(11, 16), danger=True)

    def of_the_other(self, other: Unit) -> None:
        gone = world.a_case(other, at(11, 9))
        gone.withdraw(self.parent(at(11, 10), "Thôi ạ."))
        second = self.answered(other, at(11, 2), at(11, 6))
        second.escalate(self.parent(at(11, 9), "Nhờ Phòng xem."), self.office)
        moved = world.a_case(other, at(11, 12))
        moved.transfer(world.an_act(self.clerk, "Chuyển Phòng.", at(11, 13)), self.office)

    def answered(self, unit, received: datetime, answered: datetime, **said: object):
        matter = world.a_case(unit, received, **said)
        matter.accept(world.an_act(self.clerk, at=received + timedelta(hours=1)))
        matter.answer(world.an_act(self.clerk, "Đã xong.", answered), "done", "Đã sửa")
        return matter

    @staticmethod
    def parent(when: datetime, note: str = ""):
        return world.an_act(note=note, at=when, as_parent=True)


@pytest.fixture
def place(story):
    return Place()


def scope_of(officer) -> Scope:
    return scopes.scope_of(db.session(), officer, TODAY)


def asked(code: str, as_of: date = TODAY) -> grounds.Asked:
    return grounds.Asked(period(code), as_of, load_calendar(db.session()))


def everything_seen(officer) -> grounds.Ground:
    scope = scope_of(officer)
    return grounds.Ground(tuple(db.session.scalars(access.units(scope.reads))), access.sees(scope))


def of_unit(officer, unit) -> grounds.Ground:
    cases = access.sees(scope_of(officer)) & grounds.counted_in({unit.id})
    return grounds.Ground((unit,), cases)


def inbox(officer, where: dict[str, str]) -> list[str]:
    """The references the inbox of this officer lists for a filter."""
    scope = scope_of(officer)
    viewer = lists.Viewer(officer.id, scope.own, TODAY, TODAY)
    found = db.session.scalars(lists.narrow(access.cases(scope), where, viewer))
    return [case.reference for case in found]


def figures(table: Table):
    """Every count of a table of matters with the filter behind it."""
    return [
        (row.code, cell.value, dict(cell.where))
        for row in table.lines
        for cell in row.cells
        if cell.where is not None and cell.where.get("list", "cases") == "cases"
    ]


@pytest.mark.parametrize("code", PERIODS)
def test_every_figure_of_the_school_is_the_number_of_rows_behind_it(place, code):
    tables = reporting.tables(
        reporting.material(db.session(), of_unit(place.clerk, place.school), asked(code))
    )
    found = [one for table in tables.values() for one in figures(table)]
    assert len(found) > 100
    for row, value, where in found:
        assert len(inbox(place.clerk, {"unit": "LDT", **where})) == value, (row, where)


@pytest.mark.parametrize("code", PERIODS)
def test_every_figure_of_the_office_is_the_number_of_rows_behind_it(place, code):
    tables = reporting.tables(
        reporting.material(db.session(), everything_seen(place.head), asked(code))
    )
    found = [one for table in tables.values() for one in figures(table)]
    assert len(found) > 100
    for row, value, where in found:
        assert len(inbox(place.head, where)) == value, (row, where)


def test_the_office_sees_in_a_schools_line_what_the_school_sees_in_its_own(place):
    of_office = reporting.tables(
        reporting.material(db.session(), everything_seen(place.head), asked("2026"))
    )["by_school"]
    of_school = reporting.tables(
        reporting.material(db.session(), of_unit(place.clerk, place.school), asked("2026"))
    )["by_school"]
    line = next(row for row in of_office.rows if row.code == "LDT")
    assert [cell.value for cell in line.cells] == [cell.value for cell in of_school.rows[0].cells]


def test_what_is_hidden_counts_for_the_office_and_never_for_the_school(place):
    school = countables.rows(db.session(), of_unit(place.clerk, place.school), asked("2026"))
    office = countables.rows(db.session(), of_unit(place.head, place.office), asked("2026"))
    assert place.hidden.reference not in {row.reference for row in school.cases}
    assert {row.kind_code for row in school.cases}.isdisjoint({"TC"})
    assert [row.kind_code for row in office.cases] == ["TC", "TC"]
    table = TABLES["by_school"](
        reporting.material(db.session(), everything_seen(place.head), asked("2026-11"))
    )
    received = {row.code: table.cell(row.code, "received").value for row in table.rows}
    # Counted by hand: LDT 23, 2, 9, 16 November; NT 9, 2, 12 November; the Office 17 November.
    assert received == {"PGD": 1, "LDT": 4, "NT": 3}


def test_days_are_working_days_without_holidays(place):
    [row] = [
        row
        for row in countables.rows(
            db.session(), of_unit(place.clerk, place.school), asked("2026-11")
        ).cases
        if row.answered_on == date(2026, 11, 4)
    ]
    assert row.working_days == 2


def test_rows_of_long_ago_are_not_read(place):
    old = place.answered(place.school, at(3, 2, year=2025), at(3, 4, year=2025))
    rows = countables.rows(db.session(), of_unit(place.clerk, place.school), asked("2026-11"))
    assert old.reference not in {row.reference for row in rows.cases}


@pytest.mark.parametrize("handed_in", [date(2026, 10, 15), date(2026, 10, 20), date(2026, 11, 24)])
def test_the_sum_is_the_sum_of_the_reports_as_they_were_handed_in(place, handed_in):
    """Also of a report that came before its period was over: it knew no later day."""
    then = asked("DV-2026-Y", handed_in)
    ground = of_unit(place.clerk, place.school)
    as_handed_in = reporting.material(db.session(), ground, then)
    kept = Rows.thaw(countables.rows(db.session(), ground, then).freeze())
    now = pooled(reporting.bare(db.session(), ground, asked("DV-2026-Y")), [kept])
    for code in ("register", "kinds", "subjects", "satisfaction", "by_school"):
        before, after = TABLES[code](as_handed_in), TABLES[code](now)
        values = [[cell.value for cell in row.cells] for row in before.lines]
        assert [[cell.value for cell in row.cells] for row in after.lines] == values, code


def test_frozen_figures_come_back_as_they_were(place):
    material = reporting.material(
        db.session(), of_unit(place.clerk, place.school), asked("2026-11")
    )
    made = reporting.tables(material)
    rows = countables.rows(db.session(), of_unit(place.clerk, place.school), asked("2026-11"))
    kept = reporting.frozen(made, rows)
    assert reporting.thawed(kept) == made
    assert reporting.handed_in(kept) == rows


def test_no_table_breaks_its_own_formulas(place):
    material = reporting.material(db.session(), everything_seen(place.head), asked("2026"))
    assert [table.check() for table in reporting.tables(material).values()] == [()] * len(TABLES)
