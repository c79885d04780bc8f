"""A flood is slowed and labelled, people are not refused, and nothing that was sent is lost."""

import base64
import json
import logging
from collections.abc import Callable, Iterator
from datetime import datetime, time, timedelta
from typing import Any

import pytest
import time_machine
from altcha.v1 import Challenge, Payload, solve_challenge
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import func, select

from feedback import clock, db, notices
from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.meetings import Reception
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.points import Gathering, QrPoint
from feedback.models.sifting import FloodMark
from feedback.models.submissions import Submission
from feedback.pressure import Basin
from feedback.web.public import checks, gates, pages
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Town


LUNCH = "Hôm nay bữa trưa của bé rất ít thịt, con về nhà nói đói."
EVENING = datetime(2026, 11, 27, 19, 0, tzinfo=OFFICE_ZONE)
SAID = {"text": LUNCH, "kind": "PA", "about": "boarding"}


@pytest.fixture
def town(sign_in: Callable[[Officer], FlaskClient]) -> Town:
    return Town(sign_in)


@pytest.fixture
def gate(town: Town) -> QrPoint:
    point = world.a_point(town.school)
    db.session.commit()
    return point


@pytest.fixture(autouse=True)
def no_kept_page() -> Iterator[None]:
    pages.forget()
    yield
    pages.forget()


@pytest.fixture
def evening() -> Iterator[time_machine.Traveller]:
    with time_machine.travel(EVENING, tick=False) as now:
        yield now


class Wifi:
    """Phones behind one address, at one point."""

    def __init__(self, app: Flask, gate: QrPoint, address: str) -> None:
        self.client, self.code = app.test_client(), gate.code
        self.client.environ_base["REMOTE_ADDR"] = address
        self.sent = 0

    def page(self) -> Seen:
        return Visitor(self.client).see(f"/q/{self.code}/gui")

    def send(self, now: time_machine.Traveller, **said: Any) -> Seen:
        """One parent opens the page, writes for half a minute, and sends."""
        page = self.page()
        now.shift(30)
        self.sent += 1
        return page.send(**SAID | {"text": f"{LUNCH} Lần {self.sent}."} | said)


def _crowd(wifi: Wifi, now: time_machine.Traveller, many: int, seconds: float) -> list[str]:
    """So many forms, opened in time and sent one after the other within so many seconds."""
    opened = [wifi.page() for _one in range(many)]
    now.shift(30)
    answers = []
    for number, page in enumerate(opened):
        answers.append(page.send(**SAID | {"text": f"{LUNCH} Con tôi học lớp {number}."}).said)
        now.shift(seconds / many)
    return answers


def _kept() -> list[Case]:
    return list(db.session.scalars(select(Case).order_by(Case.id)))


def _codes(case: Case) -> set[str]:
    of = select(FloodMark.code).where(FloodMark.submission_id == case.submission.id)
    return set(db.session.scalars(of))


def _solve(page: Seen) -> str:
    """What the worker of the page finds out."""
    riddle = json.loads(next(a["data-proof"] for _t, a in page.page.elements if "data-proof" in a))
    given = Challenge(
        riddle["algorithm"], riddle["challenge"], riddle["maxNumber"], riddle["salt"],
        riddle["signature"],
    )  # fmt: skip
    found = solve_challenge(given)
    assert found is not None
    answer = Payload(given.algorithm, given.challenge, found.number, given.salt, given.signature)
    return answer.to_base64()


# --- who is labelled, and who is not --------------------------------------------------------------


def test_forty_parents_behind_the_schools_wifi_all_get_through(
    app: Flask, gate: QrPoint, evening: time_machine.Traveller
):
    said = _crowd(Wifi(app, gate, "203.0.113.7"), evening, 40, 60)
    assert all("Đã nhận" in one for one in said)
    assert not any(case.is_held for case in _kept())
    assert db.session.scalar(select(func.count()).select_from(FloodMark)) == 0


def _meeting(gate: QrPoint, town: Town) -> None:
    db.session.add(
        Gathering(
            point_id=gate.id,
            begins_at=EVENING - timedelta(minutes=30),
            ends_at=EVENING + timedelta(hours=2),
            name="Họp phụ huynh đầu năm",
            officer_id=town.hang.id,
            made_at=EVENING - timedelta(days=2),
        )
    )
    db.session.commit()


def test_on_a_meeting_night_five_hundred_in_five_minutes_are_received_without_a_label(
    app: Flask, gate: QrPoint, town: Town, evening: time_machine.Traveller
):
    _meeting(gate, town)
    said = _crowd(Wifi(app, gate, "203.0.113.7"), evening, 500, 300)
    assert sum("Đã nhận" in one for one in said) == 500
    assert db.session.scalar(select(func.count(Submission.id))) == 500
    assert db.session.scalar(select(func.count()).select_from(FloodMark)) == 0
