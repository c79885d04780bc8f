"""The way back: what a sender sees and does with the code of the receipt."""

import re
from collections.abc import Callable
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import select
from sqlalchemy.exc import OperationalError

from feedback import clock, codes, db, intake, limits
from feedback.models.cases import Case
from feedback.models.events import Message
from feedback.models.officers import Officer
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.web.public import attempts
from tests.eyes import Seen, Visitor
from tests.world import KEYS, a_receipt, a_school, an_act, an_officer, the_holidays

ANSWER = "Bếp đã tăng định lượng từ thứ Hai."


@pytest.fixture
def mai(parent: FlaskClient) -> Visitor:
    return Visitor(parent)


@pytest.fixture
def school(parent: FlaskClient) -> Unit:
    the_holidays()
    return a_school()


@pytest.fixture
def clerk(school: Unit) -> Officer:
    return an_officer(school, name="Trần Thị Lan")


@pytest.fixture
def sent(school: Unit) -> intake.Receipt:
    """What Mai sent the day before yesterday."""
    receipt = a_receipt(school, clock.now() - timedelta(days=2))
    db.session.commit()
    return receipt


@pytest.fixture
def answered(sent: intake.Receipt, clerk: Officer) -> intake.Receipt:
    """The same, answered yesterday."""
    began = clock.now() - timedelta(days=2)
    sent.case.accept(an_act(clerk, at=began + timedelta(hours=2)))
    _answer(sent.case, clerk, began + timedelta(days=1))
    db.session.commit()
    return sent


def _answer(case: Case, clerk: Officer, at: Any = None, text: str = ANSWER) -> None:
    case.answer(an_act(clerk, text, at), "done", "Tăng định lượng suất ăn")


def _look(mai: Visitor, receipt: intake.Receipt) -> Seen:
    return mai.see("/tra-cuu").send(code=receipt.code)


def _case(receipt: intake.Receipt) -> Case:
    return db.session.get_one(Case, receipt.case.id)


def _photo() -> bytes:
    picture = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(picture, "JPEG")
    return picture.getvalue()


# --- opening --------------------------------------------------------------------------------------


@pytest.mark.parametrize("typed", [str, codes.show_code, str.lower, " ".join])
def test_the_code_opens_the_matter_however_it_is_typed(
    mai: Visitor, sent: intake.Receipt, typed: Callable[[str], str]
):
    page = mai.see("/tra-cuu").send(code=typed(sent.code))
    assert page.status == 200
    assert sent.case.reference in page.said
    assert "bữa trưa của bé ít thịt" in page.said
    assert "Trả lời chậm nhất" in page.said
    assert page.answer.headers["Cache-Control"] == "no-store"


def test_the_code_stands_in_no_address_of_the_page(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent)
    addresses = [
        found[n] for _, found in page.page.elements for n in ("href", "src", "action") if n in found
    ]
    assert not [a for a in addresses if sent.code in a or codes.show_code(sent.code) in a]


def test_the_code_still_opens_it_once_its_hash_is_hardened(mai: Visitor, sent: intake.Receipt):
    submission = db.session.get_one(Submission, sent.submission.id)
    quick = codes.quick_track(KEYS.track, sent.code)
    submission.track_quick, submission.track_hash = None, codes.slow_track(KEYS.track, quick)
    db.session.commit()
    assert sent.case.reference in _look(mai, sent).said


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "Mời gõ mã tra cứu"),
        ("LDT-2026-4F7K2", "Đây là mã hồ sơ"),
        ("7K3M-Q2XD-9RTB", "có thể thiếu hoặc nhầm một ký tự"),
        ("0" * 15 + "1", "có thể thiếu hoặc nhầm một ký tự"),
        ("0" * 16, "Không tìm thấy phiếu nào"),
        ("'; DROP TABLE submission; --", "có thể thiếu hoặc nhầm một ký tự"),
        ("x" * 10_000, "có thể thiếu hoặc nhầm một ký tự"),
    ],
)
def test_a_wrong_code_is_told_why(mai: Visitor, typed: str, sentence: str):
    page = mai.see("/tra-cuu").send(code=typed)
    assert page.status == 422
    assert sentence in page.said


