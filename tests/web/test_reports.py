"""From the resolved cases to the school's report and the Office's consolidated one."""

import csv
import io
import re
from datetime import timedelta

import docx
import pytest
import time_machine
from sqlalchemy import select, update

from feedback import clock, db, rounds
from feedback.models.reports import UnitReport
from feedback.models.units import load_calendar
from feedback.web.office import reportfile
from tests import world
from tests.web.colleagues import Colleague

WORDS = "Hiệu trưởng tiếp công dân theo lịch niêm yết."


class Place:
    """An Office with two schools; the round that is due next is open."""

    def __init__(self, sign_in) -> None:
        world.the_holidays()
        self.sign_in = sign_in
        self.office = world.an_office()
        self.school = world.a_school(office=self.office)
        self.other = world.a_school("NT", "Trường THCS Nguyễn Trãi", self.office)
        self.clerk = world.an_officer(self.school, name="Phạm Thị Vân")
        self.head = world.an_officer(self.school, "principal", "Đỗ Minh Khai")
        self.other_head = world.an_officer(self.other, "principal", "Lý Thu Hà")
        self.officer = world.an_officer(self.office, "office_head", "Trần Văn Minh")
        committee = self.office.manager or world.a_committee()
        self.chair = world.an_officer(committee, "office", "Lê Hoàng Nam")

    def open_rounds(self) -> None:
        rounds.ensure_rounds(db.session(), clock.today(), load_calendar(db.session()))
        db.session.commit()

    def report(self, unit) -> UnitReport:
        newest = select(UnitReport).where(UnitReport.unit_id == unit.id)
        return db.session.scalars(newest.order_by(UnitReport.round_id.desc()).limit(1)).one()

    def path(self, unit) -> str:
        return f"/bao-cao/{self.report(unit).id}"

    def at(self, officer) -> Colleague:
        return Colleague(self.sign_in(officer))

    def hand_in(self, unit, head):
        return self.at(head).see(self.path(unit)).send(self.path(unit), step="submit")


@pytest.fixture
def place(story, sign_in):
    made = Place(sign_in)
    made.open_rounds()
    return made


def again(kept):
    """The same row as the database has it now."""
    return db.session.get_one(type(kept), kept.id)


# --- the school writes and hands in -------------------------------------------------------------


def test_the_clerk_writes_and_the_words_are_kept(place):
    desk = place.at(place.clerk)
    seen = desk.see(place.path(place.school)).send(place.path(place.school), s_II_4_a=WORDS)
    assert "Đã lưu bản nháp." in seen.said
    assert seen.form(place.path(place.school)).values["s_II_4_a"].strip() == WORDS
    assert "Đang soạn" in seen.said


def test_a_clerk_does_not_hand_in(place):
    desk = place.at(place.clerk)
    seen = desk.see(place.path(place.school))
    assert 'value="submit"' not in seen.answer.get_data(as_text=True)
    assert seen.send(place.path(place.school), step="submit").status == 404
    assert place.report(place.school).state == "not_started"


def test_the_head_hands_in_and_the_figures_stand_still(place):
    matter = world.a_case(place.school, clock.now() - timedelta(days=2))
    seen = place.hand_in(place.school, place.head)
    assert "Đã nộp. Số liệu đã chốt." in seen.said
    assert seen.figures("Nhận trong kỳ")[0] == "1"
    matter, clerk = again(matter), again(place.clerk)
    matter.accept(world.an_act(clerk))
    matter.answer(world.an_act(clerk, "Đã sửa xong."), "done", "Đã sửa")
    db.session.commit()
    seen = place.at(place.head).see(place.path(place.school))
    assert [seen.figures(line)[0] for line in ("Nhận trong kỳ", "Đã trả lời")] == ["1", "0"]


def test_nothing_received_is_a_report_too(place):
    seen = place.hand_in(place.school, place.head)
    assert seen.figures("Nhận trong kỳ") == ["0", "0", "0"]
    assert "Đã nộp" in seen.said


def test_each_number_opens_its_rows_of_that_school_only(place):
    world.a_case(place.school, clock.now() - timedelta(days=2))
    html = place.at(place.clerk).see(place.path(place.school)).answer.get_data(as_text=True)
    links = re.findall(r'href="/hop-viec\?([^"]*)"', html)
    assert links
    assert all("unit=LDT" in link for link in links)


