"""A report that was handed in is counted again another way, and says so when it does not agree."""

from collections.abc import Callable, Iterator
from copy import deepcopy
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import delete, update

from feedback import clock, db, recounting
from feedback.envelopes import OfficeKey
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.officers import Officer
from feedback.models.reports import UnitReport
from feedback.models.unit_keys import take_key
from feedback.models.units import load_calendar
from tests import world
from tests.web.test_reports import Place, again

SignIn = Callable[[Officer], FlaskClient]


@pytest.fixture
def place(story: object, sign_in: SignIn) -> Iterator[Place]:
    made = Place(sign_in)
    made.open_rounds()
    yield made
    db.writing.set(True)


@pytest.fixture
def matter(place: Place) -> Case:
    """Answered and rated before the school's report was handed in."""
    made = world.a_case(place.school, clock.now() - timedelta(days=2))
    made.accept(world.an_act(place.clerk))
    made.answer(world.an_act(place.clerk, "Nhà trường đã sửa lan can."), "done", "Đã sửa")
    db.session.commit()
    place.hand_in(place.school, place.head)
    return db.session.get_one(Case, made.id)


def recount(report: UnitReport) -> recounting.Recount:
    return recounting.recount(db.session(), report, load_calendar(db.session()))


def behind_the_back(report: UnitReport, change: Callable[[dict[str, Any]], None]) -> None:
    """Somebody writes to the database."""
    figures = deepcopy(report.figures)
    change(figures)
    wanted = update(UnitReport).where(UnitReport.id == report.id).values(figures=figures)
    db.session.connection().execute(wanted)
    db.session.expire_all()


def test_a_report_as_it_was_handed_in_agrees(place: Place, matter: Case):
    told = recount(place.report(place.school))
    assert told.agrees, told.faults
    assert told.matters == 1
    assert told.figures > 100


def test_what_happens_later_does_not_move_it(place: Place, matter: Case):
    db.session.expire_all()
    matter = db.session.get_one(Case, matter.id)
    matter.dispute(world.an_act(None, "Vẫn chưa xong.", as_parent=True), 1)
    matter.answer(world.an_act(place.clerk, "Đã sửa lại."), "done", "Sửa lại")
    later = world.a_case(again(place.school), clock.now())
    db.session.commit()
    assert later.reference
    report = place.report(place.school)
    told = recount(report)
    assert told.agrees, told.faults
    before = deepcopy(report.figures["tables"])
    db.session.expire_all()
    assert place.report(place.school).figures["tables"] == before


def test_one_figure_changed_in_a_table_is_found(place: Place, matter: Case):
    report = place.report(place.school)

    def nicer(figures: dict[str, Any]) -> None:
        lines = figures["tables"]["register"]["rows"]
        answered = next(line for line in lines if line["code"] == "answered")
        answered["cells"][0]["value"] += 1

    behind_the_back(report, nicer)
    assert any(f.startswith("register/answered/") for f in recount(report).faults)


@pytest.mark.parametrize("name", ["answered_on", "received_on"])
def test_a_day_changed_in_a_row_is_found_by_the_history(place: Place, matter: Case, name: str):
    report = place.report(place.school)

    def earlier(figures: dict[str, Any]) -> None:
        figures["rows"]["cases"][0][name] = "2026-01-02"

    behind_the_back(report, earlier)
    assert any(f"{matter.reference}: {name} is" in fault for fault in recount(report).faults)


def test_a_matter_left_out_of_the_rows_is_missed(place: Place, matter: Case):
    report = place.report(place.school)
    behind_the_back(report, lambda figures: figures["rows"]["cases"].clear())
    faults = recount(report).faults
    assert f"{matter.reference} came in within the period and is not in the report." in faults


def test_a_matter_that_never_was_is_found(place: Place, matter: Case):
    report = place.report(place.school)

    def one_more(figures: dict[str, Any]) -> None:
        made_up = {**figures["rows"]["cases"][0], "reference": "LDT-2026-ZZZZZ"}
        figures["rows"]["cases"].append(made_up)

    behind_the_back(report, one_more)
    assert "LDT-2026-ZZZZZ is in the report and nowhere else." in recount(report).faults


def test_an_answer_written_into_the_past_is_found(place: Place, matter: Case):
    first = update(CaseEvent).where(CaseEvent.case_id == matter.id, CaseEvent.move_code == "answer")
    day_before = clock.now() - timedelta(days=1)
    db.session.connection().execute(first.values(at=day_before))
    assert any("answered_on is" in fault for fault in recount(place.report(place.school)).faults)


def test_the_office_adds_up_what_was_handed_in_to_it(place: Place, matter: Case):
    place.hand_in(place.office, place.officer)
    told = recount(place.report(place.office))
    assert told.agrees, (told.faults, told.unsaid)


