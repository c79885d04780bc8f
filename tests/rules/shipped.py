"""The calendar as it is shipped, read the way the program reads it."""

import json
from pathlib import Path
from typing import Any

import feedback
from feedback.rules.calendar import WorkCalendar, calendar_from_rows

HOLIDAYS = Path(feedback.__file__).parent / "seed" / "holidays.json"


def holiday_rows() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads(HOLIDAYS.read_text(encoding="utf-8"))
    return rows


CALENDAR: WorkCalendar = calendar_from_rows(holiday_rows())
