"""What a parent tells about herself opens with the right key, in its own place only."""

from dataclasses import astuple

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback.sealing import Keys, SealBroken, seal, unseal

KEYS = Keys.from_secret("a root secret that is long enough for a test")
HER = "Chị Lan, 0901 234 567".encode()


def test_every_purpose_has_a_key_of_its_own():
    assert {len(key) for key in astuple(KEYS)} == {32}
    assert len(set(astuple(KEYS))) == len(astuple(KEYS))


def test_keys_depend_on_the_secret_and_on_nothing_else():
    assert Keys.from_secret("one") == Keys.from_secret("one")
    assert Keys.from_secret("one").contact != Keys.from_secret("two").contact


def test_an_empty_secret_is_refused():
    with pytest.raises(ValueError, match="empty"):
        Keys.from_secret("")


def test_keys_do_not_show_when_they_are_printed():
    assert repr(KEYS) == "Keys()"


@given(plain=st.binary(max_size=2000), context=st.text(max_size=30))
def test_what_was_sealed_opens_again_in_its_place(plain, context):
    assert unseal(KEYS.contact, seal(KEYS.contact, plain, context), context) == plain


@given(plain=st.binary(max_size=600))
def test_neither_length_nor_equality_shows_from_outside(plain):
    sealed = seal(KEYS.contact, plain, "sender:12")
    assert (len(sealed) - 1 - 4 - 12 - 16) % 512 == 0
    assert sealed != seal(KEYS.contact, plain, "sender:12")


def test_a_short_and_a_long_name_weigh_the_same():
    assert len(seal(KEYS.contact, b"", "x")) == len(seal(KEYS.contact, b"a" * 511, "x"))


@given(place=st.integers(0, 288), change=st.integers(1, 255))
def test_any_changed_byte_is_noticed(place, change):
    sealed = bytearray(seal(KEYS.contact, HER, "sender:12"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        unseal(KEYS.contact, bytes(sealed), "sender:12")


@given(length=st.integers(0, 288))
def test_any_cut_is_noticed(length):
    sealed = seal(KEYS.contact, HER, "sender:12")
    with pytest.raises(SealBroken):
        unseal(KEYS.contact, sealed[: min(length, len(sealed) - 1)], "sender:12")


@given(context=st.text(max_size=20).filter(lambda text: text != "sender:12"))
def test_moved_to_another_row_it_stays_shut(context):
    with pytest.raises(SealBroken, match="another record"):
        unseal(KEYS.contact, seal(KEYS.contact, HER, "sender:12"), context)


def test_another_key_is_named_by_its_id_and_does_not_open():
    with pytest.raises(SealBroken, match=r"sealed with key [0-9a-f]{8}, but the key in use is"):
        unseal(KEYS.files, seal(KEYS.contact, HER, "sender:12"), "sender:12")


def test_a_version_from_the_future_is_said_to_be_unknown():
    with pytest.raises(SealBroken, match="version"):
        unseal(KEYS.contact, b"\x02" + seal(KEYS.contact, HER, "sender:12")[1:], "sender:12")


def test_no_complaint_repeats_what_was_sealed():
    sealed = seal(KEYS.contact, HER, "sender:12")
    with pytest.raises(SealBroken) as broken:
        unseal(KEYS.contact, sealed, "sender:13")
    assert "Lan" not in str(broken.value)
    assert "sender" not in str(broken.value)
