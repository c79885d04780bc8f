"""Words of danger: what must raise the alarm, and what only sounds like it."""

from pathlib import Path

import pytest

from analysis.urgency import CATEGORIES, alarms, is_alarming
from feedback.rules.subjects import SUBJECTS

HERE = Path(__file__).parent
DANGER = (HERE / "danger.txt").read_text(encoding="utf-8").splitlines()
CALM = (HERE / "calm.txt").read_text(encoding="utf-8").splitlines()

# Of the three composed messages of a subject, how many tell of a danger.
ALARMING_SUBJECTS = {
    "BAO_LUC": 1,
    "XAM_HAI": 3,
    "AN_NINH": 1,
    "DUA_DON": 1,
    "Y_TE": 3,
    "TAM_LY": 3,
    "CONG_TRINH": 3,
}


@pytest.mark.parametrize("text", DANGER)
def test_a_message_about_a_child_in_danger_raises_the_alarm(text):
    assert is_alarming(text)


@pytest.mark.parametrize("text", CALM)
def test_a_message_that_only_sounds_alarming_stays_silent(text):
    assert alarms(text) == ()


@pytest.mark.parametrize("code", SUBJECTS)
def test_the_examples_of_a_subject_raise_as_many_alarms_as_intended(code):
    hits = sum(is_alarming(example) for example in SUBJECTS[code].examples)
    assert hits == ALARMING_SUBJECTS.get(code, 0)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("Con tôi bị cô bảo mẫu đánh", "abuse"),
        ("có người sờ mó bé gái", "sexual"),
        ("con toi noi khong muon song nua", "selfharm"),
        ("ca lop bi ngo doc", "illness"),
        ("Các em đang đánh hội đồng một bạn", "violence"),
        ("Một bé mẫu giáo bị bỏ quên trên xe", "missing"),
        ("tran lop hoc vua sap xuong", "fire"),
        ("Một cháu té lầu bất tỉnh", "accident"),
        ("Cứu với, gọi công an giúp", "call"),
    ],
)
def test_an_alarm_names_its_kind_of_danger(text, category):
    assert category in {alarm.category for alarm in alarms(text)}
    assert category in CATEGORIES


def test_every_category_is_told_once_with_its_words_in_reading_order():
    found = alarms("Cháy bếp rồi, khói nhiều lắm! Một cháu bị ngất xỉu, gọi cứu hỏa đi!")
    assert [alarm.category for alarm in found] == ["fire", "illness", "call"]
    assert found[0].words == "cháy"


@pytest.mark.parametrize("text", ["tóe lửa", "toé lửa", "TOÉ LỬA", "toe\u0301 lu\u031b\u0309a"])
def test_both_ways_of_placing_the_tone_and_of_composing_letters_are_read(text):
    assert is_alarming(f"Ổ điện {text}")


def test_chat_spelling_is_spelt_out():
    assert is_alarming("con e ko muốn sống nữa")
    assert is_alarming("con e k muon song nua")


def test_a_bare_message_with_one_marked_word_is_still_read_as_bare():
    assert is_alarming("con toi ten Bông bi nhot trong nha kho, cuu voi")


def test_a_line_break_ends_a_sentence():
    assert not is_alarming("Cô rất tốt\nđánh vần cho con mỗi ngày")
    assert is_alarming("Kính gửi nhà trường\n\nCon tôi bị nhốt trong nhà vệ sinh")


@pytest.mark.parametrize(
    ("calm", "alarming"),
    [
        ("Cả năm không có cháu nào bị ngộ độc", "Hôm nay có cháu bị ngộ độc"),
        ("Cảm ơn cô đã lo khi con tôi bị ngất xỉu", "Cô để con tôi bị ngất xỉu"),
        ("Trường tập huấn phòng cháy", "Trường đang cháy"),
        ("bóng đèn cháy đã được thay", "dây điện cháy"),
        ("xin day ky nang phong chong duoi nuoc", "co chau duoi nuoc"),
    ],
)
def test_words_around_calm_an_alarm(calm, alarming):
    assert not is_alarming(calm)
    assert is_alarming(alarming)


def test_nothing_calms_a_child_who_does_not_want_to_live():
    assert is_alarming("Cảm ơn cô, nhưng con tôi chưa bao giờ thôi nói không muốn sống")


@pytest.mark.parametrize("text", ["", "   ", "\n", "😢", "123 456"])
def test_a_text_without_words_says_nothing(text):
    assert alarms(text) == ()


def test_a_very_long_text_is_read_to_its_end():
    assert is_alarming("Trường rất đẹp. " * 3000 + "Con tôi bị nhốt.")
