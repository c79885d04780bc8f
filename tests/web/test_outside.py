"""Ms. Hằng comes in by the account of the education sector, and others do not by hers."""

import http.client
import json
import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from flask import Flask
from flask.testing import FlaskClient
from joserfc.jwk import RSAKey
from sqlalchemy import select
from werkzeug.test import TestResponse

from feedback import clock, db, factors
from feedback.models.factors import TotpSecret
from feedback.models.ledger import LedgerEntry
from feedback.models.officers import Officer
from feedback.models.outside import OutsideTrip
from feedback.passwords import hash_password
from feedback.settings import Settings
from tests import world
from tests.web.provider import Place, a_provider

GO = "/dang-nhap/tai-khoan-nganh/di"
NOT_VALID = "Lần đăng nhập này không hợp lệ"
NOT_HERE = "chưa được cấp quyền ở đây"


@pytest.fixture
def provider(
    app: Flask, settings: Settings, story: object, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    with a_provider() as place:
        chosen = replace(settings, provider=place.settings)
        monkeypatch.setitem(app.extensions, "feedback.settings", chosen)
        yield place


@pytest.fixture
def hang(story: object) -> Officer:
    made = world.an_officer(world.a_school(), name="Trần Thị Thu Hằng")
    made.password_hash = hash_password(world.PASSWORD)
    db.session.commit()
    return made


def there_and_back(client: FlaskClient, then: str = "") -> str:
    """Over to the provider and to the address it sends the browser back to."""
    sent = client.get(GO, query_string={"then": then})
    there = urlsplit(sent.location)
    connection = http.client.HTTPConnection(there.netloc)
    connection.request("GET", f"{there.path}?{there.query}")
    back = connection.getresponse().headers["Location"]
    connection.close()
    assert back.startswith("http://localhost/dang-nhap/tai-khoan-nganh/ve?")
    return str(back)


def come_back(client: FlaskClient, then: str = "") -> TestResponse:
    return client.get(there_and_back(client, then), follow_redirects=False)


def refused(client: FlaskClient, answer: TestResponse) -> str:
    """Nobody is in, and the page with the password says why."""
    assert answer.location == "/dang-nhap"
    page = client.get("/dang-nhap").get_data(as_text=True)
    assert client.get("/hom-nay").status_code == 302
    assert 'name="password"' in page
    return page


def acts() -> list[tuple[str, int | None, dict[str, object]]]:
    found = db.session.scalars(
        select(LedgerEntry)
        .where(LedgerEntry.action.startswith("sign_in.outside"))
        .order_by(LedgerEntry.seq)
    )
    return [(one.action, one.officer_id, json.loads(one.detail)) for one in found]


def test_hang_comes_in_by_the_account_of_the_sector(
    provider: Place, hang: Officer, parent: FlaskClient
):
    page = parent.get("/dang-nhap").get_data(as_text=True)
    assert "Đăng nhập bằng tài khoản của Sở" in page
    provider.claims = {"email": hang.email.upper()}
    answer = come_back(parent, "/hop-viec")
    assert answer.location == "/hop-viec"
    assert parent.get("/hom-nay").status_code == 200
    assert acts() == [("sign_in.outside", hang.id, {"mfa": False})]
    assert db.session.scalars(select(OutsideTrip)).all() == []


def test_a_provider_that_wants_the_secret_in_the_form_gets_it_there(
    provider: Place, hang: Officer, parent: FlaskClient
):
    provider.claims, provider.basic = {"email": hang.email}, False
    assert come_back(parent).location == "/hom-nay"


def test_no_page_elsewhere_is_gone_on_with(provider: Place, hang: Officer, parent: FlaskClient):
    provider.claims = {"email": hang.email}
    assert come_back(parent, "https://elsewhere.example/").location == "/hom-nay"


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"nonce": "another"}, "token"),
        ({"nonce": None}, "token"),
        ({"aud": "another client"}, "token"),
        ({"aud": ["gop-y", "another"], "azp": "another"}, "token"),
        ({"iss": "https://elsewhere.example"}, "token"),
        ({"exp": 1_700_000_000}, "token"),
        ({"at_hash": "bm90IGl0"}, "token"),
        ({"email_verified": False}, "unverified"),
        ({"email_verified": "true"}, "unverified"),
        ({"email": None}, "unverified"),
        ({"email": "nobody@truong.example"}, "unknown"),
    ],
)
def test_a_token_that_is_not_right_lets_nobody_in(
    provider: Place, hang: Officer, parent: FlaskClient, claims: dict[str, object], why: str
):
    provider.claims = {"email": hang.email, **claims}
    said = {
        "token": NOT_VALID,
        "unverified": "chưa xác nhận thư điện tử",
        "unknown": NOT_HERE,
    }
    assert said[why] in refused(parent, come_back(parent))
    assert acts() == [("sign_in.outside_fail", None, {"why": why})]


def test_a_token_signed_by_somebody_else_lets_nobody_in(
    provider: Place, hang: Officer, parent: FlaskClient
):
    provider.claims = {"email": hang.email}
    provider.signs_with = RSAKey.generate_key(2048, {"kid": "now"})
    assert NOT_VALID in refused(parent, come_back(parent))


def test_hang_who_left_comes_in_by_no_door(provider: Place, hang: Officer, parent: FlaskClient):
    hang.active = False
    db.session.commit()
    provider.claims = {"email": hang.email}
    assert NOT_HERE in refused(parent, come_back(parent))


