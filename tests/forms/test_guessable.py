"""What is long and still guessed, and what is fine."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from forms.guessable import is_guessable

SCHOOLS = ("TH Lê Đức Thọ", "THCS Nguyễn Trãi")


@pytest.mark.parametrize(
    "password",
    [
        "matkhau123456",
        "Mật khẩu 2026!",
        "passwordpassword",
        "lê đức thọ 2026",
        "LeDucTho@2026",
        "thcsnguyentrai1",
        "0903 123 456 abc",
        "+84903123456xyz",
        "24/11/2026 24/11/2026",
        "aaaaaaaaaaaaaaaa",
        "quantri12345678",
        "hang.tran@2026",
        "qwertyuiop12345",
    ],
)
def test_what_people_try_first_is_guessable(password: str):
    assert is_guessable(password, ("hang.tran@demo.invalid", *SCHOOLS))


@pytest.mark.parametrize(
    "password",
    [
        "phượng vĩ đỏ sân trường",
        "con mèo ngủ trên mái bếp",
        "mật khẩu này chỉ tôi hiểu nổi",
        "t7Q-vx29-Lmp4-z",
    ],
)
def test_a_sentence_of_ones_own_is_fine(password: str):
    assert not is_guessable(password, SCHOOLS)


@given(st.text(max_size=128))
def test_anything_at_all_gets_an_answer(password: str):
    assert is_guessable(password, SCHOOLS) in {True, False}
