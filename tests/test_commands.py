"""The operator's commands: each does what it says, or says in one sentence why not."""

import json
import os
import re
import stat
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import Result
from flask import Flask
from sqlalchemy import Connection, func, select

from feedback import clock, db, tokens, welcome
from feedback.commands.register import COMMANDS
from feedback.commands.setup import HOLIDAYS
from feedback.models.officers import Officer
from feedback.models.units import Holiday, Unit
from feedback.passwords import is_right
from feedback.settings import Settings
from tests import world
from tests.test_notices import free_port, settle

ROOT = Path(__file__).parent.parent
PASSWORD = "mot-mat-khau-that-dai"

Command = Callable[..., Result]


@pytest.fixture
def flask(app: Flask, story: Connection) -> Command:
    """`flask …`, in this test's own database."""

    def call(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=list(words))

    return call


def an_account(email: str) -> Officer:
    return db.session.scalars(select(Officer).where(Officer.email == email)).one()


def test_every_command_says_what_it_is_for(flask: Command) -> None:
    assert len(COMMANDS) >= 8
    for command in COMMANDS:
        assert command.name
        answer = flask(command.name, "--help")
        assert answer.exit_code == 0
        assert len(answer.output.splitlines()[2].strip()) > 20, command.name


def test_an_administrator_gives_a_clerk_an_account(flask: Command) -> None:
    world.a_school()
    db.session.commit()
    who = ("Hang@demo.invalid", "Thu Hằng", "--unit", "LDT", "--role", "clerk")
    answer = flask("add-officer", *who, "--password", PASSWORD)
    assert answer.output == "Hang@demo.invalid is now clerk at LDT.\n"
    hang = an_account("hang@demo.invalid")
    assert is_right(hang.password_hash, PASSWORD)
    assert [(r.code, r.unit.code) for r in hang.roles_on(clock.today())] == [("clerk", "LDT")]


def test_the_same_person_can_hold_two_roles(flask: Command) -> None:
    world.a_school()
    db.session.commit()
    for role in ("principal", "duty"):
        who = ("hoa@demo.invalid", "Hòa", "--unit", "LDT", "--role", role)
        assert flask("add-officer", *who, "--password", PASSWORD).exit_code == 0
    hoa = an_account("hoa@demo.invalid")
    assert {role.code for role in hoa.roles} == {"principal", "duty"}


def test_an_account_at_a_unit_that_is_not_there_is_refused(flask: Command) -> None:
    who = ("x@demo.invalid", "X", "--unit", "XXX", "--role", "clerk", "--password", PASSWORD)
    answer = flask("add-officer", *who)
    assert answer.exit_code == 1
    assert answer.output == "Error: There is no unit with the code XXX.\n"


def test_a_sheet_of_days_is_taken_as_well(flask, tmp_path) -> None:
    file = tmp_path / "days.csv"
    text = "Ngày;Loại ngày;Tên gọi\n23/01/2031;Ngày nghỉ lễ, Tết;Mùng 1\n"
    file.write_text(text, encoding="utf-8-sig")
    assert "1 days added." in flask("load-holidays", str(file)).output
    assert "0 days added." in flask("load-holidays", str(file)).output


def test_a_file_of_days_that_cannot_be_taken_is_refused_with_a_sentence(flask, tmp_path) -> None:
    file = tmp_path / "days.json"
    row = '{"day": "2031-01-23", "kind": "holiday", "name": "Mùng 1"}'
    file.write_text(f"[{row}, {row}]", encoding="utf-8")
    done = flask("load-holidays", str(file))
    assert done.exit_code == 1
    assert "Dòng 2: thứ Năm, 23/01/2031 đứng hai lần trong tệp" in done.output
    assert db.session.scalar(select(Holiday.id).limit(1)) is None


def test_the_shipped_holidays_are_loaded_once(flask: Command) -> None:
    days = len(json.loads(HOLIDAYS.read_text(encoding="utf-8")))
    assert flask("load-holidays").output == f"{days} days added.\n"
    assert flask("load-holidays").output == "0 days added.\n"
    assert db.session.scalar(select(func.count()).select_from(Holiday)) == days


