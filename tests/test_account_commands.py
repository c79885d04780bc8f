"""The operator's commands around accounts, and the letters that follow from them."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from click.testing import Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, select

from feedback import clock, db, factors, mail
from feedback.letters import Post
from feedback.models.notices import Notice
from feedback.models.officers import Officer, SignIn
from feedback.passwords import hash_password, reset_token
from feedback.settings import Settings
from tests.web.knocking import field, sign_in, with_app
from tests.world import KEYS, PASSWORD, a_school, an_officer

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
RIGHT_HASH = hash_password(PASSWORD)
Command = Callable[..., Result]


@pytest.fixture
def flask(app: Flask, story: Connection) -> Command:
    def call(*words: str) -> Result:
        return app.test_cli_runner().invoke(args=list(words))

    return call


@pytest.fixture
def lan(story: Connection) -> Officer:
    officer = an_officer(a_school(), name="Trần Thị Lan", email="lan@demo.invalid")
    officer.password_hash = RIGHT_HASH
    db.session.commit()
    return officer


def _invite(flask: Command) -> str:
    """The link in the letter to Hằng."""
    a_school()
    db.session.commit()
    who = ("hang@demo.invalid", "Thu Hằng", "--unit", "LDT", "--role", "clerk")
    assert "once, for 24 hours" in flask("add-officer", *who).output
    reset = db.session.scalars(select(Notice).where(Notice.template == "invitation")).one().reset
    assert reset
    stamp = int(reset.asked_at.timestamp())
    return f"/mat-khau-moi/{reset_token(KEYS.session, reset.officer_id, stamp)}"


@pytest.mark.parametrize(("hours", "status"), [(23, 200), (25, 404)])
def test_an_invitation_is_good_for_a_day(
    flask: Command, parent: FlaskClient, hours: int, status: int
):
    link = _invite(flask)
    with time_machine.travel(clock.now() + timedelta(hours=hours)):
        assert parent.get(link).status_code == status


def test_an_invitation_lets_in_once(flask: Command, parent: FlaskClient):
    link = _invite(flask)
    data = {"password": PASSWORD, "again": PASSWORD, "csrf_token": field(parent, link)}
    assert parent.post(link, data=data).status_code == 302
    assert parent.post(link, data=data).status_code == 404
    assert sign_in(parent, email="hang@demo.invalid").location == "/hom-nay"


def test_until_it_is_used_no_password_opens_the_account(flask: Command, parent: FlaskClient):
    _invite(flask)
    assert sign_in(parent, email="hang@demo.invalid").status_code == 403


def test_who_lost_everything_starts_anew_and_is_out_everywhere(
    flask: Command, parent: FlaskClient, lan: Officer
):
    with_app(lan, SECRET)
    db.session.commit()
    sign_in(parent)
    assert flask("reset-factor", "lan@demo.invalid").exit_code == 0
    assert not factors.has_any(db.session(), lan.id)
    assert all(one.ended_at for one in db.session.scalars(select(SignIn)))


def test_a_stranger_has_no_factor_to_reset(flask: Command):
    assert "no officer with the address" in flask("reset-factor", "ai@demo.invalid").output


def test_codes_are_told_in_demo_mode_only(
    app: Flask, flask: Command, settings: Settings, var: Path
):
    assert "only told in demo mode" in flask("demo-code", "lan@demo.invalid").output
    listed = {"officers": [{"email": "lan@demo.invalid", "totp_secret": SECRET}]}
    (var / "demo.json").write_text(json.dumps(listed), encoding="utf-8")
    app.extensions["feedback.settings"] = replace(settings, demo=True)
    try:
        code = flask("demo-code", "lan@demo.invalid").output.strip()
        assert "no demo account" in flask("demo-code", "ai@demo.invalid").output
    finally:
        app.extensions["feedback.settings"] = settings
        (var / "demo.json").unlink()
    now = clock.now()
    assert code in {factors.code_now(SECRET, now - timedelta(seconds=30 * n)) for n in (0, 1)}


def test_the_letter_of_a_new_browser_says_the_hour_and_no_more(
    app: Flask, parent: FlaskClient, lan: Officer, settings: Settings
):
    with time_machine.travel("2026-11-24T09:05:00+07:00"):
        sign_in(parent)
    notice = db.session.scalars(select(Notice)).one()
    send: mail.Sender = lambda _letter: None  # noqa: E731
    letter = Post(app, db.session(), settings, KEYS, send).letter(notice, clock.today())
    assert letter
    text = letter.get_content()
    assert "9 giờ ngày 24/11/2026" in text
    assert "9:05" not in text
    assert "127.0.0.1" not in text


def test_an_old_password_is_only_asked_to_change_where_that_was_set(
    app: Flask, parent: FlaskClient, lan: Officer, settings: Settings
):
    with time_machine.travel(clock.now() + timedelta(days=400)):
        sign_in(parent)
        assert parent.get("/hom-nay").status_code == 200
        app.extensions["feedback.settings"] = replace(settings, password_days=365)
        try:
            assert parent.get("/hom-nay").location.startswith("/tai-khoan/mat-khau")
            new = "con duong den truong rat xanh"
            token = field(parent, "/tai-khoan/mat-khau")
            data = {"current": PASSWORD, "password": new, "again": new, "csrf_token": token}
            assert parent.post("/tai-khoan/mat-khau", data=data).status_code == 302
            assert parent.get("/hom-nay").status_code == 200
        finally:
            app.extensions["feedback.settings"] = settings
