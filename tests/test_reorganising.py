"""1 July 2025: the district ends, six wards take over, and no matter, link or figure is lost."""

from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from analysis.periods import period
from feedback import (
    access,
    competence,
    db,
    grounds,
    reckoning,
    reorganising,
    reporting,
    rounds,
    scopes,
    shipped,
)
from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.successions import UnitSuccession, successors
from feedback.models.units import Unit, load_calendar, unit_by_code, units_below
from feedback.rules.calendar import WorkCalendar
from feedback.rules.reorganisations import AlreadyApplied, ReorganisationRefused, read
from feedback.rules.routing import Matter
from tests import world

DAY = date(2025, 7, 1)
BEFORE = date(2025, 6, 30)
SCHOOLS = ("LDT", "NTH", "LQD")  # An Hội Đông, Hạnh Thông, An Hội Tây
HEAD = {"kind_code": "PA", "subject_code": "KHAC", "about_code": "leaders"}


def at(month: int, day: int, hour: int = 9) -> datetime:
    return datetime(2025, month, day, hour, tzinfo=OFFICE_ZONE)


def plan(**changes: Any):
    return read({**shipped.read("reorganisation-2025"), **changes})


MORNING = at(7, 1, 8)


def apply(when: datetime = MORNING, **changes: Any) -> reorganising.Work:
    act = Act(None, when, load_calendar(db.session()))
    work = reorganising.reorganise(db.session(), plan(**changes), act)
    db.session.commit()
    return work


def unit(code: str) -> Unit:
    return db.session.scalars(unit_by_code(code)).one()


class District:
    """Three schools under the Office of the district, on the eve."""

    def __init__(self) -> None:
        self.committee = world.a_committee()
        self.office = world.an_office(manager=self.committee)
        self.schools = [world.a_school(code, f"Trường {code}", self.office) for code in SCHOOLS]
        self.lan = world.an_officer(self.office, "office", "Phạm Ngọc Lan")
        self.lan.email = "lan@demo.invalid"
        db.session.commit()

    @property
    def ldt(self) -> Unit:
        return self.schools[0]


@pytest.fixture
def district(story) -> District:
    return District()


def sees(officer: Officer, case: Case, day: date = DAY) -> bool:
    scope = scopes.scope_of(db.session(), officer, day)
    return access.find_case(db.session(), scope, case.reference) is not None


# --- the tree -----------------------------------------------------------------------------------


def test_each_school_is_under_its_ward_from_that_day_and_under_the_district_before(district):
    apply()
    assert district.ldt.manager_on(BEFORE) is district.office
    assert district.ldt.manager_on(DAY) is unit("VHXHAHD")
    assert district.ldt.manager is unit("VHXHAHD")
    assert unit("VHXHAHD").manager_on(DAY) is unit("UBPAHD")
    assert units_below(db.session(), {district.committee.id}, DAY) == set()
    assert len(units_below(db.session(), {district.committee.id}, BEFORE)) == 4
    assert district.office.ended_on == BEFORE
    assert unit("VHXHAHD").began_on == DAY


def test_six_wards_take_over_from_the_district_and_from_its_office(district):
    apply()
    found = db.session.scalars(successors(district.office)).unique().all()
    assert len(found) == 6
    assert found[0].new.code == "VHXHGV"
    assert {one.kind for one in found} == {"split"}


def test_a_renamed_unit_keeps_both_names(district):
    renamed = {
        "old": "LDT",
        "kind": "rename",
        "name": "Trường Tiểu học Mới",
        "short_name": "TH Mới",
    }
    apply(successions=[renamed], units=[], schools=[])
    assert district.ldt.name == "Trường Tiểu học Mới"
    assert district.ldt.name_on(BEFORE) == "Trường LDT"
    assert district.ldt.manager is district.office


def test_the_dissolved_office_leaves_its_matters_to_the_body_that_managed_it(district):
    case = world.a_case(district.ldt, at(6, 20), **HEAD)
    moved = [{"code": code, "parent": "UBGV"} for code in SCHOOLS]
    gone = [{"old": "PGD", "new": "UBGV", "kind": "dissolve"}]
    apply(units=[], successions=gone, schools=moved)
    assert case.owner is district.committee
    assert district.ldt.manager is district.committee


# --- matters ------------------------------------------------------------------------------------