def test_what_is_hidden_from_the_school_is_not_in_its_report(place):
    hidden = world.a_case(place.school, kind_code="TC", about_code="leaders")
    seen = place.at(place.head).see(place.path(place.school))
    assert hidden.reference not in seen.answer.get_data(as_text=True)
    assert seen.figures("Nhận trong kỳ")[0] == "0"
    of_office = place.at(place.officer).see(place.path(place.office))
    assert hidden.reference in of_office.answer.get_data(as_text=True)


# --- nothing typed is lost ----------------------------------------------------------------------


def test_two_tabs_show_both_texts_and_lose_neither(place):
    path = place.path(place.school)
    desk = place.at(place.clerk)
    first, second = desk.see(path), desk.see(path)
    first.send(path, s_V="Sửa mái che.")
    seen = second.send(path, s_V="Sửa nhà vệ sinh.")
    assert "Có người vừa lưu báo cáo này" in seen.said
    assert "Sửa mái che." in seen.said  # what is kept
    assert seen.form(path).values["s_V"].strip() == "Sửa nhà vệ sinh."  # what was typed
    assert place.report(place.school).narrative["V"] == "Sửa mái che."
    seen.send(path)
    assert place.report(place.school).narrative["V"] == "Sửa nhà vệ sinh."


def test_words_typed_while_the_head_handed_in_are_shown_again(place):
    path = place.path(place.school)
    open_page = place.at(place.clerk).see(path)
    place.hand_in(place.school, place.head)
    seen = open_page.send(path, s_V="Sửa nhà vệ sinh.")
    assert "chữ vừa gõ chưa được lưu" in seen.said
    assert "Sửa nhà vệ sinh." in seen.said
    assert place.report(place.school).narrative.get("V", "") == ""


def test_two_saves_in_the_same_moment_lose_nothing_either(place, monkeypatch):
    path = place.path(place.school)
    seen = place.at(place.clerk).see(path)

    def somebody_saves_now(_form, report) -> bool:
        other = update(UnitReport).where(UnitReport.id == report.id).values(version=7)
        db.session.execute(other.execution_options(synchronize_session=False, unbound=True))
        monkeypatch.undo()
        return True

    monkeypatch.setattr(reportfile, "is_fresh", somebody_saves_now)
    seen = seen.send(path, s_V="Sửa nhà vệ sinh.")
    assert "Có người vừa lưu báo cáo này" in seen.said
    assert seen.form(path).values["s_V"].strip() == "Sửa nhà vệ sinh."


def test_a_page_that_lay_open_too_long_keeps_what_was_typed(place):
    path = place.path(place.school)
    seen = place.at(place.clerk).see(path).send(path, s_V="Sửa mái che.", csrf_token="old")
    assert "Chữ đã gõ vẫn còn" in seen.said
    assert seen.form(path).values["s_V"].strip() == "Sửa mái che."
    assert place.report(place.school).narrative == {}


def test_fifty_thousand_letters_are_too_many_and_stay(place):
    path = place.path(place.school)
    seen = place.at(place.clerk).see(path).send(path, s_V="ố" * 50_000)
    assert "nhiều nhất là 10.000" in seen.said
    assert len(seen.form(path).values["s_V"].strip()) == 50_000


# --- who sees what ------------------------------------------------------------------------------

OTHERS = ["", "/ban-in", ".docx", "/register.csv", "/trich/II.5"]


@pytest.mark.parametrize("page", OTHERS)
def test_another_schools_report_does_not_exist(place, page):
    place.hand_in(place.school, place.head)
    assert place.sign_in(place.other_head).get(place.path(place.school) + page).status_code == 404


@pytest.mark.parametrize("page", ["/ban-in", ".docx", "/register.csv"])
def test_the_office_reads_nothing_of_a_draft(place, page):
    path = place.path(place.school)
    place.at(place.clerk).see(path).send(path, s_V="Sửa mái che.")
    seen = place.at(place.officer).see(path)
    assert "Sửa mái che." not in seen.said
    assert "hiện ở đây khi đơn vị nộp báo cáo" in seen.said
    assert place.sign_in(place.officer).get(path + page).status_code == 404


def test_the_office_cannot_write_in_a_schools_report(place):
    place.hand_in(place.school, place.head)
    desk = place.at(place.officer)
    seen = desk.post(place.path(place.school), {"s_V": "Chữ của Phòng."})
    assert place.report(place.school).narrative.get("V", "") == ""
    assert seen.status == 200


