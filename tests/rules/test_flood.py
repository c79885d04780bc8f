"""Which signs make a submission wait: one that only programs show, or two doubtful ones."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.rules.flood import FLOOD_SIGNS, INNOCENT, holds, why_not_held
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS

signs = st.sets(st.sampled_from(sorted(FLOOD_SIGNS)))


def test_no_sign_holds_nothing():
    assert not holds(())


@pytest.mark.parametrize("code", [code for code, sign in FLOOD_SIGNS.items() if sign.strong])
def test_a_strong_sign_is_enough(code: str):
    assert holds([code])


@pytest.mark.parametrize("code", [code for code, sign in FLOOD_SIGNS.items() if not sign.strong])
def test_a_weak_sign_alone_is_not(code: str):
    assert not holds([code])


def test_forty_parents_with_the_same_words_at_a_paused_point_wait_for_nobody():
    assert not holds(INNOCENT)


def test_quick_and_word_for_word_is_a_program():
    assert holds(["too_quick", "same_text"])


@given(signs, signs)
def test_more_signs_never_set_free_what_fewer_hold(some: set[str], more: set[str]):
    assert holds(some | more) or not holds(some)


@given(signs)
def test_what_holds_is_held_by_at_most_two_of_its_signs(shown: set[str]):
    few = [*((code,) for code in shown), *combinations(sorted(shown), 2)]
    assert holds(shown) == any(holds(pair) for pair in few)


@pytest.mark.parametrize("kind", sorted(PETITION_KINDS))
def test_only_a_calm_opinion_may_wait(kind: str):
    assert bool(why_not_held(kind, urgent=False)) == (kind in SIGNED_KINDS)
    assert why_not_held(kind, urgent=True)
