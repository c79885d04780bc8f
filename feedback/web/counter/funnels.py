"""What came of a point: scanned, begun, sent; in the last 30 days and from the beginning."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from flask import url_for
from sqlalchemy import ColumnElement, func, select
from sqlalchemy import case as sql_case

from analysis.satisfaction import share
from analysis.spans import Period, span
from analysis.words import whole
from feedback import access, clock, db
from feedback.models.cases import Case
from feedback.models.points import PointDay, QrPoint
from feedback.models.responses import SurveyResponse
from feedback.scopes import Scope

NARROW = "\N{NO-BREAK SPACE}"
LATELY = timedelta(days=30)
# By the id of a point.
Counts = dict[int, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Funnel:
    """How many scanned, began and sent. `sent` is None for who may not read what was sent."""

    scans: int = 0
    starts: int = 0
    sent: int | None = 0
    surveyed: int = 0

    def __add__(self, other: "Funnel") -> "Funnel":
        sent = None if self.sent is None or other.sent is None else self.sent + other.sent
        return Funnel(
            self.scans + other.scans,
            self.starts + other.starts,
            sent,
            self.surveyed + other.surveyed,
        )


@dataclass(frozen=True, slots=True)
class Life:
    """A point and what came of it."""

    point: QrPoint
    lately: Funnel
    ever: Funnel


def last_30_days() -> Period:
    """Today and the 29 days before it."""
    today = clock.today()
    return span(today - LATELY + timedelta(days=1), today)


def lives(scope: Scope, points: Sequence[QrPoint]) -> list[Life]:
    """These points with their figures, in three queries however many there are.

    What was *sent* is counted among the cases this officer may see, never from the counter kept
    at the door: that one also knows of what is hidden from the school.
    """
    ids = [point.id for point in points]
    tables = _steps(ids), _sent(scope, ids), _surveyed(ids)
    return [_life(point, tables, point.unit_id in scope.reads) for point in points]


def _life(point: QrPoint, tables: tuple[Counts, Counts, Counts], reads: bool) -> Life:
    steps, sent, surveyed = (table.get(point.id, (0, 0, 0, 0)) for table in tables)
    known = sent if reads else (None, None)
    return Life(
        point,
        lately=Funnel(steps[2], steps[3], known[1], surveyed[1]),
        ever=Funnel(steps[0], steps[1], known[0], surveyed[0]),
    )


def _steps(ids: Sequence[int]) -> Counts:
    """Scans and starts from the beginning, then those of the last 30 days."""
    lately = PointDay.day >= last_30_days().starts_on
    rows = db.session.execute(
        select(
            PointDay.point_id,
            func.sum(PointDay.scans),
            func.sum(PointDay.starts),
            func.sum(_when(lately, PointDay.scans)),
            func.sum(_when(lately, PointDay.starts)),
        )
        .where(PointDay.point_id.in_(ids))
        .group_by(PointDay.point_id)
    )
    return {row[0]: tuple(map(int, row[1:])) for row in rows}


def _sent(scope: Scope, ids: Sequence[int]) -> Counts:
    """Cases from the beginning, then those of the last 30 days."""
    lately = Case.received_on >= last_30_days().starts_on
    rows = db.session.execute(
        select(Case.point_id, func.count(), func.sum(_when(lately, 1)))
        .where(access.sees(scope), Case.held_at.is_(None), Case.point_id.in_(ids))
        .group_by(Case.point_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def _surveyed(ids: Sequence[int]) -> Counts:
    """Answered surveys from the beginning, then those of the last 30 days."""
    lately = SurveyResponse.received_on >= last_30_days().starts_on
    rows = db.session.execute(
        select(SurveyResponse.point_id, func.count(), func.sum(_when(lately, 1)))
        .where(SurveyResponse.point_id.in_(ids))
        .group_by(SurveyResponse.point_id)
    )
    return {row[0]: (int(row[1]), int(row[2])) for row in rows}


def _when(condition: ColumnElement[bool], value: Any) -> ColumnElement[int]:
    return sql_case((condition, value), else_=0)


def together(found: Iterable[Life]) -> Funnel:
    """The last 30 days of several points."""
    return sum((life.lately for life in found), Funnel())


def sent_href(point: QrPoint) -> str:
    """The inbox with what was sent at this point in the last 30 days."""
    return url_for("desk.inbox", point=point.code, period=last_30_days().code)


def beside(part: int | None, of: int) -> str:
    """“31 (25 %)”; a dash where it may not be known."""
    if part is None:
        return "–"
    percent = share(part, of)
    if percent is None:
        return whole(part)
    return f"{whole(part)} ({whole(percent)}{NARROW}%)"