def test_a_token_for_another_system_is_shown_once(flask: Command) -> None:
    world.a_school()
    db.session.commit()
    answer = flask("api-token", "PGD", "Sở GD&ĐT")
    token = answer.output.splitlines()[0]
    found = tokens.find(db.session(), token)
    assert found is not None
    assert (found.unit.code, found.name) == ("PGD", "Sở GD&ĐT")
    assert flask("api-token", "XXX", "Sở").exit_code == 1


def test_a_test_mail_without_a_server_is_a_file(
    app: Flask, flask: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(app, monkeypatch, var=tmp_path)
    answer = flask("mail-test", "hang@demo.invalid")
    assert answer.output == f"Written to {tmp_path / 'mail'}.\n"
    assert "Thư thử từ hệ thống." in (tmp_path / "mail" / "mail-test.eml").read_text("utf-8")


def test_a_test_mail_says_that_the_server_does_not_answer(
    app: Flask, flask: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(app, monkeypatch, smtp_url=f"smtp://127.0.0.1:{free_port()}")
    answer = flask("mail-test", "hang@demo.invalid")
    assert answer.exit_code == 1
    assert answer.output == "Error: The mail was not taken: ConnectionRefusedError.\n"


# --- demo and welcome -------------------------------------------------------------------------


def test_no_demo_is_made_in_a_real_installation(flask: Command) -> None:
    answer = flask("demo")
    assert answer.exit_code == 1
    assert "set FEEDBACK_DEMO=1" in answer.output
    assert db.session.scalar(select(Unit.id).limit(1)) is None


def test_a_demo_never_mixes_with_what_is_there(
    app: Flask, flask: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    settle(app, monkeypatch, demo=True)
    world.a_school()
    db.session.commit()
    answer = flask("demo")
    assert answer.exit_code == 1
    assert "choose an empty one" in answer.output
    assert flask("demo", "--if-empty").exit_code == 0
    assert db.session.scalar(select(func.count()).select_from(Unit)) == 3


def test_without_a_demo_the_welcome_says_only_where_it_runs(flask: Command) -> None:
    answer = flask("welcome")
    assert "http://localhost/dang-nhap" in answer.output
    assert "password" not in answer.output


def test_the_welcome_of_a_real_installation_keeps_an_old_demo_list_to_itself(
    settings: Settings,
) -> None:
    found = {"points": [{"code": "7K3MQ2XD", "unit": "LDT", "place": "Cổng chính"}]}
    assert "7K3MQ2XD" not in welcome.text(settings, found)


SMALL = ("--schools", "2", "--months", "3", "--submissions", "40")


def program(var: Path, *words: str) -> str:
    """`flask …` as ./run calls it: a program of its own, on a database of its own."""
    env = {"PATH": os.environ["PATH"], "FEEDBACK_DEMO": "1", "FEEDBACK_VAR": str(var)}
    done = subprocess.run(
        [sys.executable, "-m", "flask", "--app", "wsgi", *words],
        cwd=ROOT,
        env={**env, "PORT": "8123"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return done.stdout


def test_an_operator_sets_up_a_demo_on_an_empty_machine(tmp_path: Path) -> None:
    program(tmp_path, "db", "upgrade")
    program(tmp_path, "db", "check")
    assert "2 schools, 40 messages" in program(tmp_path, "demo", "--if-empty", *SMALL)
    assert "already here; nothing was added" in program(tmp_path, "demo", *SMALL)
    kept = tmp_path / "demo.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    point = json.loads(kept.read_text(encoding="utf-8"))["points"][0]
    said = program(tmp_path, "welcome")
    assert f"http://127.0.0.1:8123/q/{point['code']}" in said
    assert re.search(r"Principal +hieutruong\.ldt@demo\.invalid +LDT", said)
    assert "█" in said
    program(tmp_path, "run-notices", "--once")
    assert list((tmp_path / "mail").glob("*.eml"))
