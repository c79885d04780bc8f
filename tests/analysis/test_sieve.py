"""A pattern that the sieve holds back could not have matched."""

import json
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis import urgency
from analysis.sieve import Sieve, needed

SEED = Path(__file__).parents[2] / "feedback" / "seed"
SETS = (urgency.IN_MARKED, urgency.IN_BARE, urgency.IN_ENGLISH)


@pytest.mark.parametrize(
    ("pattern", "words"),
    [
        ("cháy", {"cháy"}),
        (r"\b(?:té|ngã)\b", {"té", "ngã"}),
        (r"\b(?:xe)\b[^.]{0,25}\b(?:tông|lật)\b", {"tông", "lật"}),
        ("a-?xít?", {"xí"}),
        ("(?:bé )?bị lạc", {"bị lạc"}),
        (r"(?:ói|nôn)+", {"ói", "nôn"}),
        ("cháy|[ab]c?", set()),
        (r"\w+", set()),
        ("cháy{2,3} nhà", {"cháy"}),
        ("nhà{0,2}", {"nh"}),
        ("khói.lửa", {"khói"}),
        ("(?:(?:một|hai) )?con", {"con"}),
        ("đánh(?! giá)", {"đánh"}),
    ],
)
def test_what_a_pattern_needs_is_read_off_it(pattern: str, words: set[str]):
    assert needed(pattern) == words
    assert re.compile(pattern)


@pytest.mark.parametrize(
    "pattern", ["(?i)cháy", "(?i:cháy)", "(?<=x)cháy", "(?P<a>cháy)", "cháy[", "(?#)"]
)
def test_what_the_sieve_cannot_read_is_refused_at_the_start(pattern: str):
    with pytest.raises(ValueError, match="sieve"):
        needed(pattern)


def test_the_patterns_come_in_their_order_and_who_needs_nothing_always_comes():
    sieve = Sieve(["cháy", r"\d", "khói", "cháy nhà"])
    assert list(sieve.possible("có khói rồi cháy")) == [0, 1, 2]
    assert list(sieve.possible("")) == [1]


def _texts(found: object) -> list[str]:
    if isinstance(found, str):
        return [found]
    parts = found.values() if isinstance(found, dict) else found if isinstance(found, list) else ()
    return [text for part in parts for text in _texts(part)]


def _missed(text: str) -> list[str]:
    """The patterns that match one of the readings of a text and were held back."""
    missed = []
    for reading, cues in urgency._readings(text):
        tried = list(cues.possible(reading))
        missed += [
            c.pattern.pattern for c in cues.all if c not in tried and c.pattern.search(reading)
        ]
    return missed


def test_nothing_is_missed_in_all_the_stories_there_are():
    texts = _texts(json.loads((SEED / "stories.json").read_text(encoding="utf-8")))
    assert len(texts) > 500
    assert not [found for text in texts for found in _missed(text)]


WORDS = sorted({word for cues in SETS for cue in cues.all for word in needed(cue.pattern.pattern)})


@given(
    st.lists(st.sampled_from([*WORDS, "con", "bị", "không", "cô", ".", "vào", "tay"]), max_size=9)
)
def test_nothing_is_missed_in_any_mixture_of_the_words_of_danger(words: list[str]):
    assert not _missed(" ".join(words))
