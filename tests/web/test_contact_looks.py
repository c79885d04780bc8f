"""Who saw how to reach a parent is written down once an hour, and read by those it concerns."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.ledger import LedgerEntry
from feedback.models.officers import Officer
from tests import world
from tests.web.colleagues import Town

SignIn = Callable[[Officer], FlaskClient]
AT = datetime(2026, 11, 24, 9, 10, tzinfo=clock.OFFICE_ZONE)


@pytest.fixture
def town(sign_in: SignIn, monkeypatch: pytest.MonkeyPatch) -> Town:
    monkeypatch.setattr(clock, "now", lambda: AT)
    return Town(sign_in)


@pytest.fixture
def matter(town: Town) -> Case:
    made = town.matter(contact=world.a_contact())
    db.session.commit()
    return made


def looks() -> list[tuple[int | None, str, int | None]]:
    found = db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.action == "case.contact").order_by(LedgerEntry.seq)
    )
    return [(one.officer_id, one.object, one.unit_id) for one in found]


def test_hang_reading_a_matter_many_times_in_an_hour_is_one_entry(
    town: Town, matter: Case, monkeypatch: pytest.MonkeyPatch
):
    expected = (town.hang.id, f"case_file/{matter.id}", town.school.id)
    hang = town.at_desk(town.hang)
    for _ in range(3):
        assert "Nguyễn Thị Mai" in hang.see(f"/viec/{matter.reference}").said
    assert looks() == [expected]
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(minutes=50))
    town.at_desk(town.hang).see(f"/viec/{matter.reference}")
    assert looks() == [expected, expected]


def test_each_colleague_and_each_matter_is_an_entry_of_its_own(town: Town, matter: Case):
    other = town.matter(contact=world.a_contact())
    db.session.commit()
    for officer in (town.hang, town.hoa):
        desk = town.at_desk(officer)
        desk.see(f"/viec/{matter.reference}")
        desk.see(f"/viec/{other.reference}")
    assert len(looks()) == len(set(looks())) == 4


def test_who_sees_no_contact_is_not_said_to_have_seen_one(town: Town, matter: Case):
    anonymous = town.matter()
    db.session.commit()
    town.at_desk(town.hang).see(f"/viec/{anonymous.reference}")
    page = town.at_desk(town.lan).see(f"/viec/{matter.reference}")
    assert "chỉ đơn vị giải quyết thấy" in page.said
    assert looks() == []


def test_a_paper_that_comes_filled_with_the_name_is_a_look(town: Town, matter: Case):
    page = town.at_desk(town.hang).see(f"/viec/{matter.reference}/van-ban/receipt")
    assert "Nguyễn Thị Mai" in page.answer.get_data(as_text=True)
    assert len(looks()) == 1


def test_the_entry_holds_no_word_of_the_contact(town: Town, matter: Case):
    town.at_desk(town.hang).see(f"/viec/{matter.reference}")
    entry = db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.action == "case.contact")
    ).one()
    assert json.loads(entry.detail) == {}
    assert json.loads(entry.state) == {}


def test_the_head_reads_in_the_history_who_looked_and_the_clerk_does_not(town: Town, matter: Case):
    hang = town.at_desk(town.hang)
    hang.see(f"/viec/{matter.reference}")
    assert "Xem liên hệ của người gửi" not in hang.see(f"/viec/{matter.reference}").said
    page = town.at_desk(town.hoa).see(f"/viec/{matter.reference}").said
    assert re.search(r"Xem liên hệ của người gửi\W+Trần Thị Thu Hằng", page), page[-3000:]


def test_the_auditor_reads_that_a_contact_was_seen_and_not_whose(town: Town, matter: Case):
    town.at_desk(town.hang).see(f"/viec/{matter.reference}")
    phuc = world.an_officer(town.office, "auditor", "Đỗ Hữu Phúc")
    db.session.commit()
    page = town.at_desk(phuc).see("/so-cai").said
    assert "Hồ sơ: xem liên hệ của người gửi" in page
    assert matter.reference not in page


def test_a_contact_whose_look_cannot_be_written_down_is_not_shown(
    town: Town, matter: Case, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object, **__: object) -> None:
        raise RuntimeError("no room")

    client = town.client(town.hang)
    monkeypatch.setattr("feedback.ledger.say", full)
    client.application.testing = False
    try:
        answer = client.get(f"/viec/{matter.reference}")
    finally:
        client.application.testing = True
    assert answer.status_code == 500
    assert "Nguyễn Thị Mai" not in answer.get_data(as_text=True)
