"""A mixed letter becomes several matters, each at its own desk, and the school never learns more.

Điều 14 khoản 4 Nghị định 154/2026/NĐ-CP.
"""

import pytest

from feedback import clock, db, identities, matters, parts, splitting
from feedback.models.cases import Case
from feedback.models.submissions import Attachment
from feedback.splitting import Part
from tests.web.colleagues import Town, again
from tests.world import KEYS, a_contact, an_act

FOOD = "Bữa trưa của bé ít thịt, con về nói đói."
MONEY = "Thầy Hòa nhận tiền để xếp lớp chọn."
LIGHT = "Đèn hành lang lầu 2 hư đã một tháng."

ABOUT_THE_HEAD = Part("TC", "THU_CHI", "leaders", MONEY, FOOD)
ABOUT_THE_LIGHT = Part("PA", "CSVC", "facilities", LIGHT, FOOD)


@pytest.fixture
def town(sign_in, story) -> Town:
    return Town(sign_in)


def _mixed(town: Town, second: str = MONEY, **said: object) -> Case:
    return town.matter(text=f"{FOOD} {second}", contact=a_contact(), **said)


def _split(town: Town, case: Case, part: Part) -> Case:
    new = splitting.split(db.session(), case, part, an_act(town.hang), KEYS)
    db.session.commit()
    return new


def test_a_part_for_the_same_school_is_a_matter_of_its_own(town: Town):
    letter = _mixed(town, LIGHT)
    light = _split(town, letter, ABOUT_THE_LIGHT)
    assert (light.subject_code, light.owner, light.status) == ("CSVC", town.school, "new")
    assert light.submission.text == LIGHT
    assert light.reference != letter.reference
    assert letter.submission.text == f"{FOOD} {LIGHT}"
    assert letter.own_part
    assert letter.own_part.text == FOOD


def test_its_clocks_count_from_the_day_the_letter_came(town: Town):
    letter = _mixed(town, LIGHT)
    light = _split(town, letter, ABOUT_THE_LIGHT)
    assert light.received_at == letter.received_at
    assert light.promised_on == letter.promised_on
    assert {d.started_at for d in light.deadlines} == {letter.received_at}


def test_the_sender_can_be_reached_from_each_part(town: Town):
    light = _split(town, _mixed(town, LIGHT), ABOUT_THE_LIGHT)
    assert identities.contact_of(light.submission, KEYS) == a_contact()


def test_what_is_about_the_head_takes_the_letter_out_of_the_school(town: Town):
    letter = _mixed(town)
    rest = _split(town, letter, ABOUT_THE_HEAD)
    assert (letter.owner, letter.hidden_from_school, letter.kind_code) == (town.office, True, "TC")
    assert (rest.owner, rest.hidden_from_school, rest.kind_code) == (town.school, False, "PA")
    assert rest.submission.text == FOOD
    assert MONEY.split()[3] not in rest.folded
    assert [e.move_code for e in rest.events] == ["receive"]
    assert all(not e.detail.get("part") for e in rest.events)


def test_what_remains_looks_like_any_letter_that_came_in_that_day(town: Town):
    plain = town.matter(text=FOOD, contact=a_contact())
    rest = _split(town, _mixed(town), ABOUT_THE_HEAD)
    for field in ("channel_code", "point_id", "priority", "status", "handler_id", "version"):
        assert getattr(rest, field) == getattr(plain, field), field
    received, usual = rest.events[0], plain.events[0]
    assert (received.actor, received.officer_id) == (usual.actor, usual.officer_id)
    assert received.detail == usual.detail
    assert rest.submission.about_text == ""


def test_photos_go_with_the_letter_unless_they_were_left_behind(town: Town):
    letter = _mixed(town)
    for name in ("bua-trua", "bien-lai"):
        letter.submission.attachments.append(
            Attachment(name=name, media_type="image/jpeg", size=1, sha256="0" * 64)
        )
    db.session.commit()
    lunch = letter.submission.attachments[0].id
    part = Part("TC", "THU_CHI", "leaders", MONEY, FOOD, kept_files={lunch})
    rest = _split(town, letter, part)
    assert [f.name for f in rest.submission.attachments] == ["bua-trua"]
    assert [f.name for f in letter.submission.attachments] == ["bien-lai"]


def test_a_part_that_later_proves_to_be_about_the_head_takes_the_letter_along(town: Town):
    letter = _mixed(town)
    first = _split(town, letter, Part("PA", "THU_CHI", "class_teacher", MONEY, FOOD))
    assert not first.hidden_from_school
    matters.reclassify(first, an_act(town.hang, "Là hiệu trưởng."), "TC", "THU_CHI", "leaders")
    db.session.commit()
    letter, first = again(letter), again(first)
    assert [s.text for s in letter.submissions] == [FOOD]
    assert MONEY not in " ".join(s.text for s in letter.submissions)
    assert "hieu truong" not in letter.folded
    assert any(s.part_of_id is None for s in first.submissions)


def test_the_office_can_give_the_school_its_part_of_a_secret_letter(town: Town):
    letter = _mixed(town, kind_code="TC", about_code="leaders", subject_code="THU_CHI")
    part = Part("PA", "BAN_TRU", "boarding", FOOD, MONEY)
    food = splitting.split(db.session(), letter, part, an_act(town.lan), KEYS)
    db.session.commit()
    assert (food.owner, food.hidden_from_school) == (town.school, False)
    assert letter.hidden_from_school
    assert letter.submission.text not in food.submission.text


def test_signed_parts_are_signed_on_the_same_day(town: Town):
    letter = _mixed(town, kind_code="KN", about_code="class_teacher", subject_code="BAI_TAP")
    clerk = an_act(town.hang)
    matters.sign(letter, clerk, KEYS, a_contact(address="12 Lê Lợi", identity="079123456789"))
    part = Part("TC", "THAI_DO_GV", "class_teacher", "Cô giáo ép học thêm.", FOOD)
    accusation = _split(town, letter, part)
    assert accusation.is_petition
    assert accusation.signed_on == letter.signed_on
    assert accusation.machine.code == "denunciations"


def test_every_part_is_found_from_the_letter(town: Town):
    letter = _mixed(town)
    rest = _split(town, letter, ABOUT_THE_HEAD)
    found = parts.of_letter(db.session(), rest.letter_ids)
    assert {case.reference for case in found} == {letter.reference, rest.reference}
    assert clock.today() == letter.received_on
