"""What Mai may ask about her data, who answers it, and what is left when it is erased."""

import io
import json
import re
import zipfile
from datetime import timedelta

import pytest
import time_machine

from feedback import clock, db, identities, intake, notices, traces
from feedback.models.consents import Consent
from feedback.models.data_requests import DataRequest
from feedback.models.notices import Notice
from feedback.models.officers import Officer
from feedback.models.submissions import Sender, Submission
from feedback.passwords import hash_password
from forms.petition import CONSENT
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Colleague, Town, again
from tests.world import PASSWORD

PHONE = "0901234567"


@pytest.fixture
def mai(parent) -> Visitor:
    return Visitor(parent)


@pytest.fixture
def sent(town) -> intake.Receipt:
    contact = world.a_contact(phone=PHONE, consent=CONSENT)
    receipt = world.a_receipt(town.school, contact=contact)
    db.session.commit()
    return receipt


def look(mai: Visitor, receipt: intake.Receipt) -> Seen:
    return mai.see("/tra-cuu").send(code=receipt.code)


def ask(mai: Visitor, receipt: intake.Receipt, kind: str, text: str = "") -> Seen:
    return look(mai, receipt).send("/du-lieu", request=kind, text=text)


def the_request() -> DataRequest:
    db.session.expire_all()
    return db.session.query(DataRequest).one()


def settle(desk: Colleague, outcome: str = "done", **said: object) -> Seen:
    number = the_request().id
    filled = {f"settle-{name}": value for name, value in said.items()}
    note = {"settle-note": "Đã làm theo yêu cầu của chị."}
    page = desk.see(f"/du-lieu/{number}")
    return page.send(f"/du-lieu/{number}", **{"settle-outcome": outcome, **note, **filled})


# --- asking ---------------------------------------------------------------------------------------


def test_she_asks_on_the_page_of_her_matter_and_reads_by_when(town, mai, sent):
    page = ask(mai, sent, "erase")
    assert page.status == 200
    assert "Đã nhận yêu cầu" in page.said
    assert "đang được xử lý" in page.said
    request = the_request()
    assert (request.due_on - clock.today()).days in {20, 21, 22}
    assert request.replied_on == clock.today()


def test_the_same_request_twice_is_refused_and_nothing_is_doubled(town, mai, sent):
    ask(mai, sent, "erase")
    page = ask(mai, sent, "erase")
    assert page.status == 409
    assert "đang được xử lý rồi" in page.said
    assert the_request()


def test_a_form_sent_twice_is_one_request(town, mai, sent):
    form = look(mai, sent)
    for _ in range(2):
        assert form.send("/du-lieu", request="restrict", text="").status == 200
    assert the_request()


def test_a_correction_says_what_is_wrong_and_keeps_what_was_typed(town, mai, sent):
    page = ask(mai, sent, "correct", "Sai")
    assert page.status == 422
    assert "điều gì sai" in page.said
    assert "Sai" in page.answer.get_data(as_text=True)
    assert db.session.query(DataRequest).count() == 0


def test_nothing_chosen_is_told_beside_the_field(town, mai, sent):
    page = look(mai, sent).send("/du-lieu", text="")
    assert page.status == 422
    assert "Mời chọn một yêu cầu." in page.said


# --- at once --------------------------------------------------------------------------------------


def test_the_desk_reads_by_its_name_which_wording_she_agreed_to(hang, sent):
    page = hang.see(f"/viec/{sent.case.reference}/du-lieu")
    assert "Lời đồng ý để được trả lời, bản thứ nhất" in page.said
    assert CONSENT not in page.said


def test_her_consent_taken_back_erases_the_contact_and_the_matter_goes_on(town, mai, sent):
    page = look(mai, sent).send("/rut-dong-y")
    assert "Đã xóa tên và cách liên lạc" in page.said
    assert db.session.query(Sender).count() == 0
    assert db.session.query(Consent).one().withdrawn_at is not None
    assert again(sent.case).is_open
    assert the_request().outcome_code == "done"


def test_in_a_signed_petition_somebody_has_to_look_at_it_first(town, mai):
    receipt = world.a_receipt(
        town.school, kind_code="KN", signed=True, contact=world.a_contact(consent=CONSENT)
    )
    db.session.commit()
    page = look(mai, receipt).send("/rut-dong-y")
    assert "phải có người xem xét" in page.said
    assert db.session.query(Sender).count() == 1


def test_she_takes_a_copy_of_everything_with_her_number_half_hidden(town, mai, sent):
    sent.case.accept(world.an_act(town.hang))
    sent.case.add_note(world.an_act(town.hang, "Ghi chú chỉ cho nội bộ."))
    db.session.commit()
    assert "Tải bản sao dữ liệu" in look(mai, sent).answer.get_data(as_text=True)
    answer = mai.client.post("/tra-cuu/ban-sao", data={"code": sent.code})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    with zipfile.ZipFile(io.BytesIO(answer.data)) as packet:
        told = json.loads(packet.read("du-lieu.json"))
        assert packet.read("du-lieu.pdf").startswith(b"%PDF")
    assert "ít thịt" in told["Lời đã gửi"]
    assert told["Liên hệ"]["Điện thoại"] == "09••••••67"
    assert told["Đồng ý"][0]["Nội dung"].startswith("Tôi đồng ý")
    assert "nội bộ" not in json.dumps(told, ensure_ascii=False)


