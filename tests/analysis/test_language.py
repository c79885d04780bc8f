"""Vietnamese text kept, folded and cut into words."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.language import even_tones, fold, has_diacritics, marked_share, tidy, words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Đường Nguyễn Ảnh Thủ", "duong nguyen anh thu"),
        ("  Bữa   trưa\n của bé ", "bua trua cua be"),
        ("ĐÓNG QUỸ ƯƠM MẦM", "dong quy uom mam"),
        ("Tie\u0302\u0301ng Vie\u0323\u0302t", "tieng viet"),
        ("da co dau", "da co dau"),
        ("", ""),
    ],
)
def test_folding_takes_accents_case_and_extra_spaces_away(text, folded):
    assert fold(text) == folded


@given(st.text())
def test_folding_twice_changes_nothing_more(text):
    assert fold(fold(text)) == fold(text)


@given(st.text())
def test_composed_and_decomposed_letters_fold_alike(text):
    decomposed = unicodedata.normalize("NFD", text)
    composed = unicodedata.normalize("NFC", text)
    assert fold(decomposed) == fold(composed)


@pytest.mark.parametrize("text", ["đi học", "mẹ", "Ở trường", "ba\u0300i"])
def test_a_marked_text_is_seen_as_marked(text):
    assert has_diacritics(text)


@pytest.mark.parametrize("text", ["di hoc", "", "123", "con toi", "😀", "School"])
def test_a_bare_text_is_seen_as_bare(text):
    assert not has_diacritics(text)


def test_the_share_of_marked_words_tells_prose_from_a_bare_text_with_a_name():
    assert marked_share("Con tôi học lớp một rất vui") > 0.7
    assert marked_share("con toi ten Bông hoc lop mot rat vui") < 0.3


def test_tidying_keeps_the_words_lines_and_pictures_of_a_parent():
    assert tidy("  Chào cô 👨‍👩‍👧\r\n\tcon em\rnghỉ  ") == "Chào cô 👨‍👩‍👧\n\tcon em\nnghỉ"


@pytest.mark.parametrize("hidden", ["\x00", "\x07", "\u202e", "\u200b", "\ufeff", "\ud800"])
def test_tidying_takes_away_what_nobody_can_see(hidden):
    assert tidy(f"trường{hidden}học") == "trườnghọc"


@given(st.text())
def test_a_tidied_text_is_composed_can_be_stored_and_stays_tidy(text):
    tidied = tidy(text)
    assert tidied == unicodedata.normalize("NFC", tidied)
    assert tidy(tidied) == tidied
    assert tidied.encode("utf-8").decode("utf-8") == tidied


def test_words_keep_their_marks_and_lose_punctuation():
    assert words("Cô ơi, con CHƯA về! 😢") == ("cô", "ơi", "con", "chưa", "về")


@pytest.mark.parametrize(
    ("new", "old"),
    [
        ("hoà", "hòa"),
        ("toé lửa", "tóe lửa"),
        ("thuý", "thúy"),
        ("khoẻ", "khỏe"),
        ("Hoà", "Hòa"),
        ("quý", "quý"),
        ("hoàn", "hoàn"),
        ("khuỷu", "khuỷu"),
    ],
)
def test_both_places_of_the_tone_become_one(new, old):
    assert even_tones(new) == old
    assert even_tones(old) == old
