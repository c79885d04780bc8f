"""A receipt means stored: a short storm of the long one in bench/crash, so that it cannot rot."""

import os

from bench.crash import __main__ as crash
from bench.crash import counting, letters
from bench.crash.house import House
from bench.crash.parents import Crowd, Faults, Letter

DATABASE = os.environ.get("FEEDBACK_TEST_DATABASE", "sqlite")
WORDS = "--kills 4 --letters 20 --minutes 3 --parents 3 --lookups 10 --calm 4"


def test_what_was_acknowledged_survives_four_kills_of_everything():
    result = crash.run(crash.arguments([*WORDS.split(), "--database", DATABASE]))
    assert result.acknowledged >= 20
    assert result.looked_up == 10
    assert result.is_clean, result.wrong


def test_a_runner_killed_three_times_leaves_no_letter_unsent(house: House):
    result = letters.run(house, events=40, kills=3)
    assert result.letters == 40
    assert result.kills == 3
    assert result.is_clean, result


def a_crowd(*letters: Letter) -> Crowd:
    return Crowd(("127.0.0.1", 1), "", Faults(), list(letters))


def a_letter(photos: int = 0, *codes: str) -> Letter:
    return Letter(0, "Phiếu số 0 của đợt thử: hết.", photos, set(codes), {"LDT-2026-AAAAA"})


def stored(text: str = "Phiếu số 0 của đợt thử: hết.", *photos: bool) -> dict[str, object]:
    return {"reference": "LDT-2026-AAAAA", "text": text, "attachments": list(photos)}


def test_the_count_itself_sees_every_kind_of_harm():
    """A harness that finds nothing proves nothing unless it can find."""
    cases = [
        ("lost", a_letter(0, "A"), []),
        ("doubled", a_letter(0, "A"), [stored(), stored()]),
        ("two codes", a_letter(0, "A", "B"), [stored()]),
        ("damaged", a_letter(1, "A"), [stored("Phiếu số 0 của đợt thử: hết.", False)]),
        ("damaged", a_letter(1, "A"), [stored()]),
        ("other words", a_letter(0, "A"), [stored("Phiếu số 0 của đợt thử: khác.")]),
    ]
    for harm, letter, exported in cases:
        result = counting.count(a_crowd(letter), exported)
        assert result.wrong[harm] == 1, harm
        assert not result.is_clean
    assert counting.count(a_crowd(a_letter(0, "A")), [stored()]).is_clean
