"""Appointments people asked for: those waiting for a day, and those who have not come yet."""

from datetime import date, timedelta
from typing import Any

from flask import url_for
from sqlalchemy import Select, and_, or_, select

from feedback import access, clock, db
from feedback.models.cases import Case
from feedback.models.meetings import Visit
from feedback.models.units import Unit
from feedback.rules.lifecycle import OPEN
from feedback.scopes import Scope
from feedback.web import here, words
from feedback.web.counter import register

APPOINTMENT = "DK_TCD"
MOST_SHOWN = 50
# An answered appointment is expected at the desk for so long.
EXPECTED_FOR = timedelta(days=60)
SOON = 2  # working days

Shown = dict[str, Any]


def find(scope: Scope, reference: str) -> Case | None:
    """The appointment of this reference, at a desk of this officer's own."""
    case = access.find_case(db.session(), scope, reference.strip().upper())
    mine = case is not None and case.kind_code == APPOINTMENT and case.owner_id in scope.own
    return case if mine else None


def waiting(scope: Scope, unit: Unit) -> list[Shown]:
    """What this unit has to answer, the nearest due first; then who was answered and may come."""
    found = db.session.scalars(_waiting(scope, unit, clock.today()))
    return [_row(scope, case) for case in found]


def _waiting(scope: Scope, unit: Unit, today: date) -> Select[tuple[Case]]:
    came = select(Visit.case_id).where(Visit.case_id.is_not(None))
    expected = and_(
        Case.status == "answered",
        Case.received_on >= today - EXPECTED_FOR,
        Case.id.not_in(came),
    )
    return (
        access.cases(scope)
        .where(
            Case.kind_code == APPOINTMENT,
            Case.owner_id == unit.id,
            or_(Case.status.in_(OPEN), expected),
        )
        .order_by(Case.status == "answered", Case.due_on, Case.id)
        .limit(MOST_SHOWN)
    )


def _row(scope: Scope, case: Case) -> Shown:
    mine = case.owner_id in scope.own
    return {
        "reference": case.reference,
        "href": url_for("desk.case", reference=case.reference),
        "words": register.shortened(case.submission.text),
        "wish": case.submission.wish,
        "answered": not case.is_open,
        "due": _due(case),
        "record": url_for("meetings.record", case=case.reference) if mine else "",
    }


def _due(case: Case) -> Shown:
    if not case.is_open or case.due_on is None:
        return {"state": "none", "text": ""}
    today = clock.today()
    left = here.calendar().working_days_between(today, case.due_on)
    late = case.due_on < today
    state = "overdue" if late else "soon" if left <= SOON else "on_time"
    return {"state": state, "text": words.beside(case.due_on, today)}
