"""The clocks of the law: every row, its article, its versions, and the day it gives."""

from datetime import date, datetime, timedelta
from itertools import pairwise

import pytest

from feedback.rules.clocks import STEPS
from feedback.rules.deadlines import DEADLINE_RULES, rule_on, rules_for
from feedback.rules.lifecycle import MOVES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.terms import due, due_before
from tests.rules.shipped import CALENDAR

RULES = [rule for versions in DEADLINE_RULES.values() for rule in versions]
NAMES = [f"{rule.code}-{rule.valid_from}" for rule in RULES]

BEFORE_LAW_136, LAW_136 = date(2026, 6, 30), date(2026, 7, 1)

# Clocks of receptions, publications and data requests, which no petition runs.
OFFICE_LIFE = {"TCD_REFUSE", "TCD_POST", "DCCS_PUBLISH", "DCCS_POST", "DSR_REPLY", "BREACH"} | {
    "DSR_SHOW",
    "DSR_LIMIT",
    "DSR_ERASE",
}

# code, the words of its term, an event, the day it gives, the article: the whole table of the law
GOLDEN = [
    ("ACK_ALL", "10 ngày làm việc", "2026-11-10", "2026-11-25", "28 khoản 1 Luật Tiếp công dân"),
    ("KNPA_SLA", "15 ngày làm việc", "2026-11-10", "2026-12-02", "đơn vị đặt"),
    ("ANY_45", "45 ngày", "2026-11-25", "2027-01-11", "154/2026"),
    ("FWD_RESULT", "7 ngày làm việc", "2026-11-20", "2026-12-02", "27 khoản 2"),
    ("FWD_RESULT2", "5 ngày làm việc", "2026-11-20", "2026-11-30", "28 khoản 2"),
    ("PAQDHC_TRANSFER", "5 ngày làm việc", "2026-11-20", "2026-11-30", "20/2008"),
    ("CHILD_NOTIFY", "ngay lập tức", "2026-11-22", "2026-11-22", "25 khoản 1 Nghị định 56/2017"),
    ("CHILD_INTERVENE", "12 giờ", "2026-11-22", "2026-11-22", "26 khoản 3 Nghị định 56/2017"),
    ("TCD_REFUSE", "3 ngày làm việc", "2026-11-20", "2026-11-26", "4 khoản 3"),
    ("TCD_POST", "5 ngày làm việc", "2026-11-25", "2026-11-17", "24 khoản 4"),
    ("KN_TIMEBAR", "90 ngày", "2026-08-03", "2026-11-02", "9 Luật Khiếu nại"),
    ("KN_ACCEPT", "7 ngày làm việc", "2026-11-20", "2026-12-02", "136/2025"),
    ("KN1_RESOLVE", "30 ngày", "2026-11-25", "2026-12-25", "28 Luật Khiếu nại"),
    ("KN1_RESOLVE_C", "45 ngày", "2026-11-25", "2027-01-11", "28 Luật Khiếu nại"),
    ("KN1_SEND", "3 ngày làm việc", "2026-11-20", "2026-11-26", "32 Luật Khiếu nại"),
    ("KN2_LODGE", "30 ngày", "2026-12-24", "2027-01-25", "33 khoản 1"),
    ("KN2_RESOLVE", "45 ngày", "2026-11-25", "2027-01-11", "37 Luật Khiếu nại"),
    ("KN2_RESOLVE_C", "60 ngày", "2026-11-25", "2027-01-25", "37 Luật Khiếu nại"),
    ("KN2_SEND", "7 ngày", "2026-11-17", "2026-11-25", "41 khoản 1"),
    ("KN_EFFECT", "30 ngày", "2026-11-25", "2026-12-25", "44 Luật Khiếu nại"),
    ("KN_DIALOG_NOTICE", "5 ngày", "2026-11-29", "2026-11-23", "155/2026"),
    ("KN_SUSPEND_SEND", "3 ngày làm việc", "2026-11-20", "2026-11-26", "28b"),
    ("TC_INITIAL", "7 ngày làm việc", "2026-11-16", "2026-11-26", "24 khoản 1 Luật Tố cáo"),
    ("TC_INITIAL_EXT", "10 ngày làm việc", "2026-11-10", "2026-11-25", "24 khoản 1"),
    ("TC_TRANSFER", "5 ngày làm việc", "2026-11-20", "2026-11-30", "24 khoản 2 Luật Tố cáo"),
    ("TC_ACCEPT_NOTICE", "5 ngày làm việc", "2026-11-20", "2026-11-30", "29 khoản 3"),
    ("TC_RESOLVE", "30 ngày", "2026-11-25", "2026-12-25", "30 khoản 1 Luật Tố cáo"),
    ("TC_EXT1", "30 ngày", "2026-12-24", "2027-01-25", "30 khoản 2 Luật Tố cáo"),
    ("TC_EXT2", "30 ngày", "2026-12-24", "2027-01-25", "30 khoản 3 Luật Tố cáo"),
    ("TC_SEND", "5 ngày làm việc", "2026-11-20", "2026-11-30", "35 khoản 3"),
    ("TC_PUBLISH", "7 ngày làm việc", "2026-11-22", "2026-12-02", "40 khoản 1"),
    ("TC_AGAIN", "20 ngày", "2026-11-04", "2026-11-25", "37 Luật Tố cáo"),
    ("TC_OVERDUE_ASK", "5 ngày làm việc", "2026-11-20", "2026-11-30", "38 khoản 2"),
    ("TC_OVERDUE_REPORT", "5 ngày làm việc", "2026-11-20", "2026-11-30", "38 khoản 3"),
    ("TC_PRESS", "20 ngày", "2026-11-04", "2026-11-25", "26 khoản 2 Luật Tố cáo"),
    ("DCCS_PUBLISH", "5 ngày làm việc", "2026-11-20", "2026-11-30", "47 khoản 2"),
    ("DCCS_POST", "20 ngày", "2026-11-01", "2026-11-21", "48 Luật Thực hiện dân chủ"),
    ("DSR_REPLY", "2 ngày làm việc", "2026-11-23", "2026-11-26", "356/2025"),
    ("DSR_SHOW", "10 ngày", "2026-11-23", "2026-12-03", "356/2025"),
    ("DSR_LIMIT", "15 ngày", "2026-11-23", "2026-12-08", "356/2025"),
    # 13 December 2026 is a Sunday.
    ("DSR_ERASE", "20 ngày", "2026-11-23", "2026-12-14", "356/2025"),
    ("BREACH", "72 giờ", "2026-11-21", "2026-11-24", "23 khoản 1"),
]


