"""Hôm nay: the few things that want a person today, each with its next step, and nothing else."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import ColumnElement, and_, exists, func, or_, select
from sqlalchemy import case as sql_case

from feedback import access, clock, db, paging
from feedback.lists import Viewer
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.looks import changed_since
from feedback.models.reports import STATES, WRITABLE, ReportRound, UnitReport
from feedback.models.signings import waiting_at
from feedback.rules.lifecycle import OPEN, PARENT
from feedback.web import here, words
from feedback.web.desk import inbox, rows, steps
from feedback.web.office import holidays

SHOWN = 8  # of each sort
REPORT_AHEAD = 30  # days


@dataclass(frozen=True, slots=True)
class Sort:
    """A reason why a case stands on the page; a case stands under the first that holds."""

    code: str
    title: Any
    step: Any
    anchor: str
    folder: str = ""
    tone: str = ""
    # Whether its next step is a move, and whether there is still time for more than one.
    moves: bool = False
    pressing: bool = False


SORTS = (
    Sort(
        "alarm",
        _l("Báo khẩn: trẻ có thể gặp nguy hiểm"),
        _l("Xử lý ngay"),
        "urgent",
        "alarm",
        "danger",
    ),
    Sort("to_sign", _l("Chờ anh/chị ký"), _l("Xem và ký"), "draft", "to_sign", "warn"),
    Sort("appealed", _l("Có đơn lần hai, tố cáo tiếp chờ chữ ký"), _l("Mở hồ sơ"), "moves-title"),
    Sort("overdue", _l("Quá hạn"), _l("Xem"), "main", "overdue", "danger", True, True),
    Sort("soon", _l("Sắp đến hạn"), _l("Xem"), "main", "soon", "warn", True, True),
    Sort("spoke", _l("Phụ huynh vừa viết thêm"), _l("Đọc"), "thread"),
    Sort("changed", _l("Có điều mới từ lần xem trước"), _l("Xem"), "thread", "unread"),
    Sort("escalated", _l("Được đề nghị xem lại"), _l("Xem lại"), "thread", moves=True),
    Sort("new", _l("Mới"), _l("Đọc và nhận"), "main", "new", moves=True),
    Sort("waiting", _l("Chờ phụ huynh"), _l("Xem"), "thread", "waiting"),
)


@dataclass(frozen=True, slots=True)
class Today:
    """What the page shows, in plain words."""

    day: str
    sections: list[dict[str, Any]]
    reports: list[dict[str, Any]]
    open: int
    # Years whose Tết is not entered, for whoever can enter it.
    lacking: list[int]

    @property
    def is_calm(self) -> bool:
        return not (self.sections or self.reports)


def todays_work() -> Today:
    found = _found(inbox.viewer())
    cases = {case.id: case for case in paging.load(db.session(), [id_ for id_, _sort, _n in found])}
    by_sort: defaultdict[str, list[Case]] = defaultdict(list)
    numbers: dict[str, int] = {}
    for id_, sort, number in found:
        by_sort[sort].append(cases[id_])
        numbers[sort] = number
    return Today(
        day=words.day_alone(clock.today()),
        sections=[_section(s, by_sort[s.code], numbers[s.code]) for s in SORTS if by_sort[s.code]],
        reports=_reports(),
        open=sum(numbers.values()),
        lacking=holidays.lacking_years() if holidays.keeps(here.scope()) else [],
    )


def _section(sort: Sort, cases: list[Case], number: int) -> dict[str, Any]:
    where = {"folder": sort.folder or "open"}
    shown = rows.rows(cases, where)
    steps.with_clocks(cases)
    return {
        "code": sort.code,
        "title": str(sort.title),
        "tone": sort.tone,
        "number": number,
        "href": rows.list_href(where) if number > len(cases) else "",
        "rows": [
            row | {"next": _step(sort, case, row, where)}
            for row, case in zip(shown, cases, strict=True)
        ],
    }


def _step(sort: Sort, case: Case, row: Mapping[str, Any], where: dict[str, str]) -> dict[str, str]:
    """The move the law waits for, ready to be made; else the page, where it should be read."""
    if sort.code == "to_sign" and case.draft:
        return {"href": steps.href(case, case.draft.move_code, where), "label": str(sort.step)}
    if move := _next(sort, case):
        return steps.step(case, move, where)
    return {"href": f"{row['href']}#{sort.anchor}", "label": str(sort.step)}


def _next(sort: Sort, case: Case) -> str:
    if sort.code == "appealed":
        return steps.receiving(case)
    return steps.next_move(case, sort.pressing) if sort.moves else ""


def _found(viewer: Viewer) -> list[tuple[int, str, int]]:
    """The first cases of each sort, and how many there are of it: one reading for all of them."""
    sort = sql_case(*((holds, code) for code, holds in _conditions(viewer).items()), else_="")
    ranked = (
        access.cases(here.scope())
        .where(
            or_(
                Case.owner_id.in_(viewer.own),
                Case.alarmed.is_(True),
                Case.id.in_(waiting_at(viewer.signs)),
                _appealed(),
            )
        )
        .where(or_(Case.status.in_((*OPEN, "answered")), Case.alarmed.is_(True), _appealed()))
        .with_only_columns(Case.id, Case.due_on, sort.label("sort"))
        .subquery()
    )
    order = (func.coalesce(ranked.c.due_on, paging.FAR), ranked.c.id)
    numbered = select(
        ranked.c.id,
        ranked.c.sort,
        func.row_number().over(partition_by=ranked.c.sort, order_by=order).label("place"),
        func.count().over(partition_by=ranked.c.sort).label("number"),
    ).where(ranked.c.sort != "")
    top = numbered.subquery()
    found = db.session.execute(
        select(top.c.id, top.c.sort, top.c.number).where(top.c.place <= SHOWN).order_by(top.c.place)
    )
    return [(id_, code, number) for id_, code, number in found]


def _conditions(viewer: Viewer) -> dict[str, ColumnElement[bool]]:
    """Each sort as a condition, in the order of SORTS."""
    is_open = Case.status.in_(OPEN)
    spoke = and_(Case.status.in_(("reviewing", "working", "answered")), _parent_spoke_last())
    holds = {
        "alarm": Case.alarmed.is_(True),
        "to_sign": Case.id.in_(waiting_at(viewer.signs)),
        "appealed": _appealed(),
        "overdue": Case.late(viewer.today),
        "soon": and_(is_open, Case.due_on.between(viewer.today, viewer.soon_on)),
        "spoke": spoke,
        "changed": Case.id.in_(changed_since(viewer.officer_id)),
        "escalated": and_(Case.status.in_(("new", "lodged_again")), Case.escalated_on.is_not(None)),
        "new": Case.status == "new",
        "waiting": Case.status == "waiting",
    }
    return {sort.code: holds[sort.code] for sort in SORTS}


def _appealed() -> ColumnElement[bool]:
    """A second đơn was written, and the unit above has not taken the matter over."""
    return and_(Case.appealed_on.is_not(None), Case.escalated_on.is_(None))


def _parent_spoke_last() -> ColumnElement[bool]:
    newest = (
        select(func.max(CaseEvent.seq)).where(CaseEvent.case_id == Case.id).correlate(Case)
    ).scalar_subquery()
    return exists().where(
        CaseEvent.case_id == Case.id, CaseEvent.seq == newest, CaseEvent.actor == PARENT
    )


# --- reports ----------------------------------------------------------------------------------


def _reports() -> list[dict[str, Any]]:
    """What the officer's own units owe soon, or got back to mend."""
    scope, day = here.scope(), clock.today()
    owed = (
        select(UnitReport)
        .join(ReportRound)
        .where(UnitReport.unit_id.in_(scope.own), UnitReport.state.in_(WRITABLE))
        .order_by(ReportRound.due_on)
    )
    found = db.session.scalars(owed)
    return [
        _report(report)
        for report in found
        if report.state == "returned" or (report.round.due_on - day).days <= REPORT_AHEAD
    ]


def _report(report: UnitReport) -> dict[str, Any]:
    due_on, late = report.round.due_on, report.round.due_on < clock.today()
    return {
        "href": url_for("reports.report", report_id=report.id),
        "title": _("Báo cáo %(unit)s", unit=report.unit.short_name),
        "state": _(STATES[report.state]),
        "due": {
            "state": "overdue" if late else "soon",
            "text": words.beside(due_on, clock.today()),
        },
        "day": words.day(due_on),
    }
