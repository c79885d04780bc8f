"""The shipped seed: schools, invented messages and answers, the survey, the report's outline."""

import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from feedback.rules.about import ABOUT
from feedback.rules.outcomes import OUTCOMES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.refusals import REFUSALS
from feedback.rules.routing import Matter, route
from feedback.rules.subjects import LEVELS, SUBJECTS

SEED = Path(__file__).parents[2] / "feedback" / "seed"
FILES = ("units", "stories", "answers", "surveys", "reports", "scenes", "desks")


def read(name: str) -> Any:
    return json.loads((SEED / f"{name}.json").read_text(encoding="utf-8"))


UNITS, STORIES, ANSWERS, SURVEYS, REPORTS, _SCENES, _DESKS = (read(name) for name in FILES)

PHONE = re.compile(r"(?<!\d)(?:\+?84|0|1[89]00)(?:[ .-]?\d){6,}")
EMAIL = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
FAMILY_NAME = re.compile(
    r"\b(?:Nguyễn|Nguyen|Trần|Tran|Phạm|Pham|Huỳnh|Huynh|Hoàng|Phan|Võ|Đặng|Bùi|Đỗ|Ngô|Dương)"
    r" (?:[A-ZĐÀ-Ỹ]\w+ ?){1,3}"
)
# A reference to a text of law, or a numbered annex: the only figures a narrative may hold.
REFERENCES = re.compile(
    r"33/CT-TTg|Đề án 06|10/2022/QH15|59/2023/NĐ-CP|11/2020/TT-BGDĐT|09/2024/TT-BGDĐT|Điều 46"
)
LINE, LONG = 30, 800  # characters: a sentence worth comparing, a letter
FEEDBACK = {"GY", "PA", "KNGHI"}


def strings(value: object) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict | list):
        for part in value.values() if isinstance(value, dict) else value:
            yield from strings(part)


def prose(value: object) -> Iterator[str]:
    """What people will read, without the openings an answer points at a message with."""
    if isinstance(value, dict):
        for key, part in value.items():
            yield from () if key in {"fits", "source"} else prose(part)
    elif isinstance(value, list):
        for part in value:
            yield from prose(part)
    elif len(str(value)) >= LINE:
        yield str(value)


def bare(text: str) -> bool:
    """Vietnamese typed without diacritics; English is none of it."""
    return text.isascii() and not re.search(r"\b(?:the|our)\b", text, re.IGNORECASE)


def answer_to(story: dict[str, Any]) -> list[dict[str, Any]]:
    answers = [a for a in ANSWERS["answers"] if a["subject"] == story["subject"]]
    return [a for a in answers if any(story["text"].startswith(f) for f in a["fits"])]


@pytest.mark.parametrize("name", FILES)
def test_the_file_is_clean_vietnamese(name: str) -> None:
    text = (SEED / f"{name}.json").read_text(encoding="utf-8")
    assert unicodedata.is_normalized("NFC", text)
    assert not re.search("[\t\r\u00a0\ufeff\u200b]|\\\\[tu]", text)
    assert text.endswith("\n")
    assert [s for s in strings(read(name)) if s != s.strip() or re.search(r"  | [,.;:?!]", s)] == []


@pytest.mark.parametrize("name", FILES)
def test_nothing_looks_like_a_phone_an_id_or_a_real_address(name: str) -> None:
    for text in strings(read(name)):
        assert not PHONE.search(text), text
        assert not re.search(r"\d{8,}", re.sub(r"[ .-]", "", text)), text
        assert all(mail.endswith("@demo.invalid") for mail in EMAIL.findall(text)), text


@pytest.mark.parametrize("name", FILES)
def test_no_text_is_written_twice(name: str) -> None:
    assert [text for text, times in Counter(prose(read(name))).items() if times > 1] == []


@pytest.mark.parametrize("name", ["stories", "answers", "surveys", "reports", "scenes", "desks"])
def test_nobody_is_called_by_a_full_name(name: str) -> None:
    assert [text for text in strings(read(name)) if FAMILY_NAME.search(text)] == []


def test_the_tree_is_the_committee_its_office_and_forty_schools_by_level() -> None:
    assert [unit["code"] for unit in UNITS[:2]] == ["UBGV", "PGD"]
    assert [unit["parent"] for unit in UNITS] == [None, "UBGV"] + ["PGD"] * 40
    assert [unit["level"] for unit in UNITS[2:]] == ["MN"] * 19 + ["TH"] * 15 + ["CS"] * 6


def test_unit_codes_are_short_unique_and_safe_to_read_aloud() -> None:
    codes = [unit["code"] for unit in UNITS]
    assert len(set(codes)) == len(codes)
    assert all(re.fullmatch("[A-Z]{2,6}", code) for code in codes)
    assert next(u["name"] for u in UNITS if u["code"] == "LDT") == "Trường Tiểu học Lê Đức Thọ"


def test_a_demo_unit_can_be_reached_by_nobody() -> None:
    for unit in UNITS:
        assert (unit["demo"], unit["phone"]) == (True, "")
        assert unit["email"] == f"{unit['code'].lower()}@demo.invalid"


def test_every_message_says_what_it_is() -> None:
    keys = {"kind", "subject", "about", "text", "wish", "levels", "danger", "anonymous"}
    for story in STORIES:
        assert set(story) == keys
        assert story["kind"] in PETITION_KINDS
        assert story["about"] in ABOUT
        assert set() < set(story["levels"]) <= SUBJECTS[story["subject"]].levels
        assert {type(story["danger"]), type(story["anonymous"])} == {bool}