def test_who_tries_many_codes_is_slowed_and_the_owner_is_not(mai: Visitor, sent: intake.Receipt):
    with time_machine.travel(clock.now(), tick=False):
        for _ in range(limits.LOOK_UP_MISS.burst):
            assert mai.post("/tra-cuu", {"code": "0" * 16}).status == 422
        hurried = mai.post("/tra-cuu", {"code": "0" * 16})
        assert hurried.status == 429
        assert "Đã thử quá nhiều mã" in hurried.said
        assert _look(mai, sent).status == 200


def test_typing_errors_cost_nothing(mai: Visitor, sent: intake.Receipt):
    for _ in range(limits.LOOK_UP_MISS.burst + 2):
        assert mai.post("/tra-cuu", {"code": "7K3M"}).status == 422


# --- what is shown --------------------------------------------------------------------------------


def test_a_note_of_the_office_never_shows(mai: Visitor, sent: intake.Receipt, clerk: Officer):
    sent.case.add_note(an_act(clerk, "Phụ huynh này hay gọi."))
    db.session.commit()
    assert "hay gọi" not in _look(mai, sent).said


def test_an_answer_says_what_came_of_it(mai: Visitor, answered: intake.Receipt):
    page = _look(mai, answered)
    assert "Kết quả: Đã giải quyết xong" in page.said
    assert "Đã làm: Tăng định lượng suất ăn" in page.said
    assert ANSWER in page.said
    assert "Trần Thị Lan" not in page.said


def test_the_words_of_a_denunciation_are_not_shown(mai: Visitor, school: Unit):
    text = "Hiệu trưởng thu tiền vận động mà không có biên nhận."
    receipt = a_receipt(school, kind_code="TC", about_code="leaders", text=text)
    db.session.commit()
    page = _look(mai, receipt)
    page = page.send("viet-them", text="Tôi có thêm một tờ giấy ghi nợ.")
    assert "Đã gửi thêm" in page.said
    assert text not in page.said
    assert "giấy ghi nợ" not in page.said
    assert "không hiện ở đây" in page.said
    assert "Nhà trường không nhìn thấy phiếu này" in page.said


def test_a_question_of_the_office_asks_for_a_reply(
    mai: Visitor, sent: intake.Receipt, clerk: Officer
):
    sent.case.ask(an_act(clerk, "Cháu học lớp nào?"))
    db.session.commit()
    page = _look(mai, sent)
    assert "đang chờ anh/chị trả lời câu hỏi" in page.said
    page.send("viet-them", text="Cháu học lớp 2/3.")
    assert _case(sent).status == "working"


def test_a_refusal_says_why_and_what_else_can_be_done(
    mai: Visitor, sent: intake.Receipt, clerk: Officer
):
    sent.case.refuse(an_act(clerk, "Việc này đã trả lời tháng trước."), "ALREADY_ANSWERED")
    db.session.commit()
    page = _look(mai, sent)
    assert "đã được trả lời đầy đủ" in page.said
    page = page.send("cap-tren", text="Tôi chưa từng nhận được trả lời nào.")
    assert "Đã chuyển đề nghị xem lại đến Phòng Giáo dục" in page.said
    assert _case(sent).owner.kind == "office"


def test_a_transfer_names_where_it_went(mai: Visitor, sent: intake.Receipt, clerk: Officer):
    office = sent.case.unit.manager or pytest.fail("no office")
    sent.case.transfer(an_act(clerk, "Việc này do Phòng quyết định."), office)
    db.session.commit()
    assert "Chuyển đến Phòng Giáo dục và Đào tạo quận Gò Vấp" in _look(mai, sent).said


def test_a_photo_is_shown_by_a_ticket_that_runs_out(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent).send(
        "viet-them", text="Ảnh suất ăn hôm nay.", photos=[(_photo(), "a.jpg")]
    )
    found = next(found["src"] for tag, found in page.page.elements if tag == "img")
    answer = mai.client.get(found)
    assert (answer.status_code, answer.mimetype) == (200, "image/jpeg")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert answer.headers["Cache-Control"] == "no-store"
    answer.close()
    with time_machine.travel(clock.now() + timedelta(minutes=31)):
        assert mai.see(found).status == 404


