"""Hộp việc: the tabs, the filters in words and as a form, and the pages of a list."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import request
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import Select

from analysis.counting.states import STATES
from analysis.periods import current_periods, read_code
from feedback import access, clock, db, lists, paging
from feedback.lists import Asked, Viewer
from feedback.models.cases import Case
from feedback.models.officers import stands_in_for
from feedback.models.points import QrPoint
from feedback.models.submissions import CHANNELS
from feedback.models.units import Unit
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import SUBJECTS
from feedback.web import here, spans
from feedback.web.desk import clocks, rows
from forms.filters import FilterForm

LABELS = {
    "q": _l("Tìm"),
    "unit": _l("Đơn vị"),
    "owner": _l("Nơi giải quyết"),
    "kind": _l("Loại"),
    "subject": _l("Lĩnh vực"),
    "point": _l("Điểm đặt mã"),
    "channel": _l("Đến bằng"),
    "period": _l("Kỳ"),
    "state": _l("Tình trạng"),
    "petition": _l("Đơn đã ký"),
    "reference": _l("Mã hồ sơ"),
    "as_of": _l("Tính đến ngày"),
}
EMPTY = {
    "alarm": _l("Không có báo khẩn nào đang chờ."),
    "open": _l("Không có việc nào đang chờ đơn vị. Khi có người gửi, việc sẽ hiện ở đây."),
    "new": _l("Mọi việc mới đều đã có người nhận."),
    "to_sign": _l("Không có dự thảo nào chờ anh/chị ký."),
    "unread": _l("Không có gì mới từ lần anh/chị xem trước."),
    "mine": _l("Chưa có việc nào giao cho anh/chị."),
    "soon": _l("Không có việc nào đến hạn trong hai ngày làm việc tới."),
    "overdue": _l("Không có việc nào quá hạn."),
    "waiting": _l("Không chờ phụ huynh nào viết thêm."),
    "closed": _l("Chưa có việc nào xong."),
    "elsewhere": _l("Không có việc nào đang ở nơi khác."),
    "all": _l("Không có việc nào khớp. Thử bỏ bớt một điều kiện lọc, hoặc tìm bằng ít chữ hơn."),
}


@dataclass(frozen=True, slots=True)
class Inbox:
    """What the page shows, in plain words."""

    tabs: list[dict[str, Any]]
    chips: list[dict[str, str]]
    complaints: list[str]
    rows: list[dict[str, Any]]
    pager: dict[str, str]
    empty: str
    together: str
    join: str
    # Where this filter is kept under a name; nowhere when there is none.
    keep: str
    kept: dict[str, str]


def viewer() -> Viewer:
    scope = here.scope()
    away = stands_in_for(db.session(), scope.officer, clock.today())
    return Viewer(scope.officer.id, scope.own, clock.today(), clocks.soon_on(), away, scope.signs)


def asked_for() -> Asked:
    """The filter of this address, as far as it makes sense to this officer."""
    scope = here.scope()
    units = [unit.code for unit in db.session.scalars(access.units(scope.reads))]
    points: list[str] = []
    if "point" in request.args:
        points = list(db.session.scalars(access.points(scope).with_only_columns(QrPoint.code)))
    return lists.read(request.args.to_dict(), units, points)


def kept(where: Mapping[str, str]) -> Select[tuple[Case]]:
    """The cases of a filter that this officer may see."""
    full = {**where, "folder": lists.folder_of(where)}
    return lists.narrow(access.cases(here.scope()), full, viewer())


def contents(found: Asked) -> Inbox:
    where, folder = found.where, lists.folder_of(found.where)
    statement, session = access.cases(here.scope()), db.session()
    counts = lists.counts(session, statement, where, viewer())
    page = paging.page(session, kept(where), lists.order_of(where), _step())
    return Inbox(
        tabs=_tabs(where, folder, counts),
        chips=[_chip(name, where) for name in LABELS if name in where],
        complaints=[_ignored(name) for name in found.ignored],
        rows=rows.rows(page.cases, where | {"folder": folder}),
        pager=_pager(page, where, counts[folder]),
        empty=str(EMPTY["all" if where.keys() - {"folder"} else folder]),
        together=rows.together_href(where),
        join=rows.join_href(where),
        keep=rows.keep_href(where) if where else "",
        kept={name: where[name] for name in HIDDEN if name in where},
    )


def _step() -> paging.Step:
    before = paging.read_cursor(request.args.get("before", ""))
    if before:
        return paging.Step(before, backwards=True)
    return paging.Step(paging.read_cursor(request.args.get("after", "")))


def _tabs(
    where: Mapping[str, str], current: str, counts: Mapping[str, int]
) -> list[dict[str, Any]]:
    return [
        {
            "href": rows.list_href(where, folder=folder.code),
            "label": _(folder.label),
            "count": counts[folder.code],
            "current": folder.code == current,
            "tone": folder.tone,
        }
        for folder in lists.FOLDERS.values()
        if counts[folder.code] or folder.code == current or not folder.when_any
    ]


def _pager(page: paging.Page, where: Mapping[str, str], total: int) -> dict[str, str]:
    def link(**cursor: str) -> str:
        return rows.list_href(where, **cursor)

    return {
        "previous_href": link(before=page.before) if page.before else "",
        "next_href": link(after=page.after) if page.after else "",
        "text": _("%(n)s trong %(total)s việc", n=len(page.cases), total=total),
    }


# --- filters ----------------------------------------------------------------------------------


def _chip(name: str, where: Mapping[str, str]) -> dict[str, str]:
    rest = {key: value for key, value in where.items() if key != name}
    label = _("%(name)s: %(value)s", name=LABELS[name], value=_value(name, where[name]))
    return {"label": label, "href": rows.list_href(rest)}


def _value(name: str, code: str) -> str:
    """A filter's value in words."""
    if name in CATALOGUES:
        return str(_(CATALOGUES[name].get(code, code))) if code != "-" else _("không ghi")
    if name == "period":
        return spans.name(read_code(code))
    if name == "point":
        found = access.points(here.scope()).where(QrPoint.code == code)
        return db.session.scalars(found.with_only_columns(QrPoint.place)).first() or code
    if name in ("unit", "owner"):
        return _unit_name(code)
    return str({"yes": _("Có"), "no": _("Không")}.get(code, code))


