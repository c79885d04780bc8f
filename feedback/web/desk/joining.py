"""Gộp vụ việc: what would be joined and what would not, then (`step` do) doing it; and undoing."""

import hashlib
import json
from collections.abc import Sequence

from flask import Blueprint, abort, flash, make_response, redirect, render_template, request
from flask_babel import gettext as _
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, db, joining, permissions
from feedback.models.cases import Case
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here, words
from feedback.web.desk import rows, together
from feedback.web.desk.offers import stamp
from forms.joining import JoinForm, PartForm

blueprint = Blueprint("joining", __name__)

BAD, CONFLICT = 422, 409
FEWEST = 2


@blueprint.post("/hop-viec/gop")
def join() -> Response:
    picked = together.picked(request.form.getlist("pick"))
    if not here.scope().own:
        abort(404)
    if len(picked) < FEWEST:
        flash(_("Gộp cần ít nhất hai việc. Mời đánh dấu ở đầu dòng rồi bấm lại."), "warn")
        return redirect(rows.list_href(rows.list_arguments()))
    main = joining.main_of(db.session(), picked)
    pairs = [_judged(pair) for pair in joining.pairs(db.session(), main, picked)]
    form = JoinForm()
    step = request.form.get("step", "")
    if not step:
        return _page(main, pairs, form)
    if not form.validate_on_submit():
        return _page(main, pairs, form, BAD)
    return _go_on(main, pairs, form)


def _judged(pair: joining.Pair) -> joining.Pair:
    """Only whoever may move a matter joins it."""
    if pair.why_not or permissions.may(here.scope(), pair.case, "join"):
        return pair
    return joining.Pair(
        pair.case, str(_("Đang do %(unit)s giải quyết.", unit=pair.case.owner.name))
    )


def _go_on(main: Case, pairs: Sequence[joining.Pair], form: JoinForm) -> Response:
    able = [pair.case for pair in pairs if not pair.why_not]
    if not able or not permissions.may(here.scope(), main, "gather"):
        return _page(main, pairs, form, CONFLICT)
    if form.shown.data != _fingerprint(main, pairs):
        flash(_("Có điều vừa thay đổi. Chưa ghi gì: mời xem lại rồi bấm lần nữa."), "warn")
        return _page(main, pairs, form, CONFLICT)
    try:
        joining.join(db.session(), main, able, here.act(form.note.data))
        db.session.commit()
    except (MoveRefused, StaleDataError, IntegrityError):
        db.session.rollback()  # somebody was quicker with one of them: none is written
        abort(CONFLICT)
    flash(_("Đã gộp %(n)s việc vào %(main)s.", n=len(able), main=main.reference), "ok")
    return redirect(rows.case_href(main.reference, rows.list_arguments()))


@blueprint.post("/viec/<reference>/tach-lai/<joined>")
def part(reference: str, joined: str) -> Response:
    main = access.find_case(db.session(), here.scope(), reference)
    if main is None or not permissions.may(here.scope(), main, "release"):
        abort(404)
    found = {case.reference: case for case in joining.joined_to(db.session(), main)}
    if joined not in found or not PartForm().validate_on_submit():
        abort(404)
    try:
        joining.part(db.session(), found[joined], main, here.act())
        db.session.commit()
    except MoveRefused as refusal:
        db.session.rollback()
        flash(words.refused(refusal), "danger")
        return redirect(rows.case_href(reference, rows.list_arguments()))
    flash(_("Đã tách lại %(reference)s thành việc riêng.", reference=joined), "ok")
    return redirect(rows.case_href(reference, rows.list_arguments()))


def _fingerprint(main: Case, pairs: Sequence[joining.Pair]) -> str:
    """Changes with the heap, what keeps each of them back, and how each of them stands."""
    seen = [[pair.case.reference, stamp(pair.case), pair.why_not] for pair in pairs]
    told = json.dumps([main.reference, stamp(main), seen])
    return hashlib.sha256(told.encode()).hexdigest()[:32]


def _page(main: Case, pairs: Sequence[joining.Pair], form: JoinForm, status: int = 200) -> Response:
    form.shown.data = _fingerprint(main, pairs)
    where = rows.list_arguments()
    html = render_template(
        "joining/join.html",
        form=form,
        main=rows.row(main, where),
        rows=[_row(pair, where) for pair in pairs],
        picks=[main.reference, *(pair.case.reference for pair in pairs)],
        may=permissions.may(here.scope(), main, "gather"),
        action=rows.join_href(where),
        back=rows.list_href(where),
    )
    return make_response(html, status)


def _row(pair: joining.Pair, where: dict[str, str]) -> dict[str, object]:
    mailed = any(one.sender and one.sender.has_email for one in pair.case.submissions)
    return rows.row(pair.case, where) | {
        "why_not": _(pair.why_not) if pair.why_not else "",
        "mailed": mailed,
    }
