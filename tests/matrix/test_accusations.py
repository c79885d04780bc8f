"""Whichever way it comes in, what accuses the head of a school is never seen at that school."""

from collections.abc import Callable

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select

from analysis.accusing import accuses_leaders
from feedback import access, clock, db, scopes
from feedback.models.cases import Case
from feedback.models.points import QrPoint
from feedback.models.responses import SurveyResponse
from feedback.rules.petitions import PETITION_KINDS
from tests import world
from tests.eyes import Visitor
from tests.matrix.accusations import ACCUSING, CALM_TEXTS
from tests.web.colleagues import Town
from tests.web.test_surveys import a_survey

Way = Callable[[Town, QrPoint, Visitor, str], object]
HEAD = ("Lê Văn Hòa",)


@pytest.fixture
def town(story, sign_in) -> Town:
    return Town(sign_in)


@pytest.fixture
def gate(town: Town) -> QrPoint:
    point = world.a_point(town.school)
    db.session.commit()
    return point


def test_there_are_enough_of_them():
    assert len(set(ACCUSING)) + len(set(CALM_TEXTS)) >= 300


@pytest.mark.parametrize("text", ACCUSING)
def test_a_text_that_accuses_the_head_is_known(text: str):
    assert accuses_leaders(text, HEAD)


@pytest.mark.parametrize("text", CALM_TEXTS)
def test_a_text_that_greets_the_head_or_speaks_of_others_stays_with_the_school(text: str):
    assert not accuses_leaders(text, HEAD)


# --- the ways in ------------------------------------------------------------------------------


def _opinion(town: Town, gate: QrPoint, mai: Visitor, text: str) -> object:
    """Ticked as if it were about the class, or about nobody."""
    about = "class_teacher" if len(text) % 2 else "unknown"
    kind = ("PA", "GY", "KN")[len(text) % 2]
    return mai.see(f"/q/{gate.code}/gui").send("/gui", text=text, kind=kind, about=about)


def _complaint(town: Town, gate: QrPoint, mai: Visitor, text: str) -> object:
    door = f"/q/{gate.code}/khieu-nai-to-cao"
    return mai.see(f"{door}?as=TC&about=class_teacher").send("to-cao", text=text)


def _appointment(town: Town, gate: QrPoint, mai: Visitor, text: str) -> object:
    form = mai.see(f"/q/{gate.code}/gap")
    told = {"phone": "0901234567", "consent": "y", "session": "other"}
    return form.send("/gap", text=text, **told)


def _typed(channel: str) -> Way:
    def way(town: Town, gate: QrPoint, mai: Visitor, text: str) -> object:
        desk = town.at_desk(town.lan)
        told = {"unit": town.school.code, "kind": "PA", "about": "boarding", "channel": channel}
        return desk.see("/nhap").send("/nhap", text=text, **told)

    return way


WAYS: dict[str, Way] = {
    "opinion": _opinion,
    "complaint": _complaint,
    "appointment": _appointment,
    **{channel: _typed(channel) for channel in ("walk_in", "phone", "paper")},
}


def _hidden_from(town: Town) -> list[str]:
    """References that somebody at the school, or of another school, comes to know of."""
    people = [
        scopes.scope_of(db.session(), officer, clock.today())
        for officer in (town.hang, town.hoa, town.bao)
    ]
    found = (db.session.scalars(access.cases(scope)) for scope in people)
    return [case.reference for cases in found for case in cases]


@pytest.mark.parametrize("way", WAYS)
def test_by_no_way_in_does_the_school_come_to_see_it(
    town: Town, gate: QrPoint, parent: FlaskClient, way: str
):
    mai, number = Visitor(parent), list(WAYS).index(way)
    texts = [ACCUSING[n] for n in range(number, len(ACCUSING), 3 * len(WAYS))]
    for text in texts:
        WAYS[way](town, gate, mai, text)
    kept = db.session.scalars(select(Case)).all()
    assert len(kept) == len(texts)
    assert all(case.hidden_from_school and case.owner_id == town.office.id for case in kept)
    assert not _hidden_from(town)


def test_every_text_by_the_shortest_way_is_kept_from_the_school(town: Town, gate: QrPoint):
    kinds = [kind for kind in PETITION_KINDS if kind != "TC"]
    for number, text in enumerate(ACCUSING):
        world.a_case(town.school, text=text, kind_code=kinds[number % len(kinds)], wish="")
    assert not _hidden_from(town)
    lan = scopes.scope_of(db.session(), town.lan, clock.today())
    assert len(db.session.scalars(access.cases(lan)).all()) == len(ACCUSING)


def test_every_calm_text_reaches_the_school(town: Town):
    for text in CALM_TEXTS:
        world.a_case(town.school, text=text, about_code="class_teacher", wish="")
    hang = scopes.scope_of(db.session(), town.hang, clock.today())
    assert len(db.session.scalars(access.cases(hang)).all()) == len(CALM_TEXTS)


def test_what_is_named_as_its_target_counts_too(town: Town):
    world.a_case(
        town.school, kind_code="TC", about_code="class_teacher", about_text="cô hiệu trưởng",
        text="Việc thu chi của lớp có nhiều điều tôi muốn báo.",
    )  # fmt: skip
    assert not _hidden_from(town)


def test_called_by_its_right_name_later_it_leaves_the_school(town: Town):
    matter = town.matter(text="Tiền quỹ lớp năm nay thu hai lần.")
    matter.accept(world.an_act(town.hang))
    desk = town.at_desk(town.hang)
    token = desk.see(f"/viec/{matter.reference}").form("/reclassify").values
    told = {"kind": "TC", "subject": "THU_CHI", "about": "leaders", "note": "Tố cáo hiệu trưởng."}
    desk.post(f"/viec/{matter.reference}/reclassify", {**token, **told})
    assert not _hidden_from(town)


def test_the_free_words_of_a_survey_about_the_head_are_read_above_and_not_there(town: Town):
    survey = a_survey(town.school)
    for number, text in enumerate((*ACCUSING[::4], *CALM_TEXTS[::4])):
        given = {"G1": 5, "G3": text}
        db.session.add(
            SurveyResponse(
                once_hash=number.to_bytes(32), survey_id=survey.id, received_at=clock.now(),
                received_on=clock.today(), answers=given,
            )
        )  # fmt: skip
    db.session.commit()
    address = f"/khao-sat?unit={town.school.code}"
    at_school, above = (town.client(who).get(address).text for who in (town.hang, town.lan))
    assert not [text for text in ACCUSING[::4] if text in at_school]
    assert not [text for text in CALM_TEXTS[::4] if text not in at_school]
    assert not [text for text in ACCUSING[::4] if text not in above]
    assert not [text for text in CALM_TEXTS[::4] if text in above]
