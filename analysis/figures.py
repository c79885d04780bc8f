"""The Office's page: four numbers with their change, and one line per school that needs help."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from analysis.counting.measures import MEASURES
from analysis.counting.tally import Tally, side_by_side, tally
from analysis.counting.where import pick
from analysis.rows import Material
from analysis.satisfaction import Change, change, change_of_counts, change_of_days
from analysis.table import Cell
from analysis.words import Sentence, whole


@dataclass(frozen=True, slots=True)
class Figure:
    """One number of the Office's page; `now.where` or `now.of` opens the rows behind it."""

    code: str
    label: str
    definition: str
    now: Cell
    before: Cell
    change: Change
    better: str = ""  # "up" or "down" when one of them is good


@dataclass(frozen=True, slots=True)
class SchoolLine:
    """One unit: the four numbers, what is open, and in words why it stands where it stands."""

    unit_code: str
    label: str
    figures: tuple[Figure, ...]
    open: Cell
    open_late: Cell
    urgent_open: Cell
    reopened_open: Cell
    most_overdue: int  # calendar days since the oldest broken promise
    need: Sentence


def _received(now: Tally, before: Tally) -> Change:
    return change_of_counts(now.number("received"), before.number("received"))


def _on_time(now: Tally, before: Tally) -> Change:
    return change(now.share("on_time", "judged"), before.share("on_time", "judged"))


def _days(now: Tally, before: Tally) -> Change:
    return change_of_days(now.days(), before.days())


def _unsatisfied(now: Tally, before: Tally) -> Change:
    return change(now.share("unsatisfied", "rated"), before.share("unsatisfied", "rated"))


@dataclass(frozen=True, slots=True)
class Told:
    """How a measure is told on the Office's page."""

    label: str
    better: str
    moved: Callable[[Tally, Tally], Change]
    beside_others: str = ""  # the measure that takes its place where schools stand side by side


HEADLINE = {
    "received": Told("Nhận trong kỳ", "", _received),
    "on_time_share": Told("Trả lời đúng hạn", "up", _on_time),
    "median_days": Told("Thời gian giữa (ngày làm việc)", "down", _days),
    "unsatisfied_share": Told("Không hài lòng", "down", _unsatisfied, "unsatisfied_published"),
}


def headline(material: Material) -> tuple[Figure, ...]:
    """The four numbers of a scope and their change against the same period of last year."""
    return _figures(_tallies(material))


def _tallies(material: Material) -> tuple[Tally, Tally]:
    now = tally(material.cases, material.period, material.as_of)
    return now, tally(material.cases_before, material.before, material.as_of)


def _figures(pair: tuple[Tally, Tally], beside_others: bool = False) -> tuple[Figure, ...]:
    return tuple(_figure(code, pair, beside_others) for code in HEADLINE)


def _figure(code: str, pair: tuple[Tally, Tally], beside_others: bool) -> Figure:
    told, (now, before) = HEADLINE[code], pair
    measure = MEASURES[(beside_others and told.beside_others) or code]
    return Figure(
        code=code,
        label=told.label,
        definition=measure.definition,
        now=measure.take(now),
        before=measure.take(before),
        change=told.moved(now, before),
        better=told.better,
    )


def school_lines(material: Material) -> tuple[SchoolLine, ...]:
    """One line per unit, those that need help first: broken promises, the oldest of them, danger.

    Never by the share of matters closed: who closes fast is not who helps most.
    """
    labels, day = dict(material.units), material.period.known_on(material.as_of)
    pairs = side_by_side(*_tallies(material), "unit", labels)
    lines = [_line(code, labels.get(code, code), pair, day) for code, pair in pairs.items()]
    return tuple(sorted(lines, key=_help_first))


def _help_first(line: SchoolLine) -> tuple[int, ...]:
    cells = (line.open_late, line.urgent_open, line.reopened_open, line.open)
    late, *others = (-int(cell.value or 0) for cell in cells)
    return (late, -line.most_overdue, *others)


def _line(code: str, label: str, pair: tuple[Tally, Tally], day: date) -> SchoolLine:
    now, _ = pair
    late = pick(now.rows, now.filter("open_late"), now.as_of)
    days = max(((day - row.due_on).days for row in late if row.due_on), default=0)
    danger = now.count("urgent_open")
    return SchoolLine(
        unit_code=code,
        label=label,
        figures=_figures(pair, beside_others=True),
        open=now.count("open"),
        open_late=now.count("open_late"),
        urgent_open=danger,
        reopened_open=now.count("reopened_open"),
        most_overdue=days,
        need=_need(len(late), days, int(danger.value or 0)),
    )


def _need(late: int, days: int, danger: int) -> Sentence:
    if late:
        values = {"n": whole(late), "days": whole(days)}
        return Sentence("%(n)s việc quá hạn, lâu nhất %(days)s ngày", values)
    if danger:
        return Sentence("%(n)s việc khẩn cấp đang xử lý", {"n": whole(danger)})
    return Sentence("Không có việc quá hạn")
