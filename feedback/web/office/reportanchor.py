"""The anchor of a report: where the ledger stood when the head handed it in."""

from typing import Any

from flask_babel import gettext as _
from markupsafe import Markup

from feedback import anchors, chain, clock, db, posters
from feedback.models.ledger import Checkpoint
from feedback.models.reports import UnitReport
from feedback.web import here
from feedback.web.office.reportfile import HANDED


def drop(report: UnitReport) -> None:
    """Sign where the ledger stands with the report handed in. The caller commits."""
    name = f"{UnitReport.__tablename__}/{report.id}"
    anchors.set_checkpoint(db.session(), here.keys(), clock.now(), anchors.REPORT, name)


def code_of(report: UnitReport) -> str:
    """The code at the foot of a report; none while it is not handed in."""
    point = _point(report)
    return chain.code_of(point.root) if point else ""


def foot(report: UnitReport) -> dict[str, Any] | None:
    """The same for the page, with its picture."""
    code = code_of(report)
    if not code:
        return None
    return {"code": code, "qr": Markup(posters.qr_svg(code, title=_("Mã neo sổ cái")))}  # noqa: S704 - drawn here


def _point(report: UnitReport) -> Checkpoint | None:
    if report.state not in HANDED:
        return None
    name = f"{UnitReport.__tablename__}/{report.id}"
    return anchors.newest(db.session(), reason=anchors.REPORT, object_=name)
