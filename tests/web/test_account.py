"""Tài khoản: where one is signed in, a new password, and proving oneself once more."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import select

from feedback import clock, db
from feedback.models.officers import Officer, SignIn
from feedback.passwords import hash_password, is_right
from feedback.web import browsers
from tests.web.knocking import field, sign_in, with_app
from tests.web.test_second_factor import SECRET, _code, _step
from tests.world import PASSWORD, a_school, an_office, an_officer

RIGHT_HASH = hash_password(PASSWORD)
NEW = "con duong den truong rat xanh"


@pytest.fixture
def hang(parent: FlaskClient) -> Officer:
    officer = an_officer(a_school(), "principal", "Trần Thị Hằng", "lan@demo.invalid")
    officer.password_hash = RIGHT_HASH
    db.session.commit()
    return officer


def _later(**away: int):
    return time_machine.travel(clock.now() + timedelta(**away))


def _change(client: FlaskClient, current: str = PASSWORD, new: str = NEW):
    token = field(client, "/tai-khoan/mat-khau")
    data = {"current": current, "password": new, "again": new, "csrf_token": token}
    return client.post("/tai-khoan/mat-khau", data=data)


def test_hang_sees_where_she_is_signed_in_and_ends_one(
    app: Flask, parent: FlaskClient, hang: Officer
):
    windows = {"User-Agent": "Mozilla/5.0 (Windows NT 10.0) Chrome/131.0 Safari/537.36 Edg/131.0"}
    other = app.test_client()
    token = field(other, "/dang-nhap")
    data = {"email": "lan@demo.invalid", "password": PASSWORD, "csrf_token": token}
    other.post("/dang-nhap", data=data, headers=windows)
    with _later(seconds=2):
        sign_in(parent)
        page = parent.get("/tai-khoan/").text
        assert "Edge, Windows" in page
        assert "131.0" not in page
        first = db.session.scalars(select(SignIn).order_by(SignIn.id)).first()
        assert first
        path = f"/tai-khoan/phien/{first.id}/ket-thuc"
        parent.post(path, data={"csrf_token": field(parent, "/tai-khoan/")})
        assert other.get("/hom-nay").status_code == 302
        assert parent.get("/hom-nay").status_code == 200


def test_all_other_sessions_end_together(app: Flask, parent: FlaskClient, hang: Officer):
    others = [app.test_client() for _ in range(2)]
    for client in (*others, parent):
        assert sign_in(client).status_code == 302
    token = field(parent, "/tai-khoan/")
    parent.post("/tai-khoan/phien/ket-thuc-khac", data={"csrf_token": token})
    assert [c.get("/hom-nay").status_code for c in (*others, parent)] == [302, 302, 200]


def test_the_session_of_another_does_not_exist(parent: FlaskClient, hang: Officer, sign_in):
    stranger = sign_in(an_officer(hang.roles[0].unit, name="Ngô Quốc Bảo"))
    mine = parent.application.test_client()
    from_hang = sign_in(db.session.get_one(Officer, hang.id))
    assert from_hang.get("/tai-khoan/").status_code == 200
    newest = db.session.scalars(select(SignIn).where(SignIn.officer_id == hang.id)).one()
    path = f"/tai-khoan/phien/{newest.id}/ket-thuc"
    answer = stranger.post(path, data={"csrf_token": field(stranger, "/tai-khoan/")})
    assert answer.status_code == 404
    assert mine.get("/tai-khoan/").status_code == 302
    assert from_hang.get("/tai-khoan/").status_code == 200


def test_a_new_password_ends_the_others_and_renews_this_one(
    app: Flask, parent: FlaskClient, hang: Officer
):
    other = app.test_client()
    sign_in(other)
    with _later(seconds=2):
        sign_in(parent)
        with parent.session_transaction() as cookie:
            before = cookie["sign_in"]
        assert _change(parent).status_code == 302
        with parent.session_transaction() as cookie:
            assert cookie["sign_in"] != before
        assert parent.get("/hom-nay").status_code == 200
        assert other.get("/hom-nay").status_code == 302
    assert is_right(db.session.get_one(Officer, hang.id).password_hash, NEW)


def test_without_the_old_password_there_is_no_new_one(parent: FlaskClient, hang: Officer):
    sign_in(parent)
    assert "hiện tại chưa đúng" in _change(parent, "khong-phai-mat-khau").text
    assert is_right(db.session.get_one(Officer, hang.id).password_hash, PASSWORD)


@pytest.mark.parametrize(
    "weak", ["truong le duc tho 2026", "0903123456 0903123456", "lan@demo2026"]
)
def test_a_password_others_would_try_is_refused(parent: FlaskClient, hang: Officer, weak: str):
    sign_in(parent)
    answer = _change(parent, new=weak)
    assert answer.status_code == 422
    assert "dễ bị đoán" in answer.text or "từ 12 đến 128" in answer.text


@pytest.mark.parametrize(
    ("role", "away", "alive"),
    [("clerk", 29, True), ("clerk", 31, False), ("office", 14, True), ("office", 16, False)],
)
def test_a_session_left_alone_ends(sign_in, parent, role: str, away: int, alive: bool):
    client = sign_in(an_officer(an_office(), role))
    with _later(minutes=away):
        assert (client.get("/hom-nay").status_code == 200) is alive


def test_after_twelve_hours_it_ends_however_busy_one_was(parent: FlaskClient, hang: Officer):
    sign_in(parent)
    start = clock.now()
    for minutes in range(20, 12 * 60, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            assert parent.get("/hom-nay").status_code == 200
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert parent.get("/hom-nay").status_code == 302


def test_proving_once_more_makes_no_session_older_than_twelve_hours(
    parent: FlaskClient, hang: Officer
):
    sign_in(parent)
    start = clock.now()
    for minutes in range(20, 12 * 60, 20):
        with time_machine.travel(start + timedelta(minutes=minutes)):
            _prove(parent, PASSWORD)
    with time_machine.travel(start + timedelta(hours=12, minutes=1)):
        assert parent.get("/hom-nay").status_code == 302


def test_signing_out_clears_what_the_browser_kept_but_knows_the_browser(
    parent: FlaskClient, hang: Officer
):
    sign_in(parent)
    token = field(parent, "/tai-khoan/")
    answer = parent.post("/dang-xuat", data={"csrf_token": token})
    assert answer.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert parent.get_cookie("browser")


# --- proving once more ---------------------------------------------------------------------------


def _prove(client: FlaskClient, proof: str, then: str = "/so-tiep-cong-dan.csv"):
    path = f"/xac-nhan?then={then}"
    return client.post(path, data={"proof": proof, "csrf_token": field(client, path)})


EXPORT = "/so-tiep-cong-dan.csv"


def test_an_export_after_ten_minutes_asks_who_is_there(parent: FlaskClient, hang: Officer):
    sign_in(parent)
    assert parent.get(EXPORT).status_code == 200
    with _later(minutes=11):
        assert parent.get(EXPORT).location.startswith("/xac-nhan?then=")
        assert "Mật khẩu chưa đúng" in _prove(parent, "khong-phai-mat-khau").text
        assert parent.get(EXPORT).status_code == 302
        assert _prove(parent, PASSWORD).location == EXPORT
        assert parent.get(EXPORT).status_code == 200


def test_with_a_second_factor_the_password_is_not_enough(parent: FlaskClient, hang: Officer):
    with_app(db.session.get_one(Officer, hang.id), SECRET)
    db.session.commit()
    sign_in(parent)
    _step(parent, _code())
    with _later(minutes=11):
        assert "Mã chưa đúng" in _prove(parent, PASSWORD).text
        assert _prove(parent, _code()).location == EXPORT


def test_proving_renews_the_token(parent: FlaskClient, hang: Officer):
    sign_in(parent)
    with parent.session_transaction() as cookie:
        before = dict(cookie)
    _prove(parent, PASSWORD)
    with parent.session_transaction() as cookie:
        cookie.update(before)
    assert parent.get("/hom-nay").status_code == 302


def test_a_handover_asks_and_loses_nothing_that_was_typed(parent: FlaskClient, hang: Officer):
    sign_in(parent)
    token = field(parent, "/tai-khoan/")
    data = {"handover-note": "Cô Thu nghỉ thai sản từ thứ Hai.", "csrf_token": token}
    with _later(minutes=11):
        asked = parent.post("/uy-quyen/ban-giao", data=data)
        assert asked.status_code == 401
        assert "Cô Thu nghỉ thai sản từ thứ Hai." in asked.text
        done = parent.post("/uy-quyen/ban-giao", data={**data, "proof": PASSWORD})
        assert done.status_code == 422  # the form itself: nobody was chosen yet


@pytest.mark.parametrize(
    ("signs", "words"),
    [
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604", "Safari, iPhone"),
        ("Mozilla/5.0 (Linux; Android 14) Chrome/131 Mobile Safari/537", "Chrome, Android"),
        ("(Windows NT 10.0) coc_coc_browser/130 Chrome/124 Safari/537", "Cốc Cốc, Windows"),
        ("Mozilla/5.0 (X11; Linux x86_64) Gecko/20100101 Firefox/133.0", "Firefox, Linux"),
        ("curl/8", ""),
    ],
)  # fmt: skip
def test_a_browser_is_called_by_two_words(signs: str, words: str):
    assert browsers.name(signs) == words
