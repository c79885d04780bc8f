"""Gaps in a text: found however they were typed, filled, and left open when there is nothing."""

import pytest

from analysis.gaps import fill, gaps, is_broken


def test_gaps_are_named_once_in_their_order_however_they_are_typed():
    assert gaps("{ Mã  hồ sơ } của {trường}, {mã hồ sơ}") == ["mã hồ sơ", "trường"]


def test_what_has_a_value_is_filled_and_the_rest_stays_to_be_seen():
    text = "Kính gửi, hồ sơ {Mã hồ sơ} hẹn {hạn}."
    assert fill(text, {"mã hồ sơ": "LDT-1", "hạn": ""}) == "Kính gửi, hồ sơ LDT-1 hẹn {hạn}."


def test_what_is_filled_in_is_never_read_for_gaps_again():
    assert fill("{a}", {"a": "{b}", "b": "không"}) == "{b}"


@pytest.mark.parametrize("text", ["{", "}", "{a", "a}", "{a{b}", "{a\nb}"])
def test_a_brace_without_its_other_is_broken(text):
    assert is_broken(text)


def test_a_text_without_braces_is_whole():
    assert not is_broken("Kính gửi anh/chị {hạn}")
