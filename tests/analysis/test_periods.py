"""Which days a code means, and what they are compared with."""

from datetime import date
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.periods import (
    SERIES,
    Period,
    comparable,
    current_periods,
    filter_code,
    last_year,
    period,
    previous,
    read_code,
    rounds,
    span,
)


@pytest.mark.parametrize(
    ("code", "starts_on", "ends_on", "label"),
    [
        ("2026-W07", "2026-02-09", "2026-02-15", "Tuần 7 năm 2026 (09/02–15/02)"),
        ("2026-W53", "2026-12-28", "2027-01-03", "Tuần 53 năm 2026 (28/12–03/01)"),
        ("2026-11", "2026-11-01", "2026-11-30", "Tháng 11/2026"),
        ("2028-02", "2028-02-01", "2028-02-29", "Tháng 2/2028"),
        ("2026-Q4", "2026-10-01", "2026-12-31", "Quý IV/2026"),
        ("2026-H1", "2026-01-01", "2026-06-30", "6 tháng đầu năm 2026"),
        ("2026-H2", "2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        ("2026", "2026-01-01", "2026-12-31", "Năm 2026"),
        ("SY2026", "2026-09-01", "2027-08-31", "Năm học 2026–2027"),
        (
            "DV-2026-6M",
            "2025-11-01",
            "2026-04-20",
            "Dân vận chính quyền và quy chế dân chủ ở cơ sở: 6 tháng đầu năm 2026",
        ),
        (
            "TTr-2026-Q1",
            "2025-12-15",
            "2026-03-14",
            "Thống kê tiếp công dân, khiếu nại, tố cáo: quý I/2026",
        ),
        ("2025-11-01..2026-04-20", "2025-11-01", "2026-04-20", "Từ 01/11/2025 đến 20/04/2026"),
    ],
)
def test_a_code_means_these_days(code, starts_on, ends_on, label):
    days = date.fromisoformat(starts_on), date.fromisoformat(ends_on)
    assert period(code) == Period(code, label, *days)


@pytest.mark.parametrize(
    "code",
    [
        "", "2026-13", "2026-00", "2026-W00", "2026-W60", "2025-W53", "2026-Q5", "2026-H3", "26",
        "sy2026", "DV-2026-Q1", "XX-2026-6M", "2026-02-30..2026-03-01", "2026-03-02..2026-03-01",
        "0000", "9999", "1812-Q4", "9999-12-31..9999-12-31", "२०२६", " 2026", "2026\n", "=1+1",
        "x" * 5000,
    ],
)  # fmt: skip
def test_nonsense_is_refused_with_a_sentence(code):
    with pytest.raises(ValueError, match=r"Không có kỳ nào mang mã .* Mã đúng có dạng") as refused:
        period(code)
    assert len(str(refused.value)) < 200


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2026-11", "2025-11"),
        ("2028-02", "2027-02"),
        ("2026-W07", "2025-W07"),
        ("2026-W53", "2025-W52"),
        ("2026-Q4", "2025-Q4"),
        ("SY2026", "SY2025"),
        ("DV-2026-6M", "DV-2025-6M"),
        ("2028-01-01..2028-02-29", "2027-01-01..2027-02-28"),
    ],
)
def test_last_year_is_the_same_span_a_year_earlier(code, before):
    assert last_year(period(code)) == period(before)


@pytest.mark.parametrize(
    ("code", "before"),
    [
        ("2026-01", "2025-12"),
        ("2026-W01", "2025-W52"),
        ("2026-Q1", "2025-Q4"),
        ("2026-H2", "2026-H1"),
        ("2026", "2025"),
        ("SY2026", "SY2025"),
        ("TTr-2026-Q1", "TTr-2025-Q4"),
        ("TTr-2026-Q3", "TTr-2026-Q2"),
        ("TTr-2026-9M", "TTr-2025-9M"),
        ("DV-2026-6M", "DV-2025-6M"),
        ("2026-11-11..2026-11-20", "2026-11-01..2026-11-10"),
    ],
)
def test_previous_is_the_one_just_before(code, before):
    assert previous(period(code)) == period(before)


def test_a_running_year_is_compared_with_the_same_months_of_the_last():
    assert comparable(period("2026"), date(2026, 11, 24)) == span(
        date(2025, 1, 1), date(2025, 11, 24)
    )
    assert comparable(period("2026"), date(2026, 12, 31)) == period("2025")
    assert comparable(period("2026"), date(2025, 3, 1)) == span(date(2025, 1, 1), date(2025, 1, 1))


def test_a_round_whose_window_a_setting_moved_is_filtered_by_its_days():
    moved = Period("DV-2026-6M", "6 tháng", date(2025, 11, 1), date(2026, 4, 15))
    assert filter_code(moved) == "2025-11-01..2026-04-15"
    assert filter_code(period("DV-2026-6M")) == "DV-2026-6M"
    assert last_year(moved) == period("2024-11-01..2025-04-15")
    named = Period("Học kỳ I", "Học kỳ I", date(2026, 9, 5), date(2027, 1, 15))
    assert filter_code(named) == "2026-09-05..2027-01-15"


@given(st.dates(date(2001, 1, 1), date(2099, 12, 31)))
def test_every_period_of_the_filter_reads_back_and_has_a_past(today):
    for offered in current_periods(today):
        assert period(offered.code) == offered
        assert last_year(offered).ends_on < offered.ends_on
        assert previous(offered).starts_on < offered.starts_on
        assert filter_code(offered) == offered.code
        assert read_code(filter_code(comparable(offered, today))) == comparable(offered, today)


def test_the_filter_offers_the_running_rounds():
    codes = [offered.code for offered in current_periods(date(2026, 11, 24))]
    assert codes == [
        "2026-W48", "2026-11", "2026-10", "2026-Q4", "2026-H2", "2026", "2025", "SY2026",
        "DV-2026-6M", "DV-2026-Y", "DV-2027-6M", "DV-2027-Y",
    ]  # fmt: skip


def test_a_report_due_before_a_holiday_is_due_on_the_working_day_before():
    half, year = rounds("DV", 2026)
    holidays = {date(2026, 4, 30), date(2026, 5, 1)}

    def is_working(day: date) -> bool:
        return day.weekday() < 5 and day not in holidays

    assert half.due_on(is_working) == date(2026, 4, 29)
    # 31 October 2026 is a Saturday: back to Friday, never on to Monday.
    assert year.due_on(is_working) == date(2026, 10, 30)
    assert year.due_on(lambda _: True) == year.last_on == date(2026, 10, 31)
    assert year.due_on(lambda _: False) == year.period.ends_on


@pytest.mark.parametrize("series_code", SERIES)
def test_every_round_ends_before_it_is_due_and_comes_once_a_year(series_code):
    owed = rounds(series_code, 2026)
    assert len({one.code for one in owed}) == len(owed)
    for one in owed:
        assert one.period.ends_on < one.last_on
        assert one.period == period(one.code)
        assert rounds(series_code, 2026) == owed


def test_the_inspection_rounds_join_without_gap():
    quarters = [one.period for one in rounds("TTr", 2026) if "-Q" in one.code]
    for earlier, later in pairwise(quarters):
        assert (later.starts_on - earlier.ends_on).days == 1
