"""Points as their pages show them: figures, state and history in words."""

from datetime import date, datetime, time, timedelta
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from sqlalchemy import select

from analysis.words import whole
from feedback import access, clock, db, gatherings
from feedback.clock import OFFICE_ZONE
from feedback.models.points import Gathering, PointEvent, QrPoint
from feedback.models.units import Unit
from feedback.web import here, words
from feedback.web.counter import funnels, printouts
from feedback.web.counter.funnels import Funnel, Life, beside
from forms.points import GatheringForm

Shown = dict[str, Any]


def page(units: dict[str, Unit], chosen: Unit | None) -> Shown:
    """The list: the points of one unit, or one line per unit for who looks after several."""
    found = _points(chosen)
    alive = funnels.lives(here.scope(), found)
    return {
        "unit": chosen,
        "several": len(units) > 1,
        "cards": [card(life) for life in alive] if chosen else [],
        "units": [] if chosen else [_line(unit, alive) for unit in units.values()],
    }


def _points(unit: Unit | None) -> list[QrPoint]:
    mine = access.points(here.scope())
    return list(db.session.scalars(mine.where(QrPoint.unit_id == unit.id) if unit else mine))


def _line(unit: Unit, alive: list[Life]) -> list[Any]:
    """A unit as a row of a table: points in use, and the last 30 days of all its points."""
    mine = [life for life in alive if life.point.unit_id == unit.id]
    used = sum(not life.point.revoked for life in mine)
    total = funnels.together(mine)
    href = url_for("points.points", unit=unit.code)
    return [{"text": unit.name, "href": href}, used, *_cells(total)]


def _cells(funnel: Funnel) -> list[Any]:
    return [
        whole(funnel.scans),
        {"text": beside(funnel.starts, funnel.scans), "value": funnel.starts, "max": funnel.scans},
        {
            "text": beside(funnel.sent, funnel.scans),
            "value": funnel.sent or 0,
            "max": funnel.scans,
        },
        whole(funnel.surveyed),
    ]


def card(life: Life) -> Shown:
    """A point on the list."""
    return {
        "href": url_for("points.point", code=life.point.code),
        "place": life.point.place,
        "code": life.point.code,
        "serial": life.point.serial,
        "revoked": life.point.revoked,
        "rests": life.point.rests(clock.now()),
        "steps": steps(life),
        "ever": _ever(life.ever),
        "poster": url_for("points.poster", code=life.point.code, size="A4"),
    }


def steps(life: Life) -> list[Shown]:
    """The last 30 days, step by step; the last step opens its rows."""
    recent = life.lately
    href = funnels.sent_href(life.point) if recent.sent else ""
    return [
        {"label": _("Lượt quét"), "text": whole(recent.scans), "value": recent.scans},
        {
            "label": _("Bắt đầu viết"),
            "text": beside(recent.starts, recent.scans),
            "value": recent.starts,
        },
        {
            "label": _("Đã gửi"),
            "text": beside(recent.sent, recent.scans),
            "value": recent.sent or 0,
            "href": href,
        },
        {
            "label": _("Trả lời khảo sát"),
            "text": beside(recent.surveyed, recent.scans),
            "value": recent.surveyed,
        },
    ]


def _ever(funnel: Funnel) -> str:
    scans, starts = whole(funnel.scans), whole(funnel.starts)
    if funnel.sent is None:
        text = _("Từ đầu: %(scans)s lượt quét, %(starts)s lần viết", scans=scans, starts=starts)
        return str(text)
    return str(
        _(
            "Từ đầu: %(scans)s lượt quét, %(starts)s lần viết, %(sent)s phiếu đã gửi",
            scans=scans,
            starts=starts,
            sent=whole(funnel.sent),
        )
    )


def shown(point: QrPoint) -> Shown:
    """A point on its own page."""
    url = printouts.point_url(point)
    life, now = funnels.lives(here.scope(), [point])[0], clock.now()
    return card(life) | {
        "unit": point.unit.name,
        "unit_code": point.unit.code,
        "manager": point.unit.manager_name,
        "url": url,
        "short_url": printouts.short(url),
        "made": words.moment(point.made_at),
        "history": _history(point),
        "until": words.day(_last_day(point.paused_until)) if point.paused_until else "",
        "gatherings": [_gathering(one) for one in gatherings.ahead(db.session(), point, now)],
    }


# --- resting, and full evenings ---------------------------------------------------------------


def end_of(day: date) -> datetime:
    """The midnight after a day, at the office."""
    return datetime.combine(day + timedelta(days=1), time(), OFFICE_ZONE)


def _last_day(until: datetime) -> date:
    return (until.astimezone(OFFICE_ZONE) - timedelta(seconds=1)).date()


def _gathering(one: Gathering) -> Shown:
    begins, ends = (moment.astimezone(OFFICE_ZONE) for moment in (one.begins_at, one.ends_at))
    return {
        "number": one.id,
        "name": one.name,
        "when": _(
            "%(day)s, %(begins)s–%(ends)s",
            day=words.day_alone(begins.date()),
            begins=f"{begins:%H:%M}",
            ends=f"{ends:%H:%M}",
        ),
    }


def gather(point: QrPoint, form: GatheringForm) -> None:
    """Enter an evening. The caller commits."""
    on = form.held_on.data
    begins, ends = (
        datetime.combine(on, at.data, OFFICE_ZONE) for at in (form.begins_at, form.ends_at)
    )
    by, name = here.officer(), form.name.data
    db.session.add(
        Gathering(
            point_id=point.id,
            begins_at=begins,
            ends_at=ends,
            name=name,
            officer_id=by.id,
            made_at=clock.now(),
        )
    )
    point.note_gathering(by, clock.now(), f"{name} · {begins:%H:%M}–{ends:%H:%M} {words.day(on)}")


def evening(point: QrPoint, number: int) -> Gathering:
    """An evening of this point; anybody else's is not there."""
    found = db.session.get(Gathering, number)
    return found if found is not None and found.point_id == point.id else abort(404)


def call_off(point: QrPoint, found: Gathering) -> None:
    """Take an evening of this point back."""
    if found.cancelled_at is None:
        found.cancel(clock.now())
        point.note_gathering(here.officer(), clock.now(), found.name, over=True)


def _history(point: QrPoint) -> list[Shown]:
    events = db.session.scalars(
        select(PointEvent).where(PointEvent.point_id == point.id).order_by(PointEvent.id.desc())
    )
    return [_event(event) for event in events]


def _event(event: PointEvent) -> Shown:
    note = _("Trước đó: %(where)s", where=event.note) if event.move_code == "move" else event.note
    return {
        "what": str(words.POINT_ACTS[event.move_code]),
        "note": note,
        "who": event.officer.name if event.officer else _("Hệ thống"),
        "at": words.moment(event.at),
    }


def moved(point: QrPoint) -> str:
    """What follows from leading a code elsewhere."""
    return str(
        _(
            "Đã đổi. Áp phích cũ vẫn dùng được và nay dẫn về %(place)s, %(unit)s. "
            "Tờ in mới mang số %(serial)s.",
            place=point.place,
            unit=point.unit.name,
            serial=point.serial,
        )
    )
