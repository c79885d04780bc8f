"""The register of breaches: 72 hours from the very moment, an alarm when they have passed."""

from datetime import datetime, timedelta

import pytest
import time_machine

from feedback import db
from feedback.clock import OFFICE_ZONE
from feedback.models.breaches import Breach, report_due
from tests import world
from tests.web.colleagues import Colleague

SATURDAY = datetime(2026, 11, 21, 22, 30, tzinfo=OFFICE_ZONE)


def record(desk: Colleague, **said: object):
    usual = {
        "detected": "2026-11-21T22:30",
        "what": "Mất điện thoại của cán bộ tiếp nhận",
        "data": ["contact", "words"],
        "people": "12",
        "children": "3",
    }
    filled = {f"new-{name}": value for name, value in {**usual, **said}.items()}
    return desk.see("/su-co").send("/su-co", **filled)


def test_nights_and_sundays_count(town):
    assert report_due(SATURDAY) == SATURDAY + timedelta(hours=72)


def test_lan_records_it_and_reads_by_when_it_must_be_reported(town):
    with time_machine.travel(SATURDAY + timedelta(hours=1), tick=False):
        page = record(town.at_desk(town.lan))
        assert "22:30, 24/11/2026" in page.said
        assert "12" in page.said
        assert "còn 71 giờ" in page.said


def test_after_72_hours_the_register_alarms_until_it_is_reported(town):
    with time_machine.travel(SATURDAY + timedelta(hours=1), tick=False):
        record(town.at_desk(town.lan))
    with time_machine.travel(SATURDAY + timedelta(hours=73), tick=False):
        lan = town.at_desk(town.lan)
        page = lan.see("/su-co")
        assert "Quá 72 giờ chưa báo cáo" in page.said
        made = db.session.query(Breach).one()
        told = lan.see(f"/su-co/{made.id}").send(
            "/da-bao", **{"told-to": "Phòng A05", "told-at": "2026-11-24T23:00"}
        )
        assert "Phòng A05" in told.said
        assert "Trễ hạn" in told.said
        assert "Quá 72 giờ" not in lan.see("/su-co").said
        assert "THÔNG BÁO" in lan.see(f"/su-co/{made.id}/thong-bao").said


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"detected": "2031-01-01T08:00"}, "ở tương lai"),
        ({"happened": "2026-11-22"}, "sau ngày phát hiện"),
        ({"children": "13"}, "nhiều hơn tổng số"),
        ({"what": ""}, "Mời kể"),
    ],
)
def test_what_makes_no_sense_is_said_and_nothing_is_lost(town, wrong, sentence):
    with time_machine.travel(SATURDAY + timedelta(hours=1), tick=False):
        page = record(town.at_desk(town.lan), **wrong)
    assert page.status == 422
    assert sentence in page.said
    assert db.session.query(Breach).count() == 0


def test_an_administrator_keeps_it_and_a_school_has_no_such_page(town):
    admin = town.at_desk(world.an_officer(town.office, "admin"))
    db.session.commit()
    assert "Sự cố dữ liệu cá nhân" in admin.see("/su-co").said
    for officer in (town.hang, town.hoa):
        client = town.client(officer)
        for path in ("/su-co", "/kiem-ke-du-lieu", "/kiem-ke-du-lieu/danh-gia-tac-dong"):
            assert client.get(path).status_code == 404


def test_the_inventory_and_the_draft_assessment_come_from_the_program(town):
    lan = town.at_desk(town.lan)
    assert "sealed_person" in lan.see("/kiem-ke-du-lieu").said
    assert "HỒ SƠ ĐÁNH GIÁ TÁC ĐỘNG" in lan.see("/kiem-ke-du-lieu/danh-gia-tac-dong").said
