"""*Gặp nhà trường*: the published sessions of a unit, and a wish to be received."""

from datetime import date
from functools import partial
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from feedback import clock, db
from feedback.models.meetings import Reception
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.web import words
from feedback.web.public import opinions
from feedback.web.public.sheets import Paper
from forms.petition import AppointmentForm, PetitionAnswers

APPOINTMENT, ABOUT_NOBODY = "DK_TCD", "unknown"
OTHER_DAY = "other"
MOST_SESSIONS = 12


def sessions(unit_id: int, today: date) -> list[Reception]:
    """The sessions published so far that are still to come, those put off among them."""
    return list(
        db.session.scalars(
            select(Reception)
            .where(
                Reception.unit_id == unit_id,
                Reception.held_on >= today,
                Reception.published_on <= today,
            )
            .order_by(Reception.held_on, Reception.begins_at)
            .limit(MOST_SESSIONS)
        )
    )


def hint(unit: Unit) -> str:
    """What stands under the door: the nearest session."""
    coming = [s for s in sessions(unit.id, clock.today()) if s.cancelled_on is None]
    if not coming:
        return str(_("Lịch tiếp công dân, hẹn gặp"))
    return str(_("Buổi tiếp gần nhất: %(day)s", day=words.day(coming[0].held_on)))


def paper(point: QrPoint | None) -> Paper:
    found = sessions(point.unit_id, clock.today()) if point else []
    offered = {str(s.id): _said(s) for s in found if s.cancelled_on is None}

    def make(data: Any) -> AppointmentForm:
        form = AppointmentForm(data, unit=point.unit.code if point else "")
        form.offer([*offered.items(), (OTHER_DAY, _("Buổi khác"))])
        return form

    def read(form: AppointmentForm) -> PetitionAnswers:
        return PetitionAnswers(
            kind_code=APPOINTMENT,
            # Whom to meet was chosen with the door; a word in the text must not send it elsewhere.
            subject_code=opinions.UNKNOWN_SUBJECT,
            about_code=ABOUT_NOBODY,
            text=form.text.data,
            wish=_wish(offered.get(form.session.data, ""), form.day.data),
            contact=form.contact(),
        )

    return Paper(
        "public.reception", "public/reception.html", make, read, partial(_tell, point, found)
    )


def _wish(session: str, day: str) -> str:
    if session:
        return str(_("Muốn gặp vào buổi: %(session)s", session=session))
    return (
        str(_("Muốn gặp vào: %(day)s", day=day)) if day else str(_("Muốn gặp, buổi nào cũng được."))
    )


def _said(session: Reception) -> str:
    return str(
        _(
            "%(day)s, %(begins)s–%(ends)s, %(place)s",
            day=words.day_alone(session.held_on),
            begins=f"{session.begins_at:%H:%M}",
            ends=f"{session.ends_at:%H:%M}",
            place=session.place,
        )
    )


def _tell(point: QrPoint | None, found: list[Reception], _form: AppointmentForm) -> dict[str, Any]:
    if point is None:
        return {}
    rows = [
        {
            "day": words.day_alone(s.held_on),
            "hours": f"{s.begins_at:%H:%M}–{s.ends_at:%H:%M}",
            "place": s.place,
            "who": _(s.held_by()),
            "off": s.cancelled_on is not None,
        }
        for s in found
    ]
    return {"sessions": rows, "after": opinions.answering(point.unit, APPOINTMENT)}
