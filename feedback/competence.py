"""Who is competent, on the tree of the day asked: whoever manages a unit then, or its successor."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy.orm import Session

from feedback.models.successions import successors
from feedback.models.units import Unit, above, signing_unit
from feedback.rules.routing import Matter, route


def competent_authority(unit: Unit, matter: Matter, day: date) -> Unit:
    """Who decides and signs (domain/1 §1.2): the school's head, or the state body managing it.

    The office in between receives, advises and prepares; it does not sign.
    """
    if route(matter).owner == "school" and unit.is_school:
        return unit
    return signing_unit(unit.manager_on(day) or unit, day)


def heir(heirs: Iterable[Unit], about: Unit, day: date) -> Unit:
    """Which successor takes a matter: the one that manages what it is about, else the first."""
    found = list(heirs)
    managing = {one.id for one in above(about, day)} | {about.id}
    return next((one for one in found if one.id in managing), found[0])


def in_force(session: Session, unit: Unit, about: Unit) -> Unit:
    """The unit itself, or whoever stands in its place by now for a matter about `about`."""
    seen: set[int] = set()
    while unit.ended_on is not None and unit.id not in seen:
        seen.add(unit.id)
        found = list(session.scalars(successors(unit)).unique())
        if not found:
            return unit
        unit = heir((one.new for one in found), about, found[0].succeeded_on)
    return unit