@pytest.mark.parametrize("ticket", ["1.9999999999.x", "x", "1", "..", "1.1."])
def test_a_ticket_that_is_not_ours_opens_nothing(mai: Visitor, ticket: str):
    assert mai.see(f"/tra-cuu/tep/{ticket}").status == 404


# --- writing more ---------------------------------------------------------------------------------


def test_a_reply_sent_twice_is_written_once(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent)
    for _ in range(2):
        assert (
            "Con tôi nói hôm nay vẫn vậy."
            in page.send("viet-them", text="Con tôi nói hôm nay vẫn vậy.").said
        )
    assert len(db.session.scalars(select(Message)).all()) == 1


def test_the_same_words_from_another_page_are_another_message(mai: Visitor, sent: intake.Receipt):
    for _ in range(2):
        _look(mai, sent).send("viet-them", text="Xin cho biết tình hình.")
    assert len(db.session.scalars(select(Message)).all()) == 2


def test_a_reply_without_words_is_asked_for(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent).send("viet-them", text="")
    assert page.status == 422
    assert "Mời viết vài chữ" in page.said


def test_a_bad_photo_keeps_the_reply_and_the_good_photo(mai: Visitor, sent: intake.Receipt):
    both = [(_photo(), "a.jpg"), (b"MZ" + bytes(99), "b.jpg")]
    page = _look(mai, sent).send("viet-them", text="Ảnh suất ăn hôm nay.", photos=both)
    assert page.status == 422
    assert "“b.jpg”" in page.said
    assert page.form("viet-them").values["text"] == "Ảnh suất ăn hôm nay."
    page.send("viet-them")
    assert len(_case(sent).messages[0].attachments) == 1


def test_words_of_danger_in_a_reply_raise_the_alarm(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent).send("viet-them", text="Con tôi nói bị cô bảo mẫu đánh, có vết bầm.")
    assert "111" in page.said
    assert _case(sent).alarmed


@pytest.mark.parametrize("key", ["", "x" * 56])
def test_a_reply_under_a_key_that_is_not_ours_keeps_its_words(
    mai: Visitor, sent: intake.Receipt, key: str
):
    page = _look(mai, sent).send("viet-them", text="Xin cho biết tình hình.", once=key)
    assert page.status == 422
    assert page.form("viet-them").values["text"] == "Xin cho biết tình hình."
    assert "Đã gửi thêm" in page.send("viet-them").said


def test_a_reply_that_cannot_be_stored_says_so_and_stays(
    mai: Visitor, sent: intake.Receipt, monkeypatch: pytest.MonkeyPatch
):
    page = _look(mai, sent)

    def full(*_: object) -> str:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(attempts, "_do", full)
        failed = page.send("viet-them", text="Xin cho biết tình hình.")
    assert failed.status == 503
    assert "CHƯA gửi được" in failed.said
    assert "Đã gửi thêm" in failed.send("viet-them").said


def test_an_act_with_a_wrong_code_does_nothing(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent).send("viet-them", text="Xin cho biết tình hình.", code="0" * 16)
    assert page.status == 422
    assert db.session.scalars(select(Message)).all() == []


def test_the_address_of_an_act_leads_back_to_the_look_up(mai: Visitor):
    answer = mai.client.get("/tra-cuu/viet-them")
    assert answer.location == "/tra-cuu"
    assert mai.see("/tra-cuu/khong-co").status == 404


# --- solved or not --------------------------------------------------------------------------------


def _button(page: Seen, act: str, **filled: Any) -> Seen:
    """Press a button that sends its form to an address of its own."""
    values = page.form("da-on").values.copy()
    values.update(filled)
    return page.visitor.post(f"/tra-cuu/{act}", values)