@pytest.mark.parametrize("move", ["tra-lai", "duyet"])
def test_a_school_judges_nobody_not_even_itself(place, move):
    place.hand_in(place.school, place.head)
    client = place.sign_in(place.head)
    answer = client.post(f"{place.path(place.school)}/{move}", data={"note": "Tốt lắm rồi đấy."})
    assert answer.status_code == 404


# --- the Office judges and puts together --------------------------------------------------------


def test_sent_back_with_a_word_then_accepted(place):
    path = place.path(place.school)
    place.hand_in(place.school, place.head)
    desk = place.at(place.officer)
    assert "Mời ghi cần sửa gì" in desk.see(path).send("/tra-lai", note="").said
    desk.see(path).send("/tra-lai", note="Mục V chưa có thời hạn.")
    school = place.at(place.head).see(path)
    assert "Mục V chưa có thời hạn." in school.said
    school.send(path, s_V="Xong trước 30/6.", step="submit")
    seen = desk.see(path).send("/duyet", note="Đầy đủ.")
    assert "Đã duyệt" in seen.said
    moves = [event.move_code for event in place.report(place.school).events]
    assert moves == ["write", "submit", "return", "write", "submit", "accept"]
    assert "Đỗ Minh Khai" in seen.said  # the history says who


def test_a_second_officer_who_comes_too_late_is_told(place):
    path = place.path(place.school)
    place.hand_in(place.school, place.head)
    first, second = place.at(place.officer).see(path), place.at(place.officer).see(path)
    first.send("/tra-lai", note="Mục V chưa có thời hạn.")
    seen = second.send("/duyet")
    assert "Mời tải lại trang" in seen.said


def test_the_consolidated_report_is_the_sum_of_what_was_handed_in(place):
    """LDT 2, NT 1 handed in; a later matter of LDT is not in the sum; the Office's own is."""
    ago = clock.now() - timedelta(days=2)
    for unit in (place.school, place.school, place.other):
        world.a_case(unit, ago)
    world.a_case(place.school, ago, kind_code="TC", about_code="leaders")
    place.hand_in(place.school, place.head)
    seen = place.at(place.officer).see(place.path(place.office))
    assert "Chưa có 1 đơn vị" in seen.said
    assert seen.figures("Nhận trong kỳ")[0] == "3"
    world.a_case(place.school, ago)
    place.hand_in(place.other, place.other_head)
    seen = place.at(place.officer).see(place.path(place.office))
    assert seen.figures("Nhận trong kỳ")[0] == "4"
    rows = csv_rows(place, f"{place.path(place.office)}/by_school.csv")
    assert {row[0]: row[2] for row in rows[1:]} == {
        "Phòng Giáo dục và Đào tạo quận Gò Vấp": "1",
        "Trường Tiểu học Lê Đức Thọ": "2",
        "Trường THCS Nguyễn Trãi": "1",
        "Tổng cộng": "4",
    }


def csv_rows(place, path: str) -> list[list[str]]:
    text = place.sign_in(place.officer).get(path).get_data(as_text=True)
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_a_report_that_was_sent_back_leaves_the_sum(place):
    world.a_case(place.school, clock.now() - timedelta(days=2))
    place.hand_in(place.school, place.head)
    desk = place.at(place.officer)
    assert desk.see(place.path(place.office)).figures("Nhận trong kỳ")[0] == "1"
    desk.see(place.path(place.school)).send("/tra-lai", note="Thiếu mục V, đề nghị bổ sung.")
    assert desk.see(place.path(place.office)).figures("Nhận trong kỳ")[0] == "0"


def test_the_office_reads_what_the_schools_wrote_under_a_heading(place):
    path = place.path(place.school)
    place.at(place.head).see(path).send(path, s_II_5="Mô hình Bếp mở.", step="submit")
    seen = place.at(place.officer).see(f"{place.path(place.office)}/trich/II.5")
    assert "Trường Tiểu học Lê Đức Thọ" in seen.said
    assert "Mô hình Bếp mở." in seen.said


def test_the_consolidated_report_goes_up_to_the_committee(place):
    path = place.path(place.office)
    assert "hiện ở đây khi đơn vị nộp" in place.at(place.chair).see(path).said
    place.at(place.officer).see(path).send(path, step="submit")
    seen = place.at(place.chair).see(path).send("/duyet")
    assert "Đã duyệt" in seen.said
    assert "Tình hình nộp báo cáo" in seen.said


