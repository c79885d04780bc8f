"""The desk: what a clerk, a principal and an Office officer see, and what they never see."""

import re
from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image
from sqlalchemy import event

from feedback import clock, codes, db, intake
from feedback.files import take
from feedback.models.cases import Case
from feedback.models.points import QrPoint
from feedback.models.reports import ReportRound, UnitReport
from feedback.models.submissions import Submission
from feedback.models.units import load_calendar
from feedback.shelf import PDF
from tests import world
from tests.web.colleagues import Town, again


def a_photo() -> bytes:
    data = BytesIO()
    Image.new("RGB", (40, 30), "#c96").save(data, "JPEG")
    return data.getvalue()


def with_photo(town: Town, app, **said: object) -> Case:
    """A case that came with a photo."""
    stored = take(app.extensions["feedback.shelf"], "bep.jpg", a_photo())
    now = clock.now()
    once = codes.read_once(world.KEYS.once, codes.mint_once(world.KEYS.once, now), now)
    arrival = intake.Arrival(
        town.school, None, world.answers(**said), once.id, now, files=(stored,)
    )
    made = intake.receive(db.session(), arrival, world.KEYS, load_calendar(db.session())).case
    db.session.commit()
    return made


# --- today ------------------------------------------------------------------------------------


def test_a_calm_day_says_so(town):
    seen = town.at_desk(town.hang).see("/hom-nay")
    assert seen.status == 200
    assert "Không có gì đang chờ" in seen.said


def test_each_case_stands_once_under_its_first_reason_with_its_next_step(town):
    late = town.matter(text="Nước uống ở tầng hai hết từ tuần trước.")
    late.due_on = clock.today() - timedelta(days=3)
    fresh = town.matter(text="Cổng sau kẹt xe mỗi buổi chiều tan học.")
    db.session.commit()
    seen = town.at_desk(town.hang).see("/hom-nay")
    assert seen.said.count(late.reference) == 1
    assert seen.said.index("Quá hạn") < seen.said.index(late.reference)
    assert seen.said.index("Mới") < seen.said.index(fresh.reference)
    steps = [a["href"] for tag, a in seen.page.elements if tag == "a" and "#" in a.get("href", "")]
    assert f"/viec/{late.reference}?folder=overdue#reply" in steps


@pytest.mark.parametrize("page", ["/hom-nay", "/hop-viec?folder=overdue", "/viec/{}"])
def test_a_late_matter_says_once_that_it_is_late_and_by_how_much(town, page):
    late = town.matter(text="Nước uống ở tầng hai hết từ tuần trước.")
    late.due_on = late.deadlines[0].due_on = clock.today() - timedelta(days=7)
    db.session.commit()
    seen = town.at_desk(town.hang).see(page.format(late.reference))
    assert re.search(r"Quá hạn\s+\d+ ngày làm việc", seen.said)
    assert "quá hạn" not in seen.said


def test_a_parent_who_wrote_back_is_seen_today(town):
    matter = town.matter()
    matter.accept(world.an_act(town.hang))
    matter.ask(world.an_act(town.hang, "Con học lớp nào ạ?"))
    matter.reply(world.an_act(None, "Lớp 2A3 ạ.", as_parent=True))
    db.session.commit()
    assert "Phụ huynh vừa viết thêm" in town.at_desk(town.hang).see("/hom-nay").said


def test_a_report_that_was_sent_back_is_on_the_page(town):
    today = clock.today()
    round_ = ReportRound(
        series_code="DV", period_code="DV-2026-12M", starts_on=today - timedelta(days=300),
        ends_on=today, due_on=today + timedelta(days=90),
    )  # fmt: skip
    round_.reports.append(UnitReport(unit_id=town.school.id, state="returned"))
    db.session.add(round_)
    db.session.commit()
    assert "Trả lại để sửa" in town.at_desk(town.hang).see("/hom-nay").said
    assert "Trả lại để sửa" not in town.at_desk(town.bao).see("/hom-nay").said


def test_an_office_sees_what_was_sent_past_a_school_and_what_was_escalated(town):
    secret = town.secret()
    second = world.an_answered_case(town.school, town.hang)
    second.escalate(world.an_act(None, "Xin Phòng xem lại.", as_parent=True), town.office)
    db.session.commit()
    said = town.at_desk(town.lan).see("/hom-nay").said
    assert secret.reference in said
    assert said.index("Được đề nghị xem lại") < said.index(second.reference)


