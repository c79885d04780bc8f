"""The morning letter: how much waits for an officer, in numbers and links, never in words.

On working days only and in the hours of the office; to heads once a week. It is a Notice like any
other, named by officer and day, so that a retry sends nothing twice.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy import case as sql_case
from sqlalchemy.orm import Session

from feedback import access, scopes
from feedback.clock import office_day
from feedback.models.cases import Case
from feedback.models.notices import Notice
from feedback.models.officers import Officer, Role, stands_in_for
from feedback.models.units import load_calendar
from feedback.outbox import DIGESTS
from feedback.rules.calendar import WorkCalendar
from feedback.rules.lifecycle import OPEN
from feedback.rules.roles import ROLES

DAILY, WEEKLY = "digest", "week"
SOON = 2  # working days
AT_ONCE = 50  # officers a round: each costs a reading of the table


@dataclass(frozen=True, slots=True)
class Line:
    """One number of the letter and the folder of the inbox that holds its cases."""

    folder: str
    label: str
    number: int


def is_owed(session: Session, at: datetime, calendar: WorkCalendar) -> bool:
    """Whether somebody's letter of this day was not thought of yet."""
    on = office_day(at)
    return calendar.is_working(on) and session.scalar(_owed(on).limit(1)) is not None


def prepare(session: Session, at: datetime, calendar: WorkCalendar) -> int:
    """Make the next letters of this morning; who has nothing waiting gets none. Caller commits."""
    on = office_day(at)
    if not calendar.is_working(on):
        return 0
    officers = session.scalars(_owed(on).limit(AT_ONCE)).all()
    for officer in officers:
        officer.digested_on = on
        template = _template(officer, on, calendar)
        if template and any(line.number for line in lines(session, officer, on, calendar)):
            session.add(_notice(officer, template, at))
    return len(officers)


def _owed(on: date) -> Select[tuple[Officer]]:
    return (
        select(Officer)
        .where(
            Officer.active,
            Officer.wants_digest,
            or_(Officer.digested_on.is_(None), Officer.digested_on < on),
            Officer.roles.any(
                and_(
                    Role.code.in_([code for code, role in ROLES.items() if role.handles]),
                    Role.valid_from <= on,
                    or_(Role.valid_to.is_(None), Role.valid_to >= on),
                )
            ),
        )
        .order_by(Officer.id)
        .with_for_update(skip_locked=True, of=Officer)
    )


def _template(officer: Officer, on: date, calendar: WorkCalendar) -> str:
    """Who signs hears once a week, on its first working day; who handles, every working day."""
    kinds = [ROLES[role.code] for role in officer.roles_on(on) if ROLES[role.code].handles]
    if any(not kind.signs for kind in kinds):
        return DAILY
    return WEEKLY if _opens_the_week(on, calendar) else ""


def _opens_the_week(on: date, calendar: WorkCalendar) -> bool:
    monday = on - timedelta(days=on.weekday())
    before = (monday + timedelta(days=n) for n in range(on.weekday()))
    return not any(calendar.is_working(day) for day in before)


def _notice(officer: Officer, template: str, at: datetime) -> Notice:
    return Notice(
        once_key=f"digest-{officer.id}-{office_day(at)}",
        officer_id=officer.id,
        template=template,
        made_at=at,
        try_after=at,
    )


# --- what it says -----------------------------------------------------------------------------


def is_stale(notice: Notice, on: date) -> bool:
    """A morning's letter that did not get out on its day is not sent on another."""
    return notice.template in DIGESTS and office_day(notice.made_at) != on


def of_notice(session: Session, notice: Notice, on: date) -> Sequence[Line]:
    """The numbers of a letter as they stand when it leaves; none for any other notice."""
    if notice.template not in DIGESTS or notice.officer is None:
        return ()
    return lines(session, notice.officer, on, load_calendar(session))


def lines(session: Session, officer: Officer, on: date, calendar: WorkCalendar) -> list[Line]:
    """What waits at the officer's own desks, of the cases this officer may see."""
    scope = scopes.scope_of(session, officer, on)
    mine = access.cases(scope).where(Case.owner_id.in_(scope.own))
    handlers = stands_in_for(session, officer, on) | {officer.id}
    holds = _holds(handlers, on, calendar)
    columns = [func.count(sql_case((holds[folder], 1))).label(folder) for folder in LABELS]
    found = session.execute(mine.with_only_columns(*columns)).one()
    return [Line(folder, LABELS[folder], getattr(found, folder)) for folder in LABELS]


# By folder of the inbox, in the order of the letter.
LABELS = {
    "new": "Mới, chưa ai nhận",
    "soon": "Đến hạn trong hai ngày làm việc",
    "overdue": "Quá hạn",
    "mine": "Đang chờ anh/chị",
}


def _holds(
    handlers: frozenset[int], on: date, calendar: WorkCalendar
) -> dict[str, ColumnElement[bool]]:
    """The folders of the inbox, told the day."""
    is_open = Case.status.in_(OPEN)
    return {
        "new": Case.status == "new",
        "soon": and_(is_open, Case.due_on.between(on, calendar.add_working_days(on, SOON))),
        "overdue": Case.late(on),
        "mine": and_(is_open, Case.handler_id.in_(handlers)),
    }
