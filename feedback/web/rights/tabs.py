"""The pages about personal data, as tabs: only those this officer may open."""

from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import func, select

from feedback import clock, db, rights
from feedback.models.breaches import Breach
from feedback.scopes import Scope
from feedback.web import here, words

PAGES = (
    ("rights.requests", _l("Các yêu cầu"), ("rights.",)),
    ("keeping.schedule", _l("Lưu trữ, hủy"), ("keeping.",)),
    ("breaches.register", _l("Sự cố"), ("breaches.",)),
    ("inventory.columns", _l("Kiểm kê dữ liệu"), ("inventory.",)),
)


def may(endpoint: str, scope: Scope) -> bool:
    """Requests are for every desk; keeping, incidents and the inventory for who oversees."""
    if endpoint == "rights.requests":
        return bool(scope.own)
    if endpoint == "keeping.schedule":
        return scope.oversees
    return scope.oversees or bool(scope.administers)


def tabs() -> list[dict[str, Any]]:
    scope, endpoint = here.scope(), request.endpoint or ""
    counts = {"rights.requests": rights.waiting(db.session(), scope)}
    counts["breaches.register"] = unreported(scope)
    return [
        {
            "href": url_for(page),
            "label": label,
            "current": endpoint.startswith(also),
            "count": counts.get(page),
            "tone": "danger" if page == "breaches.register" else "",
        }
        for page, label, also in PAGES
        if may(page, scope)
    ]


def unreported(scope: Scope) -> int:
    """Incidents whose 72 hours run, or have run out, without a report."""
    if not may("breaches.register", scope):
        return 0
    open_ = select(func.count()).where(
        Breach.reported_at.is_(None), Breach.unit_id.in_(reach(scope))
    )
    return db.session.scalar(open_) or 0


def reach(scope: Scope) -> frozenset[int]:
    """The units whose incidents this officer keeps the register of."""
    return scope.manages if scope.oversees or scope.administers else frozenset()


def waiting() -> int:
    """What the rail counts: requests to settle and incidents to report."""
    scope = here.scope()
    found = rights.waiting(db.session(), scope) if scope.own else 0
    return found + unreported(scope)


def overdue(scope: Scope) -> list[str]:
    """The alarm: incidents that should have been reported by now."""
    late = select(Breach).where(
        Breach.reported_at.is_(None),
        Breach.due_at < clock.now(),
        Breach.unit_id.in_(reach(scope)),
    )
    return [
        str(
            _(
                "Quá 72 giờ chưa báo cáo: sự cố phát hiện lúc %(at)s.",
                at=words.moment(one.detected_at),
            )
        )
        for one in db.session.scalars(late.order_by(Breach.due_at))
    ]
