"""Codes survive being read aloud and typed on a phone; tokens tell fresh from stale from forged."""

import hashlib
import re
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta, timezone
from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from feedback import codes
from feedback.codes import (
    CROCKFORD,
    fingerprint,
    mint_once,
    new_point_code,
    new_reference,
    once_hash,
    quick_track,
    read_once,
    show_code,
    slow_track,
    tidy_code,
    tidy_point_code,
    tracking_code,
)

KEY, OTHER_KEY = b"k" * 32, b"o" * 32
HO_CHI_MINH = timezone(timedelta(hours=7))
MORNING = datetime(2026, 11, 24, 7, 30, tzinfo=HO_CHI_MINH)
CODES = [tracking_code(KEY, f"form {number}") for number in range(40)]
symbols = st.text(alphabet=CROCKFORD, min_size=15, max_size=15)


def with_check(body: str) -> str:
    return next(body + last for last in CROCKFORD if tidy_code(body + last))


# The tracking code


def test_a_code_is_sixteen_symbols_and_valid():
    assert all(re.fullmatch(f"[{CROCKFORD}]{{16}}", code) for code in CODES)
    assert all(tidy_code(code) == code for code in CODES)
    assert len(set(CODES)) == len(CODES)


def test_the_same_form_has_the_same_code_and_only_with_the_same_key():
    assert tracking_code(KEY, "form") == tracking_code(KEY, "form")
    assert tracking_code(KEY, "form") != tracking_code(OTHER_KEY, "form")


def test_every_single_wrong_symbol_is_caught():
    for code in CODES:
        for place in range(16):
            for wrong in set(CROCKFORD) - {code[place]}:
                assert tidy_code(code[:place] + wrong + code[place + 1 :]) is None


def test_any_two_symbols_that_changed_places_are_caught():
    for code in CODES:
        for one, two in combinations(range(16), 2):
            swapped = list(code)
            swapped[one], swapped[two] = code[two], code[one]
            assert code[one] == code[two] or tidy_code("".join(swapped)) is None


@given(body=symbols)
def test_exactly_one_check_symbol_fits(body):
    assert sum(tidy_code(body + last) is not None for last in CROCKFORD) == 1


def test_a_code_is_shown_in_groups_of_four():
    assert show_code("7K3MQ2XD9RTB4HWE") == "7K3M-Q2XD-9RTB-4HWE"


@pytest.mark.parametrize("spoil", [
    show_code,
    str.lower,
    lambda code: f"  {show_code(code).replace('-', ' ')}\n",
    lambda code: show_code(code).replace("-", "–"),
    lambda code: show_code(code).replace("-", "\u00a0"),
    lambda code: code.replace("0", "O").replace("1", "I"),
    lambda code: code.replace("0", "o").replace("1", "l"),
    lambda code: "".join(chr(ord(symbol) + 0xFEE0) for symbol in code),
])  # fmt: skip
def test_a_code_typed_in_any_usual_way_is_understood(spoil):
    assert all(tidy_code(spoil(code)) == code for code in CODES)


@pytest.mark.parametrize(("keys", "became"), [
    ("AS", "Á"), ("AF", "À"), ("AR", "Ả"), ("AX", "Ã"), ("AJ", "Ạ"), ("AA", "Â"), ("AW", "Ă"),
    ("EE", "Ê"), ("DD", "Đ"), ("W", "Ư"), ("AAJ", "Ậ"), ("EEX", "Ễ"), ("YS", "Ý"),
    ("A1", "Á"), ("A5", "Ạ"), ("A62", "Ầ"), ("A8", "Ă"), ("E6", "Ê"), ("D9", "Đ"),
])  # fmt: skip
def test_a_vietnamese_keyboard_does_not_spoil_a_code(keys, became):
    code = with_check(f"7K3{keys}2XD9TB4HWE00"[:15])
    assert tidy_code(code.replace(keys, became)) == code
    assert tidy_code(code.replace(keys, became).lower()) == code


@given(typed=st.text(max_size=80))
def test_whatever_is_typed_gives_a_valid_code_or_none(typed):
    code = tidy_code(typed)
    assert code is None or tidy_code(code) == code


@pytest.mark.parametrize("typed", ["", "-", "7K3M", "U" * 16, "Mã tra cứu", "0" * 17, "₫" * 50_000])
def test_what_cannot_be_a_code_is_none(typed):
    assert tidy_code(typed) is None


# How it is kept


def test_the_hashes_are_fixed_for_good():
    """Changing either would lock every parent out of the cases already there."""
    quick = quick_track(KEY, "7K3MQ2XD9RTB4HWE")
    assert quick.hex().startswith("01c7753536c5fde1")
    assert slow_track(KEY, quick).hex().startswith("c2167f385c3fd683")
    assert tracking_code(KEY, "form") == "F7E3TGSECY4EF8YE"


def test_both_hashes_need_the_key():
    quick = quick_track(KEY, CODES[0])
    assert quick != quick_track(OTHER_KEY, CODES[0])
    assert slow_track(KEY, quick) != slow_track(OTHER_KEY, quick)
    assert {len(quick), len(slow_track(KEY, quick))} == {32}


