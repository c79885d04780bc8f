"""Who signs is not who prepares: the law, and every step of the tables that it holds for."""

from hypothesis import given
from hypothesis import strategies as st

from feedback.rules.lifecycle import MACHINES
from feedback.rules.recusals import ACCUSED, is_clear, past_school
from feedback.rules.signing import NOT_PREPARED, NOT_SIGNER, PREPARED_IT, why_not


@given(signs=st.booleans(), handler=st.integers(0, 4), who=st.integers(1, 4))
def test_whoever_may_sign_holds_the_office_and_prepared_nothing(signs, handler, who):
    preparers = {handler} - {0}
    refusal = why_not(signs, who in preparers, bool(preparers))
    assert (refusal == "") == (signs and bool(preparers) and who not in preparers)


def test_each_refusal_says_which_rule_it_is():
    assert why_not(signs=False, prepared=True, is_prepared=True) == NOT_SIGNER
    assert why_not(signs=True, prepared=True, is_prepared=True) == PREPARED_IT
    assert why_not(signs=True, prepared=False, is_prepared=False) == NOT_PREPARED


def test_decisions_conclusions_and_refusals_of_a_petition_are_signed_and_no_opinion_is():
    signed = {
        code: {move.code for move in machine.moves.values() if move.signed}
        for code, machine in MACHINES.items()
    }
    assert signed == {
        "opinions": set(),
        "information": set(),
        "complaints": {
            "decide",
            "decide_again",
            "refuse",
            "extend",
            "suspend",
            "resume",
            "terminate",
            "send_back",
        },
        "denunciations": {
            "conclude",
            "refuse",
            "extend",
            "suspend",
            "resume",
            "terminate",
            "send_back",
        },
    }


class One:
    def __init__(self, kind_code: str):
        self.kind_code = kind_code


@given(st.lists(st.sampled_from(sorted(ACCUSED)).map(One)), st.sampled_from(sorted(ACCUSED)))
def test_one_more_accused_never_gives_a_matter_back_to_the_school(known, kind):
    more = [*known, One(kind)]
    assert past_school(more) >= past_school(known)
    assert is_clear(more) <= is_clear(known)
