"""An envelope opens with the Office's own key, in its own record, and in no other way."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback import envelopes
from feedback.envelopes import OfficeKey, WrongPassphrase
from feedback.sealing import SealBroken

KEY = OfficeKey.new()
OTHER = OfficeKey.new()
HER = "Chị Lan, 0901 234 567".encode()
CHEAP = {"MEMORY_KIB": 64, "ITERATIONS": 1}


@given(plain=st.binary(max_size=2000), context=st.text(max_size=30))
def test_what_was_closed_opens_again_in_its_record(plain, context):
    assert KEY.open(envelopes.close(KEY.public, plain, context), context) == [plain]


@given(plain=st.binary(max_size=511))
def test_neither_length_nor_equality_shows_from_outside(plain):
    sealed = envelopes.close(KEY.public, plain, "sender:12")
    assert len(sealed) == len(envelopes.close(KEY.public, b"", "sender:12"))
    assert sealed != envelopes.close(KEY.public, plain, "sender:12")


@given(place=st.integers(0, 10_000), change=st.integers(1, 255))
def test_any_changed_byte_is_noticed(place, change):
    sealed = bytearray(envelopes.close(KEY.public, HER, "sender:12"))
    sealed[place % len(sealed)] ^= change
    with pytest.raises(SealBroken):
        KEY.open(bytes(sealed), "sender:12")


@given(length=st.integers(1, 10_000))
def test_any_cut_is_noticed(length):
    sealed = envelopes.close(KEY.public, HER, "sender:12")
    with pytest.raises(SealBroken):
        KEY.open(sealed[: -(length % len(sealed)) or -1], "sender:12")


@given(context=st.text(max_size=20).filter(lambda text: text != "sender:12"))
def test_moved_to_another_record_it_stays_shut(context):
    with pytest.raises(SealBroken, match="another record"):
        KEY.open(envelopes.close(KEY.public, HER, "sender:12"), context)


def test_another_office_is_told_whose_it_is_and_reads_nothing():
    with pytest.raises(SealBroken, match=rf"for key {KEY.key_id}, this is key {OTHER.key_id}"):
        OTHER.open(envelopes.close(KEY.public, HER, "sender:12"), "sender:12")


@given(letters=st.lists(st.binary(max_size=600), min_size=1, max_size=4))
def test_what_is_added_later_is_read_after_what_was_there(letters):
    sealed = b"".join(envelopes.close(KEY.public, one, "sender:12") for one in letters)
    assert KEY.open(sealed, "sender:12") == letters
    again = KEY.reseal(sealed, "sender:12", OTHER.public)
    assert OTHER.open(again, "sender:12") == letters
    assert set(envelopes.key_ids(again)) == {OTHER.key_id}
    with pytest.raises(SealBroken):
        KEY.open(again, "sender:12")


@settings(max_examples=10)
@given(passphrase=st.text(min_size=12, max_size=40))
def test_a_key_file_opens_with_its_passphrase_alone(passphrase):
    with pytest.MonkeyPatch.context() as patch:
        for name, value in CHEAP.items():
            patch.setattr(envelopes, name, value)
        text = KEY.locked(passphrase)
        assert OfficeKey.unlocked(text, passphrase) == KEY
        assert KEY.private.hex() not in text
        with pytest.raises(WrongPassphrase):
            OfficeKey.unlocked(text, passphrase + ".")


def test_a_guess_at_the_passphrase_costs_a_quarter_of_a_gibibyte():
    assert envelopes.MEMORY_KIB == 256 * 1024


def test_what_is_no_key_file_is_said_to_be_none():
    for text in ("", "[]", "{}", '{"kind": "something"}'):
        with pytest.raises(ValueError, match="not an Office key file"):
            envelopes.public_of(text)


def test_the_public_file_tells_no_more_than_the_public_key():
    text = envelopes.public_text(KEY.public)
    assert envelopes.public_of(text) == KEY.public
    assert '"private"' not in text


def test_keys_do_not_show_when_they_are_printed():
    assert repr(KEY) == "OfficeKey()"