def test_of_a_denunciation_no_copy_goes_to_a_code_alone(town, mai):
    receipt = world.a_receipt(
        town.school, kind_code="TC", about_code="leaders", text="Hiệu trưởng nhận phong bì."
    )
    db.session.commit()
    page = look(mai, receipt)
    assert "chỉ được giao tại" in page.said
    answer = mai.client.post("/tra-cuu/ban-sao", data={"code": receipt.code})
    assert answer.mimetype == "text/html"
    assert "phong bì" not in answer.get_data(as_text=True)


def test_a_wrong_code_gets_no_copy(town, mai):
    answer = mai.client.post("/tra-cuu/ban-sao", data={"code": "0" * 16})
    assert answer.status_code == 422


# --- erasing --------------------------------------------------------------------------------------


def test_the_office_erases_and_mai_sees_the_stub(town, mai, lan, sent):
    ask(mai, sent, "erase")
    assert "Xóa dữ liệu" in lan.see("/du-lieu").said
    done = settle(lan)
    assert "Đã trả lời" in done.said
    page = look(mai, sent)
    assert traces.STUB in page.said
    assert "ít thịt" not in page.said
    assert "Đã làm theo yêu cầu của chị." in page.said
    assert again(sent.case).status == "withdrawn"
    assert db.session.query(Sender).count() == 0
    assert [e.move_code for e in again(sent.case).events][-3:] == [
        "reply_data", "withdraw", "erase_data",
    ]  # fmt: skip


def test_who_proved_too_long_ago_proves_again_before_anything_is_erased(town, mai, lan, sent):
    officer = db.session.get_one(Officer, town.lan.id)
    officer.password_hash = hash_password(PASSWORD)
    db.session.commit()
    ask(mai, sent, "erase")
    lan.see("/du-lieu")
    with time_machine.travel(clock.now() + timedelta(minutes=11), tick=False):
        asked = settle(lan)
        assert asked.status == 401
        assert again(sent.case).submission.text != traces.STUB
        assert "Đã trả lời" in asked.send(f"/du-lieu/{the_request().id}", proof=PASSWORD).said
    assert again(sent.case).submission.text == traces.STUB


def test_a_school_erases_nothing_that_was_said_about_it(town, mai, hang, sent):
    ask(mai, sent, "erase")
    number = the_request().id
    page = hang.see(f"/du-lieu/{number}")
    assert "nhà trường không tự xóa" in page.said
    assert hang.client.post(f"/du-lieu/{number}").status_code == 404
    assert the_request().is_open


def test_a_signed_petition_is_archived_not_erased(town, mai, lan):
    receipt = world.a_receipt(town.school, kind_code="KN", signed=True)
    db.session.commit()
    ask(mai, receipt, "erase")
    assert "phải lưu trữ" in settle(lan).said
    assert the_request().is_open
    assert "ít thịt" in db.session.query(Submission).one().text
    assert "Đã trả lời" in settle(lan, "refused", reason="ARCHIVE").said
    assert "lưu trữ theo pháp luật" in look(mai, receipt).said


def test_what_is_held_is_not_erased(town, mai, lan, hang, sent):
    page = hang.see(f"/viec/{sent.case.reference}/du-lieu")
    assert "Đã giữ lại hồ sơ" in page.send("/giu-lai", **{"hold-note": "Thanh tra yêu cầu"}).said
    ask(mai, sent, "erase")
    assert "đang bị giữ lại" in settle(lan).said
    assert again(sent.case).is_open
    hang.see(f"/viec/{sent.case.reference}/du-lieu").send("/thoi")
    assert "Đã trả lời" in settle(lan).said
    assert traces.STUB in look(mai, sent).said


# --- the other rights -----------------------------------------------------------------------------


def test_a_corrected_phone_is_sealed_anew(town, mai, hang, sent):
    ask(mai, sent, "correct", "Số điện thoại đúng là 0909 000 111")
    settle(hang, phone="0909 000 111")
    kept = identities.contact_of(db.session.query(Submission).one(), world.KEYS)
    assert (kept.phone, kept.name) == ("0909000111", "Nguyễn Thị Mai")


def test_after_restricting_the_desk_sees_no_contact_and_no_letter_goes_out(town, mai, hang, sent):
    assert PHONE in hang.see(f"/viec/{sent.case.reference}").said
    ask(mai, sent, "restrict")
    settle(hang)
    page = hang.see(f"/viec/{sent.case.reference}")
    assert PHONE not in page.said
    assert "không được dùng nữa" in page.said
    assert not db.session.query(Sender).one().has_email


