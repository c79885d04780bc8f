"""The Office's page: every school at a glance, and the days that are no working days."""

import csv
import html
import io
import re
from datetime import date, datetime, timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from feedback import clock, db, reckoning
from feedback.models.units import Holiday, UnitName, load_calendar, unit_by_code
from feedback.rules.calendar import SpecialDay
from feedback.web import here
from feedback.web.office import holidays
from tests import world
from tests.eyes import Reader, find_faults


@pytest.fixture
def place(story):
    """An Office with two schools, one of which has forgotten somebody."""
    world.the_holidays()

    class Place:
        office = world.an_office()
        school = world.a_school(office=office)
        other = world.a_school("NT", "Trường THCS Nguyễn Trãi", office)
        head = world.an_officer(office, "office_head")
        clerk = world.an_officer(school)
        forgotten = world.a_case(school, clock.now() - timedelta(days=40))

    return Place


def page(client, path: str) -> str:
    answer = client.get(path)
    assert answer.status_code == 200
    text = answer.get_data(as_text=True)
    assert not find_faults(Reader(text, path))
    return text


# --- every school -----------------------------------------------------------------------------


def test_the_school_that_needs_help_comes_first(place, sign_in):
    text = page(sign_in(place.head), "/cac-truong?period=2026")
    assert text.index("Trường Tiểu học Lê Đức Thọ") < text.index("Trường THCS Nguyễn Trãi")
    assert "1 việc quá hạn, lâu nhất" in text


def test_each_number_opens_its_rows(place, sign_in):
    client = sign_in(place.head)
    text = page(client, "/cac-truong?period=2026")
    links = re.findall(r'href="(/hop-viec\?[^"]*unit=LDT[^"]*state=open_late[^"]*)"', text)
    assert place.forgotten.reference in page(client, html.unescape(links[0]))


def test_what_goes_past_the_school_is_a_line_of_the_office(place, sign_in):
    world.a_case(place.other, kind_code="TC", about_code="leaders")
    text = page(sign_in(place.head), "/cac-truong?period=2026")
    own = text[text.index("Cơ quan quản lý trực tiếp giải quyết") :]
    assert "Phòng Giáo dục và Đào tạo quận Gò Vấp" in own


def test_a_period_that_is_none_is_answered_with_a_sentence(place, sign_in):
    text = page(sign_in(place.head), "/cac-truong?period=hôm-qua")
    assert "Không có kỳ nào mang mã “hôm-qua”" in text


def test_the_table_comes_as_a_file_that_runs_nothing(place, sign_in):
    place.other.names.append(UnitName(name="=HYPERLINK(1)", short_name="NT"))
    answer = sign_in(place.head).get("/cac-truong.csv?period=2026")
    assert answer.mimetype == "text/csv"
    text = answer.get_data(as_text=True)
    assert text.startswith("\ufeff")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))
    assert [row[0] for row in rows] == [
        "Đơn vị",
        "Phòng Giáo dục và Đào tạo quận Gò Vấp",
        "Trường Tiểu học Lê Đức Thọ",
        "'=HYPERLINK(1)",
        "Tổng cộng",
    ]


def test_the_file_of_no_period_does_not_exist(place, sign_in):
    assert sign_in(place.head).get("/cac-truong.csv?period=x").status_code == 404


@pytest.mark.parametrize("path", ["/cac-truong", "/cac-truong.csv"])
def test_a_school_has_no_such_page(place, sign_in, path):
    assert sign_in(place.clerk).get(path).status_code == 404


def test_another_office_sees_none_of_it(place, sign_in):
    away = world.an_office("PGD2", place.office.manager)
    world.a_school("XX", "Trường Mầm non Sơn Ca", away)
    text = page(sign_in(world.an_officer(away, "office")), "/cac-truong?period=2026")
    assert "Sơn Ca" in text
    assert "Lê Đức Thọ" not in text


def test_thirty_schools_cost_as_many_queries_as_three(place, sign_in):
    client = sign_in(place.head)

    def cost() -> int:
        asked = []
        db.session.commit()
        listen = lambda *_: asked.append(1)  # noqa: E731
        bound = db.session.get_bind().engine
        event.listen(bound, "before_cursor_execute", listen)
        page(client, "/cac-truong?period=2026")
        event.remove(bound, "before_cursor_execute", listen)
        return len(asked)

    cost()
    few = cost()
    for number in range(27):
        world.a_case(world.a_school(f"S{number}", f"Trường Mẫu {number}", place.office))
    assert cost() == few