def test_messages_are_short_but_for_a_few_long_letters() -> None:
    lengths = [len(story["text"]) for story in STORIES]
    assert len(lengths) >= 150
    assert all(20 <= n <= 600 or LONG <= n <= 1500 for n in lengths)
    assert sum(n >= LONG for n in lengths) >= 4
    assert sum(n < 40 for n in lengths) >= 2


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_is_written_about_at_every_level_it_has(subject: str) -> None:
    stories = [story for story in STORIES if story["subject"] == subject]
    assert len(stories) >= 7
    assert {level for s in stories for level in s["levels"]} == SUBJECTS[subject].levels


def test_kinds_come_as_often_as_in_life_and_each_at_every_level() -> None:
    kinds = Counter(story["kind"] for story in STORIES)
    assert len({(s["kind"], level) for s in STORIES for level in s["levels"]}) == 7 * len(LEVELS)
    assert min(kinds["PA"], kinds["GY"], kinds["KH"]) >= 25
    assert min(kinds["KN"], kinds["TC"]) >= 10
    assert kinds["DK_TCD"] == 8


def test_a_quarter_is_typed_without_diacritics() -> None:
    share = sum(bare(story["text"]) for story in STORIES) / len(STORIES)
    assert 0.2 <= share <= 0.3


def test_who_complains_or_asks_to_be_received_gives_a_name() -> None:
    assert not any(s["anonymous"] for s in STORIES if s["kind"] in {"KN", "DK_TCD"})


def test_denunciations_reach_past_the_school_and_also_stay_in_it() -> None:
    owners = Counter(
        route(Matter("TC", s["subject"], s["about"])).owner for s in STORIES if s["kind"] == "TC"
    )
    assert owners["office"] >= 6
    assert owners["school"] >= 3


@pytest.mark.parametrize("subject", SUBJECTS)
def test_every_subject_has_answers_and_a_question(subject: str) -> None:
    assert sum(a["subject"] == subject for a in ANSWERS["answers"]) >= 3
    assert any(q["subject"] == subject and q["reply"] for q in ANSWERS["questions"])


@pytest.mark.parametrize("part", ["answers", "kind_answers", "office_answers", "any_answers"])
def test_an_answer_says_who_answers_what_came_of_it_and_what_was_done(part: str) -> None:
    for answer in ANSWERS[part]:
        assert answer["by"] in {"school", "office"}
        assert answer["outcome"] in OUTCOMES
        assert len(answer["done"]) >= 20
        assert 60 <= len(answer["text"]) <= 600


def test_every_suggestion_has_exactly_one_answer_of_its_own() -> None:
    for story in STORIES:
        if story["kind"] in FEEDBACK:
            assert len(answer_to(story)) == 1, story["text"][:60]
    openings = [opening for answer in ANSWERS["answers"] for opening in answer["fits"]]
    assert len(openings) == sum(story["kind"] in FEEDBACK for story in STORIES)


def test_a_matter_the_school_may_not_handle_is_answered_by_the_office() -> None:
    for story in STORIES:
        owner = route(Matter(story["kind"], story["subject"], story["about"])).owner
        for answer in answer_to(story):
            assert answer["by"] == owner, story["text"][:60]


def test_complaints_and_denunciations_can_be_answered_by_both() -> None:
    for kind in ("KN", "TC", "KH", "DK_TCD"):
        by = {a["by"] for a in ANSWERS["kind_answers"] if a["kind"] == kind}
        assert by == {"school", "office"}


def test_refusals_and_visits_use_the_catalogues() -> None:
    for refusal in ANSWERS["refusals"]:
        assert set(refusal["kinds"]) <= REFUSALS[refusal["reason"]].kinds
    for visit in ANSWERS["visits"]:
        assert (visit["kind"] in PETITION_KINDS, visit["subject"] in SUBJECTS) == (True, True)
        assert min(visit["people"], len(visit["summary"]), len(visit["result"])) >= 1


def test_the_survey_asks_three_questions_on_five_levels() -> None:
    survey = SURVEYS["surveys"][0]
    asked = [(q["code"], q["required"]) for q in survey["questions"]]
    assert asked == [("G1", True), ("C5", True), ("G3", False)]
    assert [step["value"] for step in (*survey["scale"], survey["unknown"])] == [
        1,
        2,
        3,
        4,
        5,
        None,
    ]


def test_sixty_parents_left_a_remark_in_three_moods() -> None:
    remarks = SURVEYS["open_answers"]
    assert len(remarks) == 60
    assert {remark["mood"] for remark in remarks} == {"good", "mixed", "bad"}
    assert {level for remark in remarks for level in remark["levels"]} == set(LEVELS)


def test_the_outline_has_its_six_parts_in_order() -> None:
    sections = REPORTS["sections"]
    top = [s["number"] for s in sections if s["parent"] is None]
    assert top == ["", "I", "II", "III", "IV", "V", "VI"]
    parents = {s["parent"] for s in sections}
    for section in sections:
        assert min(len(section["heading"]), len(section["guidance"])) >= 5
        if section["code"] not in parents:
            assert section["office"]
            assert 2 <= len(section["narratives"]) <= 4


def test_narratives_leave_figures_to_the_register() -> None:
    for section in REPORTS["sections"]:
        for text in [n["text"] for n in section["narratives"]] + section["office"]:
            assert not re.search(r"\d", REFERENCES.sub("", text)), text
