"""The names of periods in the reader's language: “Tháng 11/2026”, “11/2026”."""

import re
from collections.abc import Callable

from flask_babel import gettext as _

from analysis.periods import SERIES, Period
from analysis.spans import ROMAN


def name(period: Period) -> str:
    """What the period is called; in Vietnamese just its label."""
    for pattern, say in SHAPES:
        if found := re.fullmatch(pattern, period.code):
            return say(period, *found.groups())
    return str(_(period.label))


def _week(period: Period, year: str, week: str) -> str:
    return str(
        _(
            "Tuần %(week)s năm %(year)s (%(first)s–%(last)s)",
            week=int(week),
            year=year,
            first=f"{period.starts_on:%d/%m}",
            last=f"{period.ends_on:%d/%m}",
        )
    )


def _month(_period: Period, year: str, month: str) -> str:
    return str(_("Tháng %(month)s/%(year)s", month=int(month), year=year))


def _quarter(_period: Period, year: str, quarter: str) -> str:
    return str(_("Quý %(quarter)s/%(year)s", quarter=ROMAN[int(quarter) - 1], year=year))


def _half(_period: Period, year: str, half: str) -> str:
    if half == "1":
        return str(_("6 tháng đầu năm %(year)s", year=year))
    return str(_("6 tháng cuối năm %(year)s", year=year))


def _year(_period: Period, year: str) -> str:
    return str(_("Năm %(year)s", year=year))


def _school_year(_period: Period, year: str) -> str:
    return str(_("Năm học %(first)s–%(last)s", first=year, last=int(year) + 1))


def _round(period: Period, series: str, year: str, code: str) -> str:
    rule = next((one for one in SERIES[series].rounds if one.code == code), None)
    if rule is None:
        return str(_(period.label))
    return str(
        _(
            "%(series)s: %(round)s",
            series=_(SERIES[series].label),
            round=_(rule.label, year=year),
        )
    )


def _days(period: Period) -> str:
    first, last = f"{period.starts_on:%d/%m/%Y}", f"{period.ends_on:%d/%m/%Y}"
    return str(_("Từ %(first)s đến %(last)s", first=first, last=last))


SHAPES: tuple[tuple[str, Callable[..., str]], ...] = (
    (r"(\d{4})-W(\d\d)", _week),
    (r"(\d{4})-(\d\d)", _month),
    (r"(\d{4})-Q([1-4])", _quarter),
    (r"(\d{4})-H([12])", _half),
    (r"(\d{4})", _year),
    (r"SY(\d{4})", _school_year),
    (rf"({'|'.join(SERIES)})-(\d{{4}})-(\w+)", _round),
    (r"[-\d]+\.\.[-\d]+", _days),
)
