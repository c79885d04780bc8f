"""One move on several cases: looked at first, each parent's words shown, all or none written."""

import pytest

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.replies import ReplyTemplate
from forms.bulk import BULK_FORMS
from tests import world
from tests.web.colleagues import Colleague, again

PAGE = "/hop-viec/cung-luc"
TEXT = "Kính gửi anh/chị, hồ sơ {mã hồ sơ} đã được kiểm tra."


@pytest.fixture
def template(town) -> ReplyTemplate:
    made = ReplyTemplate(unit=town.school, unit_id=town.school.id)
    made.rewrite("Đã kiểm tra", TEXT, shared=False, at=clock.now())
    db.session.add(made)
    db.session.commit()
    return made


def tick(colleague: Colleague, move: str, *references: str):
    return colleague.post(PAGE, [("move", move), *(("pick", one) for one in references)])


def refs(*cases: Case) -> list[str]:
    return [case.reference for case in cases]


def test_the_inbox_offers_every_bulk_move_and_a_box_at_each_row(town, hang):
    matter = town.matter()
    form = hang.see("/hop-viec").form("/cung-luc")
    assert "pick" in form.names
    moves = ["accept", "assign", "answer", "close", "join"]
    assert [button["value"] for button in form.buttons] == moves
    # To join has a page of its own.
    assert set(moves) - {"join"} == BULK_FORMS.keys()
    assert matter.reference in hang.see("/hop-viec").said


def test_hang_answers_two_parents_and_sees_first_what_each_will_read(town, hang, template):
    first, second = town.matter(), town.matter(text="Con tôi ngồi sân nắng không có mái che.")
    said = {"template": str(template.id), "outcome": "planned", "done": "Đã lên lịch sửa"}
    looked = tick(hang, "answer", *refs(first, second)).send("/cung-luc", step="look", **said)
    for matter in (first, second):
        assert f"hồ sơ {matter.reference} đã được kiểm tra." in looked.said
        assert again(matter).status == "new"
    assert "Sẽ ghi cho 2 việc" in looked.said
    done = looked.send("/cung-luc", step="do")
    assert "Đã gửi trả lời cho 2 việc" in done.said
    for matter in (first, second):
        now = again(matter)
        assert now.status == "answered"
        assert now.messages[-1].text == f"Kính gửi anh/chị, hồ sơ {now.reference} đã được kiểm tra."
        by = now.events[-1].officer
        assert by is not None
        assert by.name == "Trần Thị Thu Hằng"


def test_what_cannot_take_the_move_says_why_and_stays_as_it_was(town, hang):
    fresh, answered = town.matter(), world.an_answered_case(town.school, town.hang)
    db.session.commit()
    page = tick(hang, "close", *refs(fresh, answered)).send(
        "/cung-luc", step="look", note="Phụ huynh gọi báo đã ổn"
    )
    assert "Đang ở bước “Mới nhận” nên không thể “Kết thúc”." in page.said
    assert "trang theo dõi ghi “Đã xong”" in page.said
    page.send("/cung-luc", step="do")
    assert again(answered).status == "closed"
    assert again(answered).events[-1].note == "Phụ huynh gọi báo đã ổn"
    assert again(fresh).status == "new"


def test_a_comment_is_required(town, hang):
    matter = town.matter()
    for move in ("accept", "assign"):
        page = tick(hang, move, matter.reference).send("/cung-luc", step="do", note="")
        assert page.status == 422
        assert again(matter).status == "new"


def test_work_is_given_only_to_somebody_of_the_desk_that_answers(town, hang):
    thu = world.an_officer(town.school, name="Lê Thị Thu")
    first, second = town.matter(), town.matter()
    page = tick(hang, "assign", *refs(first, second))
    assert "Ngô Quốc Bảo" not in page.said
    page.send("/cung-luc", step="look", handler=str(thu.id), note="Nhờ chị xem").send(
        "/cung-luc", step="do"
    )
    assert {again(first).handler_id, again(second).handler_id} == {thu.id}
    refused = tick(hang, "assign", first.reference).send(
        "/cung-luc", step="look", handler=str(town.bao.id), note="Nhờ anh xem"
    )
    assert refused.status == 422


