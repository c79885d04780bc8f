"""What the ledger's page shows: acts in words, never a word of any matter, never a sender."""

import json
from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select, select

from feedback import access, anchors, chain, db
from feedback.clock import OFFICE_ZONE
from feedback.models.ledger import LedgerEntry
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.inventory_tables import TABLES
from feedback.rules.lifecycle import MOVES
from feedback.rules.roles import ROLES
from feedback.scopes import Scope
from feedback.web import words
from forms.audit import LedgerFilterForm

PAGE = 50
# What an act is about, by the first word of its name.
THINGS: dict[str, Any] = {
    "case": _l("Hồ sơ"),
    "report": _l("Báo cáo"),
    "sign_in": _l("Phiên đăng nhập"),
    "password_reset": _l("Đặt lại mật khẩu"),
    "officer": _l("Tài khoản cán bộ"),
    "role": _l("Vai trò"),
    "delegation": _l("Ủy quyền"),
    "unit": _l("Đơn vị"),
    "point": _l("Điểm đặt mã QR"),
    "holiday": _l("Ngày nghỉ"),
    "survey": _l("Khảo sát"),
    "survey_response": _l("Phiếu khảo sát"),
    "reception": _l("Buổi tiếp công dân"),
    "visit": _l("Lượt tiếp công dân"),
    "issued_paper": _l("Văn bản"),
    "api_token": _l("Khóa lấy số liệu"),
    "reply_template": _l("Mẫu trả lời"),
    "saved_view": _l("Bộ lọc riêng"),
    "export": _l("Tải số liệu"),
    "ledger": _l("Sổ cái"),
}
HOWS: dict[str, Any] = {
    "add": _l("thêm mới"),
    "change": _l("sửa"),
    "remove": _l("xóa"),
    "write": _l("soạn"),
    "submit": _l("nộp"),
    "return": _l("trả lại"),
    "accept": _l("duyệt"),
}
# Where thing and how together make no good Vietnamese.
WHOLE: dict[str, Any] = {
    "sign_in.add": _l("Đăng nhập"),
    "sign_in.change": _l("Đăng xuất"),
    "sign_in.outside": _l("Đăng nhập bằng tài khoản của ngành"),
    "sign_in.outside_fail": _l("Đăng nhập bằng tài khoản của ngành không thành"),
    "sign_in.fail": _l("Đăng nhập sai mật khẩu"),
    "password_reset.add": _l("Xin đặt lại mật khẩu"),
    "password_reset.change": _l("Đặt mật khẩu mới"),
    "ledger.verify": _l("Kiểm tra sổ cái"),
    "ledger.columns": _l("Ghi lại cấu trúc dữ liệu"),
    "ledger.adopt": _l("Nhận dữ liệu có trước vào sổ"),
    "ledger.erase_salt": _l("Hủy liên kết theo yêu cầu xóa"),
    "case.contact": _l("Hồ sơ: xem liên hệ của người gửi"),
    "case.file": _l("Hồ sơ: mở văn bản, tệp của vụ việc được niêm phong"),
    "export.file": _l("Tải số liệu ra tệp"),
}
ACTORS: dict[str, Any] = {
    "staff": _l("Cán bộ"),
    "parent": _l("Phụ huynh"),
    "public": _l("Người dùng công khai"),
    "system": _l("Hệ thống"),
}


def kinds() -> list[tuple[str, str]]:
    return [(code, str(label)) for code, label in THINGS.items()]


def units(scope: Scope) -> list[tuple[str, str]]:
    found = db.session.scalars(access.units(scope.audits))
    return [(unit.code, unit.short_name) for unit in found]


