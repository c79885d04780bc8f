"""A file of special days: the first row that cannot be taken is named, and nothing is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import shipped
from feedback.rules.calendar import DAY_KINDS, HOLIDAY, SWAPPED_OFF, SpecialDay, WorkCalendar
from feedback.rules.calendar_files import CalendarRefused, read_days, refuse_other_kinds

TET = {"day": "2031-01-23", "kind": "holiday", "name": "Tết Nguyên đán (mùng 1)"}


def test_the_shipped_file_is_taken():
    assert len(read_days(shipped.read("holidays"))) == len(shipped.read("holidays"))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({}, "danh sách"),
        ([TET, "mùng 2"], "Dòng 2: không phải là một ngày"),
        ([TET, TET], "Ngày thứ Năm, 23/01/2031 đứng hai lần"),
        ([TET, {**TET, "day": "2031-02-30"}], "Dòng 2: “2031-02-30” không phải là một ngày"),
        ([{**TET, "day": None}], "Dòng 1: “None”"),
        ([{**TET, "day": "1931-01-23"}], "năm cần từ 2020 đến 2100"),
        ([{**TET, "kind": "festival"}], "loại ngày “festival” không phải là một trong holiday"),
        ([{**TET, "kind": "swapped_working"}], "không phải thứ Bảy hay Chủ nhật"),
        ([{**TET, "name": " "}], "chưa có tên gọi"),
    ],
)
def test_a_row_that_makes_no_sense_is_named(rows, sentence):
    with pytest.raises(CalendarRefused, match=sentence):
        read_days(rows)


def test_a_known_day_does_not_become_another_thing():
    day = date(2031, 1, 23)
    known = {day: SpecialDay(day, SWAPPED_OFF, "Nghỉ hoán đổi")}
    with pytest.raises(CalendarRefused, match="đã có trong lịch là “Ngày nghỉ hoán đổi”"):
        refuse_other_kinds(read_days([TET]), known)
    refuse_other_kinds(read_days([{**TET, "kind": SWAPPED_OFF}]), known)


@given(
    st.dates(date(2027, 1, 1), date(2027, 12, 31)),
    st.sets(st.dates(date(2027, 1, 1), date(2028, 2, 1)), max_size=6),
    st.integers(1, 30),
)
def test_days_of_ones_own_never_make_a_term_shorter(start, own, days):
    local = WorkCalendar([SpecialDay(day, HOLIDAY, "Nghỉ") for day in own])
    country = WorkCalendar((), {7: local})
    assert country.at(7).add_working_days(start, days) >= country.add_working_days(start, days)
    assert country.at(8) is country
    assert set(DAY_KINDS)
