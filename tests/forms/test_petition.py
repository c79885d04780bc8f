"""The petition forms by themselves: no database, no page."""

from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict
from wtforms import Form

from forms.fields import plain_phone
from forms.petition import (
    AppointmentForm,
    ComplaintForm,
    Contact,
    MatterPart,
    OpinionForm,
    QuestionsForm,
)
from forms.tracking import DisputeForm, ReplyForm, WithdrawForm
from forms.translations import MESSAGES, HouseForm, OurWords

LUNCH = "Hôm nay bữa trưa của bé rất ít thịt."


def _opinion(**typed: Any) -> OpinionForm:
    said = {"text": LUNCH, "kind": "PA", "about": "boarding", "reply": "anonymous", **typed}
    form = OpinionForm(MultiDict(said))
    form.offer([("PA", "Phản ánh")], [("boarding", "Bán trú")], [("BAN_TRU", "Bán trú")])
    return form


def test_the_answers_are_tidy_and_in_codes():
    form = _opinion(text=f"  {LUNCH}\r\nCon đói.\u200b ", wish=" ", subject="BAN_TRU", danger="y")
    assert form.validate()
    answers = form.answers("PA", "boarding", "BAN_TRU")
    assert answers.text == f"{LUNCH}\nCon đói."
    assert (answers.wish, answers.danger, answers.signed) == ("", True, False)
    assert answers.contact == Contact()


def test_nobody_can_sign_over_the_web():
    assert not _opinion(signed="y").answers("TC", "leaders", "KHAC").signed


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("0901 234 567", "0901234567"),
        ("+84 90 123.45.67", "0901234567"),
        ("+84 (0)90 1234567", "0901234567"),
        ("028-3831-1234", "02838311234"),
        ("1900 1234", "19001234"),
    ],
)
def test_a_phone_number_is_one_number_however_it_is_grouped(typed: str, kept: str):
    assert plain_phone(typed) == kept
    assert _opinion(reply="contact", phone=typed, consent="y").validate()


@pytest.mark.parametrize("typed", ["12", "0901", "84901234567890", "không có", "<b>0901234567</b>"])
def test_what_is_no_phone_number_is_said(typed: str):
    form = _opinion(reply="contact", phone=typed, consent="y")
    assert not form.validate()
    assert form.phone.errors == ["Số điện thoại chưa đúng, ví dụ: 0901 234 567."]


def test_a_contact_needs_a_way_back_and_a_consent():
    form = _opinion(reply="contact", name="Mai")
    assert not form.validate()
    assert form.phone.errors
    assert form.consent.errors


def test_the_consent_says_which_words_were_agreed_to():
    form = _opinion(reply="contact", email="mai@example.com", consent="y")
    assert form.validate()
    assert form.answers("PA", "boarding", "BAN_TRU").contact == Contact(
        email="mai@example.com", consent="reply-1"
    )


@pytest.mark.parametrize(
    ("length", "good"), [(9, False), (10, True), (10_000, True), (10_001, False)]
)
def test_the_limits_count_letters(length: int, good: bool):
    assert _opinion(text="ổ" * length).validate() is good


def test_the_list_of_errors_follows_the_page():
    form = _opinion(text="", kind="", about="", reply="contact")
    assert not form.validate()
    assert [f.name for f in form if f.errors] == ["text", "kind", "about", "phone", "consent"]


@pytest.mark.parametrize("form", [OpinionForm, ComplaintForm, AppointmentForm])
def test_every_name_in_the_order_of_the_page_is_a_field(form: type[MatterPart]):
    made = form(None)
    assert set(form.page_order) <= {field.name for field in made}
    assert len(list(made)) == len(made._fields)


def test_each_question_left_out_is_named_by_its_number():
    form = QuestionsForm(MultiDict({"harmed": "yes"}))
    form.offer([("leaders", "Hiệu trưởng")])
    assert not form.validate()
    assert "câu 2" in form.unlawful.errors[0]
    assert "câu 3" in form.about.errors[0]
    assert not form.harmed.errors


@pytest.mark.parametrize("form", [ReplyForm, DisputeForm, WithdrawForm])
def test_a_few_letters_are_reason_enough(form: type[HouseForm]):
    made = form(MultiDict({"text": "Chưa sửa"}))
    if "to" in made:
        made.offer([("same", "Nhà trường")])
    assert made.validate()


# --- what WTForms itself says ---------------------------------------------------------------------


def test_every_sentence_of_wtforms_is_ours(app: Flask):
    with app.test_request_context("/"):
        ours = OurWords()
        assert ours.gettext("This field is required.") == "Mời điền mục này."
        said = ours.ngettext("", "Field cannot be longer than %(max)d characters.", 5)
        assert said % {"max": 5} == "Mục này tối đa 5 ký tự."


def test_the_gaps_of_a_translation_are_those_of_the_original():
    for english, ours in MESSAGES.items():
        filled = {"min": 1, "max": 2, "values": "x", "value": "y", "other_name": "z"}
        assert str(ours) % filled
        assert not set(str(ours)) & set("{}"), english


def test_a_form_of_the_house_speaks_vietnamese():
    assert isinstance(HouseForm.Meta().get_translations(Form()), OurWords)
