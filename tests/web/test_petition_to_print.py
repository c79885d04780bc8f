"""The đơn to print and sign: filled in for its sender, and telling nobody else who that is."""

import subprocess
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask.testing import FlaskClient

from feedback import clock, db, intake
from feedback.models.units import Unit
from tests.eyes import Visitor
from tests.world import a_contact, a_receipt, a_school, the_holidays

WORDS = "Con tôi bị xếp sai lớp bán trú hai lần."
SECRET = "Hiệu trưởng nhận tiền trái tuyến."
CONTACT = a_contact(phone="0901234567", address="12 Quang Trung")
Print = Callable[[intake.Receipt], str]


@pytest.fixture
def school(parent: FlaskClient) -> Unit:
    the_holidays()
    return a_school()


@pytest.fixture
def printed(parent: FlaskClient, tmp_path: Path) -> Print:
    """The words on the đơn that this code prints."""

    def ask(receipt: intake.Receipt) -> str:
        answer = parent.post("/tra-cuu/don", data={"code": receipt.code})
        assert answer.content_type == "application/pdf"
        assert receipt.code not in str(answer.headers)
        paper = tmp_path / "don.pdf"
        paper.write_bytes(answer.data)
        read = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
        return " ".join(read.stdout.decode().split())

    return ask


def a_complaint(school: Unit) -> intake.Receipt:
    made = a_receipt(school, kind_code="KN", text=WORDS, wish="Xếp lại lớp.", contact=CONTACT)
    db.session.commit()
    return made


def a_denunciation(school: Unit) -> intake.Receipt:
    made = a_receipt(school, kind_code="TC", about_code="leaders", text=SECRET, contact=CONTACT)
    db.session.commit()
    return made


def test_a_complaint_just_sent_is_printed_with_its_words_and_its_sender(school, printed):
    sent = a_complaint(school)
    words = printed(sent)
    assert "ĐƠN KHIẾU NẠI" in words
    for told in (WORDS, "Xếp lại lớp.", "Nguyễn Thị Mai", "12 Quang Trung", sent.case.reference):
        assert told in words
    assert f"Kính gửi: Hiệu trưởng {school.name}" in words


def test_the_next_day_the_code_prints_no_name(school, printed):
    sent = a_complaint(school)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        words = printed(sent)
    assert WORDS in words
    assert "Mai" not in words
    assert "Quang Trung" not in words


def test_the_next_day_the_code_prints_no_word_of_a_denunciation(school, printed):
    sent = a_denunciation(school)
    assert SECRET in printed(sent)
    with time_machine.travel(clock.now() + timedelta(days=1), tick=False):
        words = printed(sent)
    assert "ĐƠN TỐ CÁO" in words
    for secret in ("trái tuyến", "Mai", "0901234567", "Quang Trung"):
        assert secret not in words


def test_the_page_of_the_matter_offers_it_and_says_where_to_bring_it(parent, school):
    sent = a_complaint(school)
    page = Visitor(parent).post("/tra-cuu", {"code": sent.code})
    assert f"mang theo căn cước đến {school.name}" in page.said
    assert page.form("/tra-cuu/don").method == "post"


def test_a_remark_has_no_đơn(parent, school):
    sent = a_receipt(school)
    db.session.commit()
    page = Visitor(parent).post("/tra-cuu", {"code": sent.code})
    assert "Tải đơn" not in page.said
    assert "Tải đơn" not in Visitor(parent).post("/tra-cuu/don", {"code": sent.code}).said


def test_a_wrong_code_prints_nothing(parent, school):
    assert Visitor(parent).post("/tra-cuu/don", {"code": "0" * 16}).status == 422