def test_at_most_two_slow_hashes_run_at_once(monkeypatch):
    running, most, counting = 0, 0, threading.Lock()

    def slowly(*_args, **_options):
        nonlocal running, most
        with counting:
            running += 1
            most = max(most, running)
        time.sleep(0.01)
        with counting:
            running -= 1
        return b"s" * 32

    monkeypatch.setattr(hashlib, "scrypt", slowly)
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda _: slow_track(KEY, b"quick"), range(16)))
    assert most == 2


# Random codes


def test_a_reference_names_unit_and_year_and_counts_nothing():
    references = {new_reference("LDT", 2026) for _ in range(200)}
    assert all(re.fullmatch(f"LDT-2026-[{CROCKFORD}]{{5}}", one) for one in references)
    assert len(references) == 200


def test_a_point_code_is_eight_symbols_and_may_be_typed_from_the_poster():
    code = new_point_code()
    assert re.fullmatch(f"[{CROCKFORD}]{{8}}", code)
    assert tidy_point_code(f" {code[:4]}-{code[4:]} ".lower()) == code
    assert tidy_point_code("O1l2 3456") == "01123456"


@pytest.mark.parametrize("typed", ["", "ABC", "ABCDEFGU", "123456789", "../../etc"])
def test_what_cannot_be_a_point_code_is_none(typed):
    assert tidy_point_code(typed) is None


# The once-token


def test_a_fresh_token_tells_when_the_form_was_opened():
    once = read_once(KEY, mint_once(KEY, MORNING), MORNING + timedelta(seconds=40))
    assert (once.state, once.minted_at) == ("fresh", MORNING)
    assert re.fullmatch(r"[\w-]{24}", once.id)


def test_each_form_has_its_own_id_and_a_resend_the_same():
    token = mint_once(KEY, MORNING)
    assert read_once(KEY, token, MORNING).id == read_once(KEY, token, MORNING).id
    assert read_once(KEY, mint_once(KEY, MORNING), MORNING).id != read_once(KEY, token, MORNING).id


@pytest.mark.parametrize(("later", "state"), [
    (timedelta(0), "fresh"),
    (timedelta(hours=24), "fresh"),
    (timedelta(hours=24, milliseconds=1), "stale"),
    (timedelta(days=365), "stale"),
    (timedelta(hours=-1), "fresh"),
    (timedelta(days=-365), "stale"),
])  # fmt: skip
def test_a_token_grows_stale_but_keeps_its_id(later, state):
    token = mint_once(KEY, MORNING)
    once = read_once(KEY, token, MORNING + later)
    assert (once.state, once.id) == (state, read_once(KEY, token, MORNING).id)


def test_a_shorter_life_may_be_asked_for():
    token, noon = mint_once(KEY, MORNING), MORNING + timedelta(hours=4)
    assert read_once(KEY, token, noon, lasts=timedelta(hours=2)).state == "stale"


@given(place=st.integers(0, 55), symbol=st.sampled_from("AZaz09-_"))
def test_a_changed_token_is_forged(place, symbol):
    token = mint_once(KEY, MORNING)
    changed = token[:place] + symbol + token[place + 1 :]
    once = read_once(KEY, changed, MORNING)
    assert (once.state == "forged") == (changed != token)


@pytest.mark.parametrize("token", ["", "x", "A" * 56, "A" * 57, "é" * 56, "=" * 56, "\ud800" * 56])
def test_anything_else_is_forged_and_has_no_id(token):
    assert read_once(KEY, token, MORNING) == codes.Once("", MORNING, "forged")


def test_a_token_signed_with_another_key_is_forged():
    assert read_once(KEY, mint_once(OTHER_KEY, MORNING), MORNING).state == "forged"


# What is stored of a form


def test_the_stored_hash_of_a_form_needs_the_key():
    assert once_hash(KEY, "form") == once_hash(KEY, "form")
    assert len({once_hash(KEY, "form"), once_hash(OTHER_KEY, "form"), once_hash(KEY, "x")}) == 3


def test_the_order_of_fields_does_not_change_the_fingerprint():
    one = {"text": "Cơm nguội", "files": ["a", "b"]}
    assert fingerprint(KEY, one) == fingerprint(KEY, dict(reversed(one.items())))


@pytest.mark.parametrize("other", [
    {"text": "Cơm nóng", "wish": None},
    {"text": "Cơm nguội", "wish": ""},
    {"text": "Cơm nguội"},
    {"text": ["Cơm nguội"], "wish": None},
])  # fmt: skip
def test_another_content_has_another_fingerprint(other):
    assert fingerprint(KEY, {"text": "Cơm nguội", "wish": None}) != fingerprint(KEY, other)


def test_the_fingerprint_needs_the_key():
    assert fingerprint(KEY, {}) != fingerprint(OTHER_KEY, {})


@pytest.mark.parametrize("value", [MORNING, b"bytes", float("nan")])
def test_a_value_that_json_does_not_know_is_refused(value):
    with pytest.raises((TypeError, ValueError)):
        fingerprint(KEY, {"text": value})
