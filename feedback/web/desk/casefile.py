"""Một vụ việc: everything the page of one case shows, in plain words, and only to whom it may."""

from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, request
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import access, db, lists, paging
from feedback.models.cases import Case
from feedback.rules.about import ABOUT
from feedback.rules.lifecycle import CASE_STATUSES
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.rules.subjects import PRIORITIES
from feedback.web import here, words
from feedback.web.desk import clocks, correspondence, history, inbox, kin, looks, offers, rows


@dataclass(frozen=True, slots=True)
class CaseFile:
    """One case as this officer may read it."""

    reference: str
    kind: str
    grave: bool
    subject: str
    status: str
    stage: int
    due: dict[str, str]
    is_open: bool
    alarmed: bool
    hidden: bool
    held: bool
    originals: list[dict[str, Any]]
    thread: list[dict[str, Any]]
    facts: list[tuple[str, str]]
    clocks: list[dict[str, Any]]
    hard_limit: dict[str, str] | None
    # Concrete information that nobody has inspected or handed on yet.
    owes_inspection: bool
    reasons: list[str]
    history: list[dict[str, Any]]
    # Who else has it open.
    others: list[str]


@dataclass(frozen=True, slots=True)
class Place:
    """Where the case stands in the list it was opened from."""

    back_href: str
    text: str
    previous_href: str
    next_href: str


def page(case: Case, posted: offers.Posted | None = None, status: int = 200) -> Response:
    """The page of a case; a posted form comes back as it was filled in, with what is wrong."""
    found = offers.offered(case, posted)
    lost = posted[1].says() if posted and posted[0] not in found else ""
    html = render_template(
        "desk/case.html",
        file=case_file(case),
        offers=found,
        place=place(case),
        lost=lost,
        kin=kin.of(case),
        step=request.args.get("step", ""),
    )
    return make_response(html, status)


def case_file(case: Case) -> CaseFile:
    seen = looks.before(case)
    return CaseFile(
        reference=case.reference,
        kind=_(PETITION_KINDS[case.kind_code].label),
        grave=case.kind_code in SIGNED_KINDS,
        subject=rows.subject(case.subject_code),
        status=_(CASE_STATUSES[case.status].label),
        stage=case.stage - 1,
        due=rows.due(case),
        is_open=case.is_open,
        alarmed=case.alarmed,
        hidden=case.hidden_from_school,
        held=case.is_held,
        originals=[correspondence.original(submission, case) for submission in case.submissions],
        thread=[
            correspondence.bubble(message, case)
            | {"new": seen.is_new(message.at, message.officer_id)}
            for message in access.thread(here.scope(), case)
        ],
        facts=_facts(case),
        clocks=clocks.clocks(case),
        reasons=reasons(case),
        hard_limit=clocks.hard_limit(case),
        owes_inspection=case.owes_inspection,
        history=history.history(case),
        others=looks.others(case),
    )


def reasons(case: Case) -> list[str]:
    """Why it came here, and which unit managed the school on that day."""
    said = [str(_(reason)) for reason in case.events[0].detail.get("reasons", ())]
    past = case.events[0].unit_id != case.unit_id
    manager = case.unit.manager_on(case.received_on) if past else None
    if said and manager is not None:
        told = _(
            "Ngày nhận, cơ quan quản lý trực tiếp là %(unit)s.",
            unit=manager.name_on(case.received_on),
        )
        said.append(str(told))
    return said


def place(case: Case) -> Place | None:
    """Neighbours in the filter the case was opened from; none when it was opened by itself."""
    where = inbox.asked_for().where
    if not where:
        return None
    order = lists.order_of(where)
    found = paging.beside(db.session(), inbox.kept(where), order, case)

    def link(reference: str) -> str:
        return rows.case_href(reference, where) if reference else ""

    return Place(
        rows.list_href(where),
        _("%(n)s / %(total)s", n=max(found.number, 1), total=max(found.total, 1)),
        link(found.previous),
        link(found.next),
    )


def _facts(case: Case) -> list[tuple[str, str]]:
    about = ABOUT.get(case.about_code)
    return [
        (_("Loại"), _(PETITION_KINDS[case.kind_code].label)),
        (_("Đơn"), _("Đơn có ký tên") if case.is_petition else ""),
        (_("Lĩnh vực"), rows.subject(case.subject_code)),
        (_("Liên quan đến"), _(about.label) if about else ""),
        (_("Về đơn vị"), case.unit.name),
        (_("Nơi giải quyết"), case.owner.name),
        (_("Người phụ trách"), case.handler.name if case.handler else _("Chưa giao")),
        (_("Mức ưu tiên"), _(PRIORITIES[case.priority])),
        (_("Nhận lúc"), words.moment(case.received_at)),
        (_("Nơi chuyển đến"), case.forwarder or ""),
    ]