CATALOGUES: dict[str, Mapping[str, str]] = {
    "kind": {kind.code: kind.label for kind in PETITION_KINDS.values()},
    "subject": {subject.code: subject.label for subject in SUBJECTS.values()},
    "channel": CHANNELS,
    "state": {code: state.label for code, state in STATES.items()},
}


def _unit_name(code: str) -> str:
    unit = db.session.scalar(access.units(here.scope().reads).where(Unit.code == code))
    return unit.short_name if unit else code


def _ignored(name: str) -> str:
    label = LABELS.get(name, name)
    return str(_("Điều kiện lọc “%(name)s” không có giá trị này nên đã được bỏ qua.", name=label))


# What the filter form carries along unseen; the rest are its fields.
HIDDEN = ("folder", "state", "petition", "owner", "reference", "as_of")


def filter_form(where: Mapping[str, str]) -> FilterForm:
    """The filters as a form; what an officer has only one of is not asked."""
    scope = here.scope()
    form = FilterForm(formdata=None, data=dict(where))
    form.offer("kind", [(code, _(label)) for code, label in CATALOGUES["kind"].items()])
    form.offer("subject", [(code, _(label)) for code, label in CATALOGUES["subject"].items()])
    form.offer("channel", [(code, _(label)) for code, label in CHANNELS.items()])
    form.offer("period", _periods(where.get("period", "")))
    units = list(db.session.scalars(access.units(scope.reads)))
    form.offer("unit", [(unit.code, unit.short_name) for unit in units])
    form.offer("point", _points(where, units))
    return form


def _periods(asked_code: str) -> list[tuple[str, str]]:
    offered = {period.code: spans.name(period) for period in current_periods(clock.today())}
    if asked_code and asked_code not in offered:
        offered[asked_code] = spans.name(read_code(asked_code))
    return list(offered.items())


def _points(where: Mapping[str, str], units: list[Unit]) -> list[tuple[str, str]]:
    """The points of the one unit looked at; of sixty schools nobody picks from a list."""
    one = where.get("unit") or (units[0].code if len(units) == 1 else "")
    found = db.session.scalars(access.points(here.scope()).where(QrPoint.unit.has(code=one)))
    return [(point.code, point.place) for point in found]
