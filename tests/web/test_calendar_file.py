"""A calendar from a file: looked through row by row, then taken whole, or not at all."""

import io
import re
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

from feedback import clock, db
from feedback.models.units import Holiday
from feedback.rules.calendar import SpecialDay
from feedback.rules.calendar_sheets import COLUMNS, rows_of
from feedback.web import here
from feedback.web.office import holidays
from tests import world
from tests.eyes import Reader, find_faults

FILE, HOLIDAYS = "/thiet-lap/ngay-nghi/tep", "/thiet-lap/ngay-nghi"
HEAD = ",".join(COLUMNS.values())
TET = (
    f"{HEAD}\r\n"
    '23/01/2031,"Ngày nghỉ lễ, Tết",Tết Nguyên đán (mùng 1),QĐ 12/QĐ-TTg,có\r\n'
    '24/01/2031,"Ngày nghỉ lễ, Tết",Tết Nguyên đán (mùng 2),QĐ 12/QĐ-TTg,có\r\n'
)


@pytest.fixture
def place(story):
    """Ms Nga of the Office keeps the calendar; Hòa is clerk at a school below it."""
    world.the_holidays()

    class Place:
        office = world.an_office()
        school = world.a_school(office=office)
        nga = world.an_officer(office, "office_head")
        hoa = world.an_officer(school)

    return Place


def shown(answer) -> str:
    text = answer.get_data(as_text=True)
    assert not find_faults(Reader(text, FILE))
    return text


def hidden(text: str, name: str) -> str:
    found = re.search(rf'name="{name}" type="hidden" value="([^"]*)"', text)
    return found[1] if found else ""


def look(client, data: str | bytes, **fields):
    """Choose a file and have it looked through."""
    told = data if isinstance(data, bytes) else data.encode("utf-8-sig")
    token = hidden(shown(client.get(FILE)), "csrf_token")
    posted = {"csrf_token": token, "check": "1", "file": (io.BytesIO(told), "lich.csv"), **fields}
    return client.post(FILE, data=posted)


def take(client, seen: str, text: str, **fields):
    """Press the button under the preview."""
    token = hidden(shown(client.get(FILE)), "csrf_token")
    posted = {"csrf_token": token, "write": "1", "seen": seen, "text": text, **fields}
    return client.post(FILE, data=posted, follow_redirects=True)


def days_of(year: int) -> list[Holiday]:
    found = select(Holiday).where(Holiday.day.between(date(year, 1, 1), date(year, 12, 31)))
    return list(db.session.scalars(found.order_by(Holiday.day)))


def test_nga_sees_each_row_then_takes_the_file_and_terms_skip_its_days(place, sign_in, app):
    client = sign_in(place.nga)
    text = shown(look(client, TET))
    assert "Sẽ thêm 2 ngày; 0 ngày đã có được giữ nguyên." in text
    assert "Tết Nguyên đán (mùng 2)" in text
    assert days_of(2031) == []
    said = shown(take(client, hidden(text, "seen"), TET))
    assert "Đã thêm 2 ngày từ tệp vào lịch." in said
    assert [(one.day.day, one.source, one.confirmed) for one in days_of(2031)] == [
        (23, "QĐ 12/QĐ-TTg", True),
        (24, "QĐ 12/QĐ-TTg", True),
    ]
    with app.test_request_context():
        assert not here.calendar().is_working(date(2031, 1, 23))


def test_what_was_promised_before_stays_as_after_any_edit_of_the_calendar(place, sign_in):
    matter = world.a_case(place.school, clock.now())
    promised = {one.rule_code: one.due_on for one in matter.deadlines}
    tomorrow = clock.today() + timedelta(days=1)
    row = f"{HEAD}\n{tomorrow:%d/%m/%Y},holiday,Bão số 9,CV 1,có\n"
    client = sign_in(place.nga)
    take(client, hidden(shown(look(client, row)), "seen"), row)
    db.session.expire_all()
    assert {one.rule_code: one.due_on for one in matter.deadlines} == promised


def test_the_same_file_again_changes_nothing_and_says_so(place, sign_in):
    client = sign_in(place.nga)
    take(client, hidden(shown(look(client, TET)), "seen"), TET)
    again = shown(look(client, TET))
    assert "Cả 2 ngày trong tệp đã có trong lịch" in again
    assert 'name="write"' not in again
    take(client, hidden(again, "seen"), TET)
    assert len(days_of(2031)) == 2


