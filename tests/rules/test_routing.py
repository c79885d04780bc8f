"""Who answers, who may see it, and why: no road leads a matter to those it is about."""

from dataclasses import replace
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.routing import ABOUT, ROUTING_RULES, Matter, route
from feedback.rules.subjects import SUBJECTS

MATTERS = st.builds(
    Matter,
    kind_code=st.sampled_from(sorted(PETITION_KINDS)),
    subject_code=st.sampled_from(sorted(SUBJECTS)),
    about_code=st.sampled_from([*ABOUT, "", "retired_code"]),
    danger=st.booleans(),
    signed=st.booleans(),
    accused_known=st.booleans(),
    second_instance=st.booleans(),
)
PAST_SCHOOL = ("leaders", "school", "box_keeper")


@given(MATTERS)
def test_a_matter_about_the_head_the_school_or_the_box_keeper_never_reaches_the_school(matter):
    way = route(matter)
    if matter.about_code in PAST_SCHOOL:
        assert (way.owner, way.hidden_from_school) == ("office", True)


@given(MATTERS)
def test_a_denunciation_whose_target_is_unclear_never_reaches_the_school(matter):
    unclear = not matter.accused_known or matter.about_code in ("unknown", "", "retired_code")
    way = route(matter)
    if matter.kind_code == "TC" and unclear:
        assert (way.owner, way.hidden_from_school) == ("office", True)


@given(MATTERS)
def test_danger_always_raises_the_alarm_and_never_changes_who_may_see(matter):
    calm, alarmed = route(replace(matter, danger=False)), route(replace(matter, danger=True))
    assert alarmed.alert
    assert alarmed.priority == "P0"
    assert alarmed.owner == calm.owner
    assert alarmed.hidden_from_school == calm.hidden_from_school


@given(MATTERS)
def test_every_route_has_reasons_in_words_and_an_article(matter):
    way = route(matter)
    assert way.law
    assert all(reason.endswith(".") for reason in way.reasons)
    assert way.priority in {"P0", "P1", "P2"}


@given(MATTERS)
def test_what_is_hidden_from_the_school_is_not_answered_by_the_school(matter):
    way = route(matter)
    if way.hidden_from_school:
        assert way.owner == "office"
        assert not way.office_copy


@pytest.mark.parametrize("subject", ["XAM_HAI", "QUAN_LY"])
@pytest.mark.parametrize("kind", PETITION_KINDS)
def test_child_abuse_and_leadership_never_reach_the_school(subject, kind):
    for about, second in product(ABOUT, (False, True)):
        assert route(Matter(kind, subject, about, second_instance=second)).hidden_from_school


@pytest.mark.parametrize(
    ("matter", "rule", "owner", "hidden"),
    [
        (Matter("TC", "THU_CHI", "leaders"), "TC_LEADERS", "office", True),
        (Matter("TC", "BAN_TRU", "school"), "TC_LEADERS", "office", True),
        (Matter("KN", "TTHC", "leaders"), "KN_LEADERS", "office", True),
        (Matter("PA", "THU_CHI", "leaders"), "LEADERS", "office", True),
        (Matter("GY", "KHAC", "box_keeper"), "LEADERS", "office", True),
        (Matter("KH", "GIANG_DAY", "leaders"), "LEADERS", "office", True),
        (Matter("TC", "KHAC", "outside"), "TC_OUTSIDE", "office", True),
        (Matter("TC", "THU_CHI", "unknown"), "TC_UNCLEAR", "office", True),
        (Matter("TC", "CSVC", "facilities"), "TC_UNCLEAR", "office", True),
        (
            Matter("TC", "DAY_THEM", "class_teacher", accused_known=False),
            "TC_UNCLEAR",
            "office",
            True,
        ),
        (Matter("PA", "XAM_HAI", "class_teacher"), "CHILD_ABUSE", "office", True),
        (Matter("PA", "QUAN_LY", "unknown"), "LEADERSHIP", "office", True),
        (Matter("KN", "TTHC", "staff", second_instance=True), "SECOND_INSTANCE", "office", False),
        (Matter("PA", "TUYEN_SINH", "unknown"), "ENROLMENT", "office", False),
        (Matter("TC", "DAY_THEM", "class_teacher"), "TC_STAFF", "school", False),
        (Matter("KN", "BAN_TRU", "boarding"), "KN_FIRST", "school", False),
        (Matter("PA", "CONG_TRINH", "outside"), "OUTSIDE", "school", False),
        (Matter("PA", "VE_SINH", "facilities"), "SCHOOL", "school", False),
        (Matter("GY", "KHAC", "unknown"), "SCHOOL", "school", False),
        (Matter("DK_TCD", "KHAC", ""), "SCHOOL", "school", False),
    ],
)
def test_a_matter_takes_the_line_of_the_table(matter, rule, owner, hidden):
    way = route(matter)
    assert (way.rule_code, way.owner, way.hidden_from_school) == (rule, owner, hidden)


@pytest.mark.parametrize(
    ("matter", "priority"),
    [
        (Matter("PA", "VE_SINH", "facilities"), "P2"),
        (Matter("PA", "VE_SINH", "facilities", danger=True), "P0"),
        (Matter("PA", "BAO_LUC", "pupils"), "P1"),
        (Matter("PA", "TAM_LY", "pupils"), "P0"),
        (Matter("PA", "XAM_HAI", "staff"), "P0"),
        (Matter("TC", "THU_CHI", "leaders"), "P1"),
    ],
)
def test_a_matter_has_the_urgency_of_its_facts(matter, priority):
    assert route(matter).priority == priority


def test_bullying_is_the_schools_with_a_copy_for_the_office():
    way = route(Matter("PA", "BAO_LUC", "pupils"))
    assert (way.owner, way.office_copy) == ("school", True)


def test_an_unsigned_denunciation_is_told_to_be_information():
    web, paper = (
        Matter("TC", "DAY_THEM", "class_teacher"),
        Matter("TC", "DAY_THEM", "staff", signed=True),
    )
    assert any("chưa phải đơn tố cáo" in reason for reason in route(web).reasons)
    assert not any("chưa phải đơn" in reason for reason in route(paper).reasons)


def test_the_last_line_takes_whatever_is_left():
    assert ROUTING_RULES[-1].matches(Matter("", "", ""))
    assert len({rule.code for rule in ROUTING_RULES}) == len(ROUTING_RULES)


def test_every_answer_to_who_it_is_about_is_in_plain_words():
    assert list(ABOUT) == [
        "class_teacher",
        "staff",
        "boarding",
        "pupils",
        "facilities",
        "leaders",
        "school",
        "box_keeper",
        "outside",
        "unknown",
    ]
    assert {code for code, about in ABOUT.items() if about.past_school} == set(PAST_SCHOOL)
    assert not any(about.past_school and about.names_people for about in ABOUT.values())
