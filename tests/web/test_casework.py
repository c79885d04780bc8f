"""The moves of a case, made on its page: what each leaves behind, and what cannot go wrong."""

from io import BytesIO

import pytest
from PIL import Image

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.events import Message
from feedback.rules.lifecycle import MOVES, STAFF
from feedback.shelf import Shelf, ShelfFull
from feedback.web.desk.moves import DONE, VERBS
from feedback.web.desk.offers import BUTTONS
from forms.casework import MOVE_FORMS
from tests import world
from tests.test_house_rules import ABOUT_DATA, ANSWERING, FILES, OPENING
from tests.web.colleagues import again

ANSWERED = {
    "outcome": "explained",
    "done": "Đã giải thích thực đơn",
    "note": "Nhà trường đã họp với bếp và gửi thực đơn mới cho phụ huynh.",
}


def a_photo() -> tuple[bytes, str]:
    data = BytesIO()
    Image.new("RGB", (40, 30), "#c96").save(data, "JPEG")
    return data.getvalue(), "bep-sach.jpg"


def page(matter: Case) -> str:
    return f"/viec/{matter.reference}"


def last_message(matter: Case) -> Message:
    return again(matter).messages[-1]


# --- the catalogue ----------------------------------------------------------------------------


def test_every_move_of_the_staff_has_a_form_a_verb_a_button_and_a_word_when_it_is_done():
    staff = {code for code, move in MOVES.items() if STAFF in move.who and "" not in move.paths}
    own_pages = {"issue", "redact", "split", "join", "gather", "part", "release"}
    staff -= {*own_pages, *ANSWERING, *ABOUT_DATA, *OPENING, *FILES}
    assert staff == MOVE_FORMS.keys() == VERBS.keys() == BUTTONS.keys() == DONE.keys()


def test_every_form_asks_for_what_its_move_needs():
    fields = {"note": "note", "handler": "handler", "unit": "unit", "reason": "reason",
              "outcome": "outcome", "done": "done", "result": "result", "grounds": "grounds",
              "day": "day", "identity": "identity"}  # fmt: skip
    for code, form in MOVE_FORMS.items():
        for need in MOVES[code].needs:
            assert hasattr(form, fields[need]), (code, need)


# --- each move --------------------------------------------------------------------------------


