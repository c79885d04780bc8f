"""The open doors: what a parent can do with a printed code, and what goes wrong on the way."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import time, timedelta
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask.testing import FlaskClient
from PIL import Image
from sqlalchemy import func, select
from sqlalchemy.exc import OperationalError

from feedback import clock, codes, db, identities, intake
from feedback.models.cases import Case
from feedback.models.meetings import Reception
from feedback.models.points import QrPoint
from feedback.models.responses import SurveyResponse
from feedback.models.submissions import Submission
from feedback.models.surveys import Question, Survey
from feedback.rules.about import ABOUT
from feedback.shelf import Shelf, ShelfFull
from feedback.web.public import doors, pages, sending
from feedback.web.public.proposals import kind_of
from tests.eyes import Seen, Visitor
from tests.world import KEYS, a_point, a_school, an_officer, the_holidays

LUNCH = "Hôm nay bữa trưa của bé rất ít thịt, con về nhà nói đói."
BRUISE = "Tối nay tắm cho con tôi thấy vết bầm ở lưng, con nói bị cô bảo mẫu đánh."
SAID = {"text": LUNCH, "kind": "PA", "about": "boarding"}


@pytest.fixture
def gate(parent: FlaskClient) -> QrPoint:
    """The code at the gate of Lê Đức Thọ."""
    the_holidays()
    point = a_point(a_school(), "Cổng chính")
    db.session.commit()
    return point


@pytest.fixture
def mai(parent: FlaskClient) -> Visitor:
    """Mai, mother of a second-grader, with an old phone."""
    return Visitor(parent)


@pytest.fixture(autouse=True)
def no_kept_page() -> Iterator[None]:
    pages.forget()
    yield
    pages.forget()


def _form(mai: Visitor, gate: QrPoint, door: str = "gui") -> Seen:
    return mai.see(f"/q/{gate.code}/{door}")


def _again(gate: QrPoint) -> QrPoint:
    """The point as the database has it: each request ends with its session."""
    return db.session.get_one(QrPoint, gate.id)


def _count(table: Any = Submission) -> int:
    return db.session.scalar(select(func.count()).select_from(table)) or 0


def _case() -> Case:
    return db.session.scalars(select(Case).order_by(Case.id.desc())).first() or pytest.fail(
        "no case"
    )


def _code_on(receipt: Seen) -> str:
    found = re.search(r"(?:[0-9A-Z]{4}-\s?){3}[0-9A-Z]{4}", receipt.said)
    return found[0].replace(" ", "") if found else ""


def _photo(kind: str = "JPEG", size: tuple[int, int] = (64, 48)) -> bytes:
    picture = BytesIO()
    Image.new("RGB", size, "teal").save(picture, kind)
    return picture.getvalue()


# --- finding the way ----------------------------------------------------------------------------


def test_a_scanned_code_opens_the_page_of_that_school_and_place(mai: Visitor, gate: QrPoint):
    page = mai.see(f"/q/{gate.code}")
    assert page.page.headings == ["Trường Tiểu học Lê Đức Thọ"]
    for words in ("Cổng chính", "Gửi ý kiến", "Khiếu nại · Tố cáo", "Khảo sát", "Gặp nhà trường"):
        assert words in page.said
    assert "Phòng Giáo dục và Đào tạo quận Gò Vấp" in page.said
    assert page.answer.headers["Cache-Control"] == "public, max-age=60"


@pytest.mark.parametrize("typed", ["{code}", "{lower}", " {spaced} "])
def test_a_code_typed_from_the_poster_leads_to_its_school(mai: Visitor, gate: QrPoint, typed: str):
    spaced = f"{gate.code[:4]} {gate.code[4:]}"
    code = typed.format(code=gate.code, lower=gate.code.lower(), spaced=spaced)
    page = mai.see("/").send(code=code)
    assert page.page.headings == ["Trường Tiểu học Lê Đức Thọ"]


def test_a_tracking_code_typed_there_is_sent_to_the_right_place(mai: Visitor, gate: QrPoint):
    page = mai.see("/").send(code=codes.tracking_code(KEYS.code, "x"))
    assert page.status == 422
    assert "Đây là mã tra cứu" in page.said


def test_an_unknown_code_says_what_to_do(mai: Visitor, gate: QrPoint):
    for path in ("/q/ZZZZZZZZ", "/q/khong-co", "/q/ZZZZZZZZ/gui", "/q/ZZZZZZZZ/khao-sat"):
        page = mai.see(path)
        assert page.status == 404
        assert "Quét lại mã trên áp phích" in page.said


def test_a_revoked_code_names_the_school_and_what_to_do(mai: Visitor, gate: QrPoint):
    gate.revoke(an_officer(gate.unit), clock.now(), "rách")
    db.session.commit()
    for door in ("", "/gui", "/khieu-nai-to-cao", "/gap", "/khao-sat"):
        page = mai.see(f"/q/{gate.code}{door}")
        assert page.status == 410
        assert "Trường Tiểu học Lê Đức Thọ" in page.said
        assert "Phòng Giáo dục và Đào tạo quận Gò Vấp" in page.said
        assert "áp phích mới" in page.said


def test_a_school_renamed_shows_its_new_name_within_a_minute(mai: Visitor, gate: QrPoint):
    mai.see(f"/q/{gate.code}")
    _again(gate).unit.names[0].name = "Trường Tiểu học An Hội"
    db.session.commit()
    with time_machine.travel(clock.now() + timedelta(seconds=61)):
        assert mai.see(f"/q/{gate.code}").page.headings == ["Trường Tiểu học An Hội"]


DOORS = (
    "",
    "/gui",
    "/khieu-nai-to-cao",
    "/khieu-nai-to-cao?as=TC&about=leaders",
    "/gap",
    "/khao-sat",
)


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("door", DOORS)
def test_every_door_is_a_sound_page_in_both_languages(
    mai: Visitor, gate: QrPoint, door: str, lang: str
):
    page = mai.see(f"/q/{gate.code}{door}{'&' if '?' in door else '?'}lang={lang}")
    assert page.status == 200
    html = next(found for tag, found in page.page.elements if tag == "html")
    assert html["lang"] == lang


@pytest.mark.parametrize("path", ["/", "/quyen-rieng-tu", "/tra-cuu"])
def test_the_pages_of_no_school_are_sound(mai: Visitor, path: str):
    assert mai.see(path).status == 200
    assert mai.see(f"{path}?lang=en").status == 200


# --- sending ------------------------------------------------------------------------------------


def test_mai_sends_and_keeps_a_receipt(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    assert "Trả lời chậm nhất" in form.said
    receipt = form.send(**SAID, wish="Mong nhà trường xem lại suất ăn.")
    matter = _case()
    assert receipt.status == 200
    assert receipt.answer.headers["Cache-Control"] == "no-store"
    assert matter.reference in receipt.said
    assert "Vì sao hạn là ngày này?" in receipt.said
    assert "Nhà trường đọc phiếu" in receipt.said
    assert (matter.kind_code, matter.about_code, matter.point_id) == ("PA", "boarding", gate.id)
    assert codes.tidy_code(_code_on(receipt))
    assert _code_on(receipt) not in receipt.answer.request.url


def test_who_is_not_sure_of_the_subject_is_helped_by_the_words(mai: Visitor, gate: QrPoint):
    _form(mai, gate).send(**SAID)
    assert _case().subject_code == "BAN_TRU"


def test_the_subjects_are_those_of_the_level(mai: Visitor, gate: QrPoint):
    gate.unit.level = "MN"
    db.session.commit()
    assert "Bạo lực học đường" not in _form(mai, gate).said


def test_thanks_promise_no_answer(mai: Visitor, gate: QrPoint):
    receipt = _form(mai, gate).send(**SAID | {"kind": "KH", "text": "Cảm ơn cô Lan lớp Lá 2."})
    assert "không cần trả lời" in receipt.said
    assert "chậm nhất" not in receipt.said


def test_a_matter_about_the_head_goes_past_the_school_and_says_so(mai: Visitor, gate: QrPoint):
    receipt = _form(mai, gate).send(**SAID | {"about": "leaders"})
    assert "Nhà trường không nhìn thấy phiếu này." in receipt.said
    assert "Phòng Giáo dục và Đào tạo quận Gò Vấp đọc phiếu" in receipt.said
    assert _case().hidden_from_school


@pytest.mark.parametrize("said", [{"text": BRUISE}, {"text": LUNCH, "danger": "y"}])
def test_danger_shows_the_numbers_to_call_before_anything_else(
    mai: Visitor, gate: QrPoint, said: dict[str, str]
):
    receipt = _form(mai, gate).send(**SAID | said)
    assert receipt.said.index("111") < receipt.said.index("Mã hồ sơ")
    assert _case().alarmed


def test_a_name_is_kept_sealed_and_only_with_consent(mai: Visitor, gate: QrPoint):
    contact = {"reply": "contact", "name": "Nguyễn Thị Mai", "phone": "090 123 4567"}
    refused = _form(mai, gate).send(**SAID, **contact)
    assert refused.status == 422
    assert "Mời đánh dấu đồng ý" in refused.said
    assert refused.form().values["phone"] == "0901234567"
    refused.send(consent="y")
    kept = identities.contact_of(_case().submission, KEYS)
    assert (kept.name, kept.phone, kept.consent) == ("Nguyễn Thị Mai", "0901234567", "reply-1")


def test_who_chose_to_stay_unknown_leaves_nothing_behind(mai: Visitor, gate: QrPoint):
    receipt = _form(mai, gate).send(**SAID, name="Mai", phone="0901234567", consent="y")
    assert "Ẩn danh" in receipt.said
    assert _case().submission.sender is None


def test_what_a_program_filled_in_is_kept_all_the_same(mai: Visitor, gate: QrPoint):
    assert "Đã nhận" in _form(mai, gate).send(**SAID, website="http://spam.example").said


# --- sending twice ------------------------------------------------------------------------------


def test_pressing_twice_makes_one_submission_and_one_receipt(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    first, second = form.send(**SAID), form.send(**SAID)
    assert _code_on(first) == _code_on(second) != ""
    assert _case().reference in second.said
    assert _count() == 1


def test_two_tabs_are_two_submissions(mai: Visitor, gate: QrPoint):
    one, other = _form(mai, gate), _form(mai, gate)
    one.send(**SAID)
    other.send(**SAID)
    assert _count() == 2


def test_a_number_that_is_taken_is_drawn_again(
    mai: Visitor, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    drawn = iter(["LDT-2026-AAAAA", "LDT-2026-AAAAA", "LDT-2026-AAAAA", "LDT-2026-BBBBB"])
    monkeypatch.setattr(codes, "new_reference", lambda *_: next(drawn))
    receipts = [_form(mai, gate).send(**SAID) for _ in range(2)]
    assert ["LDT-2026-AAAAA" in receipt.said for receipt in receipts] == [True, False]
    assert "LDT-2026-BBBBB" in receipts[1].said
    assert _count() == 2


def test_the_same_form_with_other_words_asks_before_it_sends_again(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    form.send(**SAID)
    again = form.send(**SAID | {"text": "Chiều nay xe đưa rước đến trễ một tiếng."})
    assert again.status == 422
    assert "đã được gửi trước đó với nội dung khác" in again.said
    assert again.form().values["text"] == "Chiều nay xe đưa rước đến trễ một tiếng."
    assert "Đã nhận" in again.send().said
    assert _count() == 2


def test_of_two_sends_at_the_same_moment_the_second_finds_the_first(
    mai: Visitor, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    form = _form(mai, gate)
    first = form.send(**SAID)
    looks, real = iter(range(9)), intake.find_kept
    # What another send has just written is seen only from the second look on.
    monkeypatch.setattr(intake, "find_kept", lambda *a: real(*a) if next(looks) else None)
    second = form.send(**SAID)
    assert _code_on(second) == _code_on(first)
    assert _count() == 1


# --- the page was open too long -----------------------------------------------------------------


def test_a_page_of_yesterday_keeps_the_words_and_can_be_sent(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        stale = form.send(**SAID)
        assert stale.status == 422
        assert "mở quá một ngày" in stale.said
        assert stale.form().values["text"] == LUNCH
        assert _count() == 0
        assert "Đã nhận" in stale.send().said


def test_a_late_resend_of_something_kept_shows_its_receipt(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    first = form.send(**SAID)
    with time_machine.travel(clock.now() + timedelta(days=3)):
        assert _code_on(form.send(**SAID)) == _code_on(first)
    assert _count() == 1


@pytest.mark.parametrize("key", ["", "x" * 56, None])
def test_a_key_that_is_not_ours_costs_no_words(mai: Visitor, gate: QrPoint, key: str | None):
    page = _form(mai, gate).send(**SAID, once=key)
    assert page.status == 422
    assert page.form().values["text"] == LUNCH
    assert "Đã nhận" in page.send().said


def test_a_code_moved_to_another_school_meanwhile_says_so(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    other = a_school("NTS", "Trường Trung học cơ sở Nguyễn Thái Sơn", _again(gate).unit.manager)
    _again(gate).lead_to("Cổng sau", an_officer(other), clock.now(), other)
    db.session.commit()
    page = form.send(**SAID)
    assert page.status == 422
    assert "vừa chuyển sang Trường Trung học cơ sở Nguyễn Thái Sơn" in page.said
    page.send()
    assert _case().unit.code == "NTS"


def test_a_code_revoked_meanwhile_still_takes_what_was_written(mai: Visitor, gate: QrPoint):
    form = _form(mai, gate)
    _again(gate).revoke(an_officer(_again(gate).unit), clock.now(), "rách")
    db.session.commit()
    assert "Đã nhận" in form.send(**SAID).said


# --- what cannot be taken as it is --------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ({"text": ""}, "Mời kể việc gì đã xảy ra"),
        ({"text": "   \n  "}, "Mời kể việc gì đã xảy ra"),
        ({"text": "hư máy"}, "Mới có 6 ký tự"),
        ({"text": "a" * 50_000}, "Đoạn này dài 50.000 ký tự, nhiều nhất là 10.000"),
        ({"wish": "a" * 20_000}, "Đoạn này dài 20.000 ký tự"),
        ({"kind": None}, "Mời chọn anh/chị gửi để khen"),
        ({"kind": "TC"}, "Lựa chọn này không có"),
        ({"about": None}, "Mời chọn việc này liên quan đến ai"),
        ({"subject": "CO_THAT"}, "Lựa chọn này không có"),
        ({"reply": "contact"}, "Mời ghi số điện thoại hoặc thư điện tử"),
        ({"reply": "contact", "phone": "12"}, "Số điện thoại chưa đúng"),
        ({"reply": "contact", "email": "mai@"}, "Thư điện tử chưa đúng"),
        ({"name": "M" * 200}, "nhiều nhất là 120"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_typed_is_lost(
    mai: Visitor, gate: QrPoint, typed: dict[str, str | None], sentence: str
):
    filled: dict[str, Any] = {**SAID, "wish": "Mong xem lại.", **typed}
    page = _form(mai, gate).send(**filled)
    assert page.status == 422
    assert sentence in page.said
    kept = page.form().values
    for name in ("text", "wish"):
        assert kept[name] == (filled[name] or "").strip()
    assert _count() == 0


EXE = b"MZ\x90\x00" + bytes(2000)
BOMB = (
    b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR\x00\x00\xc3\x50\x00\x00\xc3\x50\x08\x02\x00\x00\x00"
    b"\x9a\x6b\x5c\x3c\x00\x00\x00\x00IEND\xaeB`\x82"
)


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        ("to.jpg", b"\xff\xd8\xff" + bytes(9 * 2**20), "“to.jpg” lớn hơn 8 MB"),
        ("anh.jpg", EXE, "“anh.jpg” có tên như ảnh hoặc giấy tờ nhưng bên trong là thứ khác"),
        ("setup.exe", EXE, "“setup.exe” không thuộc loại được nhận"),
        ("cat.jpg", _photo(size=(640, 480))[:900], "“cat.jpg” bị hỏng hoặc thiếu một phần"),
        ("bom.png", BOMB, "“bom.png”"),
        ("rong.jpg", b"", "“rong.jpg” trống"),
        ("don.pdf", b"%PDF-1.7\n%%EOF", "“don.pdf” không thuộc loại được nhận"),
    ],
)
def test_a_file_that_is_refused_is_named_and_the_words_stay(
    mai: Visitor, gate: QrPoint, name: str, content: bytes, sentence: str
):
    page = _form(mai, gate).send(**SAID, photos=[(content, name)])
    assert page.status == 422
    assert sentence in page.said
    assert page.form().values["text"] == LUNCH
    assert _count() == 0


def test_sixty_megabytes_cost_no_words_either(mai: Visitor, gate: QrPoint):
    huge = b"\xff\xd8\xff" + bytes(60 * 2**20)
    page = _form(mai, gate).send(**SAID, photos=[(huge, "phim.jpg")])
    assert page.status == 422
    assert "“phim.jpg” lớn hơn 8 MB" in page.said
    assert page.form().values["text"] == LUNCH


def test_a_good_photo_is_kept_while_the_bad_one_is_mended(mai: Visitor, gate: QrPoint):
    both = [(_photo(), "cong.jpg"), (EXE, "san.jpg")]
    page = _form(mai, gate).send(**SAID, photos=both)
    assert "“san.jpg”" in page.said
    assert "Ảnh đã giữ, không cần chọn lại" in page.said
    assert "Kèm 1 ảnh" in page.send().said
    assert len(_case().submission.attachments) == 1


def test_a_kept_photo_can_be_left_out_again(mai: Visitor, gate: QrPoint):
    page = _form(mai, gate).send(**SAID | {"text": ""}, photos=[(_photo("PNG"), "a.png")])
    assert "Gửi kèm ảnh 1" in page.said
    page.send(text=LUNCH, kept=None)
    assert _case().submission.attachments == []


def test_a_kept_photo_belongs_to_its_own_form(mai: Visitor, gate: QrPoint):
    page = _form(mai, gate).send(**SAID | {"text": ""}, photos=[(_photo(), "a.jpg")])
    token = page.form().values["kept"]
    _form(mai, gate).send(**SAID, kept=[token])
    assert _case().submission.attachments == []


def test_the_sixth_photo_is_named(mai: Visitor, gate: QrPoint):
    six = [(_photo(), f"{n}.jpg") for n in range(6)]
    page = _form(mai, gate).send(**SAID, photos=six)
    assert "tệp “5.jpg” chưa được nhận" in page.said
    page.send()
    assert len(_case().submission.attachments) == 5


def test_whoever_brings_photos_stands_in_no_line(
    mai: Visitor, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    waited: list[str] = []

    @contextmanager
    def turn() -> Iterator[None]:
        waited.append("waited")
        yield

    monkeypatch.setattr(sending.SENDS, "turn", turn)
    assert "Đã nhận" in _form(mai, gate).send(**SAID, photos=[(_photo(), "cong.jpg")]).said
    assert waited == []
    assert "Đã nhận" in _form(mai, gate).send(**SAID).said
    assert waited == ["waited"]


def test_photos_under_a_key_that_is_not_ours_are_to_be_chosen_again(mai: Visitor, gate: QrPoint):
    page = _form(mai, gate).send(**SAID, once="", photos=[(_photo(), "cong.jpg")])
    assert "Xin chọn lại: cong.jpg" in page.said


# --- the machine cannot -------------------------------------------------------------------------


def test_nothing_stored_is_said_and_the_words_are_there_to_send_again(
    mai: Visitor, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    form = _form(mai, gate)

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("database or disk is full"))

    with monkeypatch.context() as broken:
        broken.setattr(intake, "receive", full)
        page = form.send(**SAID)
    assert page.status == 503
    assert page.answer.headers["Retry-After"]
    assert "CHƯA gửi được" in page.said
    assert "Đã nhận" not in page.said
    assert page.form().values["text"] == LUNCH
    assert "Đã nhận" in page.send().said
    assert _count() == 1


def test_even_with_no_database_at_all_the_words_come_back(
    mai: Visitor, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    form = _form(mai, gate)

    def gone(_code: str) -> None:
        raise OperationalError("SELECT", {}, Exception("unable to open database file"))

    monkeypatch.setattr(doors, "find", gone)
    page = form.send(**SAID)
    assert page.status == 503
    assert page.form().values["text"] == LUNCH


def test_a_full_shelf_refuses_the_photo_and_takes_the_words(
    mai: Visitor, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    def full(*_: object) -> None:
        raise ShelfFull(28, "full")

    monkeypatch.setattr(Shelf, "keep", full)
    page = _form(mai, gate).send(**SAID, photos=[(_photo(), "cong.jpg")])
    assert page.status == 503
    assert "Chữ vẫn gửi được" in page.said
    assert "Đã nhận" in page.send().said


# --- complaint and denunciation -----------------------------------------------------------------


@pytest.mark.parametrize(
    ("harmed", "unlawful", "kind"),
    [(True, False, "KN"), (False, True, "TC"), (True, True, "TC"), (False, False, "PA")],
)
def test_three_answers_propose_a_kind(harmed: bool, unlawful: bool, kind: str):
    assert kind_of(harmed, unlawful) == kind


def test_a_denunciation_of_the_head_from_the_questions_to_the_receipt(mai: Visitor, gate: QrPoint):
    questions = mai.see(f"/q/{gate.code}/khieu-nai-to-cao")
    proposal = questions.send(harmed="no", unlawful="yes", about="leaders")
    assert "Gửi như một tố cáo" in proposal.said
    assert "Nhà trường không nhìn thấy. Chỉ Phòng Giáo dục" in proposal.said
    assert "7 ngày làm việc để thụ lý, rồi 30 ngày để giải quyết" in proposal.said
    form = mai.see(f"/q/{gate.code}/khieu-nai-to-cao?about=leaders&as=TC")
    assert "Nhà trường không nhìn thấy phiếu này" in form.said
    assert "Xin chọn lại" not in form.said
    receipt = form.send(text="Hiệu trưởng thu tiền vận động mà không có biên nhận.")
    matter = _case()
    assert (matter.kind_code, matter.about_code, matter.is_petition) == ("TC", "leaders", False)
    assert matter.hidden_from_school
    assert matter.owner.kind == "office"
    assert "chưa phải đơn có chữ ký" in receipt.said


def test_the_same_can_be_sent_as_an_anonymous_report(mai: Visitor, gate: QrPoint):
    door = f"/q/{gate.code}/khieu-nai-to-cao"
    proposal = mai.see(f"{door}?harmed=yes&unlawful=no&about=class_teacher")
    assert "Gửi như một khiếu nại" in proposal.said
    assert "Không cần tên, không cần chữ ký" in proposal.said
    form = mai.see(f"{door}?about=class_teacher&as=PA")
    form.send(text="Cô chủ nhiệm phạt con đứng nắng một tiếng.")
    assert _case().kind_code == "PA"


def test_a_matter_with_both_parts_is_told_to_be_split(mai: Visitor, gate: QrPoint):
    page = mai.see(f"/q/{gate.code}/khieu-nai-to-cao?harmed=yes&unlawful=yes&about=staff")
    assert "có cả hai phần" in page.said


@pytest.mark.parametrize("about", ABOUT)
def test_the_proposal_never_claims_secrecy_that_the_route_does_not_keep(
    mai: Visitor, gate: QrPoint, about: str
):
    page = mai.see(f"/q/{gate.code}/khieu-nai-to-cao?harmed=no&unlawful=yes&about={about}")
    mai.see(f"/q/{gate.code}/khieu-nai-to-cao?as=TC&about={about}").send(
        text="Có việc làm sai cần kiểm tra."
    )
    claimed = "Nhà trường không nhìn thấy" in page.said.partition("Gửi như một phản ánh")[0]
    assert _case().hidden_from_school == claimed


def test_a_question_left_out_is_asked_for(mai: Visitor, gate: QrPoint):
    page = mai.see(f"/q/{gate.code}/khieu-nai-to-cao?harmed=yes&about=leaders")
    assert "Mời chọn một câu trả lời cho câu 2" in page.said
    assert page.form().values["harmed"] == "yes"


def test_a_kind_made_up_by_the_sender_is_no_kind(mai: Visitor, gate: QrPoint):
    form = mai.see(f"/q/{gate.code}/khieu-nai-to-cao?as=TC&about=leaders")
    assert form.send(text=LUNCH, kind="KH").status == 400
    assert _count() == 0


# --- meeting the school -------------------------------------------------------------------------


def _session(gate: QrPoint, days: int, **more: Any) -> Reception:
    today = clock.today()
    session = Reception(
        **{
            "unit": _again(gate).unit,
            "held_on": today + timedelta(days=days),
            "begins_at": time(8),
            "ends_at": time(10, 30),
            "place": "Phòng tiếp công dân",
            "mode": "head",
            "published_on": today - timedelta(days=1),
            **more,
        }
    )
    db.session.add(session)
    db.session.commit()
    return session


def test_mai_asks_for_an_appointment_that_lands_in_the_inbox(mai: Visitor, gate: QrPoint):
    session = _session(gate, 7)
    form = _form(mai, gate, "gap")
    assert "08:00–10:30" in form.said
    receipt = form.send(
        text="Tôi muốn trao đổi về việc con bị dị ứng sữa.",
        session=str(session.id),
        phone="0901234567",
        consent="y",
    )
    assert "Đã nhận" in receipt.said
    matter = _case()
    assert (matter.kind_code, matter.owner.code) == ("DK_TCD", "LDT")
    assert "08:00–10:30" in matter.submission.wish
    assert identities.contact_of(matter.submission, KEYS).phone == "0901234567"


def test_an_appointment_needs_a_way_to_answer_it(mai: Visitor, gate: QrPoint):
    page = _form(mai, gate, "gap").send(text="Tôi muốn gặp cô hiệu trưởng.", session="other")
    assert page.status == 422
    assert "Mời ghi số điện thoại hoặc thư điện tử" in page.said


def test_the_timetable_shows_what_is_published_and_what_was_put_off(mai: Visitor, gate: QrPoint):
    _session(gate, 7, place="Phòng 101")
    _session(gate, 8, place="Phòng 102", cancelled_on=clock.today())
    _session(gate, 9, place="Phòng 103", published_on=clock.today() + timedelta(days=2))
    _session(gate, -1, place="Phòng 104")
    page = _form(mai, gate, "gap")
    assert "Phòng 101" in page.said
    assert "Buổi này hoãn" in page.said
    assert not {"Phòng 102", "Phòng 103", "Phòng 104"} & set(re.findall(r"Phòng 10\d", page.said))


def test_a_school_without_sessions_still_takes_a_wish(mai: Visitor, gate: QrPoint):
    page = _form(mai, gate, "gap")
    assert "Chưa có lịch mới" in page.said
    page.send(
        text="Tôi muốn gặp cô hiệu trưởng.", session="other", email="mai@example.com", consent="y"
    )
    assert _case().kind_code == "DK_TCD"


# --- the survey ---------------------------------------------------------------------------------


def _survey(gate: QrPoint, code: str = "HL", **more: Any) -> Survey:
    survey = Survey(
        **{
            "unit": _again(gate).unit,
            "code": code,
            "version": 1,
            "opens_on": clock.today(),
            "title": "Hài lòng?",
            **more,
        }
    )
    survey.questions += [
        Question(position=1, code="c1", type_code="scale5", text="Dạy và học?", required=True),
        Question(position=2, code="c3", type_code="text", text="Nên làm gì?"),
    ]
    db.session.add(survey)
    db.session.commit()
    return survey


def test_a_survey_is_answered_once_and_without_a_name(mai: Visitor, gate: QrPoint):
    _survey(gate)
    form = _form(mai, gate, "khao-sat")
    for _ in range(2):
        thanks = form.send(q_c1="4", q_c3="Thêm bóng mát ở cổng.")
        assert "Cảm ơn" in thanks.said
    assert _count(SurveyResponse) == 1
    kept = db.session.scalars(select(SurveyResponse)).one()
    assert (kept.answers, kept.point_id) == ({"c1": 4, "c3": "Thêm bóng mát ở cổng."}, gate.id)


def test_a_question_that_must_be_answered_is_asked_for(mai: Visitor, gate: QrPoint):
    _survey(gate)
    page = _form(mai, gate, "khao-sat").send(q_c3="Thêm bóng mát.")
    assert page.status == 422
    assert page.form().values["q_c3"] == "Thêm bóng mát."
    assert "Cảm ơn" in page.send(q_c1="5").said


def test_a_survey_page_of_yesterday_is_sent_again(mai: Visitor, gate: QrPoint):
    _survey(gate)
    form = _form(mai, gate, "khao-sat")
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        page = form.send(q_c1="4")
        assert "mở quá lâu" in page.said
        assert "Cảm ơn" in page.send().said


def test_several_surveys_are_a_list_and_the_newest_version_counts(mai: Visitor, gate: QrPoint):
    _survey(gate)
    _survey(gate, title="Hài lòng, bản mới?", version=2)
    assert "bản mới" in _form(mai, gate, "khao-sat").said
    _survey(gate, "BT", title="Bếp ăn?")
    page = _form(mai, gate, "khao-sat")
    assert "Mời chọn một khảo sát" in page.said
    assert "Bếp ăn?" in _form(mai, gate, "khao-sat?phieu=BT").page.headings


def test_a_survey_that_is_over_is_not_shown(mai: Visitor, gate: QrPoint):
    yesterday = clock.today() - timedelta(days=1)
    _survey(gate, opens_on=yesterday, closes_on=yesterday)
    assert "chưa có khảo sát nào mở" in _form(mai, gate, "khao-sat").said
    assert "chưa có khảo sát nào mở" in mai.see(f"/q/{gate.code}").said
