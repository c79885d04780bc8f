"""Every door × everybody × an ordinary and a hidden thing × every method: no leak, no change.

Generated from the URL map. What somebody may not know of is answered exactly as what does not
exist: the same status, the same page, as many questions to the database.
"""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection
from werkzeug.routing import Rule

from tests.matrix.district import PEOPLE, District, SignIn_, counted, everything, shape
from tests.matrix.rooms import EVERYBODY, OPEN, READERS, ROOMS, address, doors, staff_rules, things
from tests.web.knocking import field

ROOT = Path(__file__).parent.parent.parent
OWN = {"Origin": "http://localhost"}
JUNK = ("PUT", "PATCH", "DELETE", "TRACE", "PROPFIND", "NONSENSE")
# Reading leaves a trace here by design: who has a case open. Sessions and tries are no tenant's.
TRACES = {"case_look", "bucket", "slowdown", "sign_in", "known_browser"}


@pytest.fixture
def district(app: Flask, story: Connection, sign_in: SignIn_) -> District:
    return District(app, sign_in)


def _kept() -> dict[str, list[str]]:
    return {name: rows for name, rows in everything().items() if name not in TRACES}


def _changes(before: dict[str, list[str]], reading: bool = False) -> list[str]:
    """The rows that are there now and were not, or the other way round.

    Who reads what they may read leaves an entry in the ledger when it goes out as a file.
    """
    now = _kept()
    names = [name for name in before if not (reading and name.startswith("ledger"))]
    return [row for name in names for row in set(now[name]) ^ set(before[name])]


def _ask(client: FlaskClient, method: str, path: str, token: str = ""):
    data = {"csrf_token": token, "note": "Ghi chú", "confirmed": "1"} if method == "POST" else None
    return client.open(path, method=method, headers=OWN, data=data)


def _cells(app: Flask, who: str) -> Iterator[tuple[str, Rule, str, bool]]:
    """Method, door, thing, and whether this person may know of it."""
    for method, rule in doors(app):
        for thing, people in zip(things(rule), ROOMS[f"{method} {rule.endpoint}"], strict=True):
            yield method, rule, thing, who in people


# Whoever reads of a thing elsewhere learns nothing from how long a refusal takes.
FAMILIAR = {
    "report_id": READERS, "survey_id": READERS, "template_id": READERS,
    "holiday_id": EVERYBODY, "reception_id": EVERYBODY,
}  # fmt: skip


def _familiar(rule: Rule, thing: str) -> frozenset[str]:
    if thing:
        return ROOMS["GET desk.case"][thing.startswith("secret")]
    known = [FAMILIAR[one] for one in rule.arguments if one in FAMILIAR]
    return known[0] if known else frozenset()


def test_every_door_has_its_entry_and_no_entry_is_without_a_door(app: Flask):
    found = {f"{method} {rule.endpoint}": len(things(rule)) for method, rule in doors(app)}
    assert found == {name: len(people) for name, people in ROOMS.items()}


@pytest.mark.parametrize("who", PEOPLE)
def test_what_one_may_not_know_of_is_as_what_does_not_exist(
    app: Flask, story: Connection, district: District, who: str
):
    client = district.client(who)
    token = field(client, "/hom-nay")
    before = _kept()
    faults: list[tuple[object, ...]] = []
    for method, rule, thing, known in _cells(app, who):
        if known:
            continue
        path, nowhere = (address(app, rule, district, thing, real) for real in (True, False))
        with counted(story) as asked:
            real = shape(_ask(client, method, path, token), path)
        with counted(story) as asked_of_nothing:
            none = shape(_ask(client, method, nowhere, token), nowhere)
        if real[0] != 404:
            faults.append((method, rule.endpoint, thing, real[0]))
        if real != none:
            faults.append((method, rule.endpoint, thing, "another page"))
        if who not in _familiar(rule, thing) and len(asked) != len(asked_of_nothing):
            faults.append((method, rule.endpoint, thing, len(asked), len(asked_of_nothing)))
    assert not faults
    assert _changes(before) == []


@pytest.mark.parametrize("who", ["clerk", "principal", "office_head", "admin", "auditor"])
def test_who_may_know_of_it_finds_it_and_changes_nothing_without_the_forms_token(
    app: Flask, district: District, who: str
):
    client = district.client(who)
    before = _kept()
    faults: list[tuple[object, ...]] = []
    for method, rule, thing, known in _cells(app, who):
        if known:
            path = address(app, rule, district, thing, True)
            answer = _ask(client, method, path)
            if answer.status_code in (404, 500) or answer.status_code > 500:
                faults.append((method, rule.endpoint, thing, answer.status_code))
            if method == "GET" and client.head(path).status_code != answer.status_code:
                faults.append(("HEAD", rule.endpoint, thing))
    assert not faults
    assert _changes(before, reading=True) == []


