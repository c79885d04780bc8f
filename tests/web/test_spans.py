"""A period has the same name in both languages, each in its own words."""

import pytest
from flask import Flask

from analysis.periods import Period, period
from feedback.web import spans

CODES = (
    "2026-W07", "2026-11", "2026-Q4", "2026-H1", "2026-H2", "2026", "SY2026", "DV-2026-6M",
    "DV-2026-Y", "TTr-2026-Q1", "TTr-2026-9M", "2025-11-01..2026-04-20",
)  # fmt: skip


@pytest.mark.parametrize("code", CODES)
def test_in_vietnamese_it_is_the_label(app: Flask, code: str):
    with app.test_request_context("/"):
        assert spans.name(period(code)) == period(code).label


@pytest.mark.parametrize("code", CODES)
def test_in_english_no_letter_of_the_label_is_left(app: Flask, code: str):
    with app.test_request_context("/?lang=en"):
        assert spans.name(period(code)).isascii() or "–" in spans.name(period(code))


def test_the_english_of_a_month_and_of_a_round(app: Flask):
    with app.test_request_context("/?lang=en"):
        assert spans.name(period("2026-11")) == "11/2026"
        assert spans.name(period("DV-2026-6M")).endswith("first six months of 2026")


def test_a_period_of_another_name_keeps_it(app: Flask):
    days = period("2026-Q4")
    with app.test_request_context("/"):
        assert spans.name(Period("HK1", "Học kỳ I", days.starts_on, days.ends_on)) == "Học kỳ I"
