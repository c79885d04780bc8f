"""Which matters may share one answer: the sentence that refuses each pair."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.rules.joining import Standing, why_not_joined

PLAIN = Standing(
    machine="opinions",
    is_petition=False,
    is_open=True,
    alarmed=False,
    hidden=False,
    unit_id=1,
    owner_id=1,
    letter=frozenset({1}),
    gathered=False,
)
OTHER = replace(PLAIN, letter=frozenset({2}))
FLAGS = st.booleans()
STANDINGS = st.builds(
    Standing,
    machine=st.sampled_from(["opinions", "information", "complaints"]),
    is_petition=FLAGS,
    is_open=FLAGS,
    alarmed=FLAGS,
    hidden=FLAGS,
    unit_id=st.integers(1, 2),
    owner_id=st.integers(1, 2),
    letter=st.frozensets(st.integers(1, 3), min_size=1),
    gathered=FLAGS,
)


def test_two_open_opinions_of_one_desk_may_be_joined():
    assert why_not_joined(OTHER, PLAIN) == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"is_open": False}, "đang giải quyết"),
        ({"hidden": True}, "kín với trường"),
        ({"unit_id": 2}, "cùng một đơn vị"),
        ({"owner_id": 2}, "cùng một nơi"),
        ({"is_petition": True}, "một bên chưa ký"),
        ({"machine": "information"}, "cách giải quyết khác nhau"),
        ({"alarmed": True}, "báo khẩn"),
        ({"gathered": True}, "vụ việc chính"),
        ({"letter": frozenset({1})}, "cùng một thư"),
    ],
)
def test_each_difference_has_its_sentence(change: dict[str, object], says: str):
    assert says in why_not_joined(replace(OTHER, **change), PLAIN)  # type: ignore[arg-type]


def test_signed_petitions_are_handled_each_for_itself():
    signed = replace(PLAIN, is_petition=True, machine="complaints")
    assert "riêng từng đơn" in why_not_joined(replace(signed, letter=frozenset({2})), signed)


@given(STANDINGS, STANDINGS)
def test_nothing_crosses_the_line_that_hides_it(one: Standing, into: Standing):
    if not why_not_joined(one, into):
        assert (one.hidden, one.unit_id, one.owner_id) == (into.hidden, into.unit_id, into.owner_id)
        assert not one.is_petition
        assert not into.is_petition
        assert not one.letter & into.letter