# --- who has not --------------------------------------------------------------------------------


def test_rounds_open_when_the_page_does(story, sign_in):
    place = Place(sign_in)
    db.session.commit()
    seen = place.at(place.clerk).see("/bao-cao")
    assert "Chưa làm" in seen.said
    assert place.report(place.school) is not None


def test_who_is_late_stands_first_with_the_days(place):
    report = place.report(place.other)
    report.round.due_on = clock.today() - timedelta(days=5)
    db.session.commit()
    place.hand_in(place.school, place.head)
    seen = place.at(place.officer).see("/bao-cao")
    assert "1 đơn vị đã quá hạn mà chưa nộp" in seen.said
    html = seen.answer.get_data(as_text=True)
    assert html.index("Nguyễn Trãi") < html.index("Lê Đức Thọ")
    assert "trễ 5 ngày" in seen.said


def test_a_school_sees_its_own_reports_and_no_list_of_others(place):
    seen = place.at(place.clerk).see("/bao-cao")
    assert "Nguyễn Trãi" not in seen.said
    assert "Báo cáo của đơn vị mình" in seen.said


def test_the_last_day_says_why_it_is_that_day(place):
    report = place.report(place.school)
    report.round.due_on = rounds.last_on(report.round) - timedelta(days=1)
    db.session.commit()
    seen = place.at(place.clerk).see(place.path(place.school))
    assert "không lùi về sau" in seen.said


# --- papers -------------------------------------------------------------------------------------


def test_the_report_as_a_word_file(place):
    path = place.path(place.school)
    place.at(place.head).see(path).send(path, s_I="Trường có 33 lớp.", step="submit")
    answer = place.sign_in(place.officer).get(path + ".docx")
    assert "bao-cao-LDT-DV-" in answer.headers["Content-Disposition"]
    document = docx.Document(io.BytesIO(answer.data))
    written = [line.text for line in document.paragraphs]
    assert "Trường có 33 lớp." in written
    in_cells = " ".join(c.text for table in document.tables for r in table.rows for c in r.cells)
    for said in ("BC-THLĐT", "Gò Vấp, ngày", "HIỆU TRƯỞNG", "Đỗ Minh Khai"):
        assert said in in_cells
    assert "DỰ THẢO" not in in_cells


@pytest.mark.parametrize("page", ["/ban-in", ".docx", "/register.csv"])
def test_drawn_again_a_month_later_it_is_the_same_to_the_byte(place, page):
    path = place.path(place.school)
    world.a_case(place.school)
    place.at(place.head).see(path).send(path, s_I="Trường có 33 lớp.", step="submit")
    first = _paper_of(place.sign_in(place.clerk).get(path + page).data)
    with time_machine.travel(clock.now() + timedelta(days=31)):
        world.a_case(place.school, text="Chuyện của tháng sau: xe đưa rước đến trễ một tiếng.")
        assert _paper_of(place.sign_in(place.clerk).get(path + page).data) == first


def _paper_of(answer: bytes) -> bytes:
    """What is printed: of a page not the menu, which counts what waits today, and no links."""
    return re.sub(rb"<[^>]*>", b"", answer.partition(b"<main")[2]) or answer


def test_a_draft_says_so_and_names_nobody(place):
    answer = place.sign_in(place.clerk).get(place.path(place.school) + ".docx")
    document = docx.Document(io.BytesIO(answer.data))
    in_cells = " ".join(c.text for table in document.tables for r in table.rows for c in r.cells)
    assert "DỰ THẢO" in in_cells
    assert "Đỗ Minh Khai" not in in_cells


def test_each_table_comes_as_a_file(place):
    answer = place.sign_in(place.clerk).get(place.path(place.school) + "/register.csv")
    assert answer.get_data(as_text=True).startswith("\ufeffNội dung,Kỳ này,Cùng kỳ,Chênh lệch")
    assert place.sign_in(place.clerk).get(place.path(place.school) + "/x.csv").status_code == 404


def test_the_printed_page_holds_the_outline_and_the_figures(place):
    seen = place.at(place.clerk).see(place.path(place.school) + "/ban-in")
    for said in ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Đơn thư", "Tình hình tiếp nhận", "DỰ THẢO"):
        assert said in seen.said
