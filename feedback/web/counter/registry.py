"""Which rows of the register a page shows, and how a new one comes in."""

from datetime import date
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import Select, and_, or_

from analysis.words import whole
from feedback import access, clock, db, identities
from feedback.models.cases import Case
from feedback.models.meetings import Visit
from feedback.models.units import Unit
from feedback.rules.groups import is_crowd
from feedback.scopes import Scope
from feedback.web import contacts, here
from feedback.web.counter import appointments, register
from feedback.web.counter.asked import Asked, asked_unit
from forms.meetings import VisitForm

PAGE_SIZE = 50
OUTCOME = "explained"


def of_period(scope: Scope, unit: Unit, asked: Asked) -> list[Visit]:
    """All rows of a unit in a period, in the order of the book."""
    rows = _of_period(scope, unit, asked).order_by(None)
    return list(db.session.scalars(rows.order_by(Visit.received_on, Visit.number)))


def _of_period(scope: Scope, unit: Unit, asked: Asked) -> Select[tuple[Visit]]:
    rows = access.visits(scope).where(Visit.unit_id == unit.id)
    if asked.period is None:
        return rows
    return rows.where(Visit.received_on.between(asked.period.starts_on, asked.period.ends_on))


def page(scope: Scope, unit: Unit, asked: Asked, after: str) -> dict[str, Any]:
    """One page of the list, newest first, with the way to the next."""
    rows = _of_period(scope, unit, asked).order_by(None)
    newest = rows.order_by(Visit.received_on.desc(), Visit.number.desc())
    if last := _cursor(after):
        earlier_day = Visit.received_on < last[0]
        same_day = and_(Visit.received_on == last[0], Visit.number < last[1])
        newest = newest.where(or_(earlier_day, same_day))
    found = list(db.session.scalars(newest.limit(PAGE_SIZE + 1)))
    shown, more = found[:PAGE_SIZE], len(found) > PAGE_SIZE
    return {
        "rows": register.shown(scope, shown),
        "figures": _figures(of_period(scope, unit, asked)) if not after else [],
        "next": _href(unit, asked, after=_mark(shown[-1])) if more else "",
        "first": _href(unit, asked) if after else "",
        "book": _href(unit, asked, "meetings.book"),
        "csv": _href(unit, asked, "meetings.visits_csv"),
    }


def _href(unit: Unit, asked: Asked, endpoint: str = "meetings.visits", after: str = "") -> str:
    period = asked.period.code if asked.period else None
    return url_for(endpoint, unit=unit.code, period=period, after=after or None)


def _mark(visit: Visit) -> str:
    return f"{visit.received_on}.{visit.number}"


def _cursor(after: str) -> tuple[date, int] | None:
    """Where the page before ended; nonsense begins at the beginning."""
    day, _dot, number = after.partition(".")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError:
        return None


def _figures(rows: list[Visit]) -> list[dict[str, Any]]:
    """What form 01/TCD counts of these rows."""
    counted = (
        (_("Lượt tiếp"), len(rows)),
        (_("Người được tiếp"), sum(row.people for row in rows)),
        (_("Vụ việc"), sum(row.matters for row in rows)),
        (_("Đoàn đông người"), sum(is_crowd(row.people) for row in rows)),
    )
    return [{"label": label, "value": whole(value)} for label, value in counted]


def find(scope: Scope, unit_code: str, year: int, number: int) -> Visit | None:
    """The row of this number in the book of that year."""
    if not date.min.year <= year <= date.max.year:
        return None
    of_year = Visit.received_on.between(date(year, 1, 1), date(year, 12, 31))
    mine = access.visits(scope).join(Unit, Unit.id == Visit.unit_id)
    return db.session.scalar(mine.where(Unit.code == unit_code, Visit.number == number, of_year))


# --- a new row ----------------------------------------------------------------------------------


def form(units: dict[str, Unit]) -> VisitForm:
    """The form of a new row; coming from an appointment it knows what the sender wrote."""
    now = clock.now()
    case = appointments.find(here.scope(), request.args.get("case", ""))
    named = case.owner if case else asked_unit(units.values()) or next(iter(units.values()))
    usual = {"unit": named.code, "received_on": now.date(), "at": now.time()}
    made = VisitForm(data=usual | _known(case))
    offered = [(unit.code, unit.name) for unit in units.values()]
    made.offer(offered, register.modes(named), register.kinds(), now)
    return made


def _known(case: Case | None) -> dict[str, Any]:
    """What an appointment already says; its contact is opened by the desk that answers it."""
    if case is None:
        return {}
    contacts.opened(case)
    contact = identities.contact_of(case.submission, here.keys())
    return {
        "reference": case.reference,
        "name": contact.name,
        "address": contact.address,
        "content": case.submission.text,
        "people": identities.group_of(case.submission, here.keys()).people,
    }


def appointment(form: VisitForm) -> Case | None:
    """The appointment the row belongs to, when one is named; says so when there is none such."""
    typed = form.reference.data
    case = appointments.find(here.scope(), typed) if typed else None
    if not form.is_submitted():
        return case
    if typed and (case is None or case.owner.code != form.unit_code):
        form.reference.errors = [_("Không có cuộc hẹn nào của đơn vị mang mã này.")]
    if form.tell.data and not typed:
        words = _("Chỉ gửi được khi người đến đã hẹn trước. Mời ghi mã hồ sơ cuộc hẹn.")
        form.tell.errors = [*form.tell.errors, words]
    return case


def record(form: VisitForm, unit: Unit, case: Case | None) -> Visit:
    """The row, and when it is a new one and asked for, the answer the parent reads."""
    visit = register.enter(form, unit, case)
    if case is not None and form.tell.data and visit in db.session.new:
        done = _("Đã tiếp trực tiếp ngày %(day)s", day=f"{visit.received_on:%d/%m/%Y}")
        case.answer(here.act(form.result.data), OUTCOME, done)
    return visit


def recorded_words(visit: Visit, told: bool) -> str:
    words = _("Đã ghi vào sổ, số thứ tự %(n)s.", n=visit.number)
    return f"{words} {_('Phụ huynh đọc được kết quả.')}" if told else str(words)