def test_an_administrator_reads_no_case(town):
    admin = world.an_officer(town.school, "admin")
    town.matter()
    db.session.commit()
    seen = town.at_desk(admin).see("/hom-nay")
    assert "không mở vụ việc" in seen.said
    assert "LDT-" not in town.at_desk(admin).see("/hop-viec?folder=all").said
    assert town.client(admin).get("/nhap").status_code == 404


def test_the_page_costs_as_many_readings_for_twelve_cases_as_for_two(town):
    def readings() -> int:
        client, asked = town.client(town.hang), []
        client.get("/hom-nay")
        engine = db.session.get_bind()
        listen = lambda *told: asked.append(told[2])  # noqa: E731
        event.listen(engine, "before_cursor_execute", listen)
        client.get("/hom-nay")
        event.remove(engine, "before_cursor_execute", listen)
        return len(asked)

    for _ in range(2):
        town.matter()
    few = readings()
    for _ in range(10):
        town.matter()
    assert readings() == few


# --- the rail ---------------------------------------------------------------------------------


def test_the_rail_counts_what_waits_and_shows_each_role_its_places(town):
    town.matter()
    town.secret()
    school = town.at_desk(town.hang).see("/hom-nay").said
    office = town.at_desk(town.lan).see("/hom-nay").said
    assert "Hộp việc 1" in school
    assert "Hộp việc 1" in office
    assert "Các trường" not in school
    assert "Các trường" in office


# --- the inbox --------------------------------------------------------------------------------


def test_tabs_carry_counts_and_search_finds_without_accents(town):
    town.matter(text="Nhà vệ sinh lầu hai không có nước từ hôm qua.")
    town.matter(text="Cô giáo lớp 3A rất tận tình với các con.", kind_code="KH")
    desk = town.at_desk(town.hang)
    assert "Mới 2" in desk.see("/hop-viec").said
    found = desk.see("/hop-viec").send("/hop-viec", q="khong co nuoc").said
    assert "Nhà vệ sinh lầu hai" in found
    assert "Cô giáo lớp 3A" not in found


def test_filters_are_chips_that_can_be_taken_off(town):
    town.matter(kind_code="GY")
    seen = town.at_desk(town.hang).see("/hop-viec?kind=GY&folder=new")
    assert "Loại: Góp ý" in seen.said
    away = [a["href"] for tag, a in seen.page.elements if a.get("class") == "filter"]
    assert away == ["/hop-viec?folder=new"]


@pytest.mark.parametrize(
    "address", ["kind=XX", "period=2026-99", "unit=NT", "state=%00", "point=1"]
)
def test_a_filter_that_makes_no_sense_is_left_out_with_a_sentence(town, address):
    town.matter()
    seen = town.at_desk(town.hang).see(f"/hop-viec?{address}")
    assert seen.status == 200
    assert "nên đã được bỏ qua" in seen.said
    assert "LDT-" in seen.said


def test_an_empty_folder_says_what_would_be_there(town):
    assert (
        "Không có việc nào quá hạn" in town.at_desk(town.hang).see("/hop-viec?folder=overdue").said
    )


def test_a_filter_by_point_finds_what_came_through_it(town):
    gate, hall = world.a_point(town.school), world.a_point(town.school, "Sảnh chính")
    came = world.a_receipt(town.school, point=gate).case
    world.a_receipt(town.school, point=hall, text="Sân trường thiếu bóng mát quá.")
    db.session.commit()
    said = town.at_desk(town.hang).see(f"/hop-viec?point={gate.code}").said
    assert came.reference in said
    assert "Điểm đặt mã: Cổng chính" in said
    assert "Sân trường" not in said
    assert db.session.get_one(QrPoint, hall.id).place in said  # still offered in the list


def test_an_overseer_picks_a_school(town):
    town.matter(text="Nước uống ở tầng hai hết từ tuần trước.")
    desk = town.at_desk(town.lan)
    assert "Nước uống" not in desk.see("/hop-viec").said
    assert "Nước uống" in desk.see("/hop-viec?folder=open&unit=LDT").said


def test_pages_go_on_and_back(town):
    for _ in range(52):
        world.a_case(town.school)
    db.session.commit()
    desk = town.at_desk(town.hang)
    first = desk.see("/hop-viec")
    links = {
        a["rel"]: a["href"] for tag, a in first.page.elements if a.get("rel") in {"prev", "next"}
    }
    assert set(links) == {"next"}
    second = desk.see(links["next"])
    assert "2 trong 52 việc" in second.said
    back = {a["rel"]: a["href"] for tag, a in second.page.elements if a.get("rel") == "prev"}
    assert "50 trong 52 việc" in desk.see(back["prev"]).said