def test_of_two_who_take_the_same_file_at_once_the_second_is_shown_what_the_first_did(
    place, sign_in, monkeypatch
):
    client = sign_in(place.nga)
    seen = hidden(shown(look(client, TET)), "seen")
    first = [SpecialDay(date(2031, 1, day), "holiday", "Tết") for day in (23, 24)]
    # While the second waits for the turn, the first commits.
    monkeypatch.setattr(holidays, "in_turn", lambda: db.session.add_all(map(Holiday.new, first)))
    said = shown(take(client, seen, TET))
    assert "Cả 2 ngày trong tệp đã có trong lịch" in said
    assert [one.name for one in days_of(2031)] in ([], ["Tết", "Tết"])


@pytest.mark.parametrize(
    ("row", "sentence"),
    [
        ("23/01/2031,holiday,Mùng 1 lần nữa,,", "đứng hai lần trong tệp, lần đầu ở dòng 2"),
        ("30/02/2031,holiday,Không có ngày này,,", "Dòng 4: “30/02/2031” không phải là một ngày"),
        ("25/01/2031,lễ hội,Hội làng,,", "loại ngày “lễ hội” không phải là một trong"),
        ("27/01/2031,swapped_working,Làm bù,,", "không phải thứ Bảy hay Chủ nhật"),
        ("25/01/2031,holiday,,,", "chưa có tên gọi"),
        ("25/01/2031,holiday,Tết,,chắc là rồi", "không rõ là đã đối chiếu hay chưa"),
        (f"25/01/2031,holiday,{'x' * 121},,", "tên gọi dài nhất 120 ký tự"),
        ("24/11/2026,swapped_off,Nghỉ hoán đổi,,", "đã có trong lịch là “Ngày nghỉ lễ, Tết”"),
    ],
)
def test_one_wrong_row_is_named_and_nothing_of_the_file_is_taken(place, sign_in, row, sentence):
    client, before = sign_in(place.nga), db.session.scalar(select(func.count(Holiday.id)))
    answer = look(client, f"{TET}{row}\r\n")
    text = shown(answer)
    assert answer.status_code == 422
    assert sentence in text
    assert "mùng 2" in text  # what was right is still there
    assert 'name="write"' not in text
    take(client, hidden(text, "seen"), f"{TET}{row}\r\n")
    assert db.session.scalar(select(func.count(Holiday.id))) == before


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (b"\xff\xfe\x00", "Không đọc được chữ trong tệp"),
        (b"PK\x03\x04\x99\x88", "Không đọc được chữ trong tệp"),
        ("Lịch nghỉ năm 2031", "thiếu cột “Ngày”"),
        (HEAD, "chưa có ngày nào dưới dòng tiêu đề"),
        ("", "Mời chọn tệp, hoặc dán nội dung tệp"),
        (f"{HEAD}\n" + "x" * 200_001, "Tệp quá lớn"),
    ],
)
def test_what_is_no_calendar_is_answered_with_a_sentence(place, sign_in, data, sentence):
    answer = look(sign_in(place.nga), data)
    assert answer.status_code == 422
    assert sentence in shown(answer)


def test_nothing_is_taken_that_was_not_shown(place, sign_in):
    client = sign_in(place.nga)
    seen = hidden(shown(look(client, TET)), "seen")
    changed = TET.replace("24/01/2031", "27/01/2031")
    text = shown(take(client, seen, changed))
    assert "đã đổi sau lần kiểm tra" in text
    assert "27/01/2031" in text
    assert days_of(2031) == []
    shown(take(client, hidden(text, "seen"), changed))
    assert [one.day.day for one in days_of(2031)] == [23, 27]


def test_a_day_of_ones_own_office_is_of_the_office_and_known_from_above(place, sign_in):
    storm = SpecialDay(date(2031, 1, 23), "holiday", "Bão số 9")
    db.session.add(Holiday.new(storm, place.office.manager))
    db.session.commit()
    client, unit = sign_in(place.nga), {"unit": place.office.code}
    text = shown(look(client, TET, **unit))
    assert "Sẽ thêm 1 ngày; 1 ngày đã có" in text
    take(client, hidden(text, "seen"), TET, **unit)
    assert [one.unit_id for one in days_of(2031)] == [place.office.manager.id, place.office.id]


def test_the_calendar_in_use_is_taken_home_and_read_back(place, sign_in):
    client = sign_in(place.nga)
    sheet = client.get(f"{HOLIDAYS}.csv").get_data(as_text=True)
    assert len(rows_of(sheet)) == len(set(db.session.scalars(select(Holiday.day))))
    assert "đã có trong lịch; không có gì để ghi thêm" in shown(look(client, sheet))
    sample = client.get(f"{FILE}-mau.csv").get_data(as_text=True)
    assert rows_of(sample)


def test_a_school_reads_the_calendar_and_imports_none(place, sign_in):
    client = sign_in(place.hoa)
    assert "Nhập lịch từ tệp" not in client.get(HOLIDAYS).get_data(as_text=True)
    assert client.get(f"{HOLIDAYS}.csv").status_code == 200
    assert client.get(FILE).status_code == 404
