"""Strict headers on every page of the URL map, and not a byte that leads to somebody else."""

import re
from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.wrappers import Response

from feedback import db
from feedback.app import create_app
from feedback.web.guard import HEADERS, OVER_TLS
from tests.matrix.district import District, SignIn_
from tests.matrix.rooms import ROOMS, address, things

ROOT = Path(__file__).parent.parent.parent
# Names of vocabularies, which no browser fetches.
NAMES = re.compile(rb"http://www\.w3\.org/(?:2000/svg|1999/xlink|1999/xhtml)|http://localhost\b")
ELSEWHERE = re.compile(rb"(?:https?:)?//[\w-]+\.[\w.-]+|@import|url\(\s*['\"]?(?:https?:)?//")
LANDING = "public, max-age=60"


def _faults(answer: Response) -> list[str]:
    """What is missing or too weak in an answer's headers, and what in it leads away."""
    found = [f"no {name}" for name in HEADERS if name not in answer.headers]
    policy = answer.headers.get("Content-Security-Policy", "")
    found += [f"policy {policy}"] * bool("unsafe" in policy or "*" in policy or "http" in policy)
    found += ["not default-src 'none'"] * ("default-src 'none'" not in policy)
    if "text/" in (answer.content_type or "") or "javascript" in (answer.content_type or ""):
        found += ["leads away"] * bool(ELSEWHERE.search(NAMES.sub(b"", answer.get_data())))
    return found


@pytest.mark.parametrize("who", ["clerk", "office_head", "admin", "auditor"])
def test_every_page_of_the_desk_is_strict_and_nobody_may_keep_it(
    app: Flask, story: Connection, sign_in: SignIn_, who: str
):
    district = District(app, sign_in)
    client, seen = district.client(who), 0
    for rule in app.url_map.iter_rules():
        for thing, people in zip(things(rule), ROOMS.get(f"GET {rule.endpoint}", ()), strict=False):
            if who in people:
                path = address(app, rule, district, thing, real=True)
                answer = client.get(path)
                assert not _faults(answer), path
                assert answer.headers["Cache-Control"] == "no-store", path
                seen += 1
    assert seen > 5


@pytest.fixture
def doors(app: Flask, story: Connection, sign_in: SignIn_) -> list[str]:
    point = District(app, sign_in).point.code
    below = (
        "", "/gui", "/khieu-nai-to-cao", "/khieu-nai-to-cao?as=TC&about=leaders", "/gap",
        "/khao-sat",
    )  # fmt: skip
    rest = (
        "/", "/tra-cuu", "/dang-nhap", "/quen-mat-khau", "/quyen-rieng-tu", "/healthz",
        "/mat-khau-moi/khong-co", "/api/v1/summary", "/khong-co-trang-nay", "/q/00000000",
    )  # fmt: skip
    return [*(f"/q/{point}{one}" for one in below), *rest]


def test_every_open_door_is_strict_and_only_the_landing_page_may_be_kept(
    parent: FlaskClient, doors: list[str]
):
    for path in doors:
        for answer in (parent.get(path), parent.get(f"{path}{'&' if '?' in path else '?'}lang=en")):
            assert not _faults(answer), path
            landing = re.fullmatch(r"/q/[0-9A-Z]{8}", path) and answer.status_code == 200
            wanted = LANDING if landing else "no-store"
            assert answer.headers["Cache-Control"] == wanted, path


def test_a_refused_a_missed_and_a_sent_form_are_strict_too(parent: FlaskClient, doors: list[str]):
    for path in doors:
        for answer in (
            parent.post(path, data={"text": "x"}),
            parent.post(path, headers={"Origin": "https://evil.example"}),
            parent.put(path),
        ):
            assert not _faults(answer), (path, answer.status_code)
            assert answer.headers["Cache-Control"] == "no-store", path


def test_no_style_sheet_and_no_script_leads_elsewhere(parent: FlaskClient):
    files = [*(ROOT / "feedback/static").rglob("*.css"), *(ROOT / "feedback/static").rglob("*.js")]
    assert len(files) > 2
    for file in files:
        path = f"/static/{file.relative_to(ROOT / 'feedback/static')}"
        with parent.get(path, headers={"Accept-Encoding": "identity"}) as answer:
            assert answer.status_code == 200
            assert not _faults(answer), path


def test_over_tls_the_browser_is_told_to_stay_there_and_the_cookie_is_bound_to_the_host(
    app: Flask, story: Connection
):
    secure = replace(app.extensions["feedback.settings"], base_url="https://localhost")
    made = create_app(secure)
    db.session.remove()
    db.session.configure(bind=story)
    assert made.config["SESSION_COOKIE_NAME"] == "__Host-desk"
    assert made.config["SESSION_COOKIE_SECURE"]
    assert made.config["SESSION_COOKIE_HTTPONLY"]
    answer = made.test_client().get("/dang-nhap", base_url="https://localhost")
    for name, value in OVER_TLS.items():
        assert answer.headers[name] == value
    cookie = answer.headers["Set-Cookie"]
    assert cookie.startswith("__Host-desk=")
    assert "Secure" in cookie
    assert "Path=/" in cookie
    assert "Domain" not in cookie
