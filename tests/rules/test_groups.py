"""How many may speak for a group (Điều 29 Luật Tiếp công dân 2013)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.rules import groups
from feedback.rules.groups import group_fault, is_crowd

COUNTS = st.integers(1, 500)


@pytest.mark.parametrize(
    ("people", "speakers", "appointed", "says"),
    [
        (1, 0, False, ""),
        (4, 0, False, ""),
        (4, 5, True, groups.MORE_THAN_ALL),
        (0, 0, False, groups.NOBODY),
        (5, 0, False, groups.NEEDS_SPEAKER),
        (5, 1, False, groups.NEEDS_PAPER),
        (5, 1, True, ""),
        (10, 2, True, ""),
        (10, 3, True, groups.ONE_OR_TWO),
        (11, 3, True, ""),
        (11, 5, True, ""),
        (11, 6, True, groups.UP_TO_FIVE),
    ],
)
def test_the_law_on_representatives(people: int, speakers: int, appointed: bool, says: str):
    assert group_fault(people, speakers, appointed) == says


@given(COUNTS, COUNTS)
def test_a_crowd_always_needs_somebody_and_never_more_than_five(people: int, speakers: int):
    good = not group_fault(people, speakers, appointed=True)
    if is_crowd(people):
        assert group_fault(people, 0, appointed=True)
        assert not (good and speakers > 5)


@given(COUNTS, COUNTS)
def test_the_signed_paper_is_never_what_makes_a_group_wrong(people: int, speakers: int):
    if not group_fault(people, speakers, appointed=False):
        assert not group_fault(people, speakers, appointed=True)