def test_a_clerk_accepts_with_one_button(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/accept")
    assert "Anh/chị đã nhận việc này" in seen.said
    kept = again(matter)
    assert (kept.status, kept.handler_id) == ("reviewing", town.hang.id)


def test_a_case_is_given_to_a_colleague(town, hang):
    matter = town.matter()
    hang.see(page(matter)).send("/assign", handler=str(town.hoa.id), note="Nhờ thầy.")
    assert again(matter).handler_id == town.hoa.id


def test_a_stranger_cannot_be_given_a_case(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/assign", handler=str(town.bao.id))
    assert seen.status == 422
    assert again(matter).handler_id is None


def test_the_parent_is_asked_and_the_case_waits(town, hang):
    matter = town.matter()
    hang.see(page(matter)).send("/ask", note="Con học lớp nào ạ?")
    assert again(matter).status == "waiting"
    assert not last_message(matter).internal


def test_a_note_is_internal(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/note", note="Đã gọi bếp trưởng.")
    assert last_message(matter).internal
    assert "Đã gọi bếp trưởng." in seen.said


def test_an_answer_says_what_came_of_it_what_was_done_and_the_words(town, hang):
    matter = town.matter()
    hang.see(page(matter)).send("/answer", **ANSWERED)
    kept = again(matter)
    assert (kept.status, kept.outcome_code) == ("answered", "explained")
    assert kept.events[-1].detail["done"] == "Đã giải thích thực đơn"
    assert last_message(matter).text == ANSWERED["note"]


def test_what_was_done_is_shown_by_a_photo(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/answer", **{**ANSWERED, "outcome": "done"})
    assert seen.status == 422
    assert "Mời kèm ảnh hoặc giấy tờ" in seen.said
    assert seen.form("/answer").values["note"] == ANSWERED["note"]
    done = seen.send("/answer", outcome="done", files=a_photo())
    assert "Đã gửi trả lời" in done.said
    assert [file.media_type for file in last_message(matter).attachments] == ["image/jpeg"]
    pictures = [a["src"] for tag, a in done.page.elements if tag == "img"]
    assert hang.client.get(pictures[0]).status_code == 200


def test_or_it_is_said_why_there_can_be_none(town, hang):
    matter = town.matter()
    why = "Ảnh có mặt học sinh nên không gửi"
    seen = hang.see(page(matter)).send("/answer", **{**ANSWERED, "outcome": "done"}, unshown=why)
    assert again(matter).status == "answered"
    assert f"Không kèm ảnh, giấy tờ vì: {why}" in seen.said


def test_a_kind_that_needs_no_evidence_is_answered_without(town, hang):
    matter = town.matter(kind_code="GY")
    hang.see(page(matter)).send("/answer", **{**ANSWERED, "outcome": "done"})
    assert again(matter).status == "answered"


def test_a_case_is_passed_on_to_the_unit_above_or_beside(town, hang):
    for code in ("PGD", "NT"):
        matter = town.matter()
        seen = hang.see(page(matter)).send("/transfer", unit=code, note="Thuộc thẩm quyền bên đó.")
        assert "Đã chuyển vụ việc" in seen.said
        assert again(matter).owner.code == code
        assert "Vụ việc này đang do" not in seen.said
        assert not [f for f in seen.page.forms if f.action.startswith("/viec/")]


def test_what_a_school_may_not_see_is_never_passed_to_a_school(town):
    secret = town.secret()
    lan = town.at_desk(town.lan)
    seen = lan.see(page(secret))
    offered = {a["value"] for tag, a in seen.page.elements if tag == "option"}
    assert {"LDT", "NT"}.isdisjoint(offered)
    assert "UBGV" in offered
    assert seen.send("/transfer", unit="LDT", note="Trường tự xử lý.").status == 422
    assert again(secret).owner_id == town.office.id


def test_an_office_passes_an_ordinary_case_down_to_its_school(town):
    matter = town.matter()
    matter.transfer(world.an_act(town.hang, "Việc của Phòng."), town.office)
    db.session.commit()
    lan = town.at_desk(town.lan)
    lan.see(page(matter)).send("/transfer", unit="LDT", note="Việc này trường trả lời được.")
    assert again(matter).owner_id == town.school.id


def test_a_case_that_leaves_for_good_leads_back_to_the_list(town):
    secret = town.secret()
    lan = town.at_desk(town.lan)
    seen = lan.see(page(secret)).send("/transfer", unit="UBGV", note="Vượt thẩm quyền của Phòng.")
    assert "không còn trong hộp việc" in seen.said
    assert seen.answer.request.path == "/hop-viec"


def test_a_refusal_has_a_coded_reason_that_fits_the_kind(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter))
    reasons = {a["value"] for _tag, a in seen.page.elements if a.get("name") == "reason"}
    assert "ALREADY_ANSWERED" in reasons
    assert "TC_FORM" not in reasons
    seen.send("/refuse", reason="ALREADY_ANSWERED", note="Việc này đã trả lời hôm thứ Hai.")
    kept = again(matter)
    assert (kept.status, kept.refusal_code) == ("refused", "ALREADY_ANSWERED")


def test_an_answered_case_is_closed_and_opened_again(town, hang):
    matter = world.an_answered_case(town.school, town.hang)
    db.session.commit()
    hang.see(page(matter)).send("/close", note="Phụ huynh gọi điện báo đã ổn.")
    assert again(matter).status == "closed"
    hang.see(page(matter)).send("/reopen", note="Việc lặp lại hôm nay.")
    assert again(matter).status == "working"


def test_a_second_look_goes_to_the_unit_above_and_the_school_still_reads(town, hang):
    matter = world.an_answered_case(town.school, town.hang)
    db.session.commit()
    seen = hang.see(page(matter)).send("/escalate", note="Phụ huynh không đồng ý hai lần.")
    assert again(matter).owner_id == town.office.id
    assert "Đã chuyển cấp trên xem lại" in seen.said


def test_an_overseer_may_note_and_take_up_but_not_answer(town):
    matter = world.an_answered_case(town.school, town.hang)
    db.session.commit()
    seen = town.at_desk(town.lan).see(page(matter))
    moves = {form.action.rpartition("/")[2] for form in seen.page.forms if "/viec/" in form.action}
    assert moves == {"note", "escalate"}


# --- a child in danger ------------------------------------------------------------------------


def test_an_alarm_stands_first_and_is_attended_with_a_report(town, hang):
    matter = town.matter(danger=True)
    seen = hang.see(page(matter))
    assert "Trẻ có thể đang gặp nguy hiểm" in seen.said
    hang.see(page(matter)).send("/attend", note="Cô Hằng đã gặp bé lúc 9 giờ, đã gọi 111.")
    assert not again(matter).alarmed


def test_an_overseer_may_attend_too(town):
    matter = town.matter(danger=True)
    lan = town.at_desk(town.lan)
    assert matter.reference in lan.see("/hom-nay").said
    lan.see(page(matter)).send("/attend", note="Phòng đã cử người đến trường.")
    assert not again(matter).alarmed


def test_a_clerk_raises_the_alarm_a_machine_did_not(town, hang):
    matter = town.matter()
    hang.see(page(matter)).send("/alert", note="Bé kể bị nhốt trong kho.")
    kept = again(matter)
    assert kept.alarmed
    assert kept.priority == "P0"


# --- giving it its right name -----------------------------------------------------------------


def test_a_case_is_given_another_kind_with_a_reason(town, hang):
    matter = town.matter()
    hang.see(page(matter)).send("/reclassify", kind="GY", note="Phụ huynh chỉ góp ý.")
    kept = again(matter)
    assert kept.kind_code == "GY"
    assert kept.events[-1].detail == {"kind": ["PA", "GY"]}


def test_a_form_that_changes_nothing_is_not_sent(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/reclassify", note="Vẫn vậy.")
    assert seen.status == 422
    assert "Mời đổi ít nhất một" in seen.said


def test_what_turns_out_to_be_about_the_head_leaves_the_school_at_once(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/reclassify", about="leaders", note="Việc của hiệu trưởng.")
    assert seen.answer.request.path == "/hop-viec"
    assert "không còn trong hộp việc" in seen.said
    assert matter.reference not in seen.said
    assert again(matter).hidden_from_school
    assert hang.client.get(page(matter)).status_code == 404
    assert matter.reference in town.at_desk(town.lan).see("/hop-viec").said


# --- what goes wrong --------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("move", "sentence"),
    [
        ("note", "Mời viết ghi chú trước khi lưu"),
        ("ask", "Mời viết câu hỏi"),
        ("answer", "Mời viết lời trả lời cho phụ huynh"),
        ("transfer", "Mời ghi vì sao việc này thuộc đơn vị kia"),
        ("refuse", "Mời chọn căn cứ không xử lý"),
        ("alert", "Mời ghi dấu hiệu"),
    ],
)
def test_an_empty_form_comes_back_with_a_sentence(town, hang, move, sentence):
    matter = town.matter()
    seen = hang.see(page(matter)).send(f"/{move}", note=" ")
    assert seen.status == 422
    assert sentence in seen.said
    assert len(again(matter).events) == 1


def test_fifty_thousand_letters_are_too_many_and_stay(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/answer", **{**ANSWERED, "note": "ă" * 50_000})
    assert seen.status == 422
    assert "nhiều nhất là 10.000" in seen.said
    assert len(seen.form("/answer").values["note"]) == 50_000


@pytest.mark.parametrize(
    ("file", "sentence"),
    [
        ((b"MZ\x90\x00 this is a program", "anh-lop.jpg"), "bên trong là thứ khác"),
        ((b"", "trong.pdf"), "trống, không có nội dung"),
        ((b"\xff\xd8\xff\xe0 broken", "hong.jpg"), "bị hỏng hoặc thiếu một phần"),
    ],
    ids=["renamed", "empty", "broken"],
)
def test_a_bad_file_is_named_with_what_to_do_and_the_words_stay(town, hang, file, sentence):
    matter = town.matter()
    told = {**ANSWERED, "outcome": "done", "files": [file, a_photo()]}
    seen = hang.see(page(matter)).send("/answer", **told)
    assert seen.status == 422
    assert sentence in seen.said
    assert f"Mời chọn lại tệp: {file[1]}, bep-sach.jpg" in seen.said
    assert seen.form("/answer").values["note"] == ANSWERED["note"]
    assert again(matter).status == "new"


def test_a_full_disk_costs_no_word(town, hang, monkeypatch):
    def full(*_: object) -> None:
        raise ShelfFull

    monkeypatch.setattr(Shelf, "keep", full)
    matter = town.matter()
    told = {**ANSWERED, "outcome": "done", "files": a_photo()}
    seen = hang.see(page(matter)).send("/answer", **told)
    assert seen.status == 422
    assert "Máy chủ sắp đầy" in seen.said
    assert seen.form("/answer").values["note"] == ANSWERED["note"]


def test_a_stale_tab_is_told_and_keeps_its_words(town, hang):
    matter = town.matter()
    stale = hang.see(page(matter))
    town.at_desk(town.hoa).see(page(matter)).send("/note", note="Tôi đang xem việc này.")
    seen = stale.send("/answer", **ANSWERED)
    assert seen.status == 422
    assert "Có người vừa thay đổi vụ việc này" in seen.said
    assert "Tôi đang xem việc này." in seen.said
    assert again(matter).status == "new"
    assert "Đã gửi trả lời" in seen.send("/answer").said


def test_pressing_twice_makes_one_note(town, hang):
    matter = town.matter()
    form = hang.see(page(matter))
    form.send("/note", note="Đã gọi bếp trưởng.")
    form.send("/note", note="Đã gọi bếp trưởng.")
    assert len(again(matter).messages) == 1


def test_a_move_that_is_over_says_so_and_gives_the_words_back(town, hang):
    matter = town.matter()
    form = hang.see(page(matter))
    form.send("/answer", **ANSWERED)
    values = {**form.form("/ask").values, "note": "Con học lớp nào ạ?"}
    seen = hang.post(form.form("/ask").action, values)
    assert seen.status == 409
    assert "bảng các bước không cho" in seen.said
    assert "Con học lớp nào ạ?" in seen.said


def test_a_move_of_another_desk_is_refused_with_its_name(town, hang):
    matter = town.matter()
    form = hang.see(page(matter))
    town.at_desk(town.hoa).see(page(matter)).send("/transfer", unit="PGD", note="Việc của Phòng.")
    values = {**form.form("/answer").values, **ANSWERED}
    seen = hang.post(form.form("/answer").action, values)
    assert seen.status == 409
    assert "đang do Phòng Giáo dục và Đào tạo quận Gò Vấp giải quyết" in seen.said


def test_an_old_token_costs_nothing_but_one_more_press(town, hang):
    matter = town.matter()
    seen = hang.see(page(matter)).send("/answer", **ANSWERED, csrf_token="old")
    assert seen.status == 422
    assert "Trang đã mở quá lâu" in seen.said
    assert seen.form("/answer").values["note"] == ANSWERED["note"]
    assert "Đã gửi trả lời" in seen.send("/answer").said


@pytest.mark.parametrize("move", ["receive", "confirm", "dispute", "withdraw", "steal"])
def test_a_move_that_is_not_for_the_staff_does_not_exist(town, hang, move):
    matter = town.matter()
    token = hang.see(page(matter)).form("/accept").values["csrf_token"]
    sent = hang.client.post(f"{page(matter)}/{move}", data={"csrf_token": token})
    assert sent.status_code == 404


def test_a_move_keeps_the_list_it_was_made_from(town, hang):
    matter = town.matter()
    seen = hang.see(f"{page(matter)}?folder=new&kind=PA").send("/accept")
    assert seen.answer.request.query_string == b"folder=new&kind=PA"


def test_scripts_in_words_stay_words(town, hang):
    matter = town.matter(text="<script>alert(1)</script> Nhà vệ sinh bẩn quá.")
    seen = hang.see(page(matter)).send("/note", note="<img src=x onerror=alert(1)>")
    assert "<script>alert(1)</script> Nhà vệ sinh" in seen.said
    assert b"<img src=x" not in seen.answer.data


def test_due_days_are_said_with_how_far_and_why(town, hang):
    matter = town.matter()
    said = hang.see(page(matter)).said
    assert "còn 15 ngày làm việc" in said
    assert "Thời hạn do đơn vị đặt" in said
    assert clock.today() == matter.received_on
