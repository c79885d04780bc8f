"""Guessing is slowed until it is hopeless; the owner, at the own browser, never notices."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from feedback import clock, db, limits, resets
from feedback.limits import Slowdown
from feedback.models.officers import Officer, PasswordReset
from feedback.passwords import hash_password, reset_token
from feedback.web import entry
from tests.web.knocking import field, sign_in
from tests.world import KEYS, PASSWORD, a_school, an_officer

RIGHT_HASH = hash_password(PASSWORD)


@pytest.fixture
def lan(parent: FlaskClient) -> Officer:
    officer = an_officer(a_school(), name="Trần Thị Lan", email="lan@demo.invalid")
    officer.password_hash = RIGHT_HASH
    db.session.commit()
    return officer


def test_each_miss_doubles_the_wait_up_to_a_minute(lan: Officer):
    now, waits = clock.now(), []
    for _ in range(9):
        assert not limits.claim_try(db.session(), KEYS.rate, "a", now)
        pause = limits.claim_try(db.session(), KEYS.rate, "a", now)
        waits.append(round(pause.total_seconds()))
        now += pause
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_the_right_password_makes_the_door_quick_again(lan: Officer):
    now = clock.now()
    for _ in range(4):
        now += limits.claim_try(db.session(), KEYS.rate, "a", now)
    limits.forgive(db.session(), KEYS.rate, "a")
    db.session.flush()
    assert not limits.claim_try(db.session(), KEYS.rate, "a", now)
    assert limits.claim_try(db.session(), KEYS.rate, "a", now) == timedelta(seconds=1)


def test_of_ten_thousand_guesses_in_ten_minutes_at_most_forty_are_looked_at(lan: Officer):
    start = clock.now()
    looked_at = sum(
        not limits.claim_try(
            db.session(), KEYS.rate, "account|lan", start + timedelta(seconds=n * 0.06)
        )
        for n in range(10_000)
    )
    assert 10 <= looked_at <= 40


def test_through_the_door_too_guesses_are_not_even_hashed(
    parent: FlaskClient, lan: Officer, monkeypatch: pytest.MonkeyPatch
):
    hashed: list[str] = []

    def is_never_right(_hash: str | None, typed: str) -> bool:
        hashed.append(typed)
        return False

    monkeypatch.setattr(entry, "is_right", is_never_right)
    start = clock.now()
    for n in range(100):
        with time_machine.travel(start + timedelta(seconds=6 * n)):
            assert sign_in(parent, f"doan-lan-thu-{n}").status_code in {403, 429}
    assert 8 <= len(hashed) <= 40


def test_an_unknown_account_waits_the_same(parent: FlaskClient, lan: Officer):
    with time_machine.travel(clock.now(), tick=False):
        known, unknown = (
            [sign_in(parent, "sai-mat-khau-roi", email=who).status_code for _ in range(2)]
            for who in ("lan@demo.invalid", "ai@demo.invalid")
        )
    assert known == unknown == [403, 429]


def test_a_stranger_who_guesses_does_not_keep_lan_out(
    app: Flask, parent: FlaskClient, lan: Officer
):
    assert sign_in(parent).status_code == 302
    stranger = app.test_client()
    for n in range(40):
        with time_machine.travel(clock.now() + timedelta(seconds=n)):
            sign_in(stranger, "doan-mo-mat-khau")
    parent.delete_cookie("desk")
    with time_machine.travel(clock.now() + timedelta(seconds=40)):
        assert sign_in(stranger).status_code == 429
        assert sign_in(parent).status_code == 302


def test_a_link_by_mail_leads_past_whoever_guesses(app: Flask, parent: FlaskClient, lan: Officer):
    resets.offer(db.session(), KEYS.session, lan, clock.now())
    db.session.commit()
    stamp = int(db.session.scalars(select(PasswordReset)).one().asked_at.timestamp())
    link = f"/mat-khau-moi/{reset_token(KEYS.session, lan.id, stamp)}"
    data = {"password": PASSWORD, "again": PASSWORD, "csrf_token": field(parent, link)}
    with time_machine.travel(clock.now(), tick=False):
        sign_in(app.test_client(), "doan-mo-mat-khau")
        assert sign_in(parent).status_code == 429
        parent.post(link, data=data)
        assert sign_in(parent).status_code == 302


def test_her_browser_is_no_way_around_the_wait(parent: FlaskClient, lan: Officer):
    sign_in(parent)
    parent.delete_cookie("desk")
    with time_machine.travel(clock.now(), tick=False):
        assert sign_in(parent, "sai-mat-khau-roi").status_code == 403
        assert sign_in(parent, "sai-mat-khau-roi").status_code == 429


def test_thirty_people_come_in_from_one_address_in_a_minute(parent: FlaskClient, lan: Officer):
    now, key = clock.now(), KEYS.rate
    for _ in range(30):
        assert not limits.wait(db.session(), key, limits.SIGN_IN_ADDRESS, "truong", now)
        limits.spend(db.session(), key, limits.SIGN_IN_ADDRESS, "truong", now)
    assert limits.wait(db.session(), key, limits.SIGN_IN_ADDRESS, "truong", now)


def test_of_fifty_tries_at_once_one_is_looked_at(engine: Engine):
    now = clock.now()

    def knock(_n: int) -> bool:
        with Session(engine) as session:
            pause = limits.claim_try(session, KEYS.rate, "at once", now)
            session.commit()
            return not pause

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(knock, range(50))) == 1
    with Session(engine) as session:
        session.execute(delete(Slowdown))
        session.commit()