def test_one_tap_says_it_is_solved_and_then_a_face(mai: Visitor, answered: intake.Receipt):
    page = _look(mai, answered)
    assert "Việc này đã được giải quyết chưa?" in page.said
    closed = page.send("da-on")
    assert (_case(answered).status, _case(answered).solved) == ("closed", True)
    assert "Anh/chị thấy cách giải quyết thế nào?" in closed.said
    thanked = closed.send("muc-hai-long", face="3")
    assert _case(answered).face == 3
    assert "Cảm ơn anh/chị đã cho biết" in thanked.said


def test_tapping_twice_closes_once(mai: Visitor, answered: intake.Receipt):
    page = _look(mai, answered)
    assert page.send("da-on").status == 200
    assert page.send("da-on").status == 200
    moves = [event.move_code for event in _case(answered).events]
    assert moves.count("confirm") == 1


def test_not_solved_asks_one_reason_and_opens_it_again(mai: Visitor, answered: intake.Receipt):
    asked = _button(_look(mai, answered), "chua-on")
    assert asked.status == 200
    assert _case(answered).status == "answered"
    assert "Còn vướng ở chỗ nào?" in asked.said
    opened = asked.send("chua-on", text="Hôm nay vẫn ít thịt.")
    matter = _case(answered)
    assert (matter.status, matter.reopened, matter.solved) == ("working", 1, False)
    assert "Đã mở lại việc này" in opened.said
    assert "Trả lời chậm nhất" in opened.said
    assert "mở lại" in opened.said


def test_the_first_not_solved_does_not_offer_the_unit_above(mai: Visitor, answered: intake.Receipt):
    asked = _button(_look(mai, answered), "chua-on")
    assert "xem lại?" not in asked.said
    asked.send("chua-on", text="Hôm nay vẫn ít thịt.", to="manager")
    assert _case(answered).owner.is_school


def test_the_second_not_solved_offers_the_unit_above(
    mai: Visitor, answered: intake.Receipt, clerk: Officer
):
    _button(_look(mai, answered), "chua-on").send("chua-on", text="Hôm nay vẫn ít thịt.")
    _answer(_case(answered), db.session.get_one(Officer, clerk.id), text="Đã kiểm tra lại bếp.")
    db.session.commit()
    asked = _button(_look(mai, answered), "chua-on")
    assert "Phòng Giáo dục và Đào tạo quận Gò Vấp xem lại" in asked.said
    done = asked.send("chua-on", text="Vẫn không có gì thay đổi.", to="manager")
    assert "Đã chuyển đề nghị xem lại" in done.said
    assert _case(answered).owner.kind == "office"
    assert "Vẫn không có gì thay đổi." in done.said


def test_a_reason_too_short_is_asked_again(mai: Visitor, answered: intake.Receipt):
    page = _button(_look(mai, answered), "chua-on").send("chua-on", text="ờ")
    assert page.status == 422
    assert "Mới có 1 ký tự" in page.said
    assert _case(answered).status == "answered"


def test_what_another_tab_has_settled_is_told_not_done_twice(
    mai: Visitor, answered: intake.Receipt
):
    one, other = _look(mai, answered), _button(_look(mai, answered), "chua-on")
    one.send("da-on")
    late = other.send("chua-on", text="Hôm nay vẫn ít thịt.")
    assert late.status == 409
    assert _case(answered).status == "closed"


def test_mai_takes_it_back(mai: Visitor, sent: intake.Receipt):
    page = _look(mai, sent).send("rut", text="Nhà trường đã gọi điện giải thích.")
    assert _case(sent).status == "withdrawn"
    assert "Anh/chị đã rút phiếu này" in page.said
    assert not [form for form in page.page.forms if form.action.endswith("viet-them")]


def test_a_closed_matter_can_be_looked_at_again_by_the_unit_above(
    mai: Visitor, answered: intake.Receipt
):
    page = _look(mai, answered).send("da-on")
    assert re.search(r"Đề nghị Phòng Giáo dục .* xem lại", page.said)
    page.send("cap-tren", text="Tuần này lại như cũ.")
    assert _case(answered).status == "new"


def test_english_keeps_the_thread_in_english(mai: Visitor, answered: intake.Receipt):
    page = mai.post("/tra-cuu?lang=en", {"code": answered.code})
    assert {form.action.partition("?")[2] for form in page.page.forms} == {"lang=en"}
