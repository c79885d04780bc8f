"""What was masked is in the copy no more, and nothing else has changed."""

from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from analysis.language import fold, tidy
from analysis.masking import (
    BLOCK,
    Mark,
    MarkOutside,
    flat,
    left_over,
    masked,
    merged,
    places,
    without,
)

SYLLABLES = st.sampled_from(
    ["Nguyễn", "nguyen", "An", "an", "ăn", "Lân", "lan", "LAN", "Hòa", "Hoà", "cô", "3A2", "Đức",
     "0903", "456", "789", "+84903456789", "toàn", "đ", "x", "ở", "Ở"]
)  # fmt: skip
GAPS = st.sampled_from([" ", "  ", ".", ", ", "-", "\n", "", "/", " – "])
TEXTS = st.lists(st.tuples(SYLLABLES, GAPS), max_size=14).map(
    lambda parts: tidy("".join(word + gap for word, gap in parts))
)
NAMES = st.lists(SYLLABLES, min_size=1, max_size=3).map(" ".join)


@st.composite
def marked(draw):
    """A text and places in it."""
    text = draw(TEXTS.filter(bool))
    ends = st.integers(0, len(text))
    pairs = draw(st.lists(st.tuples(ends, ends), max_size=5))
    return text, [Mark(min(pair), max(pair)) for pair in pairs if pair[0] != pair[1]]


@given(marked())
def test_the_rest_stays_letter_by_letter(story):
    text, marks = story
    whole, copy = merged(text, marks), masked(text, marks)
    bounds = [0, *(end for mark in whole for end in (mark.start, mark.end)), len(text)]
    kept = [text[bounds[n] : bounds[n + 1]] for n in range(0, len(bounds), 2)]
    assert copy.split(BLOCK) == kept


@given(marked())
def test_marks_that_overlap_are_one(story):
    text, marks = story
    whole = merged(text, marks)
    covered = {at for mark in marks for at in range(mark.start, mark.end)}
    assert covered <= {at for mark in whole for at in range(mark.start, mark.end)}
    for before, after in pairwise(whole):
        assert text[before.end : after.start].strip()
    assert merged(text, whole) == whole


@given(marked(), st.integers(1, 40))
def test_the_block_tells_nothing_of_what_was_below(story, longer):
    text, marks = story
    assume(marks)
    mark = merged(text, marks)[0]
    other = text[: mark.start] + "x" * longer + text[mark.end :]
    assert masked(text, [mark]) == masked(other, [Mark(mark.start, mark.start + longer)])


@pytest.mark.parametrize("mark", [Mark(-1, 2), Mark(3, 3), Mark(4, 2), Mark(0, 6), Mark(9, 12)])
def test_a_mark_outside_the_text_is_refused(mark):
    with pytest.raises(MarkOutside):
        masked("Cô An", [mark])


@given(TEXTS, st.lists(NAMES, min_size=1, max_size=3))
def test_what_was_masked_is_nowhere_in_the_copy(text, names):
    copy = without(text, names)
    for name in names:
        assert not list(places(copy, name))
    for name in names:
        if len(name.split()) > 1 and not any(letter.isdigit() for letter in name):
            assert f" {fold(name)} " not in f" {fold(copy)} "


@given(TEXTS, st.lists(NAMES, min_size=1, max_size=3))
def test_masking_twice_is_masking_once(text, names):
    copy = without(text, names)
    assert without(copy, names) == copy


@given(TEXTS)
def test_a_flat_text_has_every_letter_in_its_place(text):
    assert len(flat(text)) == len(text)


@pytest.mark.parametrize(
    "written", ["0903456789", "0903 456 789", "+84 903.456.789", "(84)-903-456-789", "84903456789"]
)
def test_a_number_is_found_however_it_is_cut_up(written):
    assert without(f"Gọi {written} nhé", ["0903.456.789"]).count(BLOCK) == 1
    assert "456" not in without(f"Gọi {written} nhé", ["0903.456.789"])


def test_a_name_is_masked_wherever_it_stands_with_marks_or_without():
    text = "Nguyễn Thị Lan. NGUYEN THI LAN, nguyễn thị lan; chị Lan"
    assert without(text, ["Nguyễn Thị Lan", "Lan"]) == f"{BLOCK}. {BLOCK}, {BLOCK}; chị {BLOCK}"


def test_a_name_that_is_also_a_word_does_not_give_itself_away():
    text = "Cháu An ngã. Trường mất an toàn, ăn uống cũng vậy."
    copy = without(text, ["An"])
    assert copy == f"Cháu {BLOCK} ngã. Trường mất an toàn, ăn uống cũng vậy."
    told = [copy[mark.start : mark.end] for mark in left_over(copy, "An")]
    assert told == ["an", "ăn"]


def test_both_ways_to_set_a_tone_are_one_name():
    assert without("Cô Hòa và cô Hoà", ["Hoà"]) == f"Cô {BLOCK} và cô {BLOCK}"
