"""Buckets in memory: they fill, they drain, they forget, and they keep no address."""

from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from feedback.clock import OFFICE_ZONE
from feedback.limits import Budget
from feedback.pressure import Basin, Gauge, nearby

NOW = datetime(2026, 11, 27, 19, 0, tzinfo=OFFICE_ZONE)
GAUGE = Gauge(Budget("few", 3, 10), Budget("many", 6, 1), most=4)


@pytest.fixture
def basin(tmp_path: Path) -> Basin:
    return Basin(tmp_path / "memory")


def test_the_burst_is_free_and_what_follows_is_over(basin: Basin):
    read = [basin.press(GAUGE, "mai", NOW) for _one in range(5)]
    assert [one.calm for one in read] == [0, 0, 0, 1, 2]
    assert [one.full for one in read] == [0] * 5


def test_another_sender_has_room(basin: Basin):
    for _one in range(9):
        basin.press(GAUGE, "flood", NOW)
    assert basin.press(GAUGE, "mai", NOW).calm == 0


def test_time_makes_room_and_a_flood_is_soon_forgotten(basin: Basin):
    for _one in range(1000):
        basin.press(GAUGE, "flood", NOW)
    assert basin.press(GAUGE, "flood", NOW).calm == GAUGE.most
    assert basin.press(GAUGE, "flood", NOW + timedelta(seconds=50)).calm == 0


def test_a_clock_set_back_makes_nothing_worse(basin: Basin):
    basin.press(GAUGE, "mai", NOW)
    assert basin.press(GAUGE, "mai", NOW - timedelta(minutes=5)).calm == 0


def test_two_processes_fill_the_same_bucket(tmp_path: Path):
    one, other = Basin(tmp_path), Basin(tmp_path)
    for _turn in range(2):
        one.press(GAUGE, "mai", NOW)
        other.press(GAUGE, "mai", NOW)
    assert one.press(GAUGE, "mai", NOW).calm == 2


def test_a_new_day_begins_empty_under_a_new_key(basin: Basin):
    for _one in range(9):
        basin.press(GAUGE, "mai", NOW)
    basin.remember("gate", "những lời giống nhau", 7, NOW)
    tomorrow = NOW + timedelta(days=1)
    assert basin.press(GAUGE, "mai", tomorrow).calm == 0
    assert basin.first_with("gate", "những lời giống nhau", tomorrow) is None


def test_the_first_with_the_same_words_is_remembered_at_its_point_only(basin: Basin):
    basin.remember("gate", "những lời giống nhau", 7, NOW)
    basin.remember("gate", "những lời giống nhau", 8, NOW)
    assert basin.first_with("gate", "những lời giống nhau", NOW) == 7
    assert basin.first_with("yard", "những lời giống nhau", NOW) is None


def test_neither_an_address_nor_a_word_is_in_the_file(basin: Basin):
    basin.press(GAUGE, "203.0.113.7", NOW)
    basin.remember("gate", "bí mật của tôi", 7, NOW)
    kept = (basin.folder / "pressure.db").read_bytes()
    assert b"203.0.113.7" not in kept
    assert "bí mật".encode() not in kept


def test_the_folder_is_closed_to_others(basin: Basin):
    basin.press(GAUGE, "mai", NOW)
    assert basin.folder.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize(
    ("address", "same"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2::1", "2001:db8:1:2::/64"),
        ("2001:db8:1:2:ffff::9", "2001:db8:1:2::/64"),
        ("", ""),
        ("nonsense", ""),
    ],
)
def test_one_household_of_ipv6_is_one_sender(address: str, same: str):
    assert nearby(address) == same


@settings(max_examples=30, deadline=None)
@given(st.lists(st.floats(0, 20), min_size=1, max_size=30))
def test_nobody_is_over_by_more_than_most_nor_before_the_burst(pauses: list[float]):
    with TemporaryDirectory() as folder:
        basin, at = Basin(Path(folder)), NOW
        for number, pause in enumerate(pauses, 1):
            at += timedelta(seconds=pause)
            read = basin.press(GAUGE, "mai", at)
            assert 0 <= read.calm <= min(GAUGE.most, max(0, number - GAUGE.calm.burst))
            assert read.full <= read.calm
