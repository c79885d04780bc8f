"""The catalogue of subjects."""

import re

import pytest

from analysis.language import fold
from feedback.rules.subjects import (
    FORM_FIELDS,
    LEVELS,
    PRIORITIES,
    SUBJECTS,
    subjects_for,
    suggest,
)

# The priority, the owner and the field of form 02/XLD of each subject, as the Office ordered them.
TABLE = {
    "BAN_TRU": ("P2", "school", "K"),
    "THU_CHI": ("P2", "school", "CDCS"),
    "DAY_THEM": ("P2", "school", "CDCS"),
    "BAO_LUC": ("P1", "school", "K"),
    "XAM_HAI": ("P0", "office", "K"),
    "THAI_DO_GV": ("P2", "school", "K"),
    "CSVC": ("P2", "school", "K"),
    "VE_SINH": ("P2", "school", "K"),
    "AN_NINH": ("P1", "school", "K"),
    "TUYEN_SINH": ("P2", "office", "CDCS"),
    "CHUYEN_TRUONG": ("P2", "school", "CDCS"),
    "DUA_DON": ("P1", "school", "K"),
    "Y_TE": ("P1", "school", "K"),
    "BAI_TAP": ("P2", "school", "K"),
    "SACH_DONG_PHUC": ("P2", "school", "CDCS"),
    "THONG_TIN": ("P2", "school", "K"),
    "HOA_NHAP": ("P1", "school", "CDCS"),
    "NGOAI_KHOA": ("P2", "school", "K"),
    "TTHC": ("P2", "school", "K"),
    "TAM_LY": ("P0", "school", "K"),
    "QUAN_LY": ("P1", "office", "K"),
    "CONG_TRINH": ("P1", "school", "K"),
    "GIANG_DAY": ("P2", "school", "K"),
    "KHAC": ("P2", "school", "K"),
}


def test_the_catalogue_has_its_24_subjects_in_order():
    assert list(SUBJECTS) == list(TABLE)


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_every_subject_is_complete(subject):
    assert subject.label
    assert subject.levels <= set(LEVELS)
    assert subject.levels
    assert subject.priority in PRIORITIES
    assert {subject.knpa_field, subject.tc_field} <= set(FORM_FIELDS)
    assert len(subject.examples) == 3
    assert all(subject.examples)
    assert subject.keywords or subject.code == "KHAC"


@pytest.mark.parametrize("code", TABLE)
def test_a_subject_has_the_priority_owner_and_field_of_the_table(code):
    subject = SUBJECTS[code]
    assert (subject.priority, subject.owner, subject.knpa_field) == TABLE[code]


def test_what_the_school_may_be_guilty_of_is_hidden_from_it():
    assert {code for code, subject in SUBJECTS.items() if subject.hidden} == {"XAM_HAI", "QUAN_LY"}


@pytest.mark.parametrize("subject", SUBJECTS.values(), ids=SUBJECTS)
def test_keywords_are_folded_and_each_said_once(subject):
    assert len(subject.keywords) == len(set(subject.keywords))
    for keyword in subject.keywords:
        assert keyword == fold(keyword)
        assert re.fullmatch(r"[a-z0-9 ]+", keyword)


def test_a_kindergarten_is_not_asked_about_marks_and_extra_classes():
    young = {subject.code for subject in subjects_for("MN")}
    assert set(SUBJECTS) - young == {"DAY_THEM", "BAO_LUC", "BAI_TAP", "TAM_LY"}
    assert len(subjects_for("TH")) == len(subjects_for(None)) == 24


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("Nhà vệ sinh dơ quá, hôi mùi khắp dãy", "VE_SINH"),
        ("suất ăn bán trú hôm nay ít thịt", "BAN_TRU"),
        ("con bị bạn bắt nạt, lấy tiền", "BAO_LUC"),
        ("xe dua ruoc den tre hoai", "DUA_DON"),
        ("Hiệu trưởng điều hành trường không công khai", "QUAN_LY"),
        ("con bi co bao mau danh, nhot trong nha ve sinh", "XAM_HAI"),
    ],
)
def test_the_words_of_a_message_suggest_its_subject(text, code):
    assert suggest(fold(text))[0] == code


def test_a_message_without_known_words_suggests_nothing():
    assert suggest(fold("Chào trường")) == ()
    assert suggest("") == ()


def test_at_most_three_subjects_are_suggested():
    text = "an trua, nha ve sinh, may lanh, hoc them, thu quy, zalo, cong truong, dong phuc"
    assert len(suggest(text)) == 3


def test_nearly_all_examples_suggest_their_own_subject():
    examples = [(code, text) for code, s in SUBJECTS.items() for text in s.examples]
    found = [code for code, text in examples if code in suggest(fold(text))]
    assert len(found) >= 0.9 * len(examples)