def test_of_a_sum_whose_school_handed_in_anew_nothing_is_said(place: Place, matter: Case):
    place.hand_in(place.office, place.officer)
    school = place.report(place.school)
    school.return_("Mời ghi thêm.", place.officer, clock.now())
    db.session.commit()
    told = recount(place.report(place.office))
    assert told.unsaid == ["Handed in anew since: LDT."]
    assert not told.agrees


# --- openings of identities -----------------------------------------------------------------------


@pytest.fixture
def opened(place: Place) -> Case:
    """A denunciation whose sender was asked for twice: once refused, once handed out."""
    office = again(place.office)
    take_key(db.session(), office, OfficeKey.new().public, clock.now(), clock.today())
    second = world.an_officer(office, "office", "Phạm Ngọc Lan")
    case = world.a_case(
        again(place.school), clock.now() - timedelta(days=1), kind_code="TC",
        about_code="leaders", subject_code="THU_CHI", contact=world.a_contact(),
    )  # fmt: skip
    first = again(place.officer)
    why = "Cần gặp người tố cáo để làm rõ."
    for step in (case.refuse_opening, case.allow_opening):
        case.ask_opening(world.an_act(second, why), case.submission, "hear")
        step(world.an_act(first), case.openings[-1])
    case.hand_out(world.an_act(second), case.openings[-1])
    db.session.commit()
    return case


def test_the_office_reports_how_often_an_identity_was_opened(place: Place, opened: Case):
    seen = place.hand_in(place.office, place.officer)
    assert seen.figures("Số lần đề nghị mở danh tính")[0] == "2"
    assert seen.figures("Không được đồng ý")[0] == "1"
    assert seen.figures("Đã giao phong bì để mở")[0] == "1"
    told = recount(place.report(place.office))
    assert told.agrees, (told.faults, told.unsaid)


def test_the_school_s_report_has_no_such_table(place: Place, opened: Case):
    seen = place.hand_in(place.school, place.head)
    assert "mở danh tính" not in seen.said.lower()
    report = place.report(place.school)
    assert "openings" not in report.figures["tables"]
    assert report.figures["rows"]["openings"] == []
    assert recount(report).agrees


def test_an_opening_taken_out_of_the_figures_is_missed(place: Place, opened: Case):
    place.hand_in(place.office, place.officer)
    report = place.report(place.office)

    def hide(figures: dict[str, Any]) -> None:
        rows = figures["rows"]["openings"]
        figures["rows"]["openings"] = [one for one in rows if one["step"] != "opened"]
        for line in figures["tables"]["openings"]["rows"]:
            if line["code"] == "opened":
                line["cells"][0]["value"] = line["cells"][2]["value"] = 0

    behind_the_back(report, hide)
    (fault,) = recount(report).faults
    assert "opened on" in fault


def test_an_opening_taken_out_of_the_history_is_missed(place: Place, opened: Case):
    db.session.connection().execute(
        delete(CaseEvent).where(CaseEvent.move_code == "hand_out").execution_options(unbound=True)
    )
    db.session.commit()
    place.hand_in(place.office, place.officer)
    assert any("opened on" in fault for fault in recount(place.report(place.office)).faults)


def test_a_report_from_before_they_were_counted_still_agrees(place: Place, opened: Case):
    place.hand_in(place.office, place.officer)
    report = place.report(place.office)

    def older(figures: dict[str, Any]) -> None:
        del figures["rows"]["openings"], figures["tables"]["openings"]

    behind_the_back(report, older)
    assert recount(report).agrees
    assert place.at(place.officer).see(place.path(place.office)).status == 200


# --- the command and the page ---------------------------------------------------------------------


def _command(app: Flask, *words: str) -> Any:
    return app.test_cli_runner().invoke(args=["verify-report", *words])


def test_the_command_ends_with_what_it_found(app: Flask, place: Place, matter: Case):
    report = place.report(place.school)
    name = f"{report.round.period_code}/LDT"
    well = _command(app, name)
    assert well.exit_code == 0, well.output
    assert "1 matters agree" in well.output
    assert _command(app, "--all").exit_code == 0
    behind_the_back(report, lambda figures: figures["rows"]["cases"].clear())
    db.session.commit()
    assert _command(app, name).exit_code == 1
    assert _command(app, "2020-N/LDT").exit_code == 2
    assert _command(app).exit_code == 2


def test_the_head_of_the_office_reads_that_it_agrees(place: Place, matter: Case):
    path = place.path(place.school)
    assert "Đối chiếu: khớp" in place.at(place.officer).see(path).said
    assert "Đối chiếu" not in place.at(place.head).see(path).said
    behind_the_back(place.report(place.school), lambda figures: figures["rows"]["cases"].clear())
    db.session.commit()
    assert "Đối chiếu: không khớp" in place.at(place.officer).see(path).said
