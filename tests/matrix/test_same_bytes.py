"""What is kept from a school leaves its pages as they were: to the byte, in lists and files too."""

from datetime import timedelta

import pytest
import time_machine
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection

from feedback import clock, db
from tests.matrix.district import District, SignIn_, shape
from tests.matrix.rooms import ROOMS, address, doors, things

# Ways to look at the same lists that a door's address alone does not show.
FOLDERS = ("open", "new", "soon", "overdue", "all", "closed")
LOOKS = (
    *(f"/hop-viec?folder={folder}" for folder in FOLDERS),
    "/hop-viec?folder=all&kind=TC",
    "/hop-viec?folder=all&q=hieu+truong",
    "/hop-viec?folder=all&q=Hiệu+trưởng",
    "/so-tiep-cong-dan/in",
)
NOT_THE_SCHOOLS = {
    "text": "Hiệu trưởng nhận tiền chạy trường của nhiều gia đình.",
    "about_code": "leaders",
}


@pytest.fixture
def district(app: Flask, story: Connection, sign_in: SignIn_) -> District:
    return District(app, sign_in)


def _paths(app: Flask, district: District, who: str) -> list[str]:
    """Every page this person may open, with the ordinary thing behind its door."""
    found = [
        address(app, rule, district, things(rule)[0], True)
        for method, rule in doors(app)
        if method == "GET" and who in ROOMS[f"GET {rule.endpoint}"][0]
    ]
    return [*found, *LOOKS]


def _pages(client: FlaskClient, paths: list[str]) -> dict[str, tuple[int, bytes]]:
    return {path: shape(client.get(path), path) for path in paths}


@pytest.mark.parametrize(
    ("who", "kind"),
    [
        ("clerk", "PA"),
        ("clerk", "KN"),
        ("clerk", "TC"),
        ("principal", "TC"),
        ("school_auditor", "TC"),
        ("neighbour", "TC"),
    ],
)
def test_a_matter_about_the_head_changes_no_byte_of_what_the_school_reads(
    app: Flask, district: District, who: str, kind: str
):
    client, paths = district.client(who), _paths(app, district, who)
    with time_machine.travel(clock.now() + timedelta(seconds=5), tick=False):
        _pages(client, paths)  # who looks is seen to look, by the second look at the latest
        before = _pages(client, paths)
        hidden, _photo, _paper = district._matter(kind_code=kind, **NOT_THE_SCHOOLS)
        db.session.commit()
        assert hidden.hidden_from_school
        after = _pages(client, paths)
    assert {path for path in paths if after[path] != before[path]} == set()
    assert len(paths) > len(LOOKS)


def test_an_ordinary_matter_is_seen_at_once(app: Flask, district: District):
    """Or the story above would prove nothing."""
    client, paths = district.client("clerk"), _paths(app, district, "clerk")
    before = _pages(client, paths)
    district._matter()
    db.session.commit()
    after = _pages(client, paths)
    changed = {path for path in paths if after[path] != before[path]}
    assert {"/hom-nay", "/hop-viec", "/hop-viec?folder=new"} <= changed
