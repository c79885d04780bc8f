"""What the address of a list asks for: of which unit, over which period."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from flask import abort, request
from flask_babel import gettext as _

from analysis.periods import Period, UnknownPeriod, current_periods, period
from feedback import access, clock, db
from feedback.models.units import Unit
from feedback.web import here, spans


def units_of(ids: Iterable[int]) -> dict[str, Unit]:
    """These units by code, the officer's own first; without any, the door does not exist."""
    own = here.scope().own
    found = sorted(db.session.scalars(access.units(ids)), key=lambda unit: unit.id not in own)
    return {unit.code: unit for unit in found} or abort(404)


def asked_unit(units: Collection[Unit]) -> Unit | None:
    """The unit the address names, if it is one of these; the only one when there is one."""
    if len(units) == 1:
        return next(iter(units))
    code = request.args.get("unit", "")
    return next((unit for unit in units if unit.code == code), None)


@dataclass(frozen=True, slots=True)
class Asked:
    """The period of a list, those one may choose from, and what is wrong with the one asked for."""

    period: Period | None
    offered: tuple[Period, ...]
    complaint: str = ""

    @property
    def name(self) -> str:
        """What the period is called; nothing when there is none."""
        return spans.name(self.period) if self.period else ""

    @property
    def options(self) -> list[dict[str, Any]]:
        """For a select: the value, its label, whether it is the chosen one."""
        chosen = self.period.code if self.period else ""
        return [
            {"value": one.code, "label": spans.name(one), "chosen": one.code == chosen}
            for one in self.offered
        ]


def asked_period(usual: Period | None) -> Asked:
    """The period the address names, else the usual one (none: from the beginning)."""
    code = request.args.get("period", "")
    offered = current_periods(clock.today())
    try:
        chosen, complaint = (period(code) if code else usual), ""
    except UnknownPeriod as error:
        chosen, complaint = usual, str(_(error.text, code=error.code))
    if chosen and chosen not in offered:
        offered = (chosen, *offered)
    return Asked(chosen, offered, complaint)
