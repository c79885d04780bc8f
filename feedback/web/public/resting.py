"""A point that rests: a kind page with every other way to reach the school."""

from datetime import datetime, timedelta
from typing import Any

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers.response import Response

from feedback import clock, db
from feedback.clock import OFFICE_ZONE
from feedback.models.points import QrPoint, is_resting
from feedback.models.units import Unit
from feedback.web import words
from feedback.web.public import doors
from feedback.web.public.doors import Letterhead


def rests(row: Any) -> bool:
    """Whether the point of this row, as `doors.glance` reads it, is paused now."""
    return is_resting(row.paused_at, row.paused_until, clock.now())


def page(code: str) -> Response:
    """What to do instead, for whoever scans a resting point."""
    point = doors.find(code)
    if point is None:
        return doors.way_on(code)
    manager = point.unit.manager
    html = render_template(
        "public/_resting.html",
        unit=Letterhead.of(point.unit),
        place=point.place,
        until=_until(point.paused_until),
        others=_others(point),
        manager=Letterhead.of(manager) if manager else None,
        manager_points=_points(manager) if manager else [],
        other_lang_url=None,
    )
    return make_response(html)


def _until(moment: datetime | None) -> str:
    """The last day of the pause; nothing when nobody has said one."""
    if moment is None:
        return ""
    return words.day((moment.astimezone(OFFICE_ZONE) - timedelta(seconds=1)).date())


def _others(point: QrPoint) -> list[dict[str, str]]:
    """The other points of the same unit that receive now."""
    return [one for one in _points(point.unit) if one["code"] != point.code]


def _points(unit: Unit) -> list[dict[str, str]]:
    found = select(QrPoint).where(QrPoint.unit_id == unit.id, QrPoint.revoked_at.is_(None))
    now = clock.now()
    return [
        {
            "code": one.code,
            "label": _("Gửi tại điểm “%(place)s”", place=one.place),
            "href": url_for("public.school", code=one.code),
        }
        for one in db.session.scalars(found.order_by(QrPoint.id))
        if not one.rests(now)
    ]
