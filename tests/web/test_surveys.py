"""Surveys behind the counter: honest figures, words for the school alone, doors the head opens."""

import os
from datetime import date

import pytest
from sqlalchemy import select

from feedback import clock, db
from feedback.models.responses import SurveyResponse
from feedback.models.surveys import Survey
from feedback.models.units import Unit
from feedback.web.counter.standard_survey import standard_survey
from forms.questions import QUESTION_TYPES
from tests.web.counter import in_days, now_in_base, page, send
from tests.world import a_point, a_school, an_office, an_officer


@pytest.fixture
def office(story):
    return an_office()


@pytest.fixture
def school(office):
    return a_school(office=office)


@pytest.fixture
def head(school, sign_in):
    return sign_in(an_officer(school, "principal"))


@pytest.fixture
def clerk(school, sign_in):
    return sign_in(an_officer(school))


@pytest.fixture
def watcher(office, sign_in):
    return sign_in(an_officer(office, "office"))


def a_survey(unit: Unit, opens_on: date | None = None) -> Survey:
    survey = standard_survey(unit, opens_on or in_days(-30))
    db.session.add(survey)
    db.session.flush()
    return survey


def answered(survey: Survey, *scores: int, words: str = "", on: date | None = None) -> None:
    for score in scores:
        given = {"G1": score, "C5": score} | ({"G3": words} if words else {})
        db.session.add(
            SurveyResponse(
                once_hash=os.urandom(32),
                survey_id=survey.id,
                received_at=clock.now(),
                received_on=on or clock.today(),
                answers=given,
            )
        )
    db.session.flush()


def test_the_shipped_survey_asks_only_what_the_catalogue_knows(school):
    questions = standard_survey(school, clock.today()).questions

    assert len(questions) == 3
    assert {question.type_code for question in questions} <= set(QUESTION_TYPES)


def test_the_school_sees_number_mean_and_both_shares_with_their_interval(clerk, school):
    answered(a_survey(school), *[5] * 7, *[4] * 3, 3, 2, 1, 0)
    found = page(clerk, "/khao-sat").replace("\N{NO-BREAK SPACE}", " ")

    assert "14 phiếu" in found
    assert "4,08" in found  # (35 + 12 + 3 + 2 + 1) / 13
    assert "13 trả lời" in found
    # Wilson, 95 %: 10 of 13 content, 2 of 13 not.
    assert "76,92 % · từ 49,74 % đến 91,82 %" in found
    assert "15,38 % · từ 4,33 % đến 42,23 %" in found


def test_few_answers_are_said_to_be_few(clerk, school):
    answered(a_survey(school), 5, 5)

    assert "Chưa đủ 10 trả lời" in page(clerk, "/khao-sat")


def test_words_are_read_by_the_own_school_alone(clerk, watcher, school):
    answered(a_survey(school), 5, words="Cô Hạnh lớp 2A rất tốt.")

    assert "Cô Hạnh lớp 2A rất tốt." in page(clerk, "/khao-sat")
    assert "Cô Hạnh" not in page(watcher, "/khao-sat")
    assert "Cô Hạnh" not in page(watcher, "/khao-sat?unit=LDT")


def test_the_office_pools_answers_never_percents(watcher, school, office):
    other = a_school("NTH", "Trường Nguyễn Thượng Hiền", office)
    answered(a_survey(school), *[5] * 30)
    answered(a_survey(other), *[1] * 10)
    found = page(watcher, "/khao-sat")

    assert "40 phiếu" in found
    assert "4,00" in found
    assert "75,00\N{NO-BREAK SPACE}%" in found


def test_a_school_with_fewer_than_ten_answers_is_not_compared(watcher, school, office):
    answered(a_survey(school), *[5] * 12)
    few = a_school("NTH", "Trường Nguyễn Thượng Hiền", office)
    answered(a_survey(few), *[1] * 9)
    row = page(watcher, "/khao-sat").partition("Trường Nguyễn Thượng Hiền")[2].partition("</tr>")[0]

    assert ">9<" in row
    assert "%" not in row
    assert row.count("–") == 4


def test_who_oversees_is_not_shown_the_marks_of_a_handful(watcher, clerk, school):
    answered(a_survey(school), 5, 1)

    assert "2 trả lời: chưa đủ 10" in page(watcher, "/khao-sat?unit=LDT")
    assert "3,00" not in page(watcher, "/khao-sat?unit=LDT")
    assert "3,00" in page(clerk, "/khao-sat")