def test_an_open_matter_goes_to_the_ward_that_now_manages_its_school(district):
    district.office.answer_days = 5
    cases = [world.a_case(school, at(6, 20), **HEAD) for school in district.schools]
    due = [case.due_on for case in cases]
    apply()
    assert [case.owner.code for case in cases] == ["VHXHAHD", "VHXHHT", "VHXHAHT"]
    assert [case.due_on for case in cases] == due
    calendar = load_calendar(db.session())
    assert all(reckoning.why(one, cases[0], calendar) for one in cases[0].deadlines)
    event = cases[0].events[-1]
    assert (event.move_code, event.actor) == ("succeed", "system")
    assert event.detail["owner"] == [district.office.id, unit("VHXHAHD").id]
    assert cases[0].hidden_from_school


def test_an_answered_matter_goes_too_so_that_its_parent_can_still_disagree(district):
    case = world.an_answered_case(district.ldt, district.lan, at(6, 2), **HEAD)
    apply()
    assert case.owner is unit("VHXHAHD")
    case.dispute(world.an_act(note="Chưa ổn.", at=at(7, 3), as_parent=True), None)
    assert sees(district.lan, case)


def test_a_matter_the_school_answers_stays_where_it_is(district):
    case = world.a_case(district.ldt, at(6, 20))
    apply()
    assert case.owner is district.ldt
    assert case.events[-1].move_code == "receive"


def test_the_officer_goes_on_at_every_ward_and_keeps_the_matter_in_hand(district):
    case = world.a_case(district.ldt, at(6, 20), **HEAD)
    case.accept(world.an_act(district.lan, at=at(6, 21)))
    assert sees(district.lan, case, BEFORE)
    apply()
    assert {role.unit.code for role in district.lan.roles_on(BEFORE)} == {"PGD"}
    assert len(district.lan.roles_on(DAY)) == 6
    assert case.handler_id == district.lan.id
    assert sees(district.lan, case)


def test_an_officer_the_file_sends_to_one_ward_sees_the_matters_of_that_ward_only(district):
    own, others = (world.a_case(school, at(6, 20), **HEAD) for school in district.schools[:2])
    for case in (own, others):
        case.accept(world.an_act(district.lan, at=at(6, 21)))
    apply(officers={"lan@demo.invalid": ["VHXHAHD"]})
    assert [role.unit.code for role in district.lan.roles_on(DAY)] == ["VHXHAHD"]
    assert sees(district.lan, own)
    assert own.handler_id == district.lan.id
    assert not sees(district.lan, others)
    assert others.handler_id is None


def test_what_the_old_office_noted_for_itself_its_successor_still_reads(district):
    case = world.a_case(district.ldt, at(6, 20), **HEAD)
    case.add_note(world.an_act(district.lan, "Đã gọi cho phụ huynh.", at(6, 21)))
    chairman = world.an_officer(district.committee, "office")
    db.session.commit()
    apply(officers={"lan@demo.invalid": ["VHXHAHD"], chairman.email: ["UBPHT"]})
    scope = scopes.scope_of(db.session(), district.lan, DAY)
    assert [m.text for m in access.thread(scope, case)] == ["Đã gọi cho phụ huynh."]
    elsewhere = scopes.scope_of(db.session(), chairman, DAY)
    assert access.thread(elsewhere, case) == []


def test_a_matter_after_that_day_goes_straight_to_the_ward(district):
    apply()
    assert world.a_case(district.ldt, at(7, 2), **HEAD).owner is unit("VHXHAHD")


def test_a_paper_of_the_eve_entered_later_finds_the_successor(district):
    apply()
    assert world.a_case(district.ldt, at(6, 30), **HEAD).owner is unit("VHXHAHD")


def test_the_code_at_the_old_office_leads_to_the_main_successor(district):
    point = world.a_point(district.office, "Bộ phận tiếp nhận")
    apply()
    assert point.unit is unit("VHXHGV")
    assert not point.revoked


# --- competence ---------------------------------------------------------------------------------


@pytest.mark.parametrize(("day", "signs"), [(BEFORE, "UBGV"), (DAY, "UBPAHD")])
def test_who_decides_about_the_head_is_the_committee_of_the_day(district, day: date, signs: str):
    apply()
    about_head = Matter("TC", "KHAC", "leaders")
    assert competence.competent_authority(district.ldt, about_head, day) is unit(signs)


