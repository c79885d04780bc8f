"""Publishing a session: in time, or knowingly at short notice (Luật Tiếp công dân Đ24.4)."""

from datetime import date, time
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from feedback import clock, db
from feedback.models.meetings import Reception
from feedback.models.units import Unit
from feedback.rules.deadlines import rule_on
from feedback.rules.explanations import Explanation, explain
from feedback.web import here, words
from feedback.web.counter import register
from feedback.web.counter.asked import asked_unit
from forms.meetings import ReceptionForm

POST_RULE = "TCD_POST"
USUAL_HOURS = time(8), time(11)


def form(units: dict[str, Unit]) -> ReceptionForm:
    """The form of a new session, with the hours most are held at."""
    named = asked_unit(units.values()) or next(iter(units.values()))
    begins_at, ends_at = USUAL_HOURS
    usual = {"unit": named.code, "begins_at": begins_at, "ends_at": ends_at, "mode": "head"}
    made = ReceptionForm(data=usual)
    offered = [(unit.code, unit.name) for unit in units.values()]
    made.offer(offered, register.modes(named), clock.today())
    return made


def in_time(form: ReceptionForm) -> bool:
    """Whether the session may be published: in time, or knowingly as one held at short notice."""
    if form.ad_hoc.data or not is_short(form.held_on.data, clock.today()):
        return True
    form.held_on.errors = [
        _("Ngày này không còn đủ thời gian niêm yết. Mời chọn ngày khác, hoặc đánh dấu đột xuất.")
    ]
    return False


def why_short(form: ReceptionForm) -> dict[str, Any] | None:
    """The term that was missed, line by line, once somebody has run into it."""
    day = form.held_on.data
    if not form.is_submitted() or day is None or not is_short(day, clock.today()):
        return None
    told = posting(day)
    return {"lines": words.lines(told)} if told else None


def publish(form: ReceptionForm, unit: Unit) -> Reception | None:
    """The session, published today; None, and a sentence beside the hour, if one sits there."""
    session = Reception(
        unit=unit,
        unit_id=unit.id,
        held_on=form.held_on.data,
        begins_at=form.begins_at.data,
        ends_at=form.ends_at.data,
        place=form.place.data,
        mode=form.mode.data,
        content=form.content.data,
        published_on=clock.today(),
    )
    if _overlaps(session):
        form.begins_at.errors = [_("Đã có một buổi tiếp khác của đơn vị trong khoảng giờ này.")]
        return None
    db.session.add(session)
    return session


def _overlaps(session: Reception) -> bool:
    """Whether somebody of the same kind already sits there at that time."""
    found = select(Reception.id).where(
        Reception.unit_id == session.unit_id,
        Reception.held_on == session.held_on,
        Reception.mode == session.mode,
        Reception.cancelled_on.is_(None),
        Reception.begins_at < session.ends_at,
        Reception.ends_at > session.begins_at,
    )
    with db.session.no_autoflush:
        return db.session.scalar(found.limit(1)) is not None


def published_words(session: Reception) -> str:
    """What follows; and a word of caution when that day nobody works."""
    said = _("Đã công bố: %(day)s. Phụ huynh thấy buổi này ngay.", day=words.day(session.held_on))
    off = here.calendar().why_off(session.held_on)
    return f"{said} {_('Lưu ý: đó là ngày nghỉ (%(why)s).', why=_(off))}" if off else str(said)


def posting(held_on: date) -> Explanation | None:
    """By when a session must hang on the wall, and why (Luật Tiếp công dân Đ24.4)."""
    rule = rule_on(POST_RULE, held_on)
    return explain(rule, held_on, here.calendar()) if rule else None


def is_short(held_on: date, today: date) -> bool:
    """Whether it is too late to post a session of that day in time."""
    told = posting(held_on)
    return told is not None and told.due.on < today
