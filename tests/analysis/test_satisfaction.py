"""Shares that say how sure they are."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.satisfaction import (
    Interval,
    Share,
    change,
    change_of_counts,
    change_of_days,
    difference,
    mean,
    middle,
    pooled,
    published,
    share,
    share_dissatisfied,
    share_satisfied,
    wilson,
)


@pytest.mark.parametrize(
    ("part", "whole", "percent"),
    [(0, 0, None), (0, 3, 0.0), (12, 13, 92.31), (2, 3, 66.67), (1, 8, 12.5), (1, 16000, 0.01)],
)
def test_a_share_is_percent_with_two_decimals_rounded_half_up(part, whole, percent):
    assert share(part, whole) == percent


# The values of Newcombe (1998), Statistics in Medicine 17, tables I and II.
@pytest.mark.parametrize(
    ("part", "whole", "low", "high"),
    [
        (81, 263, 25.53, 36.62),
        (15, 148, 6.24, 16.05),
        (0, 20, 0.0, 16.11),
        (1, 29, 0.61, 17.18),
    ],
)
def test_wilson_agrees_with_the_published_examples(part, whole, low, high):
    assert wilson(part, whole) == Interval(low, high)


@pytest.mark.parametrize(
    ("now", "before", "low", "high"),
    [
        (Share(56, 70), Share(48, 80), 5.24, 33.39),
        (Share(9, 10), Share(3, 10), 17.05, 80.9),
        (Share(10, 10), Share(0, 10), 60.75, 100.0),
    ],
)
def test_the_difference_of_two_shares_agrees_with_the_published_examples(now, before, low, high):
    assert difference(now, before) == Interval(low, high)


@given(st.integers(1, 5000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
def test_the_interval_holds_the_share_and_stays_a_percent(counted):
    part, whole = counted
    found, percent = wilson(part, whole), share(part, whole)
    assert found is not None
    assert percent is not None
    assert 0 <= found.low <= percent <= found.high <= 100


def test_nothing_has_no_share_no_mean_and_no_middle():
    assert wilson(0, 0) is None
    assert difference(Share(0, 0), Share(1, 2)) is None
    assert mean([]) is None
    assert middle([]) is None
    assert Share(0, 0).percent is None


def test_mean_and_middle():
    assert mean([5, 4, 4]) == 4.33
    assert middle([1, 2, 9]) == 2
    assert middle([1, 2, 3, 9]) == 2.5


def test_who_does_not_know_is_in_no_denominator():
    scores = [5, 4, 3, 2, 1, 0, None, 7]
    assert share_satisfied(scores) == Share(2, 5)
    assert share_dissatisfied(scores) == Share(2, 5)


def test_units_are_pooled_not_averaged():
    assert pooled([Share(1, 1), Share(0, 99)]) == Share(1, 100)
    assert pooled([]) == Share(0, 0)


def test_fewer_than_ten_answers_are_not_published():
    assert published(Share(9, 9)) is None
    assert published(Share(9, 10)) == 90.0


@pytest.mark.parametrize(
    ("now", "before", "difference", "words"),
    [
        (Share(2, 9), Share(1, 50), None, "Chưa đủ dữ liệu để so sánh"),
        (Share(2, 50), Share(0, 0), None, "Chưa đủ dữ liệu để so sánh"),
        (Share(5, 10), Share(10, 20), 0, "Không đổi so với cùng kỳ"),
        (Share(90, 100), Share(60, 100), 30, "Tăng 30,00 điểm phần trăm so với cùng kỳ"),
        (Share(60, 100), Share(90, 100), -30, "Giảm 30,00 điểm phần trăm so với cùng kỳ"),
        (
            Share(6, 10),
            Share(5, 10),
            10,
            "Tăng 10,00 điểm phần trăm, còn trong khoảng dao động ngẫu nhiên",
        ),
        (
            Share(97, 100),
            Share(98, 100),
            -1,
            "Giảm 1,00 điểm phần trăm, còn trong khoảng dao động ngẫu nhiên",
        ),
    ],
)
def test_a_change_of_share_says_when_it_may_be_chance(now, before, difference, words):
    found = change(now, before)
    assert (found.difference, str(found.words)) == (difference, words)


@pytest.mark.parametrize(
    ("now", "before", "words"),
    [
        (3, 3, "Không đổi so với cùng kỳ"),
        (1300, 3, "Tăng 1.297 so với cùng kỳ"),
        (1, 3, "Giảm 2 so với cùng kỳ"),
        (5, 0, "Tăng 5, cùng kỳ không có"),
    ],
)
def test_a_change_of_count(now, before, words):
    assert str(change_of_counts(now, before).words) == words


def test_a_change_of_days_needs_ten_on_both_sides():
    assert change_of_days([1] * 9, [5] * 10).difference is None
    assert (
        str(change_of_days([4] * 10, [5] * 5 + [6] * 5).words)
        == "Nhanh hơn 1,5 ngày so với cùng kỳ"
    )
    assert str(change_of_days([7] * 10, [5] * 10).words) == "Chậm hơn 2 ngày so với cùng kỳ"
    assert str(change_of_days([5] * 10, [5] * 10).words) == "Không đổi so với cùng kỳ"