@pytest.mark.parametrize(("code", "words", "event", "end", "law"), GOLDEN)
def test_a_clock_gives_the_day_of_the_golden_table(code, words, event, end, law):
    on = date.fromisoformat(event)
    rule = rule_on(code, on)
    assert rule is not None
    assert rule.term.words == words
    assert law in rule.law
    if rule.backwards:
        assert due_before(rule.term, on, CALENDAR).on == date.fromisoformat(end)
    else:
        assert due(rule.term, on, CALENDAR, roll=rule.roll).on == date.fromisoformat(end)


def test_the_golden_table_holds_every_clock():
    assert {row[0] for row in GOLDEN} == set(DEADLINE_RULES)


@pytest.mark.parametrize("rule", RULES, ids=NAMES)
def test_every_clock_is_named_founded_and_can_be_started_and_met(rule):
    assert rule.label
    assert rule.law
    assert rule.event
    assert rule.after
    assert rule.after | rule.met_by <= set(STEPS)
    assert rule.met_by
    # A transfer ends the old owner's term and starts the new owner's.
    assert rule.after & rule.met_by <= {"transfer"}
    assert len(rule.code) <= 24


@pytest.mark.parametrize("versions", DEADLINE_RULES.values(), ids=DEADLINE_RULES)
def test_versions_of_a_clock_follow_each_other_without_gap_or_overlap(versions):
    for older, newer in pairwise(versions):
        assert older.valid_to is not None
        assert newer.valid_from == older.valid_to + timedelta(days=1)
    assert versions[-1].valid_to is None


def test_moves_and_steps_that_share_a_code_are_the_same_acts():
    shared = {"receive", "accept", "answer", "refuse", "transfer", "close", "withdraw", "reopen"}
    shared |= {"dispute", "alert", "attend"}
    assert shared <= set(MOVES) & set(STEPS)


class TestFirstOfJuly2026:
    """Luật 136/2025: a matter follows the rules valid on the day it was received."""

    @pytest.mark.parametrize(
        ("received", "days", "end"),
        [
            (BEFORE_LAW_136, 10, date(2026, 7, 14)),
            (LAW_136, 7, date(2026, 7, 10)),
        ],
    )
    def test_a_complaint_is_accepted_within_the_days_of_its_receipt_date(self, received, days, end):
        rule = rule_on("KN_ACCEPT", received)
        assert rule is not None
        assert rule.term.quantity == days
        assert due(rule.term, received, CALENDAR).on == end

    @pytest.mark.parametrize(
        "code", ["ANY_45", "TCD_REFUSE", "KN_DIALOG_NOTICE", "KN_SUSPEND_SEND"]
    )
    def test_a_clock_of_the_new_law_did_not_run_the_day_before(self, code):
        assert rule_on(code, BEFORE_LAW_136) is None
        assert rule_on(code, LAW_136) is not None

    def test_a_signed_petition_of_june_has_no_45_day_alarm_and_one_of_july_has(self):
        june = {rule.code for rule in rules_for("KN", BEFORE_LAW_136, signed=True)}
        july = {rule.code for rule in rules_for("KN", LAW_136, signed=True)}
        assert july - june == {"ANY_45", "KN_DIALOG_NOTICE", "KN_SUSPEND_SEND"}

    @pytest.mark.parametrize("code", ["ACK_ALL", "KN1_RESOLVE", "TC_INITIAL", "TC_RESOLVE"])
    def test_what_the_new_law_left_alone_is_the_same_rule_on_both_sides(self, code):
        assert rule_on(code, BEFORE_LAW_136) is rule_on(code, LAW_136)


