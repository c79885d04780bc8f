"""The coded reasons for not taking something up."""

import pytest

from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.refusals import REFUSALS, VISIT_REFUSALS, refusals_for

EVERY = [*REFUSALS.values(), *VISIT_REFUSALS.values()]


@pytest.mark.parametrize("refusal", EVERY, ids=[r.code for r in EVERY])
def test_every_reason_is_a_sentence_with_an_article_and_a_short_code(refusal):
    assert refusal.label.endswith(".")
    assert refusal.law
    assert not refusal.advice or refusal.advice.endswith(".")
    assert refusal.kinds <= set(PETITION_KINDS)
    assert len(refusal.code) <= 24


@pytest.mark.parametrize("kind", PETITION_KINDS)
def test_every_kind_can_be_refused_for_some_reason(kind):
    assert refusals_for(kind)


def test_a_complaint_has_the_nine_grounds_of_article_11():
    grounds = [r for r in refusals_for("KN") if "Điều 11 Luật Khiếu nại" in r.law]
    assert [int(ground.law.rsplit(" ", 1)[1]) for ground in grounds] == list(range(1, 10))


def test_grounds_of_one_law_are_not_used_for_another_kind():
    assert not any(refusal.code.startswith("KN_") for refusal in refusals_for("TC"))
    assert not any(refusal.code.startswith(("KN_", "TC_")) for refusal in refusals_for("PA"))


def test_who_forgot_to_sign_is_told_how_to():
    assert "ký" in REFUSALS["KN_UNSIGNED"].advice


def test_a_visitor_gets_a_written_notice_on_two_grounds_only():
    written = {code for code, refusal in VISIT_REFUSALS.items() if refusal.written}
    assert written == {"TCD_ANSWERED", "TCD_SETTLED"}
