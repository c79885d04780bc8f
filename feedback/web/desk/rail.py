"""The left rail: where an officer may go, by what the roles of the day allow."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import g, request, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import func

from feedback import access, db
from feedback.models.cases import Case
from feedback.rules.lifecycle import OPEN
from feedback.scopes import Scope
from feedback.web import here
from feedback.web.rights import tabs


@dataclass(frozen=True, slots=True)
class Place:
    """One line of the rail; `also` are the beginnings of other endpoints that belong under it."""

    endpoint: str
    label: Any
    icon: str
    for_whom: Callable[[Scope], bool]
    also: tuple[str, ...] = ()


def _handles(scope: Scope) -> bool:
    return bool(scope.own)


PLACES = (
    Place("desk.today", _l("Hôm nay"), "today", _handles, ("digest.", "delegations.")),
    Place(
        "desk.inbox",
        _l("Hộp việc"),
        "inbox",
        _handles,
        ("desk.case", "desk.move", "answering.", "replies.insert", "bulk.", "views.", "spam."),
    ),
    Place("desk.type_in", _l("Nhập hộ"), "plus", _handles, ("desk.receipt",)),
    Place("replies.templates", _l("Mẫu trả lời"), "reply", _handles, ("replies.template",)),
    Place("meetings.receptions", _l("Tiếp công dân"), "people", _handles, ("meetings.",)),
    Place("surveys.results", _l("Khảo sát"), "survey", _handles),
    Place("points.points", _l("Mã QR"), "qr", lambda scope: bool(scope.manages), ("points.",)),
    Place("reports.rounds", _l("Báo cáo"), "report", _handles, ("reports.",)),
    Place(
        "rights.requests",
        _l("Dữ liệu cá nhân"),
        "lock",
        _handles,
        ("rights.", "keeping.", "breaches.", "inventory."),
    ),
    Place(
        "breaches.register",
        _l("Dữ liệu cá nhân"),
        "lock",
        lambda scope: bool(scope.administers) and not scope.own,
        ("breaches.", "inventory."),
    ),
    Place("office.schools", _l("Các trường"), "school", lambda scope: scope.oversees),
    Place(
        "office.holidays",
        _l("Ngày nghỉ"),
        "calendar",
        lambda scope: scope.oversees or bool(scope.administers),
    ),
    Place("audit.book", _l("Sổ cái"), "lock", lambda scope: bool(scope.audits)),
)


def lay() -> None:
    """Before a staff page: its rail. Files are fetched without one."""
    if g.get("officer") is not None and request.endpoint != "desk.attachment":
        g.rail = rail()


def rail() -> list[dict[str, Any]]:
    scope = here.scope()
    return [_item(place, scope) for place in PLACES if place.for_whom(scope)]


def _item(place: Place, scope: Scope) -> dict[str, Any]:
    return {
        "href": url_for(place.endpoint),
        "label": str(place.label),
        "icon": place.icon,
        "current": _is_current(place),
        "count": _count(place.endpoint, scope),
    }


def _count(endpoint: str, scope: Scope) -> int:
    if endpoint == "desk.inbox":
        return _open(scope)
    return tabs.waiting() if endpoint in {"rights.requests", "breaches.register"} else 0


def _is_current(place: Place) -> bool:
    endpoint = request.endpoint or ""
    return endpoint == place.endpoint or endpoint.startswith(place.also or ("\0",))


def _open(scope: Scope) -> int:
    """What waits on the officer's own desks: one reading per page."""
    mine = access.cases(scope).where(Case.owner_id.in_(scope.own), Case.status.in_(OPEN))
    return db.session.scalar(mine.with_only_columns(func.count())) or 0
