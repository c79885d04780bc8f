"""The vocabulary of filters: what a figure's link may say."""

import itertools
from dataclasses import fields

import pytest

from analysis.counting.facts import AGAINST_A_FIELD, TESTS
from analysis.counting.states import STATES
from analysis.counting.where import WHERE_KEYS, clean_where, conditions, matches
from analysis.rows import AnswerRow, CaseRow, DialogueRow, ReceptionRow, VisitRow
from tests.analysis.small_world import (
    a_case,
    november,
)


def test_states_speak_only_of_fields_that_rows_have():
    known = {field.name for field in fields(CaseRow)}
    for state in STATES.values():
        assert state.label
        assert state.definition.endswith(".")
        for fact in itertools.chain(*state.either):
            assert fact.field in known
            assert fact.test in TESTS
            assert fact.other in known or fact.test not in AGAINST_A_FIELD


@pytest.mark.parametrize("row", [CaseRow, VisitRow, ReceptionRow, DialogueRow, AnswerRow])
def test_no_row_has_room_for_a_person(row):
    names = {field.name for field in fields(row)}
    assert not names & {"name", "sender", "phone", "email", "text", "content", "address"}


def test_a_filter_becomes_facts_for_the_database():
    (facts,) = conditions({"unit": "LDT", "subject": "-", "petition": "no", "state": "received"})
    assert [(fact.field, fact.test, fact.other) for fact in facts] == [
        ("unit_code", "is", "LDT"),
        ("subject_code", "is", ""),
        ("is_petition", "is", False),
        ("received_on", "within", None),
    ]


def test_a_filter_without_a_period_means_until_today():
    row = a_case()
    assert matches(row, {"state": "open_late"}, november(17))
    assert not matches(row, {"state": "open_late"}, november(16))
    assert matches(row, {}, november(2))
    assert not matches(row, {}, november(1))
    assert not matches(row, {"list": "visits"}, november(30))


@pytest.mark.parametrize(
    "asked",
    [
        {"state": "DROP TABLE"},
        {"list": "officers"},
        {"petition": "maybe"},
        {"mode": "head"},
        {"list": "visits", "state": "open"},
        {"period": "2026-13"},
    ],
)
def test_a_filter_that_makes_no_sense_is_refused_with_a_sentence(asked):
    with pytest.raises(ValueError, match=r"^(Bộ lọc|Không có kỳ)"):
        clean_where(asked)


def test_other_arguments_of_a_link_are_no_filter():
    assert clean_where({"page": "2", "kind": "", "unit": "LDT"}) == {"unit": "LDT"}
    assert set(WHERE_KEYS) >= {"unit", "kind", "subject", "period", "state", "channel"}
