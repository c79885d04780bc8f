"""A few hundred of the requests of `./run bench hostile`: none of them may surprise the house."""

import random

import pytest
from flask.testing import FlaskClient

from bench.hostile.__main__ import DOORS, HIDDEN, Account
from bench.hostile.corpus import RAW, STRINGS, Body, bodies, mutated, of_fields
from feedback import db
from tests.world import a_point, a_school, the_holidays

SAMPLE, MUTATIONS = 25, 8


@pytest.fixture
def code(parent: FlaskClient) -> str:
    the_holidays()
    point = a_point(a_school())
    db.session.commit()
    return point.code


def _usual(parent: FlaskClient, path: str, told: dict[str, str]) -> dict[str, str]:
    return {**dict(HIDDEN.findall(parent.get(path).text)), **told}


def _post(parent: FlaskClient, path: str, every: list[Body]) -> Account:
    account = Account()
    for body in every:
        answer = parent.post(path, data=body.data, content_type=body.kind)
        head = str(answer.headers).lower()
        account.note(body.name, answer.status_code, head, answer.data, 0)
    return account


@pytest.mark.parametrize("door", DOORS)
def test_no_form_is_surprised_by_what_is_sent_to_it(parent: FlaskClient, code: str, door: str):
    path = door.format(code=code)
    made = bodies(_usual(parent, path, DOORS[door]))
    small = [body for body in made if len(body.data) < 200_000]
    chosen = random.Random(door).sample(small, SAMPLE)
    account = _post(parent, path, [*chosen, *mutated(made, MUTATIONS, 1)])
    assert not account.faults


def test_the_long_form_is_long_enough(parent: FlaskClient, code: str):
    posts = sum(len(bodies(told)) for told in DOORS.values())
    assert posts + 700 * len(DOORS) + 1500 >= 10_000


def test_every_string_can_be_said_and_comes_back_as_text_only(parent: FlaskClient, code: str):
    path = f"/q/{code}/gui"
    usual = _usual(parent, path, DOORS["/q/{code}/gui"])
    spoilt = [b for b in of_fields({**usual, "kind": "?"}) if b.name.endswith(" in text")]
    assert len(spoilt) == len(STRINGS) + len(RAW)
    account = _post(parent, path, spoilt)
    assert not account.faults
    assert set(account.statuses) <= {413, 422}


@pytest.mark.parametrize(
    "query",
    ["_method=POST", "_scheme=x", "_external=1", "_anchor=a", "lang=%00", "lang[]=x", "%ff=1"],
)
def test_what_an_address_asks_besides_is_no_order(parent: FlaskClient, code: str, query: str):
    for path in (f"/q/{code}", "/", "/tra-cuu", "/dang-nhap", "/quyen-rieng-tu"):
        answer = parent.get(f"{path}?{query}")
        assert answer.status_code == 200
        assert "http://localhost/" not in answer.text
