"""What speaks against applying a reorganisation, said before anything is written."""

from collections.abc import Collection, Iterator, Mapping
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from feedback.models.successions import UnitSuccession
from feedback.models.units import Unit
from feedback.rules.reorganisations import (
    AlreadyApplied,
    Reorganisation,
    ReorganisationRefused,
    Succession,
    refuse_loop,
)

Register = Mapping[str, Unit]


def check(session: Session, plan: Reorganisation, units: Register, today: date) -> None:
    """Raises `ReorganisationRefused` with the first thing that is wrong."""
    if plan.on > today:
        raise ReorganisationRefused(
            f"{plan.on} is still to come: a reorganisation is applied on its day or later."
        )
    _check_new(session, plan, units)
    for one in plan.successions:
        _check_ending(plan, units, one)
    coming = {row["code"] for row in plan.units}
    for code in _taking_over(plan):
        _check_known(plan, units, code, coming)
    _check_managers(plan)
    _check_kept(plan, units)


def _check_new(session: Session, plan: Reorganisation, units: Register) -> None:
    """The same file again, also under another day; and whoever is founded is not there yet."""
    before = list(session.scalars(select(UnitSuccession)).unique())
    known = {(one.old.code, one.new.code, one.kind): one.succeeded_on for one in before}
    told = {(one.old, one.new, one.kind) for one in plan.successions if one.ends_old}
    if again := sorted(told & known.keys()):
        old, new, _kind = again[0]
        raise AlreadyApplied(f"{old} → {new} was applied already, on {known[again[0]]}.")
    taken = [row["code"] for row in plan.units if row["code"] in units]
    if taken:
        raise ReorganisationRefused(f"The new unit {taken[0]} is in the register already.")
    ending = [(one.old.code, one.new.code) for one in before if one.old_id != one.new_id]
    refuse_loop([*ending, *((old, new) for old, new, _kind in told)])


def _check_ending(plan: Reorganisation, units: Register, one: Succession) -> None:
    old = units.get(one.old)
    if old is None:
        raise ReorganisationRefused(f"There is no unit {one.old} in the register.")
    if old.began_on is not None and old.began_on >= plan.on:
        raise ReorganisationRefused(
            f"{one.old} cannot end before it existed: it began on {old.began_on}."
        )
    if old.ended_on is not None:
        raise ReorganisationRefused(f"{one.old} ended already, on {old.ended_on}.")
    if not one.ends_old and old.names[-1].name == one.name:
        raise AlreadyApplied(f"{one.old} has the name {one.name} already.")


def _taking_over(plan: Reorganisation) -> Iterator[str]:
    """Everybody who is to stand in a place or above somebody, and whoever gets officers."""
    yield from (one.new for one in plan.successions if one.ends_old)
    yield from (row["parent"] for row in plan.units if row.get("parent"))
    yield from plan.parents.values()
    yield from (code for codes in plan.officers.values() for code in codes)


def _check_known(plan: Reorganisation, units: Register, code: str, coming: Collection[str]) -> None:
    unit = units.get(code)
    if unit is None and code not in coming:
        raise ReorganisationRefused(f"There is no unit {code} in the register.")
    if unit is not None and (unit.ended_on is not None or code in plan.ended):
        raise ReorganisationRefused(f"{code} has ended and cannot take over anything.")
    if unit is not None and unit.began_on is not None and unit.began_on > plan.on:
        raise ReorganisationRefused(f"{code} begins only on {unit.began_on}, after {plan.on}.")


def _check_kept(plan: Reorganisation, units: Register) -> None:
    """Nobody may be left under a unit that ends."""
    told = set(plan.parents) | set(plan.ended)
    left = sorted(
        unit.code
        for unit in units.values()
        if unit.manager and unit.manager.code in plan.ended and unit.code not in told
    )
    if left:
        raise ReorganisationRefused(f"The file does not say who manages {', '.join(left)}.")


def _check_managers(plan: Reorganisation) -> None:
    """Nobody manages itself, not through others either."""
    above = {row["code"]: row["parent"] for row in plan.units if row.get("parent")}
    refuse_loop((above | dict(plan.parents)).items(), "managers")
