"""The second step: required where sealed matters open, taken once, and never in the way."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, select
from sqlalchemy.orm import Session

from feedback import clock, db, factors
from feedback.models.factors import KnownBrowser, RecoveryCode, TotpSecret
from feedback.models.notices import Notice
from feedback.models.officers import Officer, Role, SignIn
from feedback.passwords import hash_password
from feedback.rules.roles import ROLES
from tests.web.knocking import field, sign_in, with_app
from tests.world import KEYS, PASSWORD, a_school, an_office, an_officer

RIGHT_HASH = hash_password(PASSWORD)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


@pytest.fixture
def lan(parent: FlaskClient) -> Officer:
    """An officer of the Office, with the app on her phone."""
    officer = an_officer(an_office(), "office", "Phạm Ngọc Lan", "lan@demo.invalid")
    officer.password_hash = RIGHT_HASH
    with_app(officer, SECRET)
    db.session.commit()
    return officer


@pytest.fixture
def tam(parent: FlaskClient) -> Officer:
    """A new officer of the Office, who has no second factor yet."""
    officer = an_officer(an_office(), "office", "Võ Thanh Tâm", "lan@demo.invalid")
    officer.password_hash = RIGHT_HASH
    db.session.commit()
    return officer


@pytest.fixture
def hang(parent: FlaskClient) -> Officer:
    """A clerk, for whom the second factor is a choice."""
    officer = an_officer(a_school(), name="Trần Thị Hằng", email="lan@demo.invalid")
    officer.password_hash = RIGHT_HASH
    db.session.commit()
    return officer


def _code(secret: str = SECRET) -> str:
    return factors.code_now(secret, clock.now())


def _step(client: FlaskClient, code: str, then: str = ""):
    path = f"/dang-nhap/buoc-hai?then={then}"
    return client.post(path, data={"proof": code, "csrf_token": field(client, path)})


@pytest.mark.parametrize("code", ["office", "office_head", "admin"])
def test_roles_that_open_sealed_matters_need_a_second_factor(code: str):
    assert ROLES[code].second_factor


@pytest.mark.parametrize("code", ["clerk", "principal", "duty"])
def test_for_the_others_it_is_a_choice(code: str):
    assert not ROLES[code].second_factor


def test_the_password_alone_opens_nothing(parent: FlaskClient, lan: Officer):
    assert sign_in(parent).location == "/dang-nhap/buoc-hai"
    for path in ("/hom-nay", "/hop-viec", "/tai-khoan/", "/tai-khoan/buoc-hai/", "/cac-truong.csv"):
        answer = parent.get(path)
        assert answer.status_code == 302, path
        assert answer.location.startswith("/dang-nhap/buoc-hai"), path
    assert parent.post("/tai-khoan/buoc-hai/ung-dung/moi").status_code == 401
    assert parent.post("/tai-khoan/buoc-hai/khoa").status_code == 401


def test_with_the_code_lan_goes_where_she_wanted(parent: FlaskClient, lan: Officer):
    sign_in(parent, then="/hop-viec")
    assert _step(parent, _code(), "/hop-viec").location == "/hop-viec"
    assert parent.get("/hop-viec").status_code == 200


def test_a_wrong_code_says_so_and_opens_nothing(parent: FlaskClient, lan: Officer):
    sign_in(parent)
    answer = _step(parent, "000000")
    assert answer.status_code == 403
    assert "Mã chưa đúng" in answer.text
    assert parent.get("/hom-nay").status_code == 302


def test_the_token_changes_with_the_second_step(parent: FlaskClient, lan: Officer):
    sign_in(parent)
    with parent.session_transaction() as cookie:
        before = dict(cookie)
    _step(parent, _code())
    with parent.session_transaction() as cookie:
        assert cookie["sign_in"] != before["sign_in"]
        cookie.update(before)
    assert parent.get("/hom-nay").location.startswith("/dang-nhap?")


@pytest.mark.parametrize(
    ("off", "taken"), [(-61, False), (-30, True), (0, True), (30, True), (61, False)]
)
def test_a_clock_half_a_minute_off_is_fine(lan: Officer, off: int, taken: bool):
    now = clock.now().replace(second=15)
    code = factors.code_now(SECRET, now + timedelta(seconds=off))
    assert factors.use_code(db.session(), KEYS.factor, lan.id, code, now) is taken


def test_a_code_works_once(app: Flask, parent: FlaskClient, lan: Officer):
    code = _code()
    sign_in(parent)
    assert _step(parent, code).status_code == 302
    other = app.test_client()
    with time_machine.travel(clock.now() + timedelta(seconds=2)):
        sign_in(other)
        assert _step(other, code).status_code == 403


def test_a_recovery_code_works_once_however_it_is_typed(parent: FlaskClient, lan: Officer):
    codes = factors.new_recovery_codes(db.session(), KEYS.factor, lan.id, clock.now())
    db.session.commit()
    sign_in(parent)
    typed = codes[0].lower().replace("0", "o").replace("1", "l")
    assert _step(parent, f" {typed[:4]}-{typed[4:8]} {typed[8:]} ").status_code == 302
    assert factors.recovery_codes_left(db.session(), lan.id) == 9
    assert not factors.use_code(db.session(), KEYS.factor, lan.id, codes[0], clock.now())


def test_codes_are_not_in_the_database(lan: Officer):
    codes = factors.new_recovery_codes(db.session(), KEYS.factor, lan.id, clock.now())
    db.session.flush()
    kept = db.session.scalars(select(RecoveryCode.code_hash)).all()
    assert not {code.encode() for code in codes} & set(kept)
    assert SECRET.encode() not in db.session.scalars(select(TotpSecret.sealed)).one()


def test_ten_wrong_codes_and_the_door_waits(parent: FlaskClient, lan: Officer):
    sign_in(parent)
    answers = [_step(parent, f"{n:06d}") for n in range(11)]
    assert "Mã chưa đúng" in answers[9].text
    assert "Mời đợi" in answers[10].text
    assert "Mời đợi" in _step(parent, _code()).text
    with time_machine.travel(clock.now() + timedelta(seconds=91)):
        assert _step(parent, _code()).status_code == 302


def test_the_half_open_session_does_not_stay_open(parent: FlaskClient, lan: Officer):
    sign_in(parent)
    with time_machine.travel(clock.now() + timedelta(minutes=16)):
        assert parent.get("/dang-nhap/buoc-hai").location.startswith("/dang-nhap?")


# --- setting up ----------------------------------------------------------------------------------


def test_without_a_factor_an_office_account_only_reaches_the_set_up(
    parent: FlaskClient, tam: Officer
):
    assert sign_in(parent).location == "/tai-khoan/buoc-hai/"
    assert parent.get("/hop-viec").location.startswith("/tai-khoan/buoc-hai/")
    assert "mật khẩu thôi chưa đủ" in parent.get("/tai-khoan/buoc-hai/").text


def _set_up_app(client: FlaskClient) -> str:
    """The secret that was shown, after its first code was typed."""
    token = field(client, "/tai-khoan/buoc-hai/")
    client.post("/tai-khoan/buoc-hai/ung-dung/moi", data={"csrf_token": token})
    page = client.get("/tai-khoan/buoc-hai/ung-dung").text
    secret = page.partition('<p class="code">')[2].partition("<")[0].replace(" ", "")
    data = {"code": _code(secret), "csrf_token": field(client, "/tai-khoan/buoc-hai/ung-dung")}
    answer = client.post("/tai-khoan/buoc-hai/ung-dung", data=data)
    assert answer.status_code == 302, answer.text
    return secret


def test_tam_sets_up_the_app_and_prints_ten_codes(parent: FlaskClient, tam: Officer):
    sign_in(parent)
    secret = _set_up_app(parent)
    token = field(parent, "/tai-khoan/buoc-hai/ma-du-phong")
    shown = parent.post("/tai-khoan/buoc-hai/ma-du-phong/moi", data={"csrf_token": token}).text
    assert shown.count('<li class="code">') == 10
    assert parent.get("/hom-nay").status_code == 200
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        again = parent.application.test_client()
        sign_in(again)
        assert _step(again, _code(secret)).status_code == 302


def test_a_wrong_first_code_keeps_the_same_secret(parent: FlaskClient, tam: Officer):
    sign_in(parent)
    token = field(parent, "/tai-khoan/buoc-hai/")
    parent.post("/tai-khoan/buoc-hai/ung-dung/moi", data={"csrf_token": token})
    path = "/tai-khoan/buoc-hai/ung-dung"
    before = parent.get(path).text.partition('<p class="code">')[2][:40]
    answer = parent.post(path, data={"code": "000000", "csrf_token": field(parent, path)})
    assert answer.status_code == 403
    assert before in answer.text
    assert parent.get("/hom-nay").status_code == 302


def test_a_clerk_may_choose_it_and_drop_it_again(parent: FlaskClient, hang: Officer):
    assert sign_in(parent).location == "/hom-nay"
    _set_up_app(parent)
    token = field(parent, "/tai-khoan/buoc-hai/")
    parent.post("/tai-khoan/buoc-hai/ung-dung/bo", data={"csrf_token": token})
    assert not factors.has_any(db.session(), hang.id)


def test_an_office_account_keeps_its_last_factor(parent: FlaskClient, tam: Officer):
    sign_in(parent)
    _set_up_app(parent)
    token = field(parent, "/tai-khoan/buoc-hai/")
    answer = parent.post(
        "/tai-khoan/buoc-hai/ung-dung/bo", data={"csrf_token": token}, follow_redirects=True
    )
    assert "Mời thêm cách khác trước" in answer.text
    assert factors.has_any(db.session(), tam.id)


def test_who_is_given_an_office_role_must_set_up_at_once(parent: FlaskClient, hang: Officer):
    sign_in(parent)
    assert parent.get("/hom-nay").status_code == 200
    school = db.session.scalars(select(Role)).one().unit
    new = Role(officer_id=hang.id, unit=school.manager, code="office", valid_from=clock.today())
    db.session.add(new)
    db.session.commit()
    assert parent.get("/hom-nay").location.startswith("/tai-khoan/buoc-hai/")


def test_a_changed_factor_ends_every_other_session(app: Flask, parent: FlaskClient, hang: Officer):
    other = app.test_client()
    sign_in(parent)
    with time_machine.travel(clock.now() + timedelta(seconds=2)):
        sign_in(other)
        _set_up_app(parent)
        assert parent.get("/hom-nay").status_code == 200
        assert other.get("/hom-nay").status_code == 302


def test_a_new_browser_is_told_by_mail_once(app: Flask, parent: FlaskClient, lan: Officer):
    sign_in(parent)
    assert not db.session.scalars(select(Notice)).all()
    _step(parent, _code())
    notice = db.session.scalars(select(Notice)).one()
    assert (notice.template, notice.officer_id) == ("new_browser", lan.id)
    parent.delete_cookie("desk")
    with time_machine.travel(clock.now() + timedelta(minutes=1)):
        sign_in(parent)
        _step(parent, _code())
    assert len(db.session.scalars(select(Notice)).all()) == 1


# --- many at once --------------------------------------------------------------------------------


@pytest.fixture
def quan(engine: Engine) -> Iterator[Officer]:
    """An officer who really is in the database, for threads that really commit."""
    with Session(engine, expire_on_commit=False) as session:
        officer = Officer(email="quan@demo.invalid", name="Quân", created_at=clock.now())
        session.add(officer)
        session.flush()
        session.add(factors.keep_app(KEYS.factor, officer.id, SECRET, clock.now()))
        codes = factors.new_recovery_codes(session, KEYS.factor, officer.id, clock.now())
        session.commit()
        officer.__dict__["paper"] = codes[0]
        yield officer
        for table in (TotpSecret, RecoveryCode, KnownBrowser, SignIn):
            session.execute(delete(table).where(table.officer_id == officer.id))
        session.delete(officer)
        session.commit()


@pytest.mark.parametrize("kind", ["app", "paper"])
def test_of_a_hundred_uses_of_one_code_at_once_one_succeeds(
    engine: Engine, quan: Officer, kind: str
):
    now = clock.now()
    code = factors.code_now(SECRET, now) if kind == "app" else quan.__dict__["paper"]

    def use(_n: int) -> bool:
        with Session(engine) as session:
            taken = factors.use_code(session, KEYS.factor, quan.id, code, now)
            session.commit()
            return taken

    with ThreadPoolExecutor(12) as pool:
        assert sum(pool.map(use, range(100))) == 1