def test_the_day_before_a_law_there_was_no_clock():
    assert rule_on("TC_INITIAL", date(2018, 12, 31)) is None
    assert rule_on("TC_INITIAL", date(2019, 1, 1)) is not None


class TestClocksOfAMatter:
    """Which clocks run by themselves for a kind, signed or not."""

    TODAY = date(2026, 11, 24)

    def codes(self, kind, signed=False, after=""):
        rules = rules_for(kind, self.TODAY, signed)
        return {rule.code for rule in rules if not after or after in rule.after}

    @pytest.mark.parametrize("kind", ["GY", "PA", "KNGHI", "KN", "TC"])
    def test_what_comes_over_the_web_is_acknowledged_and_answered(self, kind):
        assert self.codes(kind, after="receive") == {"ACK_ALL", "KNPA_SLA"}

    @pytest.mark.parametrize(
        ("kind", "codes"),
        [
            ("PA", {"ACK_ALL", "KNPA_SLA", "ANY_45"}),
            ("KN", {"ACK_ALL", "ANY_45", "KN_ACCEPT"}),
            ("TC", {"ACK_ALL", "ANY_45", "TC_INITIAL"}),
        ],
    )
    def test_a_signed_petition_runs_the_clocks_of_the_law(self, kind, codes):
        assert self.codes(kind, signed=True, after="receive") == codes

    def test_a_complaint_signed_later_starts_its_clocks_with_the_signature(self):
        assert self.codes("KN", signed=True, after="sign") == {"ANY_45", "KN_ACCEPT"}

    @pytest.mark.parametrize(
        ("kind", "codes"),
        [
            ("KN", {"ACK_ALL", "ANY_45", "KN_ACCEPT"}),
            ("TC", {"ACK_ALL", "ANY_45", "TC_INITIAL"}),
        ],
    )
    def test_the_body_a_petition_is_transferred_to_has_its_own_clocks(self, kind, codes):
        assert self.codes(kind, signed=True, after="transfer") == codes

    @pytest.mark.parametrize("step", ["reopen", "dispute"])
    def test_what_is_opened_again_gets_a_new_term_to_answer(self, step):
        assert self.codes("PA", after=step) == {"KNPA_SLA"}

    @pytest.mark.parametrize("kind", PETITION_KINDS)
    @pytest.mark.parametrize("signed", [False, True])
    def test_a_child_in_danger_starts_two_clocks_whatever_the_kind(self, kind, signed):
        assert self.codes(kind, signed, after="alert") == {"CHILD_NOTIFY", "CHILD_INTERVENE"}

    def test_thanks_owe_no_answer(self):
        assert self.codes("KH", after="receive") == set()

    @pytest.mark.parametrize("kind", PETITION_KINDS)
    def test_no_clock_waits_for_an_officer_to_say_that_it_runs(self, kind):
        assert not any(rule.conditional for rule in rules_for(kind, self.TODAY, signed=True))

    @pytest.mark.parametrize("kind", PETITION_KINDS)
    def test_an_unsigned_matter_runs_no_clock_of_a_petition(self, kind):
        assert not any(rule.signed_only for rule in rules_for(kind, self.TODAY, signed=False))

    def test_every_clock_belongs_to_a_kind_or_to_the_life_of_the_office(self):
        of_kinds = {
            code
            for kind in PETITION_KINDS.values()
            for code in (*kind.deadline_codes, *kind.signed_codes)
        }
        assert of_kinds | OFFICE_LIFE == set(DEADLINE_RULES)
        assert not of_kinds & OFFICE_LIFE


def test_only_the_office_own_term_may_be_changed_by_an_office():
    assert [rule.code for rule in RULES if rule.office_setting] == ["KNPA_SLA"]


def test_twelve_hours_from_an_evening_end_the_next_morning_holiday_or_not():
    rule = rule_on("CHILD_INTERVENE", date(2026, 11, 23))
    assert rule is not None
    end = due(rule.term, datetime.fromisoformat("2026-11-23T21:30+07:00"), CALENDAR)
    assert end.at == datetime.fromisoformat("2026-11-24T09:30+07:00")
