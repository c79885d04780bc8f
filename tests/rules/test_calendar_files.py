"""A file of special days: the first row that cannot be taken is named, and nothing is taken."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import tidy
from feedback import shipped
from feedback.rules.calendar import (
    COMPENSATORY,
    DAY_KINDS,
    HOLIDAY,
    SWAPPED_OFF,
    SpecialDay,
    WorkCalendar,
)
from feedback.rules.calendar_files import (
    FRESH,
    KNOWN,
    WRONG,
    CalendarRefused,
    fresh_days,
    numbered,
    read_lines,
)
from feedback.rules.calendar_sheets import COLUMNS, MOST_ROWS, rows_of, text_of, written

TET = {"day": "2031-01-23", "kind": "holiday", "name": "Tết Nguyên đán (mùng 1)"}


def read_days(rows, known=()):
    return fresh_days(read_lines(numbered(rows), {one.day: one for one in known}))


def test_the_shipped_file_is_taken():
    assert len(read_days(shipped.read("holidays"))) == len(shipped.read("holidays"))


@pytest.mark.parametrize(
    ("rows", "sentence"),
    [
        ({}, "danh sách"),
        ([TET, "mùng 2"], "Dòng 2: không phải là một ngày"),
        ([TET, TET], "Dòng 2: thứ Năm, 23/01/2031 đứng hai lần"),
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
    known = [SpecialDay(date(2031, 1, 23), SWAPPED_OFF, "Nghỉ hoán đổi")]
    with pytest.raises(CalendarRefused, match="đã có trong lịch là “Ngày nghỉ hoán đổi”"):
        read_days([TET], known)
    assert read_days([{**TET, "kind": SWAPPED_OFF}], known) == ()


def test_every_row_is_judged_not_only_the_first_wrong_one():
    known = {date(2031, 1, 24): SpecialDay(date(2031, 1, 24), HOLIDAY, "Tết (mùng 2)")}
    rows = [TET, {**TET, "day": "24/01/2031"}, {**TET, "day": "1/13/2031"}, TET]
    lines = read_lines(numbered(rows), known)
    assert [one.verdict for one in lines] == [FRESH, KNOWN, WRONG, WRONG]
    assert "lần đầu ở dòng 1" in str(lines[3].why)


# --- as a sheet -------------------------------------------------------------------------------

HEAD = ",".join(COLUMNS.values())


@pytest.mark.parametrize("between", [",", ";", "\t"])
def test_a_sheet_is_read_however_its_program_separates_the_cells(between):
    text = (
        f"{HEAD}\n06/02/2027,ngày nghỉ bù,Tết,,có\n,,,,\n7/2/2027,holiday,Mùng 2,TB 1,\n"
    ).replace(",", between)
    lines = read_lines(rows_of(text), {})
    assert [one.number for one in lines] == [2, 4]
    assert fresh_days(lines) == (
        SpecialDay(date(2027, 2, 6), COMPENSATORY, "Tết"),
        SpecialDay(date(2027, 2, 7), HOLIDAY, "Mùng 2", "TB 1", confirmed=False),
    )


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "thiếu cột “Ngày”"),
        ("Ngày,Tên gọi\n", "thiếu cột “Loại ngày”"),
        (f"{HEAD}\n", "chưa có ngày nào"),
        (f"{HEAD}\n2027-02-06,holiday,Tết, mùng 1,TB 12,có\n", "Dòng 2: không đọc được"),
        (f"{HEAD}\n" + "x,,,,\n" * (MOST_ROWS + 1), "nhiều nhất 400 dòng"),
        (f"{HEAD}\n2027-02-06,holiday,{'x' * 140_000}", "Dòng 2: không đọc được"),
    ],
)
def test_a_sheet_that_is_none_is_refused_in_words(text, sentence):
    with pytest.raises(CalendarRefused, match=sentence):
        rows_of(text)


def test_a_file_of_another_kind_is_refused_in_words():
    assert text_of("Ngày".encode("utf-16")) == "Ngày"
    with pytest.raises(CalendarRefused, match="CSV UTF-8"):
        text_of(b"PK\x03\x04\xff\xff\x80")


# No line begins with an apostrophe: that is how a sheet says “text, not a formula”.
words = (
    st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), min_size=1)
    .map(tidy)
    .filter(lambda told: told and not told.startswith("'"))
)
days = st.builds(
    SpecialDay, st.dates(date(2020, 1, 1), date(2100, 12, 31)), st.just(HOLIDAY), words, words
)


@given(st.lists(days, unique_by=lambda one: one.day, min_size=1, max_size=8))
def test_what_is_written_is_read_back(told):
    assert fresh_days(read_lines(rows_of(written(told)), {})) == tuple(told)


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
