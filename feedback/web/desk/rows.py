"""Cases as rows of a list: by when, what, since when, and no word that is kept closed."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request, url_for
from flask_babel import gettext as _
from sqlalchemy import and_, func, select

from feedback import clock, db
from feedback.lists import KEYS
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.rules.lifecycle import PARENT
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.rules.subjects import SUBJECTS
from feedback.rules.terms import CALENDAR_DAYS
from feedback.web import here, words
from feedback.web.desk import clocks, looks

FIRST_WORDS = 160
# A list is read over the shoulder, printed, left open: these words wait until the case is opened.
CLOSED_KINDS, CLOSED_SUBJECTS = frozenset({"TC"}), frozenset({"XAM_HAI"})


def list_href(where: Mapping[str, str], **more: str) -> str:
    arguments: dict[str, Any] = {**where, **more}
    return url_for("desk.inbox", **arguments)


def case_href(reference: str, where: Mapping[str, str]) -> str:
    """The page of a case that knows the list it was opened from."""
    arguments: dict[str, Any] = dict(where)
    return url_for("desk.case", reference=reference, **arguments)


def together_href(where: Mapping[str, str]) -> str:
    """Where the ticked rows of a list go to be moved at once."""
    arguments: dict[str, Any] = dict(where)
    return url_for("bulk.together_page", **arguments)


def join_href(where: Mapping[str, str]) -> str:
    """Where the ticked rows of a list go to get one answer."""
    arguments: dict[str, Any] = dict(where)
    return url_for("joining.join", **arguments)


def split_href(reference: str, where: Mapping[str, str]) -> str:
    """Where a case is split, still knowing the list it was opened from."""
    arguments: dict[str, Any] = dict(where)
    return url_for("splitting.split", reference=reference, **arguments)


def keep_href(where: Mapping[str, str]) -> str:
    """Where a filter goes to be kept under a name."""
    arguments: dict[str, Any] = dict(where)
    return url_for("views.keep", **arguments)


def list_arguments() -> dict[str, str]:
    """The list this page was opened from, to carry along."""
    return {name: value for name, value in request.args.items() if name in KEYS}


def rows(cases: Sequence[Case], where: Mapping[str, str]) -> list[dict[str, Any]]:
    """One row per case; its link keeps the filter, for the next and the previous one."""
    ids = [case.id for case in cases]
    unread = looks.unread(ids, _parent_spoke_last(ids))
    return [row(case, where) | {"unread": case.id in unread} for case in cases]


def row(case: Case, where: Mapping[str, str]) -> dict[str, Any]:
    return {
        "href": case_href(case.reference, where),
        "reference": case.reference,
        "kind": _(PETITION_KINDS[case.kind_code].label),
        "grave": case.kind_code in SIGNED_KINDS,
        "subject": subject(case.subject_code),
        "words": first_words(case),
        "due": due(case),
        "age": age(case),
        "handler": _who(case),
    }


def _who(case: Case) -> str:
    """Who has it in hand: a person of the officer's own desk, or the desk it lies on."""
    if case.owner_id not in here.scope().own:
        return case.owner.short_name
    return case.handler.name if case.handler else ""


def first_words(case: Case) -> str:
    if case.kind_code in CLOSED_KINDS or case.subject_code in CLOSED_SUBJECTS:
        return str(_("Nội dung kín, mở vụ việc để đọc"))
    text = " ".join(case.submission.text.split())
    return text if len(text) <= FIRST_WORDS else f"{text[:FIRST_WORDS].rstrip()}…"


def subject(code: str) -> str:
    return str(_(SUBJECTS[code].label)) if code in SUBJECTS else ""


def due(case: Case) -> dict[str, str]:
    """How the promise stands: what is owed next, or whether the answer kept it."""
    if case.is_open or case.alarmed:
        state, text = clocks.state(case.due_on), clocks.distance(case.due_on)
    elif case.answered_on and case.promised_on:
        state = clocks.state(case.promised_on, case.answered_on)
        text = clocks.distance(case.promised_on, case.answered_on)
    else:
        state, text = "none", ""
    return {"state": state, "text": text}


def age(case: Case) -> str:
    days = (clock.today() - case.received_on).days
    if days <= 0:
        return str(_("hôm nay"))
    return str(_("hôm qua") if days == 1 else words.COUNTED[CALENDAR_DAYS](days))


def _parent_spoke_last(ids: Sequence[int]) -> set[int]:
    """The cases whose newest event is the sender's: somebody should read it."""
    newest = (
        select(CaseEvent.case_id, func.max(CaseEvent.seq).label("seq"))
        .where(CaseEvent.case_id.in_(ids))
        .group_by(CaseEvent.case_id)
        .subquery()
    )
    same = and_(CaseEvent.case_id == newest.c.case_id, CaseEvent.seq == newest.c.seq)
    last = select(CaseEvent.case_id).join(newest, same).where(CaseEvent.actor == PARENT)
    return set(db.session.scalars(last))
