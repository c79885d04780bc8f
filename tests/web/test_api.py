"""Another system pulls the figures: the same as on the Office's page, and nobody's name."""

import csv
import io
from datetime import timedelta

import pytest
from flask.testing import FlaskClient

from feedback import clock, db, tokens
from feedback.models.officers import ApiToken
from tests import world

PATH = "/api/v1/summary"


class Place:
    """An Office with two schools, three matters, one of them kept from the school; its token."""

    def __init__(self) -> None:
        world.the_holidays()
        self.office = world.an_office()
        self.school = world.a_school(office=self.office)
        self.other = world.a_school("NT", "Trường THCS Nguyễn Trãi", self.office)
        ago = clock.now() - timedelta(days=3)
        self.matter = world.a_case(self.school, ago)
        world.a_case(self.other, ago)
        self.hidden = world.a_case(self.school, ago, kind_code="TC", about_code="leaders")
        self.token = tokens.issue(db.session(), self.office, "Cổng dữ liệu", clock.now())
        self.school_token = tokens.issue(db.session(), self.school, "Bảng tin", clock.now())
        db.session.commit()


@pytest.fixture
def place(story):
    return Place()


def ask(client: FlaskClient, token: str | None, query: str = "period=2026", **headers: str):
    shown = {"Authorization": f"Bearer {token}"} if token else {}
    return client.get(f"{PATH}?{query}", headers={**shown, **headers})


def received(answer) -> dict[str, int]:
    return {one["code"]: one["figures"]["received"]["value"] for one in answer.json["units"]}


def test_the_figures_are_those_of_the_offices_page(place, parent):
    answer = ask(parent, place.token, f"period={clock.today().year}")
    assert answer.status_code == 200
    assert answer.mimetype == "application/json"
    assert answer.json["total"]["received"]["value"] == 3
    assert received(answer) == {"LDT": 1, "NT": 1, "PGD": 1}
    assert answer.json["as_of"] == clock.today().isoformat()
    assert answer.json["unit"]["code"] == "PGD"


def test_one_school_of_the_office(place, parent):
    answer = ask(parent, place.token, f"period={clock.today().year}&unit=LDT")
    assert received(answer) == {"LDT": 1}
    assert answer.json["total"]["received"]["value"] == 1


def test_a_schools_own_token_knows_nothing_of_what_is_kept_from_it(place, parent):
    answer = ask(parent, place.school_token, f"period={clock.today().year}")
    assert received(answer) == {"LDT": 1}
    assert answer.json["total"]["received"]["value"] == 1


def test_no_name_no_word_no_reference_goes_out(place, parent):
    for accept in ("application/json", "text/csv"):
        text = ask(parent, place.token, Accept=accept).get_data(as_text=True)
        for secret in (place.matter.reference, place.hidden.reference, "ít thịt", "demo.invalid"):
            assert secret not in text


@pytest.mark.parametrize("way", [{"Accept": "text/csv"}, {}])
def test_as_a_spreadsheet(place, parent, way):
    query = f"period={clock.today().year}" + ("" if way else "&format=csv")
    answer = ask(parent, place.token, query, **way)
    assert answer.mimetype == "text/csv"
    rows = list(csv.reader(io.StringIO(answer.get_data(as_text=True).removeprefix("\ufeff"))))
    assert [row[0] for row in rows[1:]] == [
        "Phòng Giáo dục và Đào tạo quận Gò Vấp",
        "Trường Tiểu học Lê Đức Thọ",
        "Trường THCS Nguyễn Trãi",
        "Tổng cộng",
    ]
    assert rows[-1][rows[0].index("Nhận")] == "3"


@pytest.mark.parametrize(
    "authorization",
    [
        None,
        "Bearer gopy_wrong",
        "Bearer",
        "Basic YTpi",
        "Bearer \N{SNOWMAN}".encode().decode("latin1"),
    ],
)
def test_without_a_living_token_nothing_is_said(place, parent, authorization):
    headers = {"Authorization": authorization} if authorization else {}
    answer = parent.get(PATH, headers=headers)
    assert answer.status_code == 401
    assert answer.mimetype == "application/problem+json"
    assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    assert set(answer.json) == {"type", "title", "status", "detail"}


def test_a_revoked_token_opens_nothing(place, parent):
    found = tokens.find(db.session(), place.token)
    assert found is not None
    tokens.revoke(found, clock.now())
    db.session.commit()
    assert ask(parent, place.token).status_code == 401


def test_only_the_hash_of_a_token_is_kept(place):
    kept = db.session.query(ApiToken).all()
    assert place.token.encode() not in b"".join(one.token_hash for one in kept)


@pytest.mark.parametrize("code", ["NT", "PGD", "XX", "' OR 1=1"])
def test_a_unit_out_of_reach_and_one_that_is_not_look_the_same(place, parent, code):
    answer = ask(parent, place.school_token, f"period=2026&unit={code}")
    assert answer.status_code == 404
    assert answer.mimetype == "application/problem+json"
    assert answer.json["type"] == "urn:problem:no-such-unit"


@pytest.mark.parametrize(
    "query", ["", "period=", "period=quý-này", "period=1066", "period=2026-H3"]
)
def test_a_period_that_is_none_is_answered_with_a_sentence(place, parent, query):
    answer = ask(parent, place.token, query)
    assert answer.status_code == 422
    assert "Mã đúng có dạng" in answer.json["detail"]


def test_a_format_that_is_none_is_answered_with_a_sentence(place, parent):
    assert ask(parent, place.token, "period=2026&format=xml").status_code == 422


def test_what_has_not_changed_is_not_sent_again(place, parent):
    first = ask(parent, place.token)
    assert first.headers["Cache-Control"] == "private, no-cache"
    again = ask(parent, place.token, **{"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304
    assert again.data == b""
    assert again.headers["Cache-Control"] == "private, no-cache"
    world.a_case(db.session.merge(place.other))
    db.session.commit()
    assert ask(parent, place.token, **{"If-None-Match": first.headers["ETag"]}).status_code == 200


def test_the_table_and_the_figures_have_tags_of_their_own(place, parent):
    tags = {
        ask(parent, place.token, f"period=2026&format={f}").headers["ETag"] for f in ("json", "csv")
    }
    assert len(tags) == 2


def test_a_session_is_no_token(place, sign_in):
    assert sign_in(world.an_officer(place.office, "office")).get(PATH).status_code == 401
