"""How the answers to one question are counted."""

from hypothesis import given
from hypothesis import strategies as st

from analysis.satisfaction import Share
from analysis.summaries import NumberSummary, TextSummary, choice, number, scale, text


def test_a_scale_leaves_out_who_does_not_know_and_who_did_not_answer():
    found = scale([5, 5, 4, 3, 1, 0, 0, None])
    assert (found.answers, found.unknown, found.blank) == (5, 2, 1)
    assert found.mean == 3.6
    assert found.counts == {1: 1, 2: 0, 3: 1, 4: 1, 5: 2}
    assert (found.satisfied, found.dissatisfied) == (Share(3, 5), Share(1, 5))


def test_a_scale_nobody_answered_is_zeros():
    found = scale([])
    assert (found.answers, found.mean, found.satisfied.percent) == (0, None, None)


@given(st.lists(st.none() | st.integers(-2, 9)))
def test_every_answer_on_a_scale_is_counted_once(scores):
    found = scale(scores)
    assert found.answers + found.unknown + found.blank == len(scores)
    assert sum(found.counts.values()) == found.answers


def test_choices_are_shares_of_people_not_of_ticks():
    found = choice([["lop"], ["lop", "bep"], []], ["lop", "bep", "san"])
    assert (found.answers, found.blank) == (2, 1)
    assert found.counts == {"lop": 2, "bep": 1, "san": 0}
    assert found.share("lop") == Share(2, 2)


def test_an_option_asked_no_more_is_kept_at_the_end():
    assert list(choice([["cu"], ["lop", "lop"]], ["lop"]).counts.items()) == [("lop", 1), ("cu", 1)]


def test_texts_are_only_counted():
    assert text(["Cảm ơn cô", "  ", "", None]) == TextSummary(answers=1, blank=3)


def test_a_number_off_its_limits_counts_as_blank():
    assert number([80, 95, 120, None]) == NumberSummary(answers=2, blank=2, mean=87.5)
    assert number([]) == NumberSummary(answers=0, blank=0, mean=None)
