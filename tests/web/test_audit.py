"""Anh Phúc audits: he sees who did what when, never a word of it, and checks the book."""

import re
from collections.abc import Callable

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select, text

from feedback import db
from feedback.acts import BODIES
from feedback.bound import UNBOUND_TABLES
from feedback.db import Base
from feedback.models.ledger import LedgerEntry
from feedback.models.officers import Officer
from feedback.rules.lifecycle import MOVES
from feedback.verifying import verify
from feedback.web import words
from feedback.web.office import ledgerpage
from tests import world
from tests.ledger.books import KEY
from tests.web.colleagues import Colleague, Town

SignIn = Callable[[Officer], FlaskClient]


@pytest.fixture
def town(sign_in: SignIn) -> Town:
    return Town(sign_in)


def _phuc(town: Town, at_school: bool = False) -> Colleague:
    unit = town.school if at_school else town.office
    officer = world.an_officer(unit, "auditor", "Đỗ Hữu Phúc")
    db.session.commit()
    return town.at_desk(officer)


def test_an_auditor_reads_who_did_what_and_no_word_of_it(town: Town):
    matter = town.matter(text="Bé Na bị bỏ quên ở sân trường.", contact=world.a_contact())
    matter.accept(world.an_act(town.hang))
    db.session.commit()
    page = _phuc(town).see("/so-cai")
    assert "Hồ sơ: Nhận xử lý" in page.said
    assert "Trần Thị Thu Hằng" in page.said
    for secret in ("Bé Na", "Nguyễn Thị Mai", "mai@demo.invalid", matter.reference):
        assert secret not in page.said


def test_an_auditor_has_no_other_page_of_cases(town: Town):
    matter = town.matter()
    phuc = _phuc(town)
    assert phuc.client.get(f"/ho-so/{matter.reference}").status_code == 404


@pytest.mark.parametrize("who", ["hang", "hoa", "lan"])
def test_nobody_else_has_the_page(town: Town, who: str):
    client = town.client(getattr(town, who))
    assert client.get("/so-cai").status_code == 404
    assert client.post("/so-cai/kiem-tra").status_code == 404


def test_at_a_school_what_is_hidden_from_it_leaves_no_trace(town: Town):
    page = _phuc(town, at_school=True).see("/so-cai").said
    town.secret()
    again = _phuc(town, at_school=True).see("/so-cai").said
    assert page.count("Hồ sơ:") == again.count("Hồ sơ:") == 0
    town.matter()
    assert _phuc(town, at_school=True).see("/so-cai").said.count("Hồ sơ:") == 1


def test_what_becomes_hidden_later_vanishes_from_the_schools_book(town: Town):
    matter = town.matter()
    matter.hide()
    db.session.commit()
    assert "Hồ sơ:" not in _phuc(town, at_school=True).see("/so-cai").said
    assert "Hồ sơ:" in _phuc(town).see("/so-cai").said


def test_the_check_tells_of_a_silent_edit_and_is_written_down_itself(town: Town):
    town.matter()
    phuc = _phuc(town)
    page = phuc.see("/so-cai")
    page.send("/so-cai/kiem-tra")
    assert "Không phát hiện dấu hiệu sửa đổi" in phuc.see("/so-cai").said
    db.session.connection().execute(text("UPDATE submission SET text = 'Mọi việc đều tốt.'"))
    db.session.commit()
    phuc.see("/so-cai").send("/so-cai/kiem-tra")
    assert "Có dấu hiệu bị sửa" in phuc.see("/so-cai").said
    checks = db.session.query(LedgerEntry).filter_by(action="ledger.verify").count()
    assert checks == 2


def test_the_filters_narrow_by_unit_day_and_kind(town: Town):
    town.matter()
    phuc = _phuc(town)
    assert "Hồ sơ:" in phuc.see("/so-cai?action=case&unit=LDT").said
    assert "Không có việc nào" in phuc.see("/so-cai?action=case&unit=NT").said
    assert "Không có việc nào" in phuc.see("/so-cai?since=2099-01-01").said
    assert "Không có việc nào" in phuc.see("/so-cai?until=2001-01-01").said
    assert phuc.see("/so-cai?since=hôm-qua&page=-3&action=<b>").said


def test_every_way_in_and_out_is_in_the_book(town: Town, app: Flask):
    client = app.test_client()
    wrong = {"email": town.hang.email, "password": "sai-mat-khau-roi"}
    page = client.get("/dang-nhap").get_data(as_text=True)
    token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert token
    assert client.post("/dang-nhap", data={**wrong, "csrf_token": token[1]}).status_code == 403
    town.at_desk(town.hang).see("/hom-nay").send("/dang-xuat")
    written = db.session.execute(select(LedgerEntry.action, LedgerEntry.object)).tuples().all()
    assert ("sign_in.fail", f"officer/{town.hang.id}") in written
    assert {"sign_in.add", "sign_in.change"} <= {action for action, _object in written}
    assert verify(db.session.connection(), KEY).untouched


def test_who_takes_the_register_along_is_in_the_book(town: Town):
    assert town.client(town.hang).get("/so-tiep-cong-dan.csv").status_code == 200
    entry = db.session.scalars(select(LedgerEntry).order_by(LedgerEntry.seq.desc())).first()
    assert entry is not None
    assert (entry.action, entry.officer_id) == ("export.file", town.hang.id)
    assert "Tải số liệu ra tệp" in _phuc(town).see("/so-cai").said


# Every table whose rows are acts of their own; an event tells its object's act instead.
ACTING = {n for n in Base.metadata.tables if not n.endswith("_event")} - BODIES
SPOKEN = [*(f"point.{how}" for how in words.POINT_ACTS), *(f"case.{move}" for move in MOVES)]


@pytest.mark.parametrize("name", sorted(ACTING - UNBOUND_TABLES.keys()))
def test_whatever_is_bound_is_called_by_a_word_and_not_by_its_code(town: Town, name: str):
    codes = [f"{name}.{how}" for how in ("add", "change", "remove")]
    said = [ledgerpage.named(code) for code in codes]
    assert [one for one in said if name in one or re.search(r"[a-z]_[a-z]", one)] == []


@pytest.mark.parametrize("code", SPOKEN)
def test_every_move_and_every_act_at_a_point_is_called_by_a_word(town: Town, code: str):
    assert code.partition(".")[2] not in ledgerpage.named(code).split(": ")
