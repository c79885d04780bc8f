"""Whom a typed-in matter accuses is said with it: who must not judge it never sees it."""

import pytest

from feedback import access, clock, db, scopes
from feedback.models.cases import Case
from feedback.models.conflicts import Accused
from feedback.models.officers import Officer
from tests import world
from tests.web.colleagues import Town

TOLD = {
    "channel": "walk_in",
    "kind": "TC",
    "about": "class_teacher",
    "text": "Chị Mai đến nói cô giáo lớp 1A nhận tiền rồi không ghi sổ.",
    "name": "Nguyễn Thị Mai",
    "consent": "y",
}


def type_in(town: Town, by: Officer, **said: object):
    told = {name: value for name, value in {**TOLD, **said}.items() if value is not None}
    return town.at_desk(by).see("/nhap").send("/nhap", **told)


def kept() -> Case:
    db.session.expire_all()
    return db.session.query(Case).one()


def knows(officer: Officer, matter: Case) -> bool:
    scope = scopes.scope_of(db.session(), officer, clock.today())
    return access.find_case(db.session(), scope, matter.reference) is not None


def test_a_teacher_by_name_stays_with_the_head_who_is_told_whom_it_is_about(town):
    type_in(town, town.hang, accused="staff", accused_name="Cô Lê Thị Bích, lớp 1A")
    matter = kept()
    assert not matter.hidden_from_school
    assert [(one.kind_code, one.name) for one in matter.accused] == [
        ("staff", "Cô Lê Thị Bích, lớp 1A")
    ]
    assert knows(town.hang, matter)
    assert knows(town.hoa, matter)


PAST_SCHOOL: dict[str, tuple[dict[str, str], str]] = {
    "the head": ({"accused": "head"}, "leaders"),
    "a deputy": ({"accused": "deputy"}, "leaders"),
    "the school itself": ({"accused": "school"}, "school"),
    "the head by a name typed": ({"accused": "staff", "accused_name": "Ông Lê Văn Hoà"}, "leaders"),
    "the head by title": ({"accused": "staff", "accused_name": "thầy hiệu trưởng"}, "leaders"),
    "nobody knows whom": ({"accused": "unclear"}, "unknown"),
}


@pytest.mark.parametrize(("said", "about"), PAST_SCHOOL.values(), ids=PAST_SCHOOL)
def test_what_the_school_must_not_judge_goes_past_it_whatever_was_ticked(town, said, about):
    page = type_in(town, town.hang, **said)
    assert "đã chuyển thẳng đến đó" in page.said
    assert "đơn vị không còn thấy việc này" in page.said
    matter = kept()
    assert (matter.hidden_from_school, matter.owner_id) == (True, town.office.id)
    assert matter.about_code == about
    for one in (town.hang, town.hoa):
        assert not knows(one, matter)
    assert knows(town.lan, matter)


def test_ms_hang_takes_down_an_accusation_of_her_head_and_prints_the_receipt(town):
    page = type_in(town, town.hang, accused="officer", accused_officer=str(town.hoa.id))
    matter = kept()
    assert not knows(town.hang, matter)
    assert not knows(town.hoa, matter)
    assert matter.bars(db.session.get(Officer, town.hoa.id))
    form = page.form("/phieu-nhan")
    printed = page.visitor.client.post(form.action, data=form.values)
    assert printed.data.startswith(b"%PDF-")
    assert page.visitor.client.get(f"/viec/{matter.reference}").status_code == 404
    # Nothing of it was ever the school's: it came in at the Office.
    made = [event.move_code for event in kept().events]
    assert made[0] == "receive"
    assert "take_over" not in made


def test_ms_hang_herself_is_accused_and_it_is_her_heads_and_not_there_for_her(town):
    page = type_in(town, town.hang, kind="PA", accused="officer", accused_officer=str(town.hang.id))
    assert "Việc này nêu tên anh/chị nên do người khác" in page.said
    matter = kept()
    assert matter.bars(db.session.get(Officer, town.hang.id))
    assert (matter.hidden_from_school, matter.owner_id) == (False, town.school.id)
    assert not knows(town.hang, matter)
    assert knows(town.hoa, matter)


def test_the_keeper_of_the_box_ticked_goes_up_also_with_the_name_picked(town):
    named = {"accused": "officer", "accused_officer": str(town.hang.id)}
    page = type_in(town, town.hang, kind="PA", about="box_keeper", **named)
    assert "đơn vị không còn thấy việc này" in page.said
    matter = kept()
    assert (matter.hidden_from_school, matter.owner_id) == (True, town.office.id)


def test_an_officer_of_another_school_is_no_choice_for_this_one(town):
    page = type_in(town, town.hang, accused="officer", accused_officer=str(town.bao.id))
    assert page.status == 422
    assert "Lựa chọn này không có" in page.said
    page = type_in(town, town.lan, unit="LDT", accused="officer", accused_officer=str(town.bao.id))
    assert "không làm việc ở đơn vị đã chọn" in page.said
    assert page.form("/nhap").values["text"] == TOLD["text"]
    assert db.session.query(Case).count() == 0


def test_the_head_of_the_office_accused_at_its_own_counter_goes_to_the_committee(town):
    head = world.an_officer(town.office, "office_head", "Đỗ Thị Hiền")
    db.session.commit()
    type_in(town, town.lan, unit=town.office.code, accused="officer", accused_officer=str(head.id))
    matter = kept()
    assert matter.owner_id == town.office.manager.id
    assert not knows(db.session.get_one(Officer, head.id), matter)


def test_pressing_save_twice_names_nobody_twice(town):
    page = town.at_desk(town.hang).see("/nhap")
    for _ in range(2):
        page.send("/nhap", **TOLD, accused="staff", accused_name="Cô Bích")
    assert db.session.query(Accused).count() == 1


def test_the_form_says_before_what_becomes_of_it(town):
    said = town.at_desk(town.hang).see("/nhap").said
    assert "phiếu đi thẳng lên cấp quản lý" in said
    assert "sau đó đơn vị không mở lại được phiếu này" in said
