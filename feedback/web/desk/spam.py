"""Nghi là tin rác: what waits to be looked at, why, and the way back, for one and for several."""

from collections.abc import Sequence
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from flask_babel import ngettext
from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import aliased
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, db, permissions
from feedback.models.cases import Case, case_submission
from feedback.models.sifting import FloodMark
from feedback.rules.flood import FLOOD_SIGNS
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here
from feedback.web.desk import rows, steps
from forms.spam import LetInSeveralForm

blueprint = Blueprint("spam", __name__)

BAD, CONFLICT = 422, 409
MOST = 100


@blueprint.app_template_global("spam_waiting")
def waiting() -> int:
    """How many wait, as far as this officer may know: on the tab of the inbox."""
    count = access.held(here.scope()).with_only_columns(func.count(Case.id))
    return db.session.scalar(count) or 0


@blueprint.app_template_global("flood_signs")
def signs_of(reference: str) -> list[dict[str, str]]:
    """What looked like spam about a matter, on its own page."""
    case = access.find_case(db.session(), here.scope(), reference)
    return _signs([case]).get(case.id, []) if case else []


@blueprint.get("/hop-viec/nghi-la-tin-rac")
def folder() -> Response:
    _must_read()
    return _page(LetInSeveralForm())


@blueprint.post("/hop-viec/nghi-la-tin-rac")
def let_in() -> Response:
    _must_read()
    form = LetInSeveralForm()
    chosen = _chosen(form.pick.data or [])
    if not (form.validate_on_submit() and chosen):
        if not chosen:
            form.pick.errors = [str(_("Mời chọn ít nhất một phiếu."))]
        return _page(form, BAD)
    try:
        for case in chosen:
            case.let_in(here.act(form.note.data))
        db.session.commit()
    except (MoveRefused, IntegrityError, StaleDataError):
        db.session.rollback()
        flash(_("Có người vừa xử lý một phiếu đã chọn. Chưa có gì được ghi: mời xem lại."), "warn")
        return _page(form, CONFLICT)
    told = ngettext("Đã đưa %(num)s phiếu vào hộp việc.", "Đã đưa %(num)s phiếu vào hộp việc.",
                    len(chosen))  # fmt: skip
    flash(told, "ok")
    return redirect(url_for("spam.folder"), 303)


def _must_read() -> None:
    """For who reads no matters there is no such folder."""
    if not here.scope().reads:
        abort(404)


def _chosen(references: Sequence[str]) -> list[Case]:
    """Those ticked that wait there and that this officer may bring back; the rest is not there."""
    named = access.held(here.scope()).where(Case.reference.in_(set(references[:MOST])))
    found = db.session.scalars(named.order_by(Case.id))
    return [case for case in found if permissions.may(here.scope(), case, "let_in")]


def _page(form: LetInSeveralForm, status: int = 200) -> Response:
    kept = access.held(here.scope()).order_by(Case.held_at.desc(), Case.id.desc())
    cases = list(db.session.scalars(kept.limit(MOST)))
    steps.with_clocks(cases)
    signs = _signs(cases)
    found = [rows.row(case, {}) | {"signs": signs.get(case.id, [])} for case in cases]
    html = render_template("spam/folder.html", rows=found, form=form, total=waiting(), most=MOST)
    return make_response(html, status)


def _signs(cases: Sequence[Case]) -> dict[int, list[dict[str, str]]]:
    """What was seen about each, in words; the one it repeats only for who may know of that."""
    like = aliased(case_submission)
    found = db.session.execute(
        select(case_submission.c.case_id, FloodMark.code, like.c.case_id)
        .join(FloodMark, FloodMark.submission_id == case_submission.c.submission_id)
        .outerjoin(like, like.c.submission_id == FloodMark.like_id)
        .where(case_submission.c.case_id.in_([case.id for case in cases]))
        .order_by(FloodMark.id)
    ).all()
    known = _references({other for _case, _code, other in found if other is not None})
    said: dict[int, list[dict[str, str]]] = {}
    for case_id, code, other in found:
        # That another one says the same is itself news of it.
        if code == "same_text" and other not in known:
            continue
        sign = {"label": str(_(FLOOD_SIGNS[code].label)), **_link(known.get(other, ""))}
        said.setdefault(case_id, []).append(sign)
    return said


def _link(reference: str) -> dict[str, Any]:
    return {"like": reference, "href": rows.case_href(reference, {})} if reference else {}


def _references(ids: set[int]) -> dict[int | None, str]:
    named = select(Case.id, Case.reference).where(Case.id.in_(ids), access.sees(here.scope()))
    return dict(db.session.execute(named).tuples().all()) if ids else {}
