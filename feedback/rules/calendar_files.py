"""A file of special days, row by row: what comes in new, what is known, what is wrong.

One reading for the command and for the Office's screen. Whoever wants all or nothing asks for the
days; then the first row that cannot be taken is named.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from analysis.language import tidy
from feedback.rules.calendar import DAY_KINDS, SATURDAY, SWAPPED_WORKING, SpecialDay
from feedback.rules.sentences import Refusal, Sentence, Value

FIRST_YEAR, LAST_YEAR = 2020, 2100
LONGEST_NAME, LONGEST_SOURCE = 120, 300
FRESH, KNOWN, WRONG = "fresh", "known", "wrong"

NO_LIST = "Tệp phải là một danh sách các ngày."
NO_DAY = "Dòng %(row)s: không phải là một ngày có day, kind, name."
WRONG_DAY = "Dòng %(row)s: “%(told)s” không phải là một ngày, ví dụ 2027-02-06 hoặc 06/02/2027."
WRONG_YEAR = "Dòng %(row)s: năm cần từ %(first)s đến %(last)s."
WRONG_KIND = "Dòng %(row)s: loại ngày “%(told)s” không phải là một trong %(known)s."
NO_WEEKEND = (
    "Dòng %(row)s: %(day)s không phải thứ Bảy hay Chủ nhật nên không thể là ngày đi làm bù."
)
NO_NAME = "Dòng %(row)s: %(day)s chưa có tên gọi."
TOO_LONG = "Dòng %(row)s: tên gọi dài nhất %(name)s ký tự, căn cứ dài nhất %(source)s ký tự."
WRONG_TICK = (
    "Dòng %(row)s: “%(told)s” không rõ là đã đối chiếu hay chưa. Mời ghi “có” hoặc để trống."
)
TWICE = "Dòng %(row)s: %(day)s đứng hai lần trong tệp, lần đầu ở dòng %(first)s."
OTHER_KIND = (
    "Dòng %(row)s: %(day)s đã có trong lịch là “%(before)s”, trong tệp lại là “%(now)s”. "
    "Mời sửa một trong hai trước."
)

Numbered = Sequence[tuple[int, Any]]

VIETNAMESE_DAY = re.compile(r"(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})")
TICKED = frozenset({"có", "x", "1", "true", "rồi", "đã đối chiếu", "yes"})
NOT_TICKED = frozenset({"", "không", "0", "false", "chưa", "no", "none"})


class CalendarRefused(Refusal):
    """What is wrong with a file of special days; nothing of it was taken."""


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the file: the day it tells, or why it cannot be taken.

    `number` is the row as a spreadsheet counts it; `told` is the day as it was written.
    """

    number: int
    told: str
    verdict: str
    special: SpecialDay | None = None
    why: Sentence | None = None


def numbered(rows: Any) -> Numbered:
    """The rows of a file that is a list, counted from one."""
    if not isinstance(rows, list):
        raise CalendarRefused(NO_LIST)
    return list(enumerate(rows, 1))


def read_lines(rows: Numbered, known: Mapping[date, SpecialDay]) -> tuple[Line, ...]:
    """Every row of {day, kind, name, source, confirmed}, judged beside the days known already."""
    seen: dict[date, int] = {}
    return tuple(_line(number, row, known, seen) for number, row in rows)


def fresh_days(lines: Sequence[Line]) -> tuple[SpecialDay, ...]:
    """What comes in new, when nothing is wrong."""
    for line in lines:
        if line.why is not None:
            raise CalendarRefused(line.why)
    return tuple(line.special for line in lines if line.special and line.verdict == FRESH)


def count(lines: Iterable[Line], verdict: str) -> int:
    return sum(line.verdict == verdict for line in lines)


# --- one row ----------------------------------------------------------------------------------


def _line(number: int, row: Any, known: Mapping[date, SpecialDay], seen: dict[date, int]) -> Line:
    told = str(row.get("day")) if isinstance(row, Mapping) else ""
    try:
        special = _read(number, row)
        _refuse_twice(number, special, seen)
        verdict = _beside(number, special, known)
    except CalendarRefused as refusal:
        why = refusal.said if isinstance(refusal.said, Sentence) else Sentence(refusal.said)
        return Line(number, told, WRONG, why=why)
    return Line(number, told, verdict, special)


def _read(number: int, row: Any) -> SpecialDay:
    if not isinstance(row, Mapping):
        raise _wrong(NO_DAY, number)
    day = _day(number, row.get("day"))
    kind = _kind(number, row.get("kind"), day)
    name, source = _words(number, row, day)
    return SpecialDay(day, kind, name, source, _ticked(number, row.get("confirmed")))


def _wrong(text: str, number: int, **values: Value) -> CalendarRefused:
    return CalendarRefused(Sentence(text, {"row": number, **values}))


def _day(number: int, told: Any) -> date:
    try:
        day = _written(told)
    except (TypeError, ValueError):
        raise _wrong(WRONG_DAY, number, told=str(told)) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise _wrong(WRONG_YEAR, number, first=FIRST_YEAR, last=LAST_YEAR)
    return day


def _written(told: Any) -> date:
    """2027-02-06, or as people here write it: 06/02/2027, 6/2/2027."""
    found = VIETNAMESE_DAY.fullmatch(told.strip()) if isinstance(told, str) else None
    if found is None:
        return date.fromisoformat(told.strip() if isinstance(told, str) else told)
    day, month, year = map(int, found.groups())
    return date(year, month, day)


def _kind(number: int, told: Any, day: date) -> str:
    """By its code or by the words people read."""
    by_words = {label.casefold(): code for code, label in DAY_KINDS.items()}
    said = " ".join(str(told or "").split())
    kind = by_words.get(said.casefold(), said)
    if kind not in DAY_KINDS:
        known = ", ".join(f"{code} (“{label}”)" for code, label in DAY_KINDS.items())
        raise _wrong(WRONG_KIND, number, told=said, known=known)
    if kind == SWAPPED_WORKING and day.weekday() < SATURDAY:
        raise _wrong(NO_WEEKEND, number, day=day)
    return kind


def _words(number: int, row: Mapping[str, Any], day: date) -> tuple[str, str]:
    name, source = (" ".join(tidy(str(row.get(key) or "")).split()) for key in ("name", "source"))
    if not name:
        raise _wrong(NO_NAME, number, day=day)
    if len(name) > LONGEST_NAME or len(source) > LONGEST_SOURCE:
        raise _wrong(TOO_LONG, number, name=LONGEST_NAME, source=LONGEST_SOURCE)
    return name, source


def _ticked(number: int, told: Any) -> bool:
    said = " ".join(str(told).split()).casefold()
    if said not in TICKED | NOT_TICKED:
        raise _wrong(WRONG_TICK, number, told=str(told))
    return said in TICKED


# --- beside the others ------------------------------------------------------------------------


def _refuse_twice(number: int, special: SpecialDay, seen: dict[date, int]) -> None:
    if special.day in seen:
        raise _wrong(TWICE, number, day=special.day, first=seen[special.day])
    seen[special.day] = number


def _beside(number: int, special: SpecialDay, known: Mapping[date, SpecialDay]) -> str:
    """A day that the calendar knows already may come again, but not as something else."""
    before = known.get(special.day)
    if before is None:
        return FRESH
    if before.kind != special.kind:
        raise _wrong(
            OTHER_KIND,
            number,
            day=special.day,
            before=DAY_KINDS[before.kind],
            now=DAY_KINDS[special.kind],
        )
    return KNOWN
