"""Apply a reorganisation: the tree gets new dated rows, and all that is open finds its successor.

Everything happens in one transaction of the caller's; what is wrong is said before anything is
written. Old rows are closed on the day before, never deleted: any day can still be asked about.
"""

from dataclasses import dataclass, field
from datetime import date, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from feedback import competence, objections
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.meetings import Reception
from feedback.models.officers import ApiToken, Officer, Role
from feedback.models.points import QrPoint
from feedback.models.successions import CaseHandover, UnitSuccession
from feedback.models.units import MANAGING, Unit, UnitName, UnitParent
from feedback.rules.reorganisations import Reorganisation
from feedback.rules.roles import ROLES

A_DAY = timedelta(days=1)


@dataclass(slots=True)
class Work:
    """One reorganisation under way: the register by codes, and what was done, counted."""

    session: Session
    plan: Reorganisation
    act: Act
    units: dict[str, Unit]
    done: dict[str, int] = field(default_factory=dict)

    @property
    def on(self) -> date:
        return self.plan.on

    @property
    def until(self) -> date:
        """The last day of the old order."""
        return self.plan.on - A_DAY

    @property
    def ended(self) -> dict[int, Unit]:
        return {self.units[code].id: self.units[code] for code in self.plan.ended}

    def heirs(self, old: Unit) -> list[Unit]:
        """Who takes over from a unit, the main one first."""
        found = [one for one in self.plan.successions if one.ends_old and one.old == old.code]
        return [self.units[one.new] for one in sorted(found, key=lambda one: not one.main)]

    def heir(self, old: Unit, about: Unit) -> Unit:
        return competence.heir(self.heirs(old), about, self.on)

    def count(self, what: str, number: int = 1) -> None:
        self.done[what] = self.done.get(what, 0) + number


def reorganise(session: Session, plan: Reorganisation, act: Act) -> Work:
    """All of it, or a `ReorganisationRefused` and nothing. The caller commits."""
    units = {unit.code: unit for unit in session.scalars(select(Unit)).unique()}
    work = Work(session, plan, act, units)
    objections.check(session, plan, units, act.on)
    for step in (_found, _adopt, _succeed, _staff, _hand_over, _rehang):
        step(work)
        session.flush()
    session.expire_all()
    return work


# --- the tree -----------------------------------------------------------------------------------


def _found(work: Work) -> None:
    for row in work.plan.units:
        unit = Unit.new(row, None, demo=any(u.demo for u in work.units.values()))
        unit.names[0].valid_from = work.on
        work.session.add(unit)
        work.units[unit.code] = unit
        work.count("units founded")
    for row in work.plan.units:
        if row.get("parent"):
            _put_under(work, work.units[row["code"]], work.units[row["parent"]])


def _adopt(work: Work) -> None:
    for code, parent in work.plan.parents.items():
        if code in work.units:
            _close_parents(work, work.units[code])
            _put_under(work, work.units[code], work.units[parent])
            work.count("units given a new manager")


def _put_under(work: Work, unit: Unit, parent: Unit) -> None:
    unit.parents.append(UnitParent(parent=parent, relation=MANAGING, valid_from=work.on))


def _close_parents(work: Work, unit: Unit) -> None:
    for row in [one for one in unit.parents if one.relation == MANAGING and one.valid_to is None]:
        if row.valid_from is not None and row.valid_from >= work.on:
            work.session.delete(row)  # written down for days that never came to be
            unit.parents.remove(row)
        else:
            row.valid_to = work.until


def _succeed(work: Work) -> None:
    for one in work.plan.successions:
        old, new = work.units[one.old], work.units[one.new]
        work.session.add(
            UnitSuccession(old=old, new=new, succeeded_on=work.on, kind=one.kind, main=one.main)
        )
        old.names[-1].valid_to = work.until
        if one.ends_old:
            _close_parents(work, old)
            # The office's own promise goes on, and with it what explains the running dates.
            new.answer_days = new.answer_days or old.answer_days
        else:
            old.names.append(UnitName(name=one.name, short_name=one.short_name, valid_from=work.on))
            work.count("units renamed")
    work.count("units ended", len(work.plan.ended))


# --- people, matters, places --------------------------------------------------------------------


def _staff(work: Work) -> None:
    """Every role at a unit that ended goes on where the file says, else at every successor.

    Each sees what it saw before and not more: a matter is read at the unit that answers it.
    """
    held = select(Role).where(Role.unit_id.in_(work.ended)).order_by(Role.id)
    for role in list(work.session.scalars(held).unique()):
        if role.valid_to is None or role.valid_to >= work.on:
            _go_on(work, role)


def _go_on(work: Work, role: Role) -> None:
    asked = work.plan.officers.get(role.officer.email, ())
    heirs = work.heirs(work.units[role.unit.code])
    first, last = max(role.valid_from, work.on), role.valid_to
    going = [one for one in heirs if not asked or one.code in asked]
    if not going:
        work.count("roles that go on nowhere, as the file wishes")
    for unit in going:
        role.officer.roles.append(Role(unit=unit, code=role.code, valid_from=first, valid_to=last))
        work.count("roles begun")
    if role.valid_from >= work.on:
        role.officer.roles.remove(role)
        work.session.delete(role)
    else:
        role.valid_to = work.until
    work.count("roles ended")


def _hand_over(work: Work) -> None:
    """Open or ended, each matter goes to the successor that manages what it is about."""
    owned = (
        select(Case)
        .where(Case.owner_id.in_(work.ended))
        .options(selectinload(Case.events), selectinload(Case.deadlines))
        .order_by(Case.id)
    )
    for case in list(work.session.scalars(owned).unique()):
        old, new = case.owner, work.heir(case.owner, case.unit)
        case.succeed(work.act, new, _still_there(case.handler, new, work.act.on))
        work.session.add(
            CaseHandover(case_id=case.id, handed_on=work.on, old_id=old.id, new_id=new.id)
        )
        work.count("open matters handed over" if case.is_open else "ended matters handed over")


def _still_there(handler: Officer | None, unit: Unit, on: date) -> Officer | None:
    """The handler, if it works at the successor too."""
    roles = handler.roles_on(on) if handler else []
    return handler if any(r.unit is unit and ROLES[r.code].handles for r in roles) else None


def _rehang(work: Work) -> None:
    """Printed codes lead on; coming receptions are held by the main successor; tokens end."""
    for old in work.ended.values():
        main = work.heirs(old)[0]
        for point in work.session.scalars(select(QrPoint).where(QrPoint.unit_id == old.id)):
            point.unit, point.unit_id = main, main.id
            work.count("points led on")
        coming = select(Reception).where(
            Reception.unit_id == old.id, Reception.held_on > work.act.on
        )
        for reception in work.session.scalars(coming):
            reception.unit, reception.unit_id = main, main.id
            work.count("receptions led on")
        _end_tokens(work, old)


def _end_tokens(work: Work, old: Unit) -> None:
    for token in work.session.scalars(select(ApiToken).where(ApiToken.unit_id == old.id)):
        if token.revoked_at is None:
            token.revoked_at = work.act.at
            work.count("API tokens ended")


def told(work: Work) -> list[str]:
    """What was done, and what was assumed in doing it, for whoever applied it."""
    absent = sorted(set(work.plan.parents) - set(work.units))
    lines = [f"{number} {what}" for what, number in work.done.items()]
    lines += [
        f"to verify: {code} under {work.plan.parents[code]}: {why}"
        for code, why in work.plan.assumed.items()
        if code in work.units
    ]
    return lines + ([f"not in this register, left out: {', '.join(absent)}"] if absent else [])
