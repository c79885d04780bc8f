"""A file of special days made sense of; the first row that cannot be taken is named."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from feedback.rules.calendar import DAY_KINDS, SATURDAY, SWAPPED_WORKING, SpecialDay
from feedback.rules.sentences import format_day

FIRST_YEAR, LAST_YEAR = 2020, 2100


class CalendarRefused(ValueError):
    """What is wrong with a file of special days; nothing of it was taken."""


def read_days(rows: Any) -> tuple[SpecialDay, ...]:
    """The days of a file: a list of {day, kind, name, source, confirmed}."""
    if not isinstance(rows, list):
        raise CalendarRefused("Tệp phải là một danh sách các ngày.")
    days = tuple(_read(number, row) for number, row in enumerate(rows, 1))
    _refuse_twice(days)
    return days


def refuse_other_kinds(days: Sequence[SpecialDay], known: Mapping[date, SpecialDay]) -> None:
    """A day that the calendar knows already may come again, but not as something else."""
    for special in days:
        before = known.get(special.day)
        if before is not None and before.kind != special.kind:
            raise CalendarRefused(
                f"Ngày {format_day(special.day)} đã có trong lịch là “{DAY_KINDS[before.kind]}”, "
                f"trong tệp lại là “{DAY_KINDS[special.kind]}”. Mời sửa một trong hai trước."
            )


def _read(number: int, row: Any) -> SpecialDay:
    if not isinstance(row, Mapping):
        raise CalendarRefused(f"Dòng {number}: không phải là một ngày có day, kind, name.")
    day, kind = _day(number, row.get("day")), row.get("kind")
    if kind not in DAY_KINDS:
        known = ", ".join(DAY_KINDS)
        raise CalendarRefused(f"Dòng {number}: loại ngày “{kind}” không phải là một trong {known}.")
    if kind == SWAPPED_WORKING and day.weekday() < SATURDAY:
        raise CalendarRefused(
            f"Dòng {number}: {format_day(day)} không phải thứ Bảy hay Chủ nhật nên không thể là "
            "ngày đi làm bù."
        )
    if not (name := str(row.get("name") or "").strip()):
        raise CalendarRefused(f"Dòng {number}: {format_day(day)} chưa có tên gọi.")
    return SpecialDay(day, kind, name, str(row.get("source") or ""), bool(row.get("confirmed")))


def _day(number: int, told: Any) -> date:
    try:
        day = date.fromisoformat(told)
    except (TypeError, ValueError):
        raise CalendarRefused(
            f"Dòng {number}: “{told}” không phải là một ngày, ví dụ 2027-02-06."
        ) from None
    if not FIRST_YEAR <= day.year <= LAST_YEAR:
        raise CalendarRefused(f"Dòng {number}: năm cần từ {FIRST_YEAR} đến {LAST_YEAR}.")
    return day


def _refuse_twice(days: Sequence[SpecialDay]) -> None:
    seen: set[date] = set()
    for special in days:
        if special.day in seen:
            raise CalendarRefused(f"Ngày {format_day(special.day)} đứng hai lần trong tệp.")
        seen.add(special.day)
