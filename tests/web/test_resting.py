"""A point that rests, and the evenings when the whole school sends at once."""

from collections.abc import Callable, Iterator
from datetime import datetime

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import db
from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.points import Gathering, QrPoint
from feedback.models.sifting import FloodMark
from feedback.web.public import pages
from tests import world
from tests.eyes import Seen, Visitor
from tests.web import counter
from tests.web.colleagues import Town

EVENING = datetime(2026, 11, 27, 19, 0, tzinfo=OFFICE_ZONE)
SAID = {"text": "Bữa trưa của bé rất ít thịt.", "kind": "PA", "about": "boarding"}
PAUSE = {"note": "Bị gửi dồn dập.", "until": EVENING.date().isoformat()}


@pytest.fixture
def town(sign_in: Callable[[Officer], FlaskClient]) -> Town:
    return Town(sign_in)


@pytest.fixture
def gate(town: Town) -> QrPoint:
    point = world.a_point(town.school)
    db.session.commit()
    return point


@pytest.fixture(autouse=True)
def evening() -> Iterator[time_machine.Traveller]:
    pages.forget()
    with time_machine.travel(EVENING, tick=False) as now:
        yield now
    pages.forget()


@pytest.fixture
def mai(parent: FlaskClient) -> Visitor:
    return Visitor(parent)


def _form(mai: Visitor, gate: QrPoint) -> Seen:
    return mai.see(f"/q/{gate.code}/gui")


class Desk:
    """Hằng at the page of the point."""

    def __init__(self, client: FlaskClient, gate: QrPoint) -> None:
        self.client, self.page = client, f"/ma-qr/{gate.code}"

    def send(self, form: str, action: str, **typed: str) -> str:
        """One of its forms, and the page that follows."""
        answer = counter.send(self.client, self.page, f"{self.page}/{action}", f"{form}-", **typed)
        followed = answer.status_code == 303
        return counter.page(self.client, self.page) if followed else answer.text


@pytest.fixture
def hang(town: Town, gate: QrPoint) -> Desk:
    return Desk(town.client(town.hang), gate)


def test_a_resting_point_shows_the_other_ways(mai: Visitor, gate: QrPoint, town: Town, hang: Desk):
    yard = world.a_point(town.school, "Sân trường")
    town.school.phone = "028 3894 0000"
    db.session.commit()
    assert "Mời ghi lý do" in hang.send("pause", "tam-dung", note="")
    assert "Đang tạm dừng đến hết" in hang.send("pause", "tam-dung", **PAUSE)
    for page in ("", "/gui", "/khieu-nai-to-cao", "/gap", "/khao-sat"):
        shown = mai.see(f"/q/{gate.code}{page}").said
        assert "Điểm này đang tạm nghỉ" in shown, page
        assert "028 3894 0000" in shown
        assert "Sân trường" in shown
    assert "tạm nghỉ" not in _form(mai, yard).said
    assert "Đang dùng" in hang.send("resume", "nhan-lai", note="")
    assert "tạm nghỉ" not in _form(mai, gate).said


def test_a_form_that_was_open_when_the_pause_began_is_taken(
    mai: Visitor, gate: QrPoint, hang: Desk, evening: time_machine.Traveller
):
    opened = _form(mai, gate)
    hang.send("pause", "tam-dung", **PAUSE)
    evening.shift(60)
    assert "Đã nhận" in opened.send(**SAID).said
    assert not db.session.scalars(select(Case)).one().is_held
    assert db.session.scalars(select(FloodMark.code)).all() == ["paused_point"]


def test_a_pause_ends_by_itself_with_its_last_day(
    mai: Visitor, gate: QrPoint, hang: Desk, evening: time_machine.Traveller
):
    hang.send("pause", "tam-dung", **PAUSE)
    assert "tạm nghỉ" in _form(mai, gate).said
    evening.move_to(datetime(2026, 11, 28, 0, 0, 1, tzinfo=OFFICE_ZONE))
    assert "tạm nghỉ" not in _form(mai, gate).said


def test_nobody_pauses_until_yesterday(hang: Desk):
    answer = hang.send("pause", "tam-dung", note="Dồn dập.", until="2026-11-26")
    assert "Ngày này đã qua" in answer
    assert "Dồn dập." in answer


def test_hang_enters_a_meeting_night_and_calls_it_off(gate: QrPoint, hang: Desk):
    night = {"name": "Họp phụ huynh", "held_on": "2026-12-04", "begins_at": "18:00"}
    wrong = hang.send("gathering", "dem-dong-nguoi", **night, ends_at="17:00")
    assert "Giờ kết thúc phải sau giờ bắt đầu" in wrong
    assert "18:00–20:30" in hang.send("gathering", "dem-dong-nguoi", **night, ends_at="20:30")
    entered = db.session.scalars(select(Gathering)).one()
    path = f"dem-dong-nguoi/{entered.id}/bo"
    answer = counter.send(hang.client, hang.page, f"{hang.page}/{path}")
    assert answer.status_code == 303
    assert counter.now_in_base(entered).cancelled_at is not None
    assert "Bỏ buổi đông người" in counter.page(hang.client, hang.page)


def test_another_schools_point_cannot_be_paused(gate: QrPoint, town: Town):
    strange = town.client(town.bao)
    assert strange.post(f"/ma-qr/{gate.code}/tam-dung", data={}).status_code == 404
