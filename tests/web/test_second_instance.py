"""The second đơn: written by its sender, printed, signed, taken in by the desk above, in time."""

import subprocess
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from sqlalchemy import select

from feedback import clock, db, intake, notices, timekeeping
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.notices import Notice
from feedback.models.papers import OutsidePaper
from feedback.models.units import load_calendar
from tests import world
from tests.eyes import Seen, Visitor
from tests.web.colleagues import Colleague, Town, again

TUESDAY = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
DAY = timedelta(days=1)
WHY = "Quyết định bỏ qua biên lai tôi đã nộp; đề nghị trả lại tiền."
CLAIM = "Kết luận bỏ qua hai nhân chứng; đề nghị xác minh lại."
ACCUSED = "Cô chủ nhiệm nhận tiền của phụ huynh."


class Story:
    """Mai and her code, the town, and a clock that jumps."""

    def __init__(self, town: Town, parent: Visitor):
        self.town, self.parent = town, parent
        assert town.office.manager
        self.chair = world.an_officer(town.office.manager, "chair", "Võ Thành An")

    def receipt(self, **said: object) -> intake.Receipt:
        contact = world.a_contact()
        made = world.a_receipt(
            self.town.school, TUESDAY, None, signed=True, contact=contact, **said
        )
        made.case.accept(self.act(0, made.case))
        db.session.commit()
        return made

    def complaint(self) -> intake.Receipt:
        return self.receipt(kind_code="KN", text="Thu tiền hai lần.", wish="Trả lại tiền.")

    def decided(self) -> intake.Receipt:
        made = self.complaint()
        made.case.decide(self.signature(5, made.case), "kn_wrong")
        made.case.send_decision(self.act(6, made.case))
        db.session.commit()
        return made

    def denunciation(self, **said: object) -> intake.Receipt:
        told = {"about_code": "class_teacher", "text": ACCUSED, **said}
        return self.receipt(kind_code="TC", **told)

    def concluded(self, **said: object) -> intake.Receipt:
        made = self.denunciation(**said)
        made.case.conclude(self.signature(5, made.case), "tc_wrong")
        made.case.send_conclusion(self.act(6, made.case))
        made.case.publish_conclusion(self.act(6, made.case))
        db.session.commit()
        return made

    def act(self, days: int, case: Case) -> Act:
        by = self.town.hang if case.owner_id == self.town.school.id else self.town.lan
        return world.an_act(by, "Theo hồ sơ.", TUESDAY + days * DAY)

    def signature(self, days: int, case: Case) -> Act:
        """Of the school's head, or of the committee's: neither has prepared it."""
        by = self.town.hoa if case.owner_id == self.town.school.id else self.chair
        return world.an_act(by, "Theo hồ sơ.", TUESDAY + days * DAY)

    def look(self, made: intake.Receipt) -> Seen:
        return self.parent.post("/tra-cuu", {"code": made.code})

    def write(self, made: intake.Receipt, words: str = WHY) -> Seen:
        return self.look(made).send("/lan-hai", text=words)


@pytest.fixture
def mai(town, parent) -> Story:
    return Story(town, Visitor(parent))


@pytest.fixture
def read_paper(parent, tmp_path: Path) -> Callable[[intake.Receipt], str]:
    def read(made: intake.Receipt) -> str:
        answer = parent.post("/tra-cuu/don-lan-hai", data={"code": made.code})
        assert answer.content_type == "application/pdf"
        paper = tmp_path / "don.pdf"
        paper.write_bytes(answer.data)
        done = subprocess.run(["pdftotext", "-layout", paper, "-"], capture_output=True, check=True)
        return " ".join(done.stdout.decode().split())

    return read


def at(days: int, hour: int = 10) -> time_machine.travel:
    return time_machine.travel(TUESDAY.replace(hour=hour) + days * DAY, tick=False)


# --- a complaint ------------------------------------------------------------------------------


def test_after_the_first_decision_the_page_says_until_when_and_to_whom(mai):
    made = mai.decided()
    with at(8):
        seen = mai.look(made)
    assert "Nếu không đồng ý với quyết định lần đầu" in seen.said
    assert "Chủ tịch UBND quận Gò Vấp" in seen.said
    # Thirty days from the letter of 16/11.
    assert "16/12/2026" in seen.said
    assert "Điều 33 khoản 1 Luật Khiếu nại 2011" in seen.said


def test_what_is_written_is_information_and_prints_the_second_đơn(mai, read_paper):
    made = mai.decided()
    with at(8):
        seen = mai.write(made)
        assert "Đã lập đơn" in seen.said
        assert "mang theo căn cước đến Phòng Giáo dục và Đào tạo quận Gò Vấp" in seen.said
        words = read_paper(made)
    assert "ĐƠN KHIẾU NẠI LẦN HAI" in words
    for told in (WHY, "Thu tiền hai lần.", "Nguyễn Thị Mai", "Khiếu nại sai", made.case.reference):
        assert told in words
    assert "ngày 15/11/2026" in words
    kept = again(made.case)
    assert (kept.status, kept.owner_id) == ("sent", mai.town.school.id)
    assert not [d for d in kept.deadlines if d.rule_code == "KN2_RESOLVE"]


