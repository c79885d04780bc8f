"""What stands behind a printed code: the point, its letterhead, and a way on when it is gone."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import Row, bindparam, select
from sqlalchemy.orm import Session, joinedload
from werkzeug.wrappers.response import Response

from feedback import clock, codes, db
from feedback.models.points import QrPoint
from feedback.models.units import Unit, UnitParent
from feedback.web import here
from feedback.web.language import chosen
from feedback.web.public import pages

NOT_FOUND, GONE = 404, 410

# Asked for every visit: putting a statement together costs more than running it.
POINTS = QrPoint.__table__.c
POINT_ROW = select(
    POINTS.id,
    POINTS.code,
    POINTS.unit_id,
    POINTS.place,
    POINTS.serial,
    POINTS.revoked_at,
    POINTS.paused_at,
    POINTS.paused_until,
).where(POINTS.code == bindparam("code"))
# With its unit, whoever manages that, and what both are called: one question instead of four.
WHOLE_POINT = (
    select(QrPoint)
    .where(QrPoint.id == bindparam("id"))
    .options(
        joinedload(QrPoint.unit).options(
            joinedload(Unit.names),
            joinedload(Unit.parents).joinedload(UnitParent.parent).joinedload(Unit.names),
        )
    )
)


@dataclass(frozen=True, slots=True)
class Letterhead:
    """Who a page speaks for, in plain words that outlive the database session."""

    name: str
    short_name: str
    manager_name: str
    address: str
    phone: str
    email: str
    is_school: bool

    @classmethod
    def of(cls, unit: Unit) -> "Letterhead":
        return cls(
            unit.name, unit.short_name, unit.manager_name, unit.address, unit.phone, unit.email,
            unit.is_school,
        )  # fmt: skip

    @property
    def who(self) -> str:
        """Whom a parent would name: the school, or the office by its name."""
        return _("Nhà trường") if self.is_school else self.short_name

    @property
    def manager(self) -> str:
        """The body above, or a word for it where none is entered."""
        return self.manager_name or _("Cơ quan quản lý")


@dataclass(frozen=True, slots=True)
class Site:
    """One point in plain words; without a letterhead while the database does not answer."""

    code: str
    place: str = ""
    unit: Letterhead | None = None
    unit_code: str = ""

    @classmethod
    def of(cls, point: QrPoint) -> "Site":
        return cls(point.code, point.place, Letterhead.of(point.unit), point.unit.code)


def glance(code: str) -> Row[Any] | None:
    """The point's row alone, as cheap as can be: what decides whether a kept page still holds."""
    tidy = codes.tidy_point_code(code)
    return db.session.connection().execute(POINT_ROW, {"code": tidy}).first() if tidy else None


def find(code: str) -> QrPoint | None:
    """The point as it is now, with its unit and whoever manages that as they were a minute ago."""
    row = glance(code)
    if row is None:
        return None
    known = pages.kept(("point", *row), clock.now(), lambda: _whole(row.id))
    return db.session.merge(known, load=False)


def _whole(point_id: int) -> QrPoint:
    """The point with all that hangs on it, belonging to no session."""
    bind = db.session.get_bind()
    with db.only_reading(), Session(bind, join_transaction_mode="create_savepoint") as apart:
        point = apart.scalars(WHOLE_POINT, {"id": point_id}).unique().one()
        apart.expunge_all()
    return point


def other_language(endpoint: str, **values: Any) -> str:
    """This page in the other language, without whatever else stood in the address."""
    return url_for(endpoint, **values, lang=None if chosen() == "en" else "en")


def new_key(at: datetime) -> str:
    """A fresh once-key for one form."""
    return codes.mint_once(here.keys().once, at)


def way_on(code: str) -> Response:
    """The page for a code that opens nothing (any more): what it was, and what to do instead."""
    point = find(code)
    html = _revoked(point) if point else _unknown()
    return make_response(html, GONE if point else NOT_FOUND)


def _unknown() -> str:
    title = _("Không tìm thấy mã này")
    text = _(
        "Địa chỉ có thể bị gõ thiếu hoặc gõ nhầm một ký tự, hoặc mã quét được không phải của hệ "
        "thống này."
    )
    steps = [
        _("Quét lại mã trên áp phích, giữ máy cách khoảng một gang tay."),
        _("Hoặc gõ 8 ký tự in dưới mã vào ô ở trang đầu."),
        _("Vẫn không được: hỏi văn phòng nhà trường, hoặc báo cho trường biết mã đã hỏng."),
    ]
    actions = [
        _link("public.home", _("Gõ mã ở trang đầu")),
        _link("tracking.look_up", _("Tra cứu mã")),
    ]
    return _lost(title, text, steps, actions)


def _revoked(point: QrPoint) -> str:
    unit = Letterhead.of(point.unit)
    title = _("Mã này không còn dùng")
    text = _(
        "Đây là mã cũ của %(unit)s, thuộc %(manager)s. Mã đã được thu hồi nên không gửi được ở "
        "đây.",
        unit=unit.name,
        manager=unit.manager,
    )
    steps = [
        _("Tìm áp phích mới ở cổng trường hoặc văn phòng rồi quét mã trên đó."),
        _("Nếu cần ngay, mời gọi hoặc đến thẳng văn phòng nhà trường."),
        _("Đã gửi trước đây? Mã tra cứu của anh/chị vẫn dùng được như cũ."),
    ]
    actions = [_link("tracking.look_up", _("Tra cứu mã")), _link("public.home", _("Trang đầu"))]
    return _lost(title, text, steps, actions, unit)


def _link(endpoint: str, label: str) -> dict[str, str]:
    return {"href": url_for(endpoint), "label": label}


def _lost(
    title: str, text: str, steps: list[str], actions: list[dict[str, str]], unit: Any = None
) -> str:
    return render_template(
        "errors/error.html",
        title=title,
        advice=text,
        steps=steps,
        actions=actions,
        unit=unit,
        public=True,
    )
