"""/healthz: well while everything runs, 503 and the reason when one thing is broken."""

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest
from flask.testing import FlaskClient
from sqlalchemy.exc import OperationalError

from feedback import clock, db
from feedback.models.notices import Notice
from feedback.outbox import NEVER
from feedback.web import health
from tests import world

LONG_AGO = timedelta(hours=2)


def look(parent: FlaskClient) -> tuple[int, dict[str, Any]]:
    answer = parent.get("/healthz")
    assert answer.json is not None
    return answer.status_code, answer.json


def a_notice(**facts: Any) -> Notice:
    made_at = clock.now() - LONG_AGO
    usual = {"once_key": "event-1-1", "template": "new_case", "made_at": made_at}
    notice = Notice(**{**usual, "try_after": made_at, **facts})
    db.session.add(notice)
    db.session.commit()
    return notice


@contextmanager
def free_space(monkeypatch: pytest.MonkeyPatch, mib: int) -> Iterator[None]:
    with monkeypatch.context() as small:
        usage = SimpleNamespace(free=mib * 2**20)
        small.setattr(shutil, "disk_usage", lambda _path: usage)
        yield


def test_a_quiet_house_is_well(parent: FlaskClient) -> None:
    status, found = look(parent)
    assert status == 200
    assert found["ok"]
    assert all(found[part]["ok"] for part in ("database", "disk", "notices"))


def test_a_letter_of_this_minute_is_no_reason_to_worry(parent: FlaskClient) -> None:
    world.a_case(world.a_school())
    db.session.commit()
    status, found = look(parent)
    assert status == 200
    assert found["notices"]["unannounced"] == 1


def test_an_event_nobody_was_told_of_for_an_hour_is_one(parent: FlaskClient) -> None:
    world.a_case(world.a_school(), clock.now() - LONG_AGO)
    db.session.commit()
    status, found = look(parent)
    assert status == 503
    assert found["notices"] == {"ok": False, "unannounced": 1, "stuck": 1, "given_up": 0}


def test_a_letter_that_does_not_leave_is_one_too(parent: FlaskClient) -> None:
    a_notice(tries=7, failure="ConnectionRefusedError")
    status, found = look(parent)
    assert status == 503
    assert found["database"]["ok"]
    assert found["notices"]["stuck"] == 1


def test_a_letter_that_left_is_forgotten(parent: FlaskClient) -> None:
    a_notice(sent_at=clock.now())
    assert look(parent)[0] == 200


def test_one_wrong_address_does_not_ring_the_bell_for_ever(parent: FlaskClient) -> None:
    a_notice(try_after=NEVER, failure="MailRefused")
    status, found = look(parent)
    assert status == 200
    assert found["notices"]["given_up"] == 1


def test_a_full_disk_is_said(parent: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> None:
    with free_space(monkeypatch, health.LEAST_FREE_MIB - 1):
        status, found = look(parent)
    assert status == 503
    assert found["disk"] == {"ok": False, "free_mib": health.LEAST_FREE_MIB - 1}


def test_a_database_that_does_not_answer_is_said_and_not_how(
    parent: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object) -> None:
        raise OperationalError("SELECT secret", {}, Exception("password of the database"))

    with monkeypatch.context() as down:
        down.setattr(db.session, "scalar", broken)
        answer = parent.get("/healthz")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["database"] == {"ok": False, "error": "OperationalError"}
    assert "secret" not in answer.get_data(as_text=True)
    assert "password" not in answer.get_data(as_text=True)


def test_the_page_is_for_machines_and_asks_for_no_cookie(parent: FlaskClient) -> None:
    answer = parent.get("/healthz")
    assert answer.mimetype == "application/json"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Set-Cookie" not in answer.headers
