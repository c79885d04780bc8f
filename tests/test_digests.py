"""The morning letter: numbers and links only, in working hours only, once, and only if wanted."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import Connection, select

from feedback import clock, db, digests
from feedback.commands import post
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.units import Unit, load_calendar
from tests import world

TUESDAY = datetime(2026, 11, 17, 7, 30, tzinfo=clock.OFFICE_ZONE)
MONDAY, DAY = TUESDAY - timedelta(days=1), timedelta(days=1)


@pytest.fixture
def school(story: Connection) -> Unit:
    world.the_holidays()
    return world.a_school()


def an_early_bird(unit: Unit, role: str = "clerk", email: str = "hang@demo.invalid") -> Officer:
    officer = world.an_officer(unit, role, "Trần Thị Thu Hằng", email)
    officer.wants_digest = True
    db.session.flush()
    return officer


def prepared(at: datetime) -> list[str]:
    digests.prepare(db.session(), at, load_calendar(db.session()))
    db.session.flush()
    return list(db.session.scalars(select(Notice.once_key).order_by(Notice.id)))


def numbers(officer: Officer, at: datetime = TUESDAY) -> dict[str, int]:
    calendar = load_calendar(db.session())
    found = digests.lines(db.session(), officer, at.date(), calendar)
    return {line.folder: line.number for line in found}


def test_the_clerk_hears_how_much_is_new_due_late_and_waiting(school: Unit) -> None:
    hang = an_early_bird(school)
    world.a_case(school, TUESDAY - DAY)
    late = world.a_case(school, TUESDAY - 60 * DAY)
    late.accept(world.an_act(hang, at=TUESDAY - 59 * DAY))
    assert numbers(hang) == {"new": 1, "soon": 0, "overdue": 1, "mine": 1}
    assert prepared(TUESDAY) == [f"digest-{hang.id}-2026-11-17"]


def test_one_letter_a_day_however_often_the_runner_comes_by(school: Unit) -> None:
    an_early_bird(school)
    world.a_case(school, TUESDAY - DAY)
    assert len(prepared(TUESDAY)) == len(prepared(TUESDAY + timedelta(hours=2))) == 1
    assert len(prepared(TUESDAY + DAY)) == 2


def test_nothing_waiting_nothing_sent(school: Unit) -> None:
    an_early_bird(school)
    assert prepared(TUESDAY) == []


def test_who_switched_it_off_gets_none(school: Unit) -> None:
    an_early_bird(school).wants_digest = False
    db.session.flush()
    world.a_case(school, TUESDAY - DAY)
    assert prepared(TUESDAY) == []


@pytest.mark.parametrize("day", ["2026-11-21", "2026-11-22", "2026-11-24", "2027-01-01"])
def test_never_on_a_day_off(school: Unit, day: str) -> None:
    an_early_bird(school)
    at = datetime.fromisoformat(f"{day}T08:00:00+07:00")
    world.a_case(school, at - DAY)
    assert prepared(at) == []
    assert not digests.is_owed(db.session(), at, load_calendar(db.session()))


def test_the_principal_hears_on_the_first_working_day_of_the_week(school: Unit) -> None:
    an_early_bird(school, "principal")
    world.a_case(school, MONDAY - DAY)
    assert len(prepared(MONDAY)) == 1
    assert len(prepared(TUESDAY)) == 1
    assert db.session.scalars(select(Notice)).one().template == "week"


def test_after_a_monday_off_the_week_begins_on_tuesday(school: Unit) -> None:
    an_early_bird(school, "principal")
    # Quốc khánh 2025 fell on Monday and Tuesday: the week began on Wednesday 3 September.
    wednesday = datetime.fromisoformat("2025-09-03T08:00:00+07:00")
    world.a_case(school, wednesday - 10 * DAY)
    assert prepared(wednesday - DAY) == []
    assert len(prepared(wednesday)) == 1


def test_what_the_school_may_not_see_is_in_no_number_of_it(school: Unit) -> None:
    hang, hoa = an_early_bird(school), an_early_bird(school, "principal", "hoa@demo.invalid")
    secret = world.a_case(school, TUESDAY - DAY, kind_code="TC", about_code="leaders")
    assert secret.hidden_from_school
    assert not any(numbers(hang).values())
    assert not any(numbers(hoa).values())
    assert prepared(MONDAY + 7 * DAY) == []
    assert school.manager
    lan = an_early_bird(school.manager, "office", "lan@demo.invalid")
    assert numbers(lan)["new"] == 1


# --- the letter itself ------------------------------------------------------------------------


def run(app: Flask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, at: datetime) -> list[str]:
    """What lies in the mail folder once the runner has done its round."""
    changed = replace(app.extensions["feedback.settings"], var=tmp_path)
    monkeypatch.setitem(app.extensions, "feedback.settings", changed)
    monkeypatch.setattr(post, "_stop_on_signal", list)
    with time_machine.travel(at):
        done = app.test_cli_runner().invoke(args=["run-notices", "--once"])
    assert done.exit_code == 0, done.output
    return [path.read_text() for path in sorted((tmp_path / "mail").glob("*"))]


def test_the_letter_holds_numbers_and_links_and_not_one_word(
    app: Flask, school: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    an_early_bird(school)
    case = world.a_case(school, TUESDAY - DAY, text="Trong canh trưa có con sâu rất to")
    for event in case.events:
        event.announced_at = TUESDAY
    reference = case.reference
    db.session.commit()
    letters = run(app, tmp_path, monkeypatch, TUESDAY)
    assert len(letters) == 1
    assert "http://localhost/hop-viec?folder=3Dnew" in letters[0] or (
        "http://localhost/hop-viec?folder=new" in letters[0]
    )
    for secret in ("sâu", reference, "Bán trú", "Nguyễn"):
        assert secret not in letters[0]


@pytest.mark.parametrize("hour", [0, 6, 17, 23])
def test_never_at_night(
    app: Flask, school: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, hour: int
) -> None:
    an_early_bird(school)
    for event in world.a_case(school, TUESDAY - DAY).events:
        event.announced_at = TUESDAY
    db.session.commit()
    assert run(app, tmp_path, monkeypatch, TUESDAY.replace(hour=hour, minute=0)) == []


def test_a_letter_the_server_would_not_take_by_day_waits_and_is_torn_up_the_day_after(
    app: Flask, school: Unit, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    hang = an_early_bird(school)
    for event in world.a_case(school, TUESDAY - DAY).events:
        event.announced_at = TUESDAY
    prepared(TUESDAY)
    hang.wants_digest = False  # so that Wednesday brings no letter of its own
    db.session.commit()
    assert run(app, tmp_path, monkeypatch, TUESDAY.replace(hour=22)) == []
    assert run(app, tmp_path, monkeypatch, TUESDAY + DAY) == []
    assert db.session.scalars(select(Notice)).one().sent_at


def test_hang_switches_the_letter_off_and_on(school: Unit, sign_in) -> None:
    hang = an_early_bird(school)
    client = sign_in(hang)
    page = client.get("/nhac-viec").get_data(as_text=True)
    token = page.split('name="csrf_token"')[2].split('value="')[1].split('"')[0]
    for data, wanted in (({}, False), ({"wants_digest": "y"}, True)):
        client.post("/nhac-viec", data={"csrf_token": token, **data})
        db.session.expire_all()
        assert db.session.scalars(select(Officer.wants_digest)).one() is wanted