def test_a_way_back_is_for_the_browser_that_set_out_and_for_once(
    app: Flask, provider: Place, hang: Officer, parent: FlaskClient
):
    provider.claims = {"email": hang.email}
    back = there_and_back(parent)
    stranger = app.test_client()
    assert NOT_VALID in refused(stranger, stranger.get(back))
    # With a trip of his own he still cannot use hers.
    stranger.get(GO)
    assert NOT_VALID in refused(stranger, stranger.get(back))
    assert parent.get(back).location == "/hom-nay"
    again = app.test_client()
    assert NOT_VALID in refused(again, again.get(back))


def test_a_replayed_cookie_does_not_make_the_trip_good_twice(
    provider: Place, hang: Officer, parent: FlaskClient
):
    provider.claims = {"email": "nobody@truong.example"}
    back = there_and_back(parent)
    with parent.session_transaction() as cookie:
        state = cookie["outside"]
    parent.get(back)
    with parent.session_transaction() as cookie:
        cookie["outside"] = state
    before = len(provider.asked)
    assert NOT_VALID in refused(parent, parent.get(back))
    assert len(provider.asked) == before, "the provider is not even asked"


def test_who_took_too_long_over_there_begins_again(
    provider: Place, hang: Officer, parent: FlaskClient
):
    provider.claims = {"email": hang.email}
    back = there_and_back(parent)
    trip = db.session.scalars(select(OutsideTrip)).one()
    trip.begun_at -= timedelta(minutes=11)
    db.session.commit()
    assert NOT_VALID in refused(parent, parent.get(back))


def test_who_stops_over_there_is_told_so(provider: Place, hang: Officer, parent: FlaskClient):
    there = urlsplit(parent.get(GO).location)
    state = parse_qs(there.query)["state"][0]
    answer = parent.get(
        "/dang-nhap/tai-khoan-nganh/ve",
        query_string={"error": "access_denied", "state": state},
    )
    assert "đã dừng đăng nhập" in refused(parent, answer)


# --- the second factor ------------------------------------------------------------------------


def test_a_password_over_there_does_not_spare_the_second_factor_here(
    provider: Place, parent: FlaskClient, story: object
):
    lan = world.an_officer(world.an_office(), "office_head", "Phạm Ngọc Lan")
    db.session.commit()
    provider.claims = {"email": lan.email, "amr": ["pwd"]}
    assert come_back(parent).location.startswith("/tai-khoan/buoc-hai")
    assert parent.get("/hom-nay").status_code == 302


def test_who_has_an_app_here_is_asked_for_its_code(
    app: Flask, provider: Place, hang: Officer, parent: FlaskClient
):
    key = app.extensions["feedback.keys"].factor
    app_of_hers: TotpSecret = factors.keep_app(key, hang.id, "A" * 32, clock.now())
    db.session.add(app_of_hers)
    db.session.commit()
    provider.claims = {"email": hang.email}
    assert come_back(parent).location.startswith("/dang-nhap/buoc-hai")


@pytest.mark.parametrize(
    "said", [{"amr": ["pwd", "mfa"]}, {"acr": "https://refeds.org/profile/mfa"}]
)
def test_a_second_factor_over_there_counts_here(
    provider: Place, parent: FlaskClient, story: object, said: dict[str, object]
):
    lan = world.an_officer(world.an_office(), "office_head", "Phạm Ngọc Lan")
    db.session.commit()
    provider.claims = {"email": lan.email, **said}
    assert come_back(parent).location == "/hom-nay"
    assert parent.get("/hom-nay").status_code == 200
    assert acts() == [("sign_in.outside", lan.id, {"mfa": True})]


# --- away, and off ----------------------------------------------------------------------------


def test_when_the_provider_is_away_the_password_still_opens(
    app: Flask,
    settings: Settings,
    hang: Officer,
    parent: FlaskClient,
    monkeypatch: pytest.MonkeyPatch,
):
    with a_provider() as place:
        gone = place.settings
    chosen = replace(settings, provider=gone)
    monkeypatch.setitem(app.extensions, "feedback.settings", chosen)
    assert "Chưa liên lạc được" in refused(parent, parent.get(GO))
    assert acts() == [("sign_in.outside_fail", None, {"why": "away"})]
    assert _with_the_password(parent, hang).status_code == 302


def test_nothing_outside_is_asked_while_no_provider_is_set(
    hang: Officer, parent: FlaskClient, monkeypatch: pytest.MonkeyPatch
):
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("somebody outside was asked")

    monkeypatch.setattr(socket, "create_connection", refuse)
    page = parent.get("/dang-nhap").get_data(as_text=True)
    assert "tai-khoan-nganh" not in page
    assert parent.get(GO).status_code == 404
    assert parent.get("/dang-nhap/tai-khoan-nganh/ve?code=1&state=1").status_code == 404
    assert _with_the_password(parent, hang).status_code == 302


def _with_the_password(client: FlaskClient, officer: Officer) -> TestResponse:
    page = client.get("/dang-nhap").get_data(as_text=True)
    token = page.split('name="csrf_token"')[1].split('value="')[1].split('"')[0]
    said = {"csrf_token": token, "email": officer.email, "password": world.PASSWORD}
    return client.post("/dang-nhap", data=said)