# --- the calendar -----------------------------------------------------------------------------

HOLIDAYS = "/thiet-lap/ngay-nghi"


def token(client) -> str:
    text = page(client, HOLIDAYS)
    return text.split('name="csrf_token" type="hidden" value="')[1].split('"')[0]


def send(client, path=HOLIDAYS, **fields):
    return client.post(path, data={"csrf_token": token(client), **fields}, follow_redirects=True)


def a_day(**fields):
    usual = {"day": "2031-04-01", "kind": "holiday", "name": "Giỗ Tổ Hùng Vương", "source": ""}
    return {**usual, **fields}


def test_a_holiday_is_added_and_counts_at_once(place, sign_in, app):
    client = sign_in(place.head)
    answer = send(client, **a_day())
    assert "Đã thêm thứ Ba, 01/04/2031: Giỗ Tổ Hùng Vương." in answer.get_data(as_text=True)
    with app.test_request_context():
        assert not here.calendar().is_working(date(2031, 4, 1))


def test_the_same_day_twice_is_answered_with_a_sentence(place, sign_in):
    client = sign_in(place.head)
    send(client, **a_day())
    text = send(client, **a_day(name="Ngày lễ khác")).get_data(as_text=True)
    assert "Thứ Ba, 01/04/2031 đã có trong lịch: Giỗ Tổ Hùng Vương" in text
    assert "Ngày lễ khác" in text  # what was typed is still there
    assert len(db.session.scalars(select(Holiday).where(Holiday.name.like("%khác"))).all()) == 0


def test_of_two_who_enter_the_same_day_at_once_the_second_is_told(place, sign_in, monkeypatch):
    client = sign_in(place.head)
    first = SpecialDay(date(2031, 4, 1), "holiday", "Giỗ Tổ Hùng Vương")
    # While the second waits for the turn, the first commits.
    monkeypatch.setattr(holidays, "in_turn", lambda: db.session.add(Holiday.new(first)))
    text = send(client, **a_day(name="Ngày lễ khác")).get_data(as_text=True)
    assert "Thứ Ba, 01/04/2031 đã có trong lịch: Giỗ Tổ Hùng Vương" in text


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"day": ""}, "Mời chọn ngày."),
        ({"day": "31/02/2027"}, "Ngày chưa đúng"),
        ({"day": "1999-01-01"}, "Năm cần từ 2020 đến 2100."),
        ({"kind": "swapped_working"}, "Ngày đi làm bù là thứ Bảy hoặc Chủ nhật."),
        ({"name": ""}, "Mời ghi tên gọi"),
        ({"name": "x" * 121}, "nhiều nhất là 120"),
        ({"source": "x" * 301}, "nhiều nhất là 300"),
        ({"kind": "nonsense"}, "Lựa chọn này không có."),
    ],
)
def test_a_day_that_makes_no_sense_is_answered_beside_its_field(place, sign_in, fields, sentence):
    assert sentence in send(sign_in(place.head), **a_day(**fields)).get_data(as_text=True)


def test_a_day_is_removed_and_one_is_checked(place, sign_in):
    client = sign_in(place.head)
    day = db.session.scalars(select(Holiday).where(Holiday.confirmed.is_(False)).limit(1)).one()
    said = send(client, f"{HOLIDAYS}/{day.id}/xac-nhan").get_data(as_text=True)
    assert "đã đối chiếu" in said
    assert db.session.get_one(Holiday, day.id).confirmed
    said = send(client, f"{HOLIDAYS}/{day.id}/xoa").get_data(as_text=True)
    assert "Đã xóa" in said
    assert db.session.get(Holiday, day.id) is None


def test_nothing_is_removed_by_a_page_that_lay_open_too_long(place, sign_in):
    day = db.session.scalars(select(Holiday).limit(1)).one()
    answer = sign_in(place.head).post(f"{HOLIDAYS}/{day.id}/xoa", follow_redirects=True)
    assert "chưa có gì được ghi" in answer.get_data(as_text=True)
    assert db.session.get(Holiday, day.id) is not None


def test_without_the_tet_of_next_year_the_page_warns(place, sign_in):
    next_year = clock.today().year + 1
    for day in db.session.scalars(select(Holiday)):
        if day.day.year == next_year and day.name.startswith("Tết Nguyên đán"):
            db.session.delete(day)
    text = page(sign_in(place.head), HOLIDAYS)
    assert f"Chưa có ngày nghỉ Tết Nguyên đán năm {next_year}." in text


