"""Who saw how to reach a parent is written down once an hour, and read by those it concerns."""

import json
import re
from collections.abc import Callable
from datetime import datetime, timedelta

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import clock, db, intake
from feedback.models.cases import Case
from feedback.models.ledger import LedgerEntry
from feedback.models.officers import Officer
from feedback.models.papers import IssuedPaper
from feedback.models.submissions import Submission
from feedback.shelf import JPEG
from tests import world
from tests.web.colleagues import Town

SignIn = Callable[[Officer], FlaskClient]
JPEG_START = b"\xff\xd8\xff\xe0 a photo, as far as anybody here looks"
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


# --- papers and files that are taken --------------------------------------------------------------


def taken(action: str) -> list[tuple[int | None, str, int | None]]:
    found = db.session.scalars(
        select(LedgerEntry).where(LedgerEntry.action == action).order_by(LedgerEntry.seq)
    )
    return [(one.officer_id, one.object, one.unit_id) for one in found]


def paper_of(matter: Case) -> str:
    """The path of the PDF that went out in it."""
    paper = db.session.scalars(select(IssuedPaper).where(IssuedPaper.case_id == matter.id)).one()
    return f"/van-ban/{paper.pdf_name}"


def test_a_paper_with_the_name_in_it_is_a_look_whenever_it_is_opened_again(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    complaint = town.matter(kind_code="KN", signed=True, contact=world.a_contact())
    page = town.at_desk(town.hang).see(f"/viec/{complaint.reference}/accept/kem-van-ban")
    page.send("/kem-van-ban", note="Đúng thẩm quyền.")
    path = paper_of(complaint)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=2))
    hoa = town.at_desk(town.hoa)
    for _ in range(3):
        assert hoa.client.get(path).status_code == 200
    expected = (town.hoa.id, f"case_file/{complaint.id}", town.school.id)
    assert taken("case.contact")[-1] == expected
    assert taken("case.contact").count(expected) == 1
    assert taken("case.file") == []  # nothing of it lies sealed


def test_a_paper_of_a_sealed_matter_is_written_down_although_it_names_nobody(
    town: Town, monkeypatch: pytest.MonkeyPatch
):
    denunciation = town.secret(signed=True, contact=world.a_contact())
    denunciation.accept(world.an_act(town.lan, at=AT))
    db.session.commit()
    where = f"/viec/{denunciation.reference}/van-ban/denunciation_accepted"
    told = {"denounced.name": "ông Lê Văn Hòa", "content.points": "Thu tiền trái tuyến."}
    page = town.at_desk(town.lan).see(where)
    page.send("van-ban/denunciation_accepted", **told, carried_out_by="Tổ xác minh")
    path = paper_of(denunciation)
    monkeypatch.setattr(clock, "now", lambda: AT + timedelta(hours=2))
    quan = world.an_officer(town.office, "office", "Đỗ Minh Quân")
    db.session.commit()
    assert town.at_desk(quan).client.get(path).status_code == 200
    assert town.at_desk(town.hang).client.get(path).status_code == 404
    assert taken("case.file") == [(quan.id, f"case_file/{denunciation.id}", town.office.id)]


def test_a_photo_of_a_sealed_matter_is_a_look_and_one_of_an_ordinary_matter_is_not(
    town: Town, app: Flask
):
    for case in (town.secret(), town.matter()):
        letter = db.session.get_one(Submission, case.submission.id)
        letter.attachments.append(
            intake.attachment(app.extensions["feedback.shelf"].keep(JPEG_START, JPEG))
        )
        db.session.commit()
        (photo,) = letter.attachments
        lan = town.at_desk(town.lan)
        assert lan.client.get(f"/tep/{photo.name}").status_code == 200
        assert lan.client.get(f"/tep/{photo.name}").status_code == 200
    assert [(who, unit) for who, _object, unit in taken("case.file")] == [
        (town.lan.id, town.office.id)
    ]


def test_the_head_reads_who_took_a_file_and_the_school_knows_nothing(town: Town, app: Flask):
    case = town.secret()
    letter = db.session.get_one(Submission, case.submission.id)
    letter.attachments.append(
        intake.attachment(app.extensions["feedback.shelf"].keep(JPEG_START, JPEG))
    )
    head = world.an_officer(town.office, "office_head", "Vũ Thị Thanh")
    phuc = world.an_officer(town.office, "auditor", "Đỗ Hữu Phúc")
    db.session.commit()
    (photo,) = letter.attachments
    town.at_desk(town.lan).client.get(f"/tep/{photo.name}")
    said = town.at_desk(head).see(f"/viec/{case.reference}").said
    assert re.search(r"Mở văn bản, tệp của vụ việc được niêm phong\W+Phạm Ngọc Lan", said)
    book = town.at_desk(phuc).see("/so-cai").said
    assert "mở văn bản, tệp của vụ việc được niêm phong" in book
    assert photo.name not in book
    assert town.at_desk(town.hoa).client.get(f"/tep/{photo.name}").status_code == 404
