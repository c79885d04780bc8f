"""Coming in and going out."""

from datetime import timedelta

import pytest
import time_machine
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import clock, db
from feedback.models.notices import Notice
from feedback.models.officers import Officer, SignIn
from feedback.passwords import hash_password, reset_token
from tests.world import KEYS, PASSWORD, a_school, an_officer

RIGHT_HASH = hash_password(PASSWORD)


@pytest.fixture
def lan(parent: FlaskClient) -> Officer:
    officer = an_officer(a_school(), email="lan@demo.invalid", name="Trần Thị Lan")
    officer.password_hash = RIGHT_HASH
    db.session.commit()
    return officer


def _token(client: FlaskClient, path: str) -> str:
    page = client.get(path).text
    return page.partition('name="csrf_token"')[2].partition('value="')[2].partition('"')[0]


def _sign_in(client: FlaskClient, password: str = PASSWORD, **more: str):
    token = _token(client, "/dang-nhap")
    data = {"email": "lan@demo.invalid", "password": password, "csrf_token": token, **more}
    return client.post("/dang-nhap", data=data)


def test_lan_signs_in_and_lands_on_today(parent: FlaskClient, lan: Officer):
    answer = _sign_in(parent)
    assert answer.status_code == 302
    assert answer.location == "/hom-nay"


def test_a_wrong_password_says_so_and_keeps_the_address(parent: FlaskClient, lan: Officer):
    answer = _sign_in(parent, "khong-phai-mat-khau")
    assert answer.status_code == 403
    assert "chưa đúng" in answer.text
    assert "lan@demo.invalid" in answer.text
    assert "khong-phai-mat-khau" not in answer.text


def test_an_unknown_account_reads_the_same(parent: FlaskClient, lan: Officer):
    token = _token(parent, "/dang-nhap")
    data = {"email": "ai@demo.invalid", "password": PASSWORD, "csrf_token": token}
    assert "Thư điện tử hoặc mật khẩu chưa đúng" in parent.post("/dang-nhap", data=data).text


def test_a_stranger_is_sent_to_the_door_and_back(parent: FlaskClient, lan: Officer):
    asked = parent.get("/hop-viec?folder=new")
    assert asked.status_code == 302
    assert "/dang-nhap" in asked.location
    answer = _sign_in(parent, then="/hop-viec?folder=new")
    assert answer.location == "/hop-viec?folder=new"


@pytest.mark.parametrize(
    "then", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:1"]
)
def test_the_way_back_is_never_another_site(parent: FlaskClient, lan: Officer, then: str):
    assert _sign_in(parent, then=then).location == "/hom-nay"


def test_signing_out_ends_the_session_also_for_a_copied_cookie(parent: FlaskClient, lan: Officer):
    _sign_in(parent)
    with parent.session_transaction() as cookie:
        stolen = dict(cookie)
    parent.post("/dang-xuat", data={"csrf_token": _token(parent, "/dang-nhap")})
    with parent.session_transaction() as cookie:
        cookie.update(stolen)
    assert parent.get("/hom-nay").status_code == 302


def test_every_sign_in_has_a_token_of_its_own(parent: FlaskClient, lan: Officer):
    for _ in range(2):
        _sign_in(parent)
    tokens = db.session.scalars(select(SignIn.token_hash)).all()
    assert len(set(tokens)) == 2


@pytest.mark.parametrize(
    ("away", "alive"), [(timedelta(minutes=29), True), (timedelta(minutes=31), False)]
)
def test_a_session_left_alone_ends(parent: FlaskClient, lan: Officer, away: timedelta, alive: bool):
    _sign_in(parent)
    with time_machine.travel(clock.now() + away):
        assert (parent.get("/hom-nay").status_code == 200) is alive


def test_a_quick_try_after_a_miss_waits_even_with_the_right_password(
    parent: FlaskClient, lan: Officer
):
    with time_machine.travel(clock.now(), tick=False) as moved:
        _sign_in(parent, "sai-mat-khau-roi")
        assert _sign_in(parent).status_code == 429
        moved.shift(timedelta(seconds=1))
        assert _sign_in(parent).status_code == 302


def test_a_stale_page_keeps_what_was_typed(parent: FlaskClient, lan: Officer):
    answer = parent.post("/dang-nhap", data={"email": "lan@demo.invalid", "password": PASSWORD})
    assert answer.status_code == 200
    assert "lan@demo.invalid" in answer.text


def test_forgetting_mails_a_link_only_to_a_real_account(parent: FlaskClient, lan: Officer):
    for email in ("lan@demo.invalid", "ai@demo.invalid"):
        token = _token(parent, "/quen-mat-khau")
        answer = parent.post("/quen-mat-khau", data={"email": email, "csrf_token": token})
        assert answer.status_code == 302
    notices = db.session.scalars(select(Notice)).all()
    assert [notice.officer_id for notice in notices] == [lan.id]


def _link(officer: Officer) -> str:
    """The address in the letter that waits to be sent."""
    reset = db.session.scalars(select(Notice)).one().reset
    assert reset
    return f"/mat-khau-moi/{reset_token(KEYS.session, officer.id, int(reset.asked_at.timestamp()))}"


def test_the_link_sets_a_password_once(parent: FlaskClient, lan: Officer):
    token = _token(parent, "/quen-mat-khau")
    parent.post("/quen-mat-khau", data={"email": "lan@demo.invalid", "csrf_token": token})
    link = _link(lan)
    words = "mot cau rat de nho 2026"
    data = {"password": words, "again": words, "csrf_token": _token(parent, link)}
    assert parent.post(link, data=data).status_code == 302
    assert parent.get(link).status_code == 404
    assert _sign_in(parent, words).status_code == 302


def test_a_link_grows_old(parent: FlaskClient, lan: Officer):
    token = _token(parent, "/quen-mat-khau")
    parent.post("/quen-mat-khau", data={"email": "lan@demo.invalid", "csrf_token": token})
    link = _link(lan)
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert parent.get(link).status_code == 404


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Origin": "https://evil.example"},
    ],
)
def test_a_post_from_another_site_is_refused(
    parent: FlaskClient, lan: Officer, headers: dict[str, str]
):
    assert parent.post("/dang-nhap", data={}, headers=headers).status_code == 403


def test_words_written_into_an_ended_session_are_given_back(parent: FlaskClient, lan: Officer):
    answer = parent.post("/viec/LDT-2026-AAAAA/answer", data={"note": "Bếp đã tăng suất ăn."})
    assert answer.status_code == 401
    assert "Bếp đã tăng suất ăn." in answer.text
