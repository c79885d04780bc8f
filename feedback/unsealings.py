"""Openings of sealed identities as the periodic reports count them, each step on its own day."""

from collections.abc import Collection
from datetime import date, datetime
from itertools import groupby

from sqlalchemy import select
from sqlalchemy.orm import Session

from analysis.rows import OpeningRow
from feedback.clock import office_day
from feedback.models.events import CaseEvent
from feedback.models.openings import Opening
from feedback.models.units import Unit

# What a step is called in the history and in the figures.
STEPS = {"ask_opening": "asked", "refuse_opening": "refused", "hand_out": "opened"}


def rows(
    session: Session, unit_ids: Collection[int], since: date, until: date
) -> tuple[OpeningRow, ...]:
    """Every step taken at these units within these days, as the history of the matters tells."""
    found = session.execute(
        select(Unit.code, CaseEvent.move_code, CaseEvent.at)
        .join(Unit, Unit.id == CaseEvent.unit_id)
        .where(CaseEvent.move_code.in_(STEPS), CaseEvent.unit_id.in_(unit_ids))
        .order_by(CaseEvent.id)
    )
    return tuple(
        OpeningRow(unit_code=code, step_on=office_day(at), step=STEPS[move])
        for code, move, at in found
        if since <= office_day(at) <= until
    )


def told_by_requests(session: Session, unit: Unit) -> list[tuple[datetime, date, str]]:
    """The same from the requests themselves, for a recount: when, on which day, what step.

    Where a request was made the history alone knows: the n-th of a matter was asked for by the
    n-th such event.
    """
    asked = (
        select(CaseEvent.case_id, CaseEvent.unit_id)
        .where(CaseEvent.move_code == "ask_opening")
        .order_by(CaseEvent.case_id, CaseEvent.seq)
    )
    at = {case: [one.unit_id for one in some]
          for case, some in groupby(session.execute(asked), lambda one: one.case_id)}  # fmt: skip
    openings = session.scalars(select(Opening).order_by(Opening.case_id, Opening.id))
    return [
        (moment, office_day(moment), step)
        for case, some in groupby(openings, lambda one: one.case_id)
        for one, unit_id in zip(some, at.get(case, []), strict=False)
        if unit_id == unit.id
        for moment, step in _steps(one)
    ]


def _steps(one: Opening) -> list[tuple[datetime, str]]:
    refused = one.decided_at if not one.allowed else None
    every = ((one.asked_at, "asked"), (refused, "refused"), (one.handed_out_at, "opened"))
    return [(moment, step) for moment, step in every if moment is not None]
