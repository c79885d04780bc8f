"""/healthz: the database as promised, room on the disk, no file missing, no notice stuck."""

import shutil
from datetime import timedelta

from flask import Blueprint, jsonify
from flask.wrappers import Response
from sqlalchemy import ColumnElement, func, select
from sqlalchemy.exc import SQLAlchemyError

from feedback import clock, db, inventory, quarantine, scanning
from feedback.models.events import CaseEvent
from feedback.models.notices import Notice
from feedback.models.unit_keys import without_key
from feedback.outbox import NEVER
from feedback.web import here

blueprint = Blueprint("health", __name__)
MIB = 1024 * 1024
# Below this even text is no longer taken.
LEAST_FREE_MIB = 50
STUCK_AFTER = timedelta(hours=1)


@blueprint.get("/healthz")
def healthz() -> tuple[Response, int]:
    states = {"database": _database(), "disk": _disk(), "files": _files(), "notices": _notices()}
    states["office_keys"] = _office_keys()
    if here.settings().clamd:
        states["scanner"] = _scanner()
    well = all(state["ok"] for state in states.values())
    return jsonify({"ok": well, **states}), 200 if well else 503


def _database() -> dict[str, object]:
    try:
        answers = db.session.scalar(select(1)) == 1
        broken = db.broken_promises(db.session.get_bind().engine)
        return {"ok": answers and not broken, **({"broken": broken} if broken else {})}
    except SQLAlchemyError as error:
        db.roll_back()
        return {"ok": False, "error": type(error).__name__}


def _disk() -> dict[str, object]:
    free = shutil.disk_usage(here.settings().var).free // MIB
    return {"ok": free >= LEAST_FREE_MIB, "free_mib": free}


def _files() -> dict[str, object]:
    """What the hourly look of the runner found: a row without its file must be impossible."""
    found = inventory.noted(here.settings().var)
    return {"ok": not found["missing"], **found}


def _office_keys() -> dict[str, object]:
    """Offices without a key of their own: a warning, for nothing is lost or shown by it."""
    try:
        return {"ok": True, "missing": [unit.code for unit in db.session.scalars(without_key())]}
    except SQLAlchemyError as error:
        db.roll_back()
        return {"ok": False, "error": type(error).__name__}


def _scanner() -> dict[str, object]:
    """Files wait for it: an alarm once it has been away for long and somebody misses one."""
    down = scanning.noted(here.settings().var).down_since
    try:
        waiting, held = quarantine.counts(db.session())
    except SQLAlchemyError as error:
        db.roll_back()
        return {"ok": False, "error": type(error).__name__}
    late = down is not None and clock.now() - down > STUCK_AFTER and waiting > 0
    told = down.isoformat() if down else None
    return {"ok": not late, "waiting": waiting, "held": held, "down_since": told}


def _notices() -> dict[str, object]:
    """The backlog: events nobody was told of, and letters that should have gone an hour ago.

    A letter that was given up (its address is wrong) is counted, and no reason to wake anybody.
    """
    stuck = clock.now() - STUCK_AFTER
    unsent, unannounced = Notice.sent_at.is_(None), CaseEvent.announced_at.is_(None)
    try:
        waiting = _count(CaseEvent, unannounced)
        late = _count(Notice, unsent, Notice.made_at < stuck, Notice.try_after < NEVER)
        late += _count(CaseEvent, unannounced, CaseEvent.at < stuck)
        given_up = _count(Notice, unsent, Notice.try_after >= NEVER)
    except SQLAlchemyError as error:
        db.roll_back()
        return {"ok": False, "error": type(error).__name__}
    return {"ok": not late, "unannounced": waiting, "stuck": late, "given_up": given_up}


def _count(table: type[CaseEvent] | type[Notice], *conditions: ColumnElement[bool]) -> int:
    return db.session.scalar(select(func.count()).select_from(table).where(*conditions)) or 0