def test_a_denunciation_s_words_wait_until_it_is_opened(town):
    matter = town.matter(kind_code="TC", about_code="class_teacher", text="Cô B đánh học sinh ạ.")
    desk = town.at_desk(town.hang)
    assert "Cô B" not in desk.see("/hop-viec").said
    assert "Cô B" in desk.see(f"/viec/{matter.reference}").said


# --- one case ---------------------------------------------------------------------------------


def test_a_case_shows_its_words_its_clocks_and_why_it_is_here(town):
    matter = town.matter(contact=world.a_contact(phone="0901234567"))
    said = town.at_desk(town.hang).see(f"/viec/{matter.reference}").said
    assert matter.submission.text in said
    assert "Vì sao hạn là ngày này?" in said
    assert "Bắt đầu: nhận hồ sơ" in said
    assert "Vì sao việc này đến đây?" in said
    assert "Việc trong phạm vi của nhà trường" in said
    assert "0901234567" in said


def test_the_sender_s_contact_is_only_for_the_desk_that_answers(town):
    matter = town.matter(contact=world.a_contact(phone="0901234567"))
    said = town.at_desk(town.lan).see(f"/viec/{matter.reference}").said
    assert "chỉ đơn vị giải quyết thấy" in said
    assert "0901234567" not in said
    assert "Nguyễn Thị Mai" not in said


def test_next_and_previous_stay_inside_the_filter(town):
    made = [town.matter() for _ in range(3)]
    town.matter(kind_code="GY")
    seen = town.at_desk(town.hang).see(f"/viec/{made[1].reference}?kind=PA")
    assert "2 / 3" in seen.said
    links = {a.get("rel"): a["href"] for tag, a in seen.page.elements if tag == "a" and "rel" in a}
    assert links["prev"].startswith(f"/viec/{made[2].reference}?kind=PA")
    assert links["next"].startswith(f"/viec/{made[0].reference}?kind=PA")


def test_history_says_who_when_before_and_after(town):
    matter = town.matter()
    matter.accept(world.an_act(town.hang))
    matter.assign(world.an_act(town.hang, "Nhờ thầy xem."), town.hoa)
    matter.reclassify(world.an_act(town.hang, "Đây là góp ý."), "GY", "BAN_TRU", "boarding")
    db.session.commit()
    said = town.at_desk(town.hoa).see(f"/viec/{matter.reference}").said
    assert "Phân loại lại Phản ánh Góp ý" in said
    assert "Giao việc Trần Thị Thu Hằng Lê Văn Hòa" in said
    assert "Đây là góp ý." in said


def test_a_note_stays_with_the_desk_that_wrote_it(town):
    matter = town.matter()
    matter.transfer(world.an_act(town.hang, "Thuộc thẩm quyền của Phòng."), town.office)
    matter.add_note(world.an_act(town.lan, "Sẽ kiểm tra trường này kỹ."))
    db.session.commit()
    page = f"/viec/{matter.reference}"
    assert "kiểm tra trường này kỹ" in town.at_desk(town.lan).see(page).said
    school = town.at_desk(town.hang).see(page).said
    assert "kiểm tra trường này kỹ" not in school
    assert "Ghi chú nội bộ" not in school


# --- files ------------------------------------------------------------------------------------


def test_a_photo_is_shown_and_can_do_nothing(town, app):
    matter = with_photo(town, app)
    answer = town.client(town.hang).get(f"/tep/{matter.submission.attachments[0].name}")
    assert answer.status_code == 200
    assert answer.content_type == "image/jpeg"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_paper_is_saved_not_opened(town, app):
    matter = with_photo(town, app)
    matter.submission.attachments[0].media_type = PDF
    db.session.commit()
    answer = town.client(town.hang).get(f"/tep/{matter.submission.attachments[0].name}")
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_a_file_that_is_gone_or_never_was_is_not_found(town, app):
    matter = with_photo(town, app)
    name = matter.submission.attachments[0].name
    app.extensions["feedback.shelf"].remove(name)
    assert town.client(town.hang).get(f"/tep/{name}").status_code == 404
    assert town.client(town.hang).get("/tep/../../etc/passwd").status_code == 404
    assert town.client(town.hang).get(f"/tep/{'0' * 32}.jpg").status_code == 404