def test_the_next_day_the_code_prints_no_name(mai, read_paper):
    made = mai.decided()
    with at(8):
        mai.write(made)
    with at(9):
        assert "họ tên trên đơn được để trống" in mai.look(made).said
        assert "Mai" not in read_paper(made)


def test_the_office_takes_it_in_once_it_has_seen_the_signature(mai):
    made = mai.decided()
    with at(8):
        mai.write(made)
    with at(9):
        lan = mai.town.at_desk(mai.town.lan)
        assert "Có đơn lần hai" in lan.see("/hom-nay").said
        page = lan.see(f"/viec/{made.case.reference}")
        unsigned = page.send("/lodge_again", note="Nộp tại Phòng.")
        assert unsigned.status == 422
        assert "đã có chữ ký hoặc điểm chỉ" in unsigned.said
        assert again(made.case).status == "sent"
        page.send("/lodge_again", note="Nộp tại Phòng.", signed="y")
    kept = again(made.case)
    assert (kept.status, kept.owner_id) == ("lodged_again", mai.town.office.id)
    assert [d.due_on.isoformat() for d in kept.running("KN_ACCEPT")] == ["2026-12-01"]
    with at(9):
        assert "Có đơn lần hai" not in lan.see("/hom-nay").said
        assert "Khiếu nại lần hai" not in mai.look(made).said.split("Trao đổi")[0]


def test_too_late_is_said_with_the_term_and_nothing_changes(mai):
    made = mai.decided()
    with at(8):
        page = mai.look(made)
    events = len(again(made.case).events)
    with at(8 + 40):
        seen = mai.look(made)
        assert "Thời hạn khiếu nại lần hai đã hết ngày thứ Tư, 16/12/2026" in seen.said
        assert "trở ngại khách quan" in seen.said
        assert not [f for f in seen.page.forms if f.action.endswith("/lan-hai")]
        form = page.form("/lan-hai").values
    # A page that has stood open since then is refused by the same sentence.
    with at(36, 23), at(37, 0):
        late = mai.parent.post("/tra-cuu/lan-hai", {**fresh_values(mai, made, form), "text": WHY})
    assert late.status == 409
    assert "đã hết ngày thứ Tư, 16/12/2026" in late.said
    assert len(again(made.case).events) == events


def fresh_values(mai: Story, made: intake.Receipt, form: dict[str, str]) -> dict[str, str]:
    """The old form with a key that still holds."""
    now = mai.look(made).form("/viet-them").values
    return {**form, "once": now["once"]}


def test_an_obstacle_opens_the_late_đơn_at_the_counter_and_is_kept(mai):
    made = mai.decided()
    with at(37):
        lan = mai.town.at_desk(mai.town.lan)
        page = lan.see(f"/viec/{made.case.reference}")
        refused = page.send("/lodge_again", note="Nộp muộn.", signed="y")
        assert "đã hết ngày thứ Tư, 16/12/2026" in refused.said
        assert again(made.case).status == "sent"
        page = lan.see(f"/viec/{made.case.reference}")
        page.send("/lodge_again", note="Nộp muộn.", signed="y", obstacle="Nằm viện, giấy ra viện")
    kept = again(made.case)
    assert kept.status == "lodged_again"
    assert kept.events[-1].detail["obstacle"] == "Nằm viện, giấy ra viện"


def test_a_first_instance_that_did_nothing_opens_the_second_and_mai_is_told_how(mai, read_paper):
    made = mai.complaint()
    with at(31):
        act = Act(None, clock.now(), load_calendar(db.session()))
        for passing in timekeeping.due(db.session(), clock.today()):
            timekeeping.make(db.session(), passing, act)
        db.session.commit()
        seen = mai.look(made)
        assert "đã để quá hạn giải quyết lần đầu" in seen.said
        notices.announce(db.session(), clock.now())
        assert db.session.scalars(select(Notice.template).where(Notice.officer_id.is_(None))).all()
        mai.write(made)
        assert "Đã hết thời hạn giải quyết ngày thứ Năm, 10/12/2026" in read_paper(made)


def test_a_complaint_still_at_work_offers_no_second_đơn(mai):
    made = mai.complaint()
    with at(3):
        seen = mai.look(made)
    assert "lần hai" not in seen.said


# --- a denunciation ---------------------------------------------------------------------------


def test_a_closed_denunciation_can_be_carried_to_the_desk_above(mai, read_paper):
    made = mai.concluded()
    made.case.close(mai.act(7, made.case))
    db.session.commit()
    with at(60):
        assert "anh/chị có quyền tố cáo tiếp" in mai.look(made).said
        mai.write(made, CLAIM)
        words = read_paper(made)
        assert "ĐƠN TỐ CÁO TIẾP" in words
        assert CLAIM in words
        lan = mai.town.at_desk(mai.town.lan)
        lan.see(f"/viec/{made.case.reference}").send("/lodge_again", note="Nộp đơn.", signed="y")
    kept = again(made.case)
    assert (kept.status, kept.owner_id, kept.closed_on) == (
        "lodged_again", mai.town.office.id, None,
    )  # fmt: skip
    assert kept.running("TC_AGAIN")