def page(scope: Scope, form: LedgerFilterForm, number: int) -> dict[str, Any]:
    """The newest acts first. Pages are counted, not named by entry: the numbers of entries would
    tell a school how much is done that it may not see."""
    wanted = _narrowed(access.ledger(scope), form).offset((number - 1) * PAGE)
    found = db.session.scalars(wanted.limit(PAGE + 1)).all()
    names = _Names(found)
    return {
        "rows": [_row(entry, names) for entry in found[:PAGE]],
        "newer": _turned(number - 1) if number > 1 else "",
        "older": _turned(number + 1) if len(found) > PAGE else "",
        "narrowed": any(form.data.values()),
        "checked": _checked(),
        "anchor": _anchor(),
    }


def _narrowed(wanted: Select[Any], form: LedgerFilterForm) -> Select[Any]:
    if form.since.data:
        wanted = wanted.where(LedgerEntry.at >= _midnight(form.since.data))
    if form.until.data:
        wanted = wanted.where(LedgerEntry.at < _midnight(form.until.data + timedelta(days=1)))
    if form.unit.data:
        unit_id = select(Unit.id).where(Unit.code == form.unit.data).scalar_subquery()
        wanted = wanted.where(LedgerEntry.unit_id == unit_id)
    if form.action.data in THINGS:
        wanted = wanted.where(LedgerEntry.action.startswith(f"{form.action.data}."))
    return wanted.order_by(LedgerEntry.seq.desc())


def _midnight(day: Any) -> datetime:
    return datetime.combine(day, time(), OFFICE_ZONE)


def _turned(number: int) -> str:
    asked = {name: told for name, told in request.args.items() if not name.startswith("_")}
    kept: dict[str, Any] = {**asked, "page": number}
    return url_for("audit.book", **kept)


class _Names:
    """The officers and units of one page, each read once."""

    def __init__(self, entries: Sequence[LedgerEntry]) -> None:
        officers = {entry.officer_id for entry in entries if entry.officer_id}
        units = {entry.unit_id for entry in entries if entry.unit_id}
        self.officers = {o.id: o.name for o in _of(Officer, officers)}
        self.units = {u.id: u.short_name for u in _of(Unit, units)}


def _of(model: Any, ids: set[int]) -> Sequence[Any]:
    return db.session.scalars(select(model).where(model.id.in_(ids))).all() if ids else []


def _row(entry: LedgerEntry, names: _Names) -> dict[str, str]:
    return {
        "at": words.moment(entry.at),
        "who": names.officers.get(entry.officer_id or 0) or str(ACTORS[entry.actor]),
        "role": words.listed(str(_(ROLES[c].label)) for c in entry.role.split(",") if c in ROLES),
        "what": named(entry.action),
        "unit": names.units.get(entry.unit_id or 0, ""),
        "hash": entry.hash[:8],
    }


def named(action: str) -> str:
    """What an act is called: “Hồ sơ: Nhận xử lý”."""
    if action in WHOLE:
        return str(WHOLE[action])
    thing, _dot, how = action.partition(".")
    return str(_("%(thing)s: %(how)s", thing=_thing(thing), how=_how(thing, how)))


def _thing(thing: str) -> str:
    """By its own word, or as the inventory of data calls its table."""
    if thing not in THINGS and thing in TABLES:
        return str(_(TABLES[thing][0]))
    return str(THINGS.get(thing, thing))


def _how(thing: str, how: str) -> str:
    if thing == "case" and how in MOVES:
        return str(_(MOVES[how].label))
    acts = words.POINT_ACTS if thing == "point" else HOWS
    return str(acts.get(how, HOWS.get(how, how)))


def _checked() -> dict[str, Any] | None:
    """When it was last looked through, and whether that was well."""
    last = db.session.scalar(
        select(LedgerEntry)
        .where(LedgerEntry.action == "ledger.verify")
        .order_by(LedgerEntry.seq.desc())
        .limit(1)
    )
    if last is None:
        return None
    return {"at": words.moment(last.at), "well": json.loads(last.detail)["faults"] == 0}


def _anchor() -> dict[str, str] | None:
    point = anchors.newest(db.session(), reason=anchors.DAY)
    if point is None:
        return None
    return {"at": words.moment(point.at), "code": chain.code_of(point.root)}
