"""Addressees: who of the staff hears of what happened in a case, in the order of their duty."""

from collections.abc import Iterator, Set
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.notices import ALERT
from feedback.models.officers import Officer, Role, delegates_of
from feedback.models.units import Unit
from feedback.rules.roles import ROLES

DESK, HEADS = frozenset({"clerk", "office"}), frozenset({"principal", "office_head", "chair"})
ADMINS = frozenset({"admin"})
KEEPERS = frozenset({"auditor", "office_head"})
TO_THE_HANDLER = frozenset({"reply", "dispute", "assign", "recuse", "send_back", "demand_report"})


def told(session: Session, event: CaseEvent, case: Case, on: date) -> list[Officer]:
    """The first who hear of it, in the order of their duty; nobody who is shut out does."""
    circles = _tending if event.move_code == "quarantine" else _circles
    for officers in circles(session, event, case, on):
        if free := [one for one in officers if not case.bars(one)]:
            return free
    return []


def _circles(session: Session, event: CaseEvent, case: Case, on: date) -> Iterator[list[Officer]]:
    """Who of the staff: the handler, else the desk; at danger duty officers; signers of a draft."""
    if event.move_code == ALERT:
        yield from _on_duty(session, case, on)
        return
    if event.move_code == "submit":
        yield _with_roles(session, {case.signed_at(on).id}, HEADS, on)
        return
    # No school erases what was said about it.
    erases = event.detail.get("request") == "erase"
    if event.move_code == "appeal" or erases:
        yield _at_the_desks(session, [case.owner, case.owner.manager], on)
        return
    if event.move_code in TO_THE_HANDLER and _handles(case, on):
        yield _with_delegates(session, case, on)
    for role_codes in (DESK, HEADS):
        yield _with_roles(session, {case.owner_id}, role_codes, on)


def _tending(session: Session, _event: CaseEvent, case: Case, on: date) -> Iterator[list[Officer]]:
    """Who looks after the machines, at the Office or above it; else those who sign there."""
    offices = [one for one in (case.owner, case.owner.manager) if one and not one.is_school]
    for role_codes in (ADMINS, HEADS):
        for office in offices:
            yield _with_roles(session, {office.id}, role_codes, on)


def _on_duty(session: Session, case: Case, on: date) -> Iterator[list[Officer]]:
    """Those on duty at the owner and above it, and at the school unless it may not know."""
    units = {unit.id for unit in concerned(case)}
    yield _with_roles(session, units, {"duty"}, on)
    yield _with_roles(session, units, set(ROLES), on)


def concerned(case: Case) -> list[Unit]:
    """The units whose officers may be told of this case."""
    units = [case.owner, case.owner.manager, None if case.hidden_from_school else case.unit]
    return [unit for unit in units if unit is not None]


def keepers(session: Session, on: date) -> list[Officer]:
    """The auditors and heads of the units that manage others."""
    managing = set(session.scalars(select(Unit.id).where(Unit.kind != "school")))
    return _with_roles(session, managing, KEEPERS, on)


# --- the people of a desk -----------------------------------------------------------------------


def _at_the_desks(session: Session, units: list[Unit | None], on: date) -> list[Officer]:
    """The desk of each unit, or its heads where nobody else sits there."""
    return [
        officer
        for unit in units
        if unit is not None
        for officer in _with_roles(session, {unit.id}, DESK, on)
        or _with_roles(session, {unit.id}, HEADS, on)
    ]


def _with_delegates(session: Session, case: Case, on: date) -> list[Officer]:
    """The handler, and whoever stands in for them today."""
    if case.handler is None:
        return []
    others = delegates_of(session, case.handler, case.owner_id, on)
    return list({officer.id: officer for officer in (case.handler, *others)}.values())


def _handles(case: Case, on: date) -> bool:
    """Whether the handler is still at the desk that answers."""
    handler = case.handler
    return (
        handler is not None
        and handler.active
        and any(role.unit_id == case.owner_id for role in handler.roles_on(on))
    )


def _with_roles(
    session: Session, unit_ids: set[int], role_codes: Set[str], on: date
) -> list[Officer]:
    found = (
        select(Officer)
        .join(Role)
        .where(
            Officer.active,
            Role.unit_id.in_(unit_ids),
            Role.code.in_(role_codes),
            Role.valid_from <= on,
            or_(Role.valid_to.is_(None), Role.valid_to >= on),
        )
        .order_by(Officer.id)
    )
    return list(session.scalars(found).unique())
