"""SERIES: the periodic reports, each with its rounds, their data windows and their last days."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from analysis.spans import Period


@dataclass(frozen=True, slots=True)
class YearDay:
    """A day of the year of the report, or of the year before it."""

    month: int
    day: int
    years_before: int = 0

    def of(self, year: int) -> date:
        return date(year - self.years_before, self.month, self.day)


@dataclass(frozen=True, slots=True)
class RoundRule:
    """One round a year: what is counted from when to when, and the last day to hand it in."""

    code: str
    label: str
    first_day: YearDay
    final_day: YearDay
    last_day: YearDay


@dataclass(frozen=True, slots=True)
class Series:
    """One periodic report that is owed again and again."""

    label: str
    basis: str
    rounds: tuple[RoundRule, ...]


@dataclass(frozen=True, slots=True)
class Round:
    """One report that is owed: the days it speaks of and the last day to hand it in."""

    code: str
    series_code: str
    period: Period
    last_on: date

    def due_on(self, is_working: Callable[[date], bool]) -> date:
        """The practical last day: `last_on`, or the working day before it.

        An order that says "before 1 May" does not roll forward over a holiday.
        """
        day = self.last_on
        while not is_working(day) and day > self.period.ends_on:
            day -= timedelta(days=1)
        return day


NEW_YEAR_DV = YearDay(11, 1, years_before=1)
NEW_YEAR_TTR = YearDay(12, 15, years_before=1)

SERIES = {
    # The plan gives the two last days; the windows are our suggestion and a setting may move them.
    "DV": Series(
        label="Dân vận chính quyền và quy chế dân chủ ở cơ sở",
        basis="Kế hoạch công tác dân vận: trước 01/5 và trước 01/11",
        rounds=(
            RoundRule(
                "6M", "6 tháng đầu năm %(year)s", NEW_YEAR_DV, YearDay(4, 20), YearDay(4, 30)
            ),
            RoundRule("Y", "năm %(year)s", NEW_YEAR_DV, YearDay(10, 20), YearDay(10, 31)),
        ),
    ),
    # The windows are Điều 7.1a; the 17th is the day of the commune's own report to the city.
    "TTr": Series(
        label="Thống kê tiếp công dân, khiếu nại, tố cáo",
        basis="Thông tư 06/2025/TT-TTCP, Điều 4 và Điều 7",
        rounds=(
            RoundRule("Q1", "quý I/%(year)s", NEW_YEAR_TTR, YearDay(3, 14), YearDay(3, 17)),
            RoundRule("Q2", "quý II/%(year)s", YearDay(3, 15), YearDay(6, 14), YearDay(6, 17)),
            RoundRule(
                "6M", "6 tháng đầu năm %(year)s", NEW_YEAR_TTR, YearDay(6, 14), YearDay(6, 17)
            ),
            RoundRule("Q3", "quý III/%(year)s", YearDay(6, 15), YearDay(9, 14), YearDay(9, 17)),
            RoundRule("9M", "9 tháng năm %(year)s", NEW_YEAR_TTR, YearDay(9, 14), YearDay(9, 17)),
            RoundRule("Q4", "quý IV/%(year)s", YearDay(9, 15), YearDay(12, 14), YearDay(12, 17)),
            RoundRule("Y", "năm %(year)s", NEW_YEAR_TTR, YearDay(12, 14), YearDay(12, 17)),
        ),
    ),
}


def rounds(series_code: str, year: int) -> tuple[Round, ...]:
    """What a series owes in one year, in the order of its last days."""
    return tuple(
        Round(found.code, series_code, found, rule.last_day.of(year))
        for rule in SERIES[series_code].rounds
        for found in (round_period(series_code, year, rule.code),)
    )


def round_period(series_code: str, year: int, round_code: str) -> Period:
    """The data window of one round; a ValueError when the series has no such round."""
    for rule in SERIES[series_code].rounds:
        if rule.code == round_code:
            label = f"{SERIES[series_code].label}: {rule.label % {'year': year}}"
            code = f"{series_code}-{year}-{rule.code}"
            return Period(code, label, rule.first_day.of(year), rule.final_day.of(year))
    raise ValueError(round_code)