@pytest.mark.parametrize("who", ["nobody", "clerk", "far_office_head"])
def test_no_other_method_does_anything(app: Flask, district: District, who: str):
    client = district.client(who)
    before = _kept()
    for rule in staff_rules(app):
        path = address(app, rule, district, things(rule)[-1], True)
        for method in JUNK:
            assert client.open(path, method=method, headers=OWN).status_code == 405, (method, path)
        disguised = {**OWN, "X-HTTP-Method-Override": "POST"}
        answer = client.get(path, headers=disguised, query_string={"_method": "POST"})
        assert answer.status_code in ({302, 405} if who == "nobody" else {200, 302, 404, 405}), path
    assert _changes(before, reading=True) == []


def test_a_stranger_meets_the_same_closed_door_before_every_thing(app: Flask, district: District):
    stranger = app.test_client()
    for method, rule in doors(app):
        for thing in things(rule):
            answers = [
                shape(_ask(stranger, method, path), path)
                for path in (address(app, rule, district, thing, r) for r in (True, False))
            ]
            assert answers[0] == answers[1], (method, rule.endpoint)
            assert answers[0][0] == (302 if method == "GET" else 401), (method, rule.endpoint)


def test_after_signing_out_no_door_knows_the_old_session(app: Flask, district: District):
    client = district.client("clerk")
    kept = client.get_cookie("desk")
    assert kept
    assert client.get("/hom-nay").status_code == 200
    token = field(client, "/hom-nay")
    client.post("/dang-xuat", headers=OWN, data={"csrf_token": token})
    thief = app.test_client()
    thief.set_cookie("desk", kept.value)
    for method, rule in doors(app):
        path = address(app, rule, district, things(rule)[0], True)
        answer = _ask(thief, method, path, token)
        assert answer.status_code == (302 if method == "GET" else 401), (method, path)


# --- requests from elsewhere ------------------------------------------------------------------

ELSEWHERE = [
    {"Sec-Fetch-Site": "cross-site"},
    {"Sec-Fetch-Site": "same-site"},
    {"Sec-Fetch-Site": "cross-site", **OWN},
    {"Origin": "https://evil.example"},
    {"Origin": "http://localhost.evil.example"},
    {"Origin": "null"},
]


def _posts(app: Flask, staff: bool) -> list[Rule]:
    rules = [rule for rule in app.url_map.iter_rules() if "POST" in (rule.methods or ())]
    return [r for r in rules if (r.endpoint.partition(".")[0] in OPEN) is not staff]


@pytest.mark.parametrize("headers", ELSEWHERE, ids=str)
def test_no_post_from_elsewhere_is_let_in(app: Flask, district: District, headers: dict[str, str]):
    client = district.client("clerk")
    token = field(client, "/hom-nay")
    before = _kept()
    for rule in [*_posts(app, staff=True), *_posts(app, staff=False)]:
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        answer = client.post(path, headers=headers, data={"csrf_token": token})
        assert answer.status_code == 403, (path, headers)
    assert _changes(before) == []


def test_a_post_that_does_not_say_where_it_comes_from_is_for_the_open_doors_only(
    app: Flask, district: District
):
    client = district.client("clerk")
    client.environ_base.pop("HTTP_ORIGIN", None)
    token = field(client, "/hom-nay")
    for rule in _posts(app, staff=True):
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        assert client.post(path, data={"csrf_token": token}).status_code == 403, path
    for rule in _posts(app, staff=False):
        path = re.sub(r"<[^>]+>", "1", rule.rule)
        assert client.post(path).status_code != 403, path


# --- one gate -----------------------------------------------------------------------------------

# What asks for rows of Case by itself, with the reason; a view elsewhere goes through `access`.
BY_ITSELF = {
    "public/attempts.py": "reads again the case whose code was just shown",
    "desk/steps.py": "reads the clocks of cases that came through the gate",
    "desk/spam.py": "names what a letter repeats, under the gate's own condition, access.sees",
    "counter/funnels.py": "counts under the gate's own condition, access.sees",
}


def test_no_view_asks_for_cases_but_through_the_gate():
    asks = re.compile(r"select\(\s*Case\b|query\(\s*Case\b|get(?:_one)?\(\s*Case\b")
    for path in (ROOT / "feedback" / "web").rglob("*.py"):
        name = str(path.relative_to(ROOT / "feedback" / "web"))
        found = asks.search(path.read_text(encoding="utf-8"))
        assert not found or name in BY_ITSELF, name