# --- what the school must never see -----------------------------------------------------------


def test_a_denunciation_of_the_principal_is_nowhere_at_the_school(town, app):
    secret = with_photo(
        town,
        app,
        kind_code="TC",
        about_code="leaders",
        text="Hiệu trưởng nhận tiền trái tuyến của nhiều phụ huynh.",
    )
    photo = secret.submission.attachments[0].name
    for officer in (town.hang, town.hoa, town.bao):
        client, desk = town.client(officer), town.at_desk(officer)
        assert client.get(f"/viec/{secret.reference}").status_code == 404
        assert client.get(f"/tep/{photo}").status_code == 404
        for address in (
            "/hom-nay",
            "/hop-viec",
            "/hop-viec?folder=all",
            "/hop-viec?folder=elsewhere",
            f"/hop-viec?q={secret.reference}",
            f"/hop-viec?reference={secret.reference}",
            "/hop-viec?q=nhan+tien+trai+tuyen",
            "/hop-viec?kind=TC",
            "/hop-viec?unit=PGD",
            "/hop-viec?owner=PGD",
            "/hop-viec?state=open&period=2026",
        ):
            said = desk.see(address).said
            shown = said.replace(f"Mã hồ sơ: {secret.reference}", "")
            assert secret.reference not in shown.replace(f"Tìm: {secret.reference}", ""), address
            assert "trái tuyến" not in said.replace("Tuyển sinh, đúng tuyến, trái tuyến", ""), (
                address
            )
            assert "Tất cả 1" not in said, address
    office = town.at_desk(town.lan)
    assert "trái tuyến của nhiều" in office.see(f"/viec/{secret.reference}").said
    assert town.client(town.lan).get(f"/tep/{photo}").status_code == 200


@pytest.mark.parametrize("move", ["accept", "note", "answer", "alert", "escalate"])
def test_no_move_reaches_a_hidden_case(town, move):
    secret = town.secret()
    client = town.client(town.hang)
    own = town.matter()
    page = town.at_desk(town.hang).see(f"/viec/{own.reference}")
    token = page.form("accept").values["csrf_token"]
    sent = client.post(f"/viec/{secret.reference}/{move}", data={"csrf_token": token, "note": "?"})
    assert sent.status_code == 404
    assert len(again(secret).events) == 1


def test_another_school_sees_nothing_of_an_ordinary_case(town, app):
    matter = with_photo(town, app)
    client = town.client(town.bao)
    assert client.get(f"/viec/{matter.reference}").status_code == 404
    assert client.get(f"/tep/{matter.submission.attachments[0].name}").status_code == 404
    assert "LDT-" not in town.at_desk(town.bao).see("/hop-viec?folder=all&q=bua+trua").said


# --- typed in for somebody --------------------------------------------------------------------

PHONED = {
    "channel": "phone",
    "kind": "PA",
    "about": "boarding",
    "text": "Bà nội bé Na gọi báo suất ăn trưa nay bị nguội.",
}


def test_a_telephone_call_becomes_a_case_with_a_receipt(town):
    desk = town.at_desk(town.hang)
    done = desk.see("/nhap").send("/nhap", **PHONED)
    assert done.status == 200
    assert "Đã lưu" in done.said
    kept = db.session.query(Submission).one()
    assert (kept.channel_code, kept.taken_by_id) == ("phone", town.hang.id)
    matter = intake.case_of(db.session(), kept)
    assert matter.reference in done.said
    pdf = desk.client.post(
        f"/viec/{matter.reference}/phieu-nhan", data=done.form("/phieu-nhan").values
    )
    assert pdf.data.startswith(b"%PDF-")
    assert pdf.headers["Content-Disposition"] == f'inline; filename="{matter.reference}.pdf"'


def test_the_receipt_is_for_the_officer_who_typed_it_in_and_for_its_own_case(town):
    done = town.at_desk(town.hang).see("/nhap").send("/nhap", **PHONED)
    own = done.form("/phieu-nhan")
    other = town.matter()
    client = town.at_desk(town.hoa)
    token = client.see("/nhap").form("/nhap").values["csrf_token"]
    stolen = {**own.values, "csrf_token": token}
    assert client.client.post(own.action, data=stolen).status_code == 404
    wrong = f"/viec/{other.reference}/phieu-nhan"
    assert done.visitor.client.post(wrong, data=own.values).status_code == 404
    forged = {**own.values, "once": "A" * 56}
    assert done.visitor.client.post(own.action, data=forged).status_code == 404


