"""The laws of the chain: what is hashed, how the tree grows, what the code on paper says."""

import hashlib
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import chain
from feedback.chain import Tree

LEAVES = st.lists(st.binary(min_size=32, max_size=32).map(bytes.hex), max_size=70)


def by_the_book(leaves: list[str]) -> str:
    """RFC 6962, 2.1, word for word: split at the largest power of two below n."""
    if not leaves:
        return hashlib.sha256(b"").hexdigest()
    if len(leaves) == 1:
        return leaves[0]
    split = 1 << (len(leaves) - 1).bit_length() - 1
    left, right = by_the_book(leaves[:split]), by_the_book(leaves[split:])
    return hashlib.sha256(b"\x01" + bytes.fromhex(left) + bytes.fromhex(right)).hexdigest()


@given(LEAVES)
def test_the_growing_tree_has_the_root_of_the_rfc(leaves: list[str]):
    assert Tree().extend(leaves).root == by_the_book(leaves)


@given(LEAVES, st.integers(0, 70))
def test_a_tree_goes_on_from_its_peaks(leaves: list[str], at: int):
    first = Tree().extend(leaves[:at])
    assert Tree(first.size, first.peaks).extend(leaves[at:]).root == by_the_book(leaves)


@given(LEAVES.filter(bool), st.data())
def test_any_other_leaf_length_or_order_has_another_root(leaves: list[str], data: st.DataObject):
    at = data.draw(st.integers(0, len(leaves) - 1))
    other = data.draw(st.binary(min_size=32, max_size=32).map(bytes.hex))
    root = Tree().extend(leaves).root
    changed = [*leaves[:at], other, *leaves[at + 1 :]]
    assert (Tree().extend(changed).root == root) == (changed == leaves)
    assert Tree().extend([*leaves, leaves[-1]]).root != root
    assert Tree().extend(leaves[:at]).root != root


def test_known_roots_of_certificate_transparency():
    """The empty tree and the leaf of nothing, as RFC 6962's own test vectors have them."""
    empty = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"
    leaf = "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d"
    assert Tree().root == empty
    assert hashlib.sha256(chain.LEAF).hexdigest() == leaf
    assert Tree().extend([leaf]).root == leaf


def test_peaks_that_do_not_fit_the_size_are_refused():
    with pytest.raises(ValueError, match="peaks"):
        Tree(3, ["00" * 32])


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text() | st.floats(allow_nan=False),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=8,
)


@given(VALUES, VALUES)
def test_one_value_has_one_writing_and_no_two_share_it(one: object, two: object):
    assert chain.canonical({"a": one, "b": two}) == chain.canonical({"b": two, "a": one})
    same = repr(one) == repr(two)
    if not same and one != two:
        assert chain.canonical(one) != chain.canonical(two)


def test_a_moment_is_written_alike_from_any_zone():
    here = datetime(2026, 11, 24, 7, 0, tzinfo=ZoneInfo("Asia/Ho_Chi_Minh"))
    assert chain.canonical(here) == chain.canonical(here.astimezone(UTC))
    assert chain.canonical(here) == '"2026-11-24T00:00:00.000000Z"'


@given(st.binary(min_size=32, max_size=32))
def test_the_code_is_eight_groups_of_four_and_survives_typing(root: bytes):
    code = chain.code_of(root.hex())
    assert [len(group) for group in code.split(" ")] == [4] * 8
    assert chain.tidy_code(code.lower().replace(" ", " - ")) == code
    assert chain.tidy_code(code.replace("O", "0").replace("I", "1")) == code


@pytest.mark.parametrize("typed", ["", "AAAA", "A" * 31, "A" * 33, "8" * 32])
def test_what_is_no_code_is_refused(typed: str):
    with pytest.raises(ValueError, match="8 groups of 4"):
        chain.tidy_code(typed)


@given(st.binary(min_size=16, max_size=16), st.binary(min_size=16, max_size=16), st.text())
def test_without_the_salt_the_hash_tells_nothing_about_the_words(one: bytes, two: bytes, said: str):
    row = {"text": said}
    assert (chain.row_hash(one, row) == chain.row_hash(two, row)) == (one == two)
