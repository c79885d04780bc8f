"""What the head of a unit above reads of a report: whether its figures agree with the history."""

from feedback import db, recounting
from feedback.models.reports import UnitReport
from feedback.web import here

AGREES, WRONG, UNSAID = "agrees", "wrong", "unsaid"


def of(report: UnitReport) -> str:
    """Nothing for anybody else, and nothing while the figures still run."""
    above = report.unit.manager
    if report.frozen_at is None or above is None or above.id not in here.scope().signs:
        return ""
    told = recounting.recount(db.session(), report, here.calendar())
    if told.faults:
        return WRONG
    return UNSAID if told.unsaid else AGREES
