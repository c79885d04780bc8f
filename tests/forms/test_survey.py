"""A survey's form asks what its questions say, keeps clean answers and counts them."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import pytest
from flask import Flask
from flask_babel import Babel

from analysis.satisfaction import Share
from analysis.summaries import ScaleSummary
from forms.questions import LONGEST_ANSWER, QUESTION_TYPES
from forms.survey import SurveyForm, survey_form


@dataclass(frozen=True)
class Asked:
    """A question as the office keeps it, without the office."""

    code: str
    type_code: str
    text: str = "Anh/chị thấy thế nào?"
    required: bool = False


THREE = (
    Asked("G1", "scale5", "Nhìn chung, anh/chị hài lòng ở mức nào?", required=True),
    Asked("G2", "percent", "Nhà trường đáp ứng bao nhiêu phần trăm mong đợi?"),
    Asked("G3", "text", "Điều nhà trường cần cải thiện?"),
)


@pytest.fixture
def app() -> Flask:
    """Any app will do: forms know no office."""
    made = Flask(__name__)
    Babel(made, default_locale="vi")
    return made


def filled(app: Flask, questions: Iterable[Asked] = THREE, **typed: str) -> tuple[bool, Any]:
    """The form as it came back, and whether it may be kept."""
    with app.test_request_context("/", method="POST", data=typed):
        form: SurveyForm = survey_form(questions)()
        return form.validate_on_submit(), form


def test_mai_answers_all_three(app):
    good, form = filled(app, q_G1="5", q_G2="90", q_G3="  Thêm cây xanh.\r\n")

    assert good
    assert form.answers() == {"G1": 5, "G2": 90, "G3": "Thêm cây xanh."}


def test_do_not_know_is_an_answer_of_its_own(app):
    good, form = filled(app, q_G1="0")

    assert good
    assert form.answers() == {"G1": 0}


def test_a_question_that_must_be_answered_says_so_beside_it(app):
    good, form = filled(app, q_G3="Thêm cây xanh.")

    assert not good
    assert form["q_G1"].errors == ["Mời chọn một mức; không rõ thì chọn “Không biết”."]
    assert form["q_G3"].data == "Thêm cây xanh."


def test_an_empty_sheet_is_not_sent(app):
    good, form = filled(app, [Asked("G1", "scale5"), Asked("G3", "text")], q_G3="   ")

    assert not good
    assert form.form_errors == ["Mời trả lời ít nhất một câu."]


@pytest.mark.parametrize("score", ["6", "-1", "rất", "1; DROP"])
def test_a_mark_off_the_scale_is_refused(app, score):
    good, form = filled(app, q_G1=score)

    assert not good
    assert len(form["q_G1"].errors) == 1


@pytest.mark.parametrize("percent", ["101", "-1", "chín mươi"])
def test_a_percent_lies_between_0_and_100(app, percent):
    good, form = filled(app, q_G1="4", q_G2=percent)

    assert not good
    assert form["q_G2"].errors


def test_too_long_an_answer_is_told_its_length_and_kept(app):
    good, form = filled(app, q_G1="4", q_G3="a" * (LONGEST_ANSWER + 1))

    assert not good
    assert "2.001" in form["q_G3"].errors[0] or "2,001" in form["q_G3"].errors[0]
    assert len(form["q_G3"].data) == LONGEST_ANSWER + 1


def test_questions_are_asked_in_their_order(app):
    _, form = filled(app)

    assert [str(field.label.text) for field in form.question_fields] == [q.text for q in THREE]


def test_two_surveys_do_not_share_their_questions(app):
    _, first = filled(app, [Asked("G1", "scale5")])
    _, second = filled(app, [Asked("C5", "scale5")])

    assert "q_C5" not in first
    assert "q_G1" not in second


def test_no_code_of_a_question_takes_the_place_of_the_once_key(app):
    good, form = filled(app, [Asked("once", "text")], once="chìa", q_once="lời")

    assert good
    assert form.once.data == "chìa"
    assert form.answers() == {"once": "lời"}


@pytest.mark.parametrize("code", QUESTION_TYPES)
def test_every_type_asks_keeps_shows_and_counts(app, code):
    typed = {"scale5": "4", "percent": "80", "text": "Tốt"}[code]
    good, form = filled(app, [Asked("Q", code, required=True)], q_Q=typed)
    answer = form.answers()["Q"]

    assert good
    assert QUESTION_TYPES[code].label
    assert QUESTION_TYPES[code].shown(answer)
    assert QUESTION_TYPES[code].counted([answer, None]).answers == 1


def test_the_scale_is_counted_without_those_who_do_not_know(app):
    found = QUESTION_TYPES["scale5"].counted([5, 4, 2, 0, None])

    assert isinstance(found, ScaleSummary)
    assert found.satisfied == Share(2, 3)
    assert (found.unknown, found.blank) == (1, 1)


def test_a_mark_is_shown_in_words(app):
    assert QUESTION_TYPES["scale5"].shown(5) == "Rất hài lòng"
    assert QUESTION_TYPES["scale5"].shown(0) == "Không biết / không áp dụng"