def test_a_paper_about_the_head_goes_to_the_office_and_still_prints_its_receipt(town):
    desk = town.at_desk(town.hang)
    told = {**PHONED, "channel": "paper", "kind": "TC", "about": "leaders", "name": "Trần Văn A",
            "signed": "y", "consent": "y"}  # fmt: skip
    done = desk.see("/nhap").send("/nhap", **told)
    assert "đã chuyển thẳng đến đó" in done.said
    assert "Mở vụ việc" not in done.said
    matter = db.session.query(Case).one()
    assert matter.hidden_from_school
    assert matter.is_petition
    assert desk.client.get(f"/viec/{matter.reference}").status_code == 404
    printed = desk.client.post(
        f"/viec/{matter.reference}/phieu-nhan", data=done.form("/phieu-nhan").values
    )
    assert printed.data.startswith(b"%PDF-")


def test_pressing_save_twice_keeps_one(town):
    form = town.at_desk(town.hang).see("/nhap")
    first, second = form.send("/nhap", **PHONED), form.send("/nhap", **PHONED)
    assert db.session.query(Case).count() == 1
    code = first.page.forms[-1].values["once"]
    assert code == second.page.forms[-1].values["once"]


def test_another_matter_from_the_same_page_is_asked_about_and_then_kept(town):
    page = town.at_desk(town.hang).see("/nhap")
    page.send("/nhap", **PHONED)
    again_ = page.send("/nhap", **{**PHONED, "text": "Ông ngoại bé Bi hỏi giờ đón buổi chiều."})
    assert "Phiếu trước từ trang này đã được lưu" in again_.said
    assert "Đã lưu" in again_.send("/nhap").said
    assert db.session.query(Case).count() == 2


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"text": ""}, "Mời ghi lại việc gì đã xảy ra"),
        ({"text": "x" * 10_001}, "nhiều nhất là 10.000"),
        ({"channel": None}, "Mời chọn việc này đến bằng cách nào"),
        ({"channel": "qr"}, "Lựa chọn này không có"),
        ({"received_on": "2099-01-01"}, "không thể ở sau lúc này"),
        ({"received_on": "hôm qua"}, "Ngày chưa đúng"),
        ({"kind": "GY", "name": "A", "consent": "y", "signed": "y"}, "Chỉ khiếu nại và tố cáo"),
        ({"kind": "KN", "signed": "y"}, "mời ghi họ tên người gửi"),
        ({"phone": "0901234567"}, "Mời hỏi và đánh dấu đồng ý"),
        ({"phone": "123"}, "Số điện thoại chưa đúng"),
    ],
    ids=str,
)
def test_what_is_wrong_is_said_and_every_word_stays(town, wrong, sentence):
    filled = {**PHONED, "wish": "Mong được gọi lại.", **wrong}
    seen = town.at_desk(town.hang).see("/nhap").send("/nhap", **filled)
    assert seen.status == 422
    assert sentence in seen.said
    assert seen.form("/nhap").values["wish"] == "Mong được gọi lại."
    assert db.session.query(Case).count() == 0


def test_a_file_of_a_failed_form_is_named_to_be_chosen_again(town):
    filled = {**PHONED, "text": "", "files": (a_photo(), "thu-tay.jpg")}
    seen = town.at_desk(town.hang).see("/nhap").send("/nhap", **filled)
    assert "Mời chọn lại tệp: thu-tay.jpg" in seen.said


def test_a_matter_of_long_ago_is_kept_with_a_warning(town):
    long_ago = (clock.today() - timedelta(days=45)).isoformat()
    seen = town.at_desk(town.hang).see("/nhap").send("/nhap", **PHONED, received_on=long_ago)
    assert "cách đây hơn 30 ngày" in seen.said
    assert db.session.query(Case).one().received_on.isoformat() == long_ago


def test_a_clerk_types_in_only_for_the_own_school(town):
    town.at_desk(town.hang).see("/nhap").send("/nhap", **PHONED, unit="NT")
    assert db.session.query(Case).one().unit_id == town.school.id


def test_an_office_types_in_for_a_school_and_the_school_answers(town):
    done = town.at_desk(town.lan).see("/nhap").send("/nhap", **PHONED, unit="LDT")
    matter = db.session.query(Case).one()
    assert matter.owner_id == town.school.id
    assert "Trường Tiểu học Lê Đức Thọ" in done.said
    assert matter.reference in town.at_desk(town.hang).see("/hom-nay").said