def test_who_decides_first_about_a_teacher_is_the_school(district):
    matter = Matter("KN", "KHAC", "class_teacher")
    assert competence.competent_authority(district.ldt, matter, DAY) is district.ldt


def test_the_office_that_ended_owes_no_report_any_more(district):
    apply()
    calendar = WorkCalendar()
    rounds.ensure_rounds(db.session(), date(2025, 8, 1), calendar)
    owing = set(db.session.scalars(rounds._owing(date(2025, 8, 1))))
    assert district.office.id not in owing
    assert unit("VHXHAHD").id in owing
    assert district.ldt.id in owing


# --- bad input ----------------------------------------------------------------------------------

CIRCLE = [
    {"old": "PGD", "new": "UBGV", "kind": "merge"},
    {"old": "UBGV", "new": "PGD", "kind": "merge"},
]


def _without(code: str) -> list[Any]:
    return [row for row in shipped.read("reorganisation-2025")["schools"] if row["code"] != code]


def _with_unit(**changes: str) -> list[Any]:
    return [{"code": "X", "kind": "office", "name": "X", "short_name": "X", **changes}]


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"successions": CIRCLE}, "in a circle: PGD → UBGV → PGD"),
        ({"on": "2025-07-02"}, "still to come"),
        ({"on": "ngày mai"}, "cannot be understood"),
        ({"successions": [{"old": "PGDX", "new": "UBGV", "kind": "merge"}]}, "no unit PGDX"),
        ({"successions": [{"old": "PGD", "new": "VHXX", "kind": "merge"}]}, "no unit VHXX"),
        ({"successions": [{"old": "PGD", "new": "UBGV", "kind": "swap"}]}, "'swap' is none of"),
        ({"successions": [{"old": "PGD", "kind": "merge"}]}, "lacks 'new'"),
        ({"schools": _without("LDT")}, "does not say who manages LDT"),
        ({"schools": [{"code": "LDT", "parent": "PGD"}]}, "PGD has ended"),
        ({"schools": [{"code": "LDT", "parent": "LDT"}]}, "The managers go in a circle: LDT → LDT"),
        ({"officers": {"lan@demo.invalid": ["VHXX"]}}, "no unit VHXX"),
        ({"units": _with_unit(code="LDT")}, "LDT is in the register already"),
        ({"units": _with_unit(kind="club")}, "its kind must be one of"),
        ({"units": _with_unit() * 2}, "X stands in the file twice"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_changes(district, changes: Any, said: str):
    with pytest.raises(ReorganisationRefused, match=said):
        apply(**changes)
    db.session.commit()
    assert district.ldt.manager is district.office
    assert district.office.ended_on is None
    assert db.session.scalars(select(UnitSuccession)).all() == []


def test_a_unit_cannot_end_before_it_existed(district):
    district.office.names[0].valid_from = date(2025, 8, 1)
    with pytest.raises(ReorganisationRefused, match="before it existed: it began on 2025-08-01"):
        apply()


def test_the_same_file_again_is_told_so_and_changes_nothing(district):
    apply()
    with pytest.raises(AlreadyApplied, match="was applied already, on 2025-07-01"):
        apply(at(7, 2))


# --- the prompt ---------------------------------------------------------------------------------


def _run(app: Flask, *words: str) -> tuple[int, str]:
    result = app.test_cli_runner().invoke(args=["reorganise", *words])
    return result.exit_code, result.output


def test_a_dry_run_says_what_would_happen_and_changes_nothing(app: Flask, district):
    world.a_case(district.ldt, at(6, 20), **HEAD)
    db.session.commit()
    code, output = _run(app, "--dry-run")
    assert code == 0
    assert "1 open matters handed over" in output
    assert "to verify: NTH" not in output
    assert "Dry run: nothing was changed." in output
    assert unit("LDT").manager is unit("PGD")


def test_one_command_applies_the_shipped_file_and_twice_is_safe(app: Flask, district):
    assert _run(app)[0] == 0
    assert unit("LDT").manager is unit("VHXHAHD")
    code, output = _run(app)
    assert code == 0
    assert "applied already" in output


def test_another_day_and_a_day_to_come(app: Flask, district):
    tomorrow = (datetime.now(OFFICE_ZONE) + timedelta(days=1)).date()
    code, output = _run(app, "--on", tomorrow.isoformat())
    assert code == 1
    assert "still to come" in output
    assert _run(app, "--on", "2026-01-01")[0] == 0
    assert unit("LDT").manager_on(date(2025, 12, 31)) is unit("PGD")


def test_a_file_that_is_no_json_is_named(app: Flask, district, tmp_path: Path):
    file = tmp_path / "wards.json"
    file.write_text("{", encoding="utf-8")
    code, output = _run(app, str(file))
    assert code == 1
    assert "wards.json is not JSON" in output


# --- the shipped file ---------------------------------------------------------------------------


def test_every_school_of_the_demo_has_its_ward_in_the_file():
    listed = {row["code"] for row in shipped.read("reorganisation-2025")["schools"]}
    assert {row["code"] for row in shipped.read("units") if row["kind"] == "school"} <= listed


def test_whatever_was_assumed_says_so():
    wards = {row["code"]: row["ward_new"] for row in shipped.read("units")}
    for row in shipped.read("reorganisation-2025")["schools"]:
        if not wards.get(row["code"]):
            assert row["verify"], row
            assert row["why"], row


def test_the_file_and_the_list_of_schools_name_the_same_ward():
    told = shipped.read("reorganisation-2025")
    names = {row["code"]: row["short_name"] for row in told["units"]}
    under = {row["code"]: names[row["parent"]] for row in told["schools"]}
    for row in shipped.read("units"):
        if row.get("ward_new"):
            assert under[row["code"]].lower().endswith(row["ward_new"].lower()), row


# --- figures ------------------------------------------------------------------------------------


def figures(of: Unit, day: date) -> Any:
    """The figures of a unit and all below it, as its own tables of that day had them."""
    asked = grounds.Asked(period("2025-H1"), day, load_calendar(db.session()))
    made = reporting.material(db.session(), grounds.ground_on(db.session(), of, day), asked)
    return {code: table.to_csv() for code, table in reporting.tables(made).items()}


def test_the_figures_of_the_eve_are_the_same_before_and_after(district):
    for school in district.schools:
        world.a_case(school, at(6, 20), **HEAD)
        world.a_case(school, at(6, 10))
    db.session.commit()
    before = figures(district.office, BEFORE)
    apply()
    assert figures(district.office, BEFORE) == before


def test_an_operator_prints_the_figures_of_either_day(app: Flask, district):
    world.a_case(district.ldt, at(6, 20), **HEAD)
    db.session.commit()
    apply()
    runner = app.test_cli_runner()
    eve = runner.invoke(args=["figures", "PGD", "2025-H1", "--as-of", "2025-06-30"]).output
    now = runner.invoke(args=["figures", "VHXHAHD", "2025-H1"]).output
    assert [line.split(",")[2] for line in eve.splitlines() if line.startswith("Phòng")] == ["1"]
    assert [line.split(",")[2] for line in now.splitlines() if line.startswith("Phòng")] == ["1"]
    assert "Trường NTH" in eve
    assert "Trường NTH" not in now


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["NHO", "2025-H1"], "There is no unit NHO"),
        (["PGD", "2025-H9"], "2025-H9"),
        (["PGD", "2025-H1", "--as-of", "2999-01-01"], "still to come"),
    ],
)
def test_figures_of_nothing_are_refused(app: Flask, district, words: list[str], said: str):
    result = app.test_cli_runner().invoke(args=["figures", *words])
    assert result.exit_code == 1
    assert said in result.output


def test_a_matter_handed_over_twice_counts_where_it_was_on_each_day(district):
    case = world.a_case(district.ldt, at(6, 20), **HEAD)
    db.session.commit()
    apply()
    again = {
        "on": "2025-09-01",
        "units": [],
        "successions": [{"old": "VHXHAHD", "new": "VHXHAHT", "kind": "merge"}],
        "schools": [
            row | {"parent": "VHXHAHT"}
            for row in shipped.read("reorganisation-2025")["schools"]
            if row["parent"] == "VHXHAHD"
        ],
    }
    apply(at(9, 1), **again)
    days = {BEFORE: "PGD", date(2025, 8, 31): "VHXHAHD", date(2025, 9, 1): "VHXHAHT"}
    for day, code in days.items():
        asked = grounds.Asked(period("2025-H1"), day, load_calendar(db.session()))
        ground = grounds.ground_on(db.session(), unit(code), day)
        found = reporting.material(db.session(), ground, asked).cases
        assert [(row.reference, row.unit_code) for row in found] == [(case.reference, code)], day
