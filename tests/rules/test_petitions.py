"""The kinds people can send."""

from itertools import chain

import pytest

from feedback.rules.deadlines import DEADLINE_RULES
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS, kinds_of
from feedback.rules.routing import Matter, route

KINDS = PETITION_KINDS.values()


@pytest.mark.parametrize("kind", KINDS, ids=PETITION_KINDS)
def test_every_kind_is_named_explained_and_founded(kind):
    assert kind.label
    assert kind.hint.endswith(".")
    assert kind.hint.startswith("Anh/chị")
    assert kind.law
    assert len(kind.code) <= 16


@pytest.mark.parametrize("kind", KINDS, ids=PETITION_KINDS)
def test_every_kind_names_clocks_that_exist_each_once(kind):
    for codes in (kind.deadline_codes, kind.signed_codes):
        assert set(codes) <= set(DEADLINE_RULES)
        assert len(codes) == len(set(codes))


@pytest.mark.parametrize("code", PETITION_KINDS)
def test_every_kind_can_be_routed(code):
    assert route(Matter(code, "KHAC", "unknown")).reasons


def test_the_doors_show_their_kinds_in_reading_order():
    assert [kind.code for kind in kinds_of("feedback")] == ["KH", "GY", "PA", "KNGHI"]
    assert [kind.code for kind in kinds_of("petition")] == ["KN", "TC"]
    assert [kind.code for kind in kinds_of("appointment")] == ["DK_TCD", "DK_DT"]
    assert len(kinds_of("feedback", "petition")) == 6


def test_only_complaints_and_denunciations_need_a_signature_to_be_a_petition():
    assert {kind.code for kind in KINDS if kind.group == "petition"} == SIGNED_KINDS


def test_thanks_and_advice_are_not_in_the_inspection_forms():
    counted = {kind.code for kind in KINDS if kind.counts_in_forms}
    assert counted == {"PA", "KNGHI", "KN", "TC"}


def test_whoever_tells_of_a_wrong_may_stay_unnamed():
    named = {kind.code for kind in KINDS if not kind.anonymous_allowed}
    assert named == {"DK_TCD"}


def test_an_answer_shows_evidence_where_a_state_of_things_was_reported():
    assert {kind.code for kind in KINDS if kind.needs_evidence} == {"PA", "KNGHI"}


def test_a_clock_of_a_signed_petition_is_named_only_for_signed_ones():
    information = chain.from_iterable(PETITION_KINDS[code].deadline_codes for code in SIGNED_KINDS)
    for code in information:
        assert not any(rule.signed_only for rule in DEADLINE_RULES[code])