def test_another_school_sees_nothing_of_it(school, office, sign_in):
    answered(a_survey(school), *[5] * 12, words="Rất tốt.")
    stranger = sign_in(an_officer(a_school("NTH", "Trường Nguyễn Thượng Hiền", office)))
    found = page(stranger, "/khao-sat?unit=LDT")

    assert "Chưa có khảo sát nào" in found
    assert "Rất tốt." not in found


def test_a_period_leaves_out_what_came_before(clerk, school):
    survey = a_survey(school, in_days(-800))
    answered(survey, 5, 5, on=in_days(-700))
    answered(survey, 4)

    assert "3 phiếu" in page(clerk, "/khao-sat")
    assert "1 phiếu" in page(clerk, f"/khao-sat?period={clock.today():%Y-%m}")


def test_a_period_nobody_knows_is_told_and_everything_shown(clerk, school):
    answered(a_survey(school), 4)
    found = page(clerk, "/khao-sat?period=hôm-kia")

    assert "Không có kỳ nào mang mã" in found
    assert "1 phiếu" in found


def test_versions_are_counted_together_under_the_newest_words(clerk, school):
    answered(a_survey(school), 5)
    second = standard_survey(school, clock.today())
    second.version, second.questions[0].text = 2, "Anh/Chị có hài lòng không?"
    db.session.add(second)
    db.session.flush()
    answered(second, 3)
    found = page(clerk, "/khao-sat")

    assert "2 phiếu" in found
    assert "Anh/Chị có hài lòng không?" in found
    assert "Phiên bản 1" in found
    assert "Phiên bản 2" in found


def test_the_head_opens_the_first_survey_and_parents_can_answer(head, school, parent):
    point = a_point(school)
    assert "Trường chưa mở khảo sát nào" in page(head, "/khao-sat")
    answer = send(head, "/khao-sat", "/khao-sat/moi?unit=LDT")

    assert answer.status_code == 303
    assert "hài lòng với nhà trường" in page(parent, f"/q/{point.code}/khao-sat")


def test_pressing_open_twice_makes_one_survey(head, school):
    send(head, "/khao-sat", "/khao-sat/moi?unit=LDT")

    assert send(head, "/khao-sat", "/khao-sat/moi?unit=LDT").status_code == 404
    assert db.session.query(Survey).count() == 1


def test_the_head_closes_and_opens_again(head, school):
    survey = a_survey(school)
    send(head, "/khao-sat", f"/khao-sat/{survey.id}/dong")
    assert not now_in_base(survey).is_open(clock.today())
    assert "Đã đóng" in page(head, "/khao-sat")

    send(head, "/khao-sat", f"/khao-sat/{survey.id}/mo")
    assert now_in_base(survey).is_open(clock.today())


@pytest.mark.parametrize("act", ["dong", "mo"])
def test_only_the_head_opens_and_closes(clerk, watcher, school, act):
    survey = a_survey(school)
    for officer in (clerk, watcher):
        assert send(officer, "/khao-sat", f"/khao-sat/{survey.id}/{act}").status_code == 404
    assert now_in_base(survey).is_open(clock.today())


def test_the_head_of_one_school_does_not_close_anothers(head, office):
    foreign = a_survey(a_school("NTH", "Trường Nguyễn Thượng Hiền", office))

    assert send(head, "/khao-sat", f"/khao-sat/{foreign.id}/dong").status_code == 404


def test_a_button_on_a_page_open_too_long_changes_nothing(head, school):
    survey = a_survey(school)
    db.session.commit()
    head.post(f"/khao-sat/{survey.id}/dong", data={"csrf_token": "cũ"})

    assert now_in_base(survey).is_open(clock.today())
    assert "chưa có gì thay đổi" in page(head, "/khao-sat")


def test_a_survey_closed_on_its_first_day_was_asked_of_nobody_after(school):
    survey = a_survey(school, clock.today())
    survey.close(clock.today())
    assert not survey.is_open(clock.today())

    survey.open(clock.today())
    assert survey.is_open(clock.today())
    assert db.session.scalar(select(Survey)) is survey