@pytest.mark.parametrize(("month", "warned"), [(9, False), (10, True), (12, True)])
def test_from_october_the_offices_pages_warn_of_the_next_tet(place, sign_in, month, warned):
    for day in db.session.scalars(select(Holiday)):
        if day.day.year == 2028:
            db.session.delete(day)
    with time_machine.travel(datetime(2027, month, 5, 9, tzinfo=clock.OFFICE_ZONE), tick=False):
        client = sign_in(place.head)
        here_ = [page(client, path) for path in (HOLIDAYS, "/hom-nay", "/cac-truong?period=2027")]
        school = page(sign_in(place.clerk), "/hom-nay")
    assert [("Nguyên đán năm 2028" in text) for text in here_] == [warned] * 3
    assert "Nguyên đán năm 2028" not in school


def test_an_office_gives_its_schools_a_day_and_no_other(place, sign_in, app):
    answer = send(sign_in(place.head), **a_day(name="Bão số 9", unit=place.office.code))
    assert "Đã thêm thứ Ba, 01/04/2031: Bão số 9." in answer.get_data(as_text=True)
    away = world.a_school("XX", "Trường Sơn Ca", world.an_office("PGD2", place.office.manager))
    with app.test_request_context():
        calendar = here.calendar()
    day = date(2031, 4, 1)
    school = db.session.scalars(unit_by_code("LDT")).one()
    assert calendar.is_working(day)
    assert calendar.at(away.id).is_working(day)
    assert not calendar.at(place.office.id).is_working(day)
    assert calendar.at(school.id).why_off(day) == "Bão số 9"


def test_a_school_sees_the_days_of_its_office_and_changes_none(place, sign_in):
    send(sign_in(place.head), **a_day(name="Bão số 9", unit=place.office.code))
    clerk = sign_in(place.clerk)
    text = page(clerk, HOLIDAYS)
    assert "Bão số 9" in text
    assert "Do cấp trên đặt" in text
    assert "/xoa" not in text
    day = db.session.scalars(select(Holiday).where(Holiday.name == "Bão số 9")).one()
    assert clerk.post(f"{HOLIDAYS}/{day.id}/xoa").status_code == 404
    assert clerk.post(HOLIDAYS, data=a_day()).status_code == 404


def test_an_office_sees_but_does_not_change_the_days_of_the_committee(place, sign_in):
    committee = place.office.manager
    storm = Holiday.new(SpecialDay(date(2031, 4, 1), "holiday", "Bão số 9"), committee)
    db.session.add(storm)
    db.session.commit()
    client = sign_in(place.head)
    assert "Bão số 9" in page(client, HOLIDAYS)
    assert send(client, f"{HOLIDAYS}/{storm.id}/xoa").status_code == 404
    twice = send(client, **a_day(unit=place.office.code)).get_data(as_text=True)
    assert "đã có trong lịch: Bão số 9" in twice


def test_a_term_of_a_school_skips_the_days_of_its_office(place):
    matter = world.a_case(place.school, datetime(2027, 3, 1, 9, tzinfo=clock.OFFICE_ZONE))
    before = {d.rule_code: d.due_on for d in matter.deadlines}
    storm = SpecialDay(date(2027, 3, 4), "holiday", "Bão số 9")
    db.session.add(Holiday.new(storm, place.office))
    db.session.flush()
    later = world.a_case(place.school, datetime(2027, 3, 1, 9, tzinfo=clock.OFFICE_ZONE))
    after = {d.rule_code: d.due_on for d in later.deadlines}
    assert after == {code: day + timedelta(days=1) for code, day in before.items()}
    told = "\n".join(reckoning.explained(later, load_calendar(db.session())))
    assert "Không tính thứ Năm, 04/03/2027: Bão số 9." in told


def test_the_shipped_calendar_fills_what_is_lacking_and_keeps_the_rest(place, sign_in):
    lacking = db.session.scalars(select(Holiday).order_by(Holiday.day).limit(3)).all()
    for day in lacking:
        db.session.delete(day)
    db.session.flush()
    client = sign_in(place.head)
    assert "Còn 3 ngày của lịch có sẵn" in page(client, HOLIDAYS)
    said = send(client, f"{HOLIDAYS}/nap-lich").get_data(as_text=True)
    assert "Đã nạp 3 ngày từ lịch có sẵn." in said


def test_an_empty_calendar_says_what_to_do(story, sign_in):
    office = world.an_office()
    world.a_school(office=office)
    text = page(sign_in(world.an_officer(office, "office")), HOLIDAYS)
    assert "Lịch còn trống" in text