def test_it_is_extended_once_with_a_reason_that_she_reads(town, mai, hang, sent):
    ask(mai, sent, "restrict")
    before, number = the_request().due_on, the_request().id
    page = hang.see(f"/du-lieu/{number}")
    assert page.send("/gia-han", **{"extend-note": ""}).status == 422
    page.send("/gia-han", **{"extend-note": "Chờ nhà cung cấp"})
    assert the_request().due_on >= before + timedelta(days=15)
    assert "Chờ nhà cung cấp" in look(mai, sent).said
    second = hang.client.post(f"/du-lieu/{number}/gia-han", data={"extend-note": "Nữa"})
    assert second.status_code in {302, 422}
    assert the_request().extension_reason == "Chờ nhà cung cấp"


def test_a_refusal_needs_its_reason(town, mai, hang, sent):
    ask(mai, sent, "restrict")
    page = settle(hang, "refused")
    assert page.status == 422
    assert "Mời chọn lý do." in page.said
    assert "Đã làm theo yêu cầu của chị." in page.answer.get_data(as_text=True)


def test_a_late_request_is_marked(town, mai, hang, sent):
    ask(mai, sent, "restrict")
    with time_machine.travel(clock.now() + timedelta(days=30), tick=False):
        assert "Quá hạn" in town.at_desk(town.hang).see("/du-lieu").said


def test_hang_types_in_what_somebody_asked_at_the_counter(town, hang, sent):
    page = hang.see("/du-lieu").send(
        "/du-lieu",
        **{
            "typed-reference": sent.case.reference.lower(),
            "typed-channel": "paper",
            "typed-request": "access",
            "typed-text": "Xin bản sao",
        },
    )
    assert "Hạn thực hiện đang chạy" in page.said
    assert the_request().channel_code == "paper"
    settle(hang)
    letter = hang.see(f"/du-lieu/{the_request().id}/thu")
    assert "THƯ TRẢ LỜI" in letter.said


# --- who may --------------------------------------------------------------------------------------


def test_nobody_else_knows_of_a_request(town, mai, sent):
    ask(mai, sent, "restrict")
    bao, number = town.at_desk(town.bao), the_request().id
    assert sent.case.reference not in bao.see("/du-lieu").said
    for path in (f"/du-lieu/{number}", f"/du-lieu/{number}/thu"):
        assert bao.client.get(path).status_code == 404
    for path in (f"/du-lieu/{number}", f"/du-lieu/{number}/gia-han"):
        assert bao.client.post(path).status_code == 404
    assert bao.client.get(f"/viec/{sent.case.reference}/du-lieu").status_code == 404
    assert bao.client.post(f"/viec/{sent.case.reference}/giu-lai").status_code == 404


def test_a_request_in_a_denunciation_of_the_principal_is_nowhere_at_the_school(town, mai, hang):
    receipt = world.a_receipt(
        town.school, kind_code="TC", about_code="leaders", text="Hiệu trưởng nhận phong bì."
    )
    db.session.commit()
    ask(mai, receipt, "restrict")
    for desk in (hang, town.at_desk(town.hoa)):
        page = desk.see("/du-lieu")
        assert receipt.case.reference not in page.said
        assert not re.search(r"Dữ liệu cá nhân \d", page.said)
        assert desk.client.get(f"/du-lieu/{the_request().id}").status_code == 404
        typed = {"typed-reference": receipt.case.reference, "typed-channel": "phone"}
        answer = page.send("/du-lieu", **typed, **{"typed-request": "erase", "typed-text": "x"})
        assert "không có hồ sơ nào với mã này" in answer.said
    assert receipt.case.reference in town.at_desk(town.lan).see("/du-lieu").said


# --- the notice -----------------------------------------------------------------------------------


def test_the_privacy_page_of_a_unit_says_who_is_responsible_and_for_how_long(town, mai):
    point = world.a_point(town.school)
    town.school.phone = "028 3894 0000"
    db.session.commit()
    page = mai.see(f"/q/{point.code}/quyen-rieng-tu")
    for words in ("Trường Tiểu học Lê Đức Thọ", "028 3894 0000", "3 năm", "15 năm", "20 ngày"):
        assert words in page.said
    links = [found.get("href") for _tag, found in mai.see(f"/q/{point.code}").page.elements]
    assert f"/q/{point.code}/quyen-rieng-tu" in links


def test_the_general_page_needs_no_point_and_a_wrong_code_is_told(town, mai):
    assert "20 ngày" in mai.see("/quyen-rieng-tu").said
    assert mai.see("/q/XXXXXXXX/quyen-rieng-tu").status in {404, 410}


# --- letters --------------------------------------------------------------------------------------


def told_of(town: Town) -> set[str]:
    notices.announce(db.session(), clock.now())
    db.session.flush()
    found = db.session.query(Notice).filter(Notice.template == "data_request")
    return {notice.officer.name for notice in found if notice.officer}


def test_the_desk_hears_of_a_request_and_of_an_erasure_the_office_too(town, mai, sent):
    ask(mai, sent, "restrict")
    assert told_of(town) == {"Trần Thị Thu Hằng"}
    ask(mai, sent, "erase")
    assert told_of(town) == {"Trần Thị Thu Hằng", "Phạm Ngọc Lan"}


def test_nobody_is_bothered_by_a_consent_taken_back(town, mai, sent):
    look(mai, sent).send("/rut-dong-y")
    assert told_of(town) == set()
