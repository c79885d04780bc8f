"""The outline of the report: every heading has its number, every table exists, the seed fits."""

import json
from pathlib import Path

import pytest

from analysis.report_tables.catalogue import TABLES
from feedback.rules.outline import OFFICE_ANNEXES, SECTIONS, TABLES_USED, WRITTEN, Section

SEED = Path(__file__).parents[2] / "feedback" / "seed" / "reports.json"


@pytest.mark.parametrize(
    ("code", "number", "level"),
    [("MO_DAU", "", 1), ("II", "II.", 1), ("II.4", "4.", 2), ("II.4.c", "c)", 3), ("VI", "VI.", 1)],
)
def test_numbers_follow_the_decree(code, number, level):
    assert (SECTIONS[code].number, SECTIONS[code].level) == (number, level)


@pytest.mark.parametrize("one", SECTIONS.values(), ids=list(SECTIONS))
def test_a_section_asks_for_words_or_holds_others(one: Section):
    holds_others = any(code.startswith(f"{one.code}.") for code in SECTIONS)
    assert one.written != holds_others
    assert bool(one.guidance) == one.written
    parent = one.code.rpartition(".")[0]
    assert not parent or parent in SECTIONS


def test_every_table_is_one_the_calculator_makes():
    assert set(TABLES_USED) <= set(TABLES)
    assert set(OFFICE_ANNEXES) <= set(TABLES_USED)


def test_what_lies_ahead_is_named_by_the_round():
    ahead = SECTIONS["V"]
    assert ahead.heading_in("6M", 2027) == "Phương hướng, nhiệm vụ 6 tháng cuối năm"
    assert ahead.heading_in("Y", 2026) == "Phương hướng, nhiệm vụ năm 2027"


def test_the_words_of_the_demo_have_a_section_to_stand_in():
    seed = json.loads(SEED.read_text(encoding="utf-8"))
    assert [one["code"] for one in seed["sections"]] == list(SECTIONS)
    assert {one["code"] for one in seed["sections"] if one["narratives"]} <= set(WRITTEN)