def test_the_next_day_the_paper_tells_nothing_of_a_denunciation(mai, read_paper):
    made = mai.concluded()
    with at(8):
        mai.write(made, CLAIM)
    with at(9):
        words = read_paper(made)
        assert CLAIM not in mai.look(made).said
    for secret in (CLAIM, "Mai", ACCUSED, "sai sự thật"):
        assert secret not in words


def test_the_committee_sees_a_hidden_denunciation_only_once_a_second_đơn_is_written(mai):
    made = mai.concluded(about_code="leaders")
    assert made.case.hidden_from_school
    committee = mai.town.office.manager
    assert committee
    dung = mai.town.at_desk(world.an_officer(committee, "office", "Đỗ Tiến Dũng"))
    address = f"/viec/{made.case.reference}"
    hang = mai.town.client(mai.town.hang)
    with at(8):
        dung = mai.town.at_desk(world.an_officer(committee, "office", "Đỗ Tiến Dũng"))
        assert dung.client.get(address).status_code == 404
        mai.write(made, CLAIM)
        dung.see(address).send("/lodge_again", note="Nộp tại UBND.", signed="y")
        assert again(made.case).owner_id == committee.id
        assert hang.get(address).status_code in (302, 404)
        hang = mai.town.client(mai.town.hang)
        assert hang.get(address).status_code == 404


# --- overdue: the desk above asks, and may take it up -----------------------------------------


def superior(mai: Story) -> Colleague:
    return mai.town.at_desk(mai.town.lan)


@pytest.fixture
def overdue(mai) -> intake.Receipt:
    """A denunciation whose term has passed, and for which a signed đơn lies at the Office."""
    made = mai.denunciation()
    with at(31):
        address = f"/viec/{made.case.reference}"
        superior(mai).see(address).send("/overdue_claim", note="Đơn nộp tại Phòng.", signed="y")
    return made


def actions(seen: Seen) -> set[str]:
    return {form.action.partition("?")[0].rpartition("/")[2] for form in seen.page.forms}


def test_before_the_term_has_passed_there_is_nothing_to_ask_for(mai):
    made = mai.denunciation()
    with at(30):
        assert "overdue_claim" not in actions(superior(mai).see(f"/viec/{made.case.reference}"))
        assert "tố cáo tiếp" not in mai.look(made).said


def test_the_denouncer_is_told_that_the_term_was_let_pass(mai, read_paper):
    made = mai.denunciation()
    with at(31):
        assert "đã để quá hạn giải quyết" in mai.look(made).said
        mai.write(made, "Đã quá hạn mà chưa kết luận.")
        assert "mà chưa được giải quyết" in read_paper(made)


def test_the_desk_above_has_five_working_days_to_ask_and_the_resolver_five_to_report(mai, overdue):
    address = f"/viec/{overdue.case.reference}"
    asked = [d.due_on.isoformat() for d in again(overdue.case).running("TC_OVERDUE_ASK")]
    assert asked == ["2026-12-18"]
    with at(31):
        seen = superior(mai).see(address).send("/demand_report", note="Báo cáo lý do quá hạn.")
        assert "được báo ngay" in seen.said
        assert "take_up" not in actions(seen)
    with at(33):
        resolver = mai.town.at_desk(mai.town.hang).see(address)
        assert actions(resolver).isdisjoint({"take_up", "demand_report", "overdue_claim"})
        resolver.send("/report", note="Chờ giám định chữ ký.")
    assert not again(overdue.case).running("TC_OVERDUE_ASK", "TC_OVERDUE_REPORT")


def test_having_heard_the_resolver_the_desk_above_may_take_it_up(mai, overdue):
    matter = again(overdue.case)
    matter.demand_report(world.an_act(mai.town.lan, "Báo cáo.", TUESDAY + 31 * DAY))
    matter.report(world.an_act(mai.town.hang, "Chờ giám định.", TUESDAY + 33 * DAY))
    db.session.commit()
    with at(33):
        superior(mai).act(matter, "take_up", note="Không có lý do.")
    kept = again(matter)
    assert (kept.status, kept.owner_id) == ("verifying_again", mai.town.office.id)
    papers = select(OutsidePaper).where(OutsidePaper.case_id == matter.id)
    assert [paper.unit_id for paper in db.session.scalars(papers)] == [mai.town.office.id]
    assert [d.due_on.isoformat() for d in kept.running("TC_RESOLVE")] == ["2027-01-12"]


def test_the_resolver_hears_that_a_report_is_wanted(mai):
    made = mai.denunciation()
    made.case.overdue_claim(world.an_act(mai.town.lan, "Đơn.", TUESDAY + 31 * DAY))
    made.case.demand_report(world.an_act(mai.town.lan, "Báo cáo.", TUESDAY + 31 * DAY))
    db.session.flush()
    notices.announce(db.session(), TUESDAY + 31 * DAY)
    told = db.session.scalars(
        select(Notice.officer_id).where(Notice.template == "report_wanted")
    ).all()
    assert told == [mai.town.hang.id]