def test_nothing_is_written_that_was_not_looked_at(town, hang):
    first = town.matter()
    page = tick(hang, "accept", first.reference).send("/cung-luc", step="look", note="Nhận cả loạt")
    other = page.send("/cung-luc", step="do", note="Lời khác hẳn")
    assert other.status == 409
    assert "Có điều vừa thay đổi" in other.said
    assert again(first).status == "new"


def test_somebody_quicker_with_one_of_them_is_noticed(town, hang):
    hoa, first, second = town.at_desk(town.hoa), town.matter(), town.matter()
    page = tick(hang, "accept", *refs(first, second)).send(
        "/cung-luc", step="look", note="Nhận cả loạt"
    )
    hoa.see(f"/viec/{first.reference}").send("/accept")
    after = page.send("/cung-luc", step="do")
    assert after.status == 409
    assert again(second).status == "new"


@pytest.mark.parametrize(
    ("said", "why"),
    [
        ({"kind_code": "KN"}, "Khiếu nại, tố cáo phải trả lời riêng"),
        ({"danger": True}, "Đang báo khẩn"),
    ],
)
def test_what_is_grave_is_never_answered_in_a_heap(town, hang, template, said, why):
    grave = town.matter(**said)
    page = tick(hang, "answer", grave.reference).send(
        "/cung-luc", step="look", template=str(template.id), outcome="planned", done="Đã xem"
    )
    assert why in page.said
    page.send("/cung-luc", step="do")
    assert again(grave).status == "new"


def test_what_must_be_shown_asks_for_a_reason_when_it_is_not(town, hang, template):
    matter = town.matter()
    page = tick(hang, "answer", matter.reference).send(
        "/cung-luc", step="look", template=str(template.id), outcome="done", done="Đã sửa"
    )
    assert "cần ảnh hoặc giấy tờ" in page.said
    page = page.send("/cung-luc", step="look", unshown="Việc làm trong bếp, không chụp được")
    page.send("/cung-luc", step="do")
    assert again(matter).events[-1].detail["unshown"] == "Việc làm trong bếp, không chụp được"


def test_a_gap_the_case_cannot_fill_keeps_it_back(town, hang, template):
    thanks = town.matter(kind_code="KH")
    assert thanks.promised_on is None
    db.session.get_one(ReplyTemplate, template.id).text = "Kính gửi anh/chị, trả lời trước {hạn}."
    db.session.commit()
    page = tick(hang, "answer", thanks.reference).send(
        "/cung-luc", step="look", template=str(template.id), outcome="planned", done="Đã xem"
    )
    assert "Còn chỗ chưa điền: {hạn}" in page.said


# --- secrecy ----------------------------------------------------------------------------------


def test_hidden_and_foreign_references_are_silently_not_there(town, hang):
    mine, secret = town.matter(), town.secret()
    foreign = world.a_case(town.other)
    db.session.commit()
    page = tick(hang, "accept", *refs(mine, secret, foreign), "LDT-2026-XXXXXX")
    assert "1 việc đã chọn" in page.said
    for other in (secret, foreign):
        assert other.reference not in page.answer.get_data(as_text=True)
    looked = page.send(
        "/cung-luc", step="look", note="Nhận cả loạt", pick=refs(mine, secret, foreign)
    )
    looked.send("/cung-luc", step="do", pick=refs(mine, secret, foreign))
    assert again(mine).status == "reviewing"
    assert again(secret).status == again(foreign).status == "new"


def test_only_hidden_ones_is_the_same_as_none(town, hang):
    said = tick(hang, "accept", town.secret().reference).said
    assert said == tick(hang, "accept").said
    assert "Chưa chọn việc nào" in said


def test_what_one_only_oversees_is_not_moved(town):
    lan, matter = town.at_desk(town.lan), town.matter()
    page = tick(lan, "accept", matter.reference).send("/cung-luc", step="look", note="Nhận thử")
    assert "Đang do Trường Tiểu học Lê Đức Thọ giải quyết." in page.said


def test_a_move_that_is_not_for_heaps_does_not_exist(town, hang):
    data = {"move": "transfer", "pick": town.matter().reference}
    assert hang.client.post(PAGE, data=data).status_code == 404
