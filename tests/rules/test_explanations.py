"""“Vì sao hạn là ngày này?”: what the explanation says, and how far away a day is."""

from dataclasses import replace
from datetime import date, datetime

import pytest

from feedback.rules.deadlines import DEADLINE_RULES, DeadlineRule, rule_on
from feedback.rules.explanations import SENTENCES, explain, how_far, time_left
from feedback.rules.sentences import Sentence
from feedback.rules.terms import NEVER, Pause, Term
from tests.rules.shipped import CALENDAR

RULES = [rule for versions in DEADLINE_RULES.values() for rule in versions]
NAMES = [f"{rule.code}-{rule.valid_from}" for rule in RULES]


def rule(code: str, on: date = date(2026, 11, 24)) -> DeadlineRule:
    found = rule_on(code, on)
    assert found is not None
    return found


def test_an_acknowledgement_over_a_holiday_is_explained_line_by_line():
    told = explain(rule("ACK_ALL"), date(2026, 11, 10), CALENDAR, step="receive")
    assert told.lines == (
        "Bắt đầu: nhận hồ sơ, thứ Ba, 10/11/2026. Ngày này không tính.",
        "Thời hạn: 10 ngày làm việc, không tính thứ Bảy, Chủ nhật, ngày lễ.",
        "Không tính ngày nghỉ cuối tuần: 14/11, 15/11, 21/11, 22/11.",
        "Không tính thứ Ba, 24/11/2026: Ngày Văn hóa Việt Nam.",
        "Hạn cuối: hết thứ Tư, 25/11/2026.",
        "Căn cứ: Điều 28 khoản 1 Luật Tiếp công dân 2013.",
        "Cách đếm: Điều 147, 148 Bộ luật Dân sự 2015.",
    )
    assert told.due.on == date(2026, 11, 25)


def test_a_last_day_on_a_holiday_is_said_to_move_to_the_next_working_day():
    lines = explain(rule("KN1_RESOLVE"), date(2026, 3, 31), CALENDAR).lines
    assert (
        "Ngày cuối rơi vào thứ Năm, 30/04/2026 (Ngày Chiến thắng 30/4) "
        "nên dời sang ngày làm việc kế tiếp." in lines
    )
    assert "Không tính thứ Sáu, 01/05/2026: Quốc tế Lao động 1/5." in lines
    assert "Hạn cuối: hết thứ Hai, 04/05/2026." in lines


def test_hours_are_explained_with_the_moment():
    start = datetime.fromisoformat("2026-11-23T20:00+07:00")
    lines = explain(rule("CHILD_INTERVENE"), start, CALENDAR).lines
    assert lines[0] == "Bắt đầu: báo động trẻ có thể gặp nguy hiểm, lúc 20:00 thứ Hai, 23/11/2026."
    assert "Hạn cuối: 08:00 thứ Ba, 24/11/2026." in lines


def test_a_notice_counted_back_is_explained_from_its_event():
    lines = explain(rule("KN_DIALOG_NOTICE"), date(2026, 11, 29), CALENDAR).lines
    assert "Phải làm trước ít nhất 5 ngày." in lines
    assert (
        "Vì thứ Ba, 24/11/2026 là ngày nghỉ (Ngày Văn hóa Việt Nam) nên phải làm sớm hơn." in lines
    )
    assert "Muộn nhất: hết thứ Hai, 23/11/2026." in lines


def test_a_shortest_length_says_when_it_may_end():
    lines = explain(rule("DCCS_POST"), date(2026, 11, 1), CALENDAR).lines
    assert "Phải giữ ít nhất 20 ngày liên tục." in lines
    assert "Sớm nhất được gỡ: sau thứ Bảy, 21/11/2026." in lines


def test_a_finished_suspension_is_told_with_both_days():
    pauses = [Pause(date(2026, 12, 1), date(2026, 12, 11))]
    told = explain(rule("KN1_RESOLVE"), date(2026, 11, 25), CALENDAR, pauses)
    assert (
        "Tạm đình chỉ từ thứ Ba, 01/12/2026 đến trước thứ Sáu, 11/12/2026: "
        "thời gian này không tính." in told.lines
    )


def test_a_running_suspension_has_no_last_day():
    told = explain(rule("KN1_RESOLVE"), date(2026, 11, 25), CALENDAR, [Pause(date(2026, 12, 1))])
    assert any("Đang tạm đình chỉ" in line for line in told.lines)
    assert not any(line.startswith("Hạn cuối") for line in told.lines)


def test_a_suspension_that_did_not_touch_the_term_is_not_told():
    pauses = [Pause(date(2026, 1, 5), date(2026, 1, 9)), Pause(date(2027, 6, 1))]
    told = explain(rule("KN1_RESOLVE"), date(2026, 11, 25), CALENDAR, pauses)
    assert not any("đình chỉ" in line for line in told.lines)


def test_the_act_that_started_the_clock_can_be_named():
    told = explain(rule("KNPA_SLA"), date(2026, 11, 10), CALENDAR, step="dispute")
    assert told.lines[0].startswith("Bắt đầu: mở lại hồ sơ, thứ Ba")
    unnamed = explain(rule("KN_ACCEPT"), date(2026, 11, 10), CALENDAR)
    assert unnamed.lines[0].startswith("Bắt đầu: nhận hồ sơ hoặc ký đơn hoặc chuyển")


def test_a_term_the_office_changed_is_explained_as_changed():
    own = replace(rule("KNPA_SLA"), term=Term(5, "WD"))
    told = explain(own, date(2026, 11, 20), CALENDAR)
    assert told.lines[1].startswith("Thời hạn: 5 ngày làm việc")
    assert told.due.on == date(2026, 11, 30)


@pytest.mark.parametrize("known", RULES, ids=NAMES)
def test_every_clock_can_be_explained_from_a_day_and_from_a_moment(known):
    for start in (date(2026, 11, 10), datetime.fromisoformat("2026-11-10T23:50+07:00")):
        told = explain(known, start, CALENDAR)
        assert f"Căn cứ: {known.law}." in told.lines
        assert all("%" not in line for line in told.lines)
        assert {sentence.text for sentence in told.sentences} <= set(SENTENCES)


@pytest.mark.parametrize(
    ("due_on", "today", "words"),
    [
        (date(2026, 11, 27), date(2026, 11, 23), "còn 3 ngày làm việc"),
        (date(2026, 11, 25), date(2026, 11, 25), "hôm nay"),
        (date(2026, 11, 20), date(2026, 11, 25), "quá hạn 2 ngày làm việc"),
        (date(2026, 11, 22), date(2026, 11, 21), "còn 1 ngày"),
        (date(2026, 11, 21), date(2026, 11, 22), "quá hạn 1 ngày"),
        (NEVER, date(2026, 11, 22), "đang tạm dừng"),
    ],
)
def test_the_distance_to_a_day_is_said_in_working_days(due_on, today, words):
    assert time_left(due_on, today, CALENDAR) == words


def test_a_sentence_keeps_its_values_apart_for_another_language():
    sentence = how_far(date(2026, 11, 27), date(2026, 11, 23), CALENDAR)
    assert sentence.text == "còn %(term)s"
    assert sentence.values == {"term": Term(3, "WD")}
    assert str(Sentence("Số %(n)s", {"n": 7})) == "Số 7"
