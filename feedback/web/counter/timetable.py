"""The reception timetable: what is published, by when, and whether the head receives monthly."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from sqlalchemy import func, select

from analysis.spans import month_of
from feedback import access, clock, db
from feedback.models.meetings import Reception, Visit
from feedback.models.units import Unit
from feedback.scopes import Scope
from feedback.web import spans, words
from forms.meetings import CancelForm

PAST_SHOWN = 20

Shown = dict[str, Any]


def next_month(day: date) -> date:
    """The first day of the month after."""
    return month_of(day).ends_on + timedelta(days=1)


def published(unit: Unit, today: date) -> list[Reception]:
    """What hangs on the wall: this and next month's coming sessions that are not called off."""
    until = month_of(next_month(today)).ends_on
    return list(
        db.session.scalars(
            select(Reception)
            .where(
                Reception.unit_id == unit.id,
                Reception.cancelled_on.is_(None),
                Reception.held_on.between(today, until),
            )
            .order_by(Reception.held_on, Reception.begins_at)
        )
    )


def hours(session: Reception) -> str:
    """“08:00–11:00”."""
    return f"{session.begins_at:%H:%M}–{session.ends_at:%H:%M}"


def who(session: Reception) -> str:
    """Who sits there, in the words of a school or of an office."""
    school = session.unit.is_school
    said = {
        "head": _("Hiệu trưởng") if school else _("Lãnh đạo cơ quan"),
        "delegated": _("Người được hiệu trưởng ủy quyền") if school else _("Người được ủy quyền"),
    }
    return str(said.get(session.mode, _("Cán bộ tiếp công dân")))


def coming(scope: Scope, unit: Unit, today: date) -> list[Reception]:
    """Today's and later sessions of a unit, called off or not."""
    of_unit = access.receptions(scope).where(Reception.unit_id == unit.id)
    return list(
        db.session.scalars(of_unit.where(Reception.held_on >= today).order_by(Reception.begins_at))
    )


def past(scope: Scope, unit: Unit, today: date) -> list[Reception]:
    """The latest sessions before today, newest first."""
    of_unit = access.receptions(scope).where(
        Reception.unit_id == unit.id, Reception.held_on < today
    )
    newest = of_unit.order_by(None).order_by(Reception.held_on.desc(), Reception.begins_at.desc())
    return list(db.session.scalars(newest.limit(PAST_SHOWN)))


@dataclass(frozen=True, slots=True)
class Duty:
    """Whether the head of a unit receives in person in a month (NĐ 154/2026 Đ10.2)."""

    month: str
    days: tuple[date, ...]

    @property
    def met(self) -> bool:
        return bool(self.days)

    @property
    def words(self) -> str:
        return ", ".join(f"{day:%d/%m}" for day in self.days)


def duties(scope: Scope, units: Iterable[Unit], today: date) -> dict[int, tuple[Duty, Duty]]:
    """By unit: this month's duty and next month's, in one query."""
    months = month_of(today), month_of(next_month(today))
    heads = access.receptions(scope).where(
        Reception.mode == "head",
        Reception.cancelled_on.is_(None),
        Reception.held_on.between(months[0].starts_on, months[1].ends_on),
    )
    days = [(session.unit_id, session.held_on) for session in db.session.scalars(heads)]

    def duty(unit: Unit, number: int) -> Duty:
        month = months[number]
        mine = {day for unit_id, day in days if unit_id == unit.id and month.holds(day)}
        return Duty(spans.name(month), tuple(sorted(mine)))

    return {unit.id: (duty(unit, 0), duty(unit, 1)) for unit in units}


# --- the page -------------------------------------------------------------------------------------


def page(scope: Scope, units: dict[str, Unit], chosen: Unit) -> Shown:
    """The timetable of one unit, and for an overseer every unit's duty."""
    today = clock.today()
    owed = duties(scope, units.values(), today)
    held = past(scope, chosen, today)
    return {
        "unit": chosen,
        "duties": owed[chosen.id],
        "unmet": ", ".join(duty.month.lower() for duty in owed[chosen.id] if not duty.met),
        "coming": [_shown(session, today) for session in coming(scope, chosen, today)],
        "past": [_held(session, counts) for counts in [_counts(scope, held)] for session in held],
        "units": _duty_rows(units, owed) if len(units) > 1 else [],
        "own": chosen.id in scope.own,
    }


def _shown(session: Reception, today: date) -> Shown:
    return {
        "id": session.id,
        "day": words.day_alone(session.held_on),
        "far": words.distance(session.held_on, today),
        "hours": hours(session),
        "place": session.place,
        "who": who(session),
        "head": session.mode == "head",
        "content": session.content,
        "cancelled": session.cancelled_on is not None,
        "cancel_note": session.cancel_note,
    }


def _held(session: Reception, counts: dict[int, int]) -> list[Any]:
    state = _("Đã hủy") if session.cancelled_on else counts.get(session.id, 0)
    return [f"{words.day_alone(session.held_on)}, {hours(session)}", who(session), state]


def _counts(scope: Scope, held: list[Reception]) -> dict[int, int]:
    """How many were received in each session, as far as the register is this officer's own."""
    mine = access.visits(scope).where(Visit.reception_id.in_([s.id for s in held])).subquery()
    rows = select(mine.c.reception_id, func.count()).group_by(mine.c.reception_id)
    return {row[0]: row[1] for row in db.session.execute(rows)}


def _duty_rows(units: dict[str, Unit], owed: dict[int, tuple[Duty, Duty]]) -> list[list[Any]]:
    """Units that still lack a day come first."""
    waiting_first = sorted(units.values(), key=lambda unit: [d.met for d in owed[unit.id]])
    return [
        [
            {"text": unit.name, "href": url_for("meetings.receptions", unit=unit.code)},
            *(_duty_words(duty) for duty in owed[unit.id]),
        ]
        for unit in waiting_first
    ]


def _duty_words(duty: Duty) -> str:
    return str(_("ngày %(days)s", days=duty.words) if duty.met else _("Chưa có"))


def prefix(session_id: int) -> str:
    """Every coming session has a form of its own on the page."""
    return f"s{session_id}-"


def cancel_forms(coming: Iterable[Shown], wrong: dict[int, CancelForm]) -> dict[int, CancelForm]:
    """By session; the one that was filled in wrongly as it came back."""
    ids = [session["id"] for session in coming if not session["cancelled"]]
    return {number: wrong.get(number) or CancelForm(prefix=prefix(number)) for number in ids}
