"""What a parent tells about herself opens with the right key, in its own place only."""

from dataclasses import astuple

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from feedback.generations import Key, every
from feedback.sealing import Keys, SealBroken, anew, seal, standing, unit_key, unseal

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


# --- a secret that is changed -------------------------------------------------------------------

SECRETS = st.text(min_size=1, max_size=40)
PLACES = st.text(max_size=20)
PURPOSES = st.sampled_from(["contact", "words", "shelf", "factor", "heir"])
UNITS = st.sampled_from(["", "PGD", "LDT"])
LOCKS = st.tuples(PURPOSES, UNITS)


def _keys(old: str, new: str, purpose: str, unit: str) -> list[bytes]:
    """Of one purpose: before the change, while it is under way, after it."""
    every_time = Keys.from_secret(old), Keys.from_secret(new, old), Keys.from_secret(new)
    found = [getattr(keys, purpose) for keys in every_time]
    return [unit_key(key, unit) for key in found] if unit else found


@given(old=SECRETS, new=SECRETS, lock=LOCKS, plain=st.binary(max_size=700), place=PLACES)
def test_what_the_old_secret_sealed_opens_with_either_and_then_with_the_new_alone(
    old, new, lock, plain, place
):
    assume(old != new)
    before, both, after = _keys(old, new, *lock)
    sealed = seal(before, plain, place)
    assert unseal(both, sealed, place) == plain
    assert standing(both, sealed) == "before"
    fresh = anew(both, sealed, place)
    assert standing(both, fresh) == "present"
    assert unseal(both, fresh, place) == unseal(after, fresh, place) == plain
    for key, shut in ((before, fresh), (after, sealed)):
        with pytest.raises(SealBroken):
            unseal(key, shut, place)


@given(old=SECRETS, new=SECRETS, unit=UNITS, plain=st.binary(max_size=600), places=st.data())
def test_while_it_is_changed_a_wrong_place_stays_shut(old, new, unit, plain, places):
    assume(old != new)
    here, there = places.draw(PLACES), places.draw(PLACES)
    assume(here != there)
    before, both, _after = _keys(old, new, "contact", unit)
    for sealed in (seal(before, plain, here), seal(both, plain, here)):
        with pytest.raises(SealBroken, match="another record"):
            unseal(both, sealed, there)
        with pytest.raises(SealBroken, match="another record"):
            anew(both, sealed, there)


@given(old=SECRETS, new=SECRETS, plain=st.binary(max_size=600))
def test_nothing_new_is_ever_sealed_with_the_old_secret(old, new, plain):
    assume(old != new)
    before, both, after = _keys(old, new, "contact", "")
    assert unseal(after, seal(both, plain, "x"), "x") == plain
    assert standing(before, seal(both, plain, "x")) == "foreign"


@given(keys=st.lists(st.binary(min_size=32, max_size=32), min_size=1, max_size=5))
def test_a_key_knows_each_of_those_before_it_once(keys):
    key = Key.after(keys[0], keys[1:])
    assert key == keys[0]
    assert every(key) == tuple(dict.fromkeys(keys))
    assert every(keys[0]) == (keys[0],)
