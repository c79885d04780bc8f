"""Which letters are about the same thing, and what two texts say alike."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.excerpts import is_excerpt, said_in_both
from analysis.likeness import ALIKE, FAR_DAYS, Letter, likeness, most_alike

DAY = date(2026, 11, 24)
HEAT = "Máy lạnh lớp 2/3 hư cả tháng, trưa nóng các con không ngủ được."
PARTS = st.text(alphabet="aăâbcdđeêghiklmnoôơpqrstuưvxy .", min_size=0, max_size=80)


def letter(text: str, subject: str = "CSVC", day: date = DAY, key: str = "") -> Letter:
    return Letter(key or text, text, subject, day)


@pytest.mark.parametrize(
    "twin",
    [
        "Lớp 2/3 máy lạnh hư, trưa nóng các con không ngủ được.",
        "may lanh lop 2/3 hu ca thang",
        HEAT.upper(),
    ],
)
def test_the_same_thing_told_otherwise_is_alike(twin: str):
    assert likeness(letter(HEAT), letter(twin)) >= ALIKE


@pytest.mark.parametrize(
    "other",
    [
        "Xe đưa rước tuyến số 4 sáng nay tới trễ bốn mươi phút.",
        "Máy chiếu phòng tin học lên hình rất mờ.",
        "",
    ],
)
def test_another_thing_on_the_same_day_is_not_suggested(other: str):
    assert most_alike(letter(HEAT), [letter(other)]) == []


def test_the_nearest_come_first_and_no_more_than_asked():
    near = letter(HEAT, key="near")
    later = letter(HEAT, day=DAY + timedelta(days=20), key="later")
    elsewhere = letter(HEAT, "KHAC", key="elsewhere")
    others = [later, elsewhere, near]
    assert most_alike(letter(HEAT), others, 2) == ["near", "later"]


def test_what_is_a_month_apart_is_another_thing():
    assert likeness(letter(HEAT), letter(HEAT, day=DAY + timedelta(days=FAR_DAYS + 1))) == 0


@given(PARTS, PARTS, st.integers(0, 60))
def test_likeness_is_mutual_and_between_nothing_and_all(one: str, other: str, days: int):
    first, second = letter(one), letter(other, "BAN_TRU", DAY + timedelta(days=days))
    assert likeness(first, second) == likeness(second, first)
    assert 0 <= likeness(first, second) <= 1


@given(PARTS, PARTS)
def test_a_sentence_of_a_letter_is_an_excerpt_of_it(one: str, other: str):
    assert is_excerpt(one, f"{one}. {other}")
    assert is_excerpt(other, f"{one}. {other}")


def test_a_summary_is_no_excerpt():
    assert is_excerpt("máy lạnh lớp 2/3 hư cả tháng", HEAT)
    assert not is_excerpt("Phụ huynh báo máy lạnh hư.", HEAT)


def test_a_sentence_left_behind_is_noticed_however_it_is_typed():
    money = "Thầy Hùng nhận phong bì để xếp lớp chọn!"
    assert said_in_both(money, "Bữa trưa ít thịt. THẦY HÙNG  nhận phong bì để xếp lớp chọn")
    assert said_in_both(money, "Bữa trưa ít thịt, thay hung nhan phong bi de xep lop chon.")
    assert not said_in_both(money, "Bữa trưa của các con ít thịt.")
