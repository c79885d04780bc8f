"""Scans and begun forms at each point and day; what was sent is counted from what was sent."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import insert, select

from feedback.demo.place import Place
from feedback.models.points import PointDay
from feedback.models.responses import SurveyResponse
from feedback.models.submissions import Submission

# On about every third school day somebody scans a code and only looks.
LOOKED_SHARE, MOST_LOOKS = 0.34, 5
ROWS_AT_ONCE = 500

Sent = Counter[tuple[int, date]]


def build(place: Place) -> None:
    sent = _sent(place)
    rows = [row for point_id in _points(place) for row in _days(place, point_id, sent)]
    for first in range(0, len(rows), ROWS_AT_ONCE):
        # In one statement each: PostgreSQL would else be asked once for every row.
        place.session.execute(insert(PointDay).values(rows[first : first + ROWS_AT_ONCE]))


def _points(place: Place) -> list[int]:
    return [point.id for points in place.points.values() for point in points]


def _sent(place: Place) -> Sent:
    counted: Sent = Counter()
    for table in (Submission, SurveyResponse):
        found = select(table.point_id, table.received_on).where(table.point_id.is_not(None))
        if table is Submission:  # a part of a letter came in with the letter
            found = found.where(Submission.part_of_id.is_(None))
        counted.update((int(point_id), day) for point_id, day in place.session.execute(found))
    return counted


def _days(place: Place, point_id: int, sent: Sent) -> Iterator[dict[str, Any]]:
    first, rng = place.wishes.since, place.rng
    for day in (first + timedelta(n) for n in range((place.wishes.today - first).days + 1)):
        number = sent[point_id, day]
        looked = rng.random() < LOOKED_SHARE and place.calendar.is_working(day)
        if number or looked:
            starts = number + (rng.random() < LOOKED_SHARE)
            scans = starts + rng.randint(0, MOST_LOOKS)
            yield {
                "point_id": point_id,
                "day": day,
                "scans": scans,
                "starts": starts,
            }
