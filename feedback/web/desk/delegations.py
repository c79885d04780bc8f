"""Ủy quyền và bàn giao: who stands in during leave; all of a leaver's cases given in one act."""

from collections import Counter
from typing import Any

from flask import Blueprint, abort, flash, make_response, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import or_, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.wrappers.response import Response

from feedback import access, clock, db, permissions
from feedback.models.cases import Case
from feedback.models.officers import Delegation, Officer, handlers_of
from feedback.rules.lifecycle import OPEN
from feedback.web import here, proof, words
from forms.account import ButtonForm
from forms.delegation import DelegationForm, HandoverForm

blueprint = Blueprint("delegations", __name__)

BAD, CONFLICT = 422, 409


def _units() -> list[Any]:
    """The officer's own units; for anybody else there is no such page."""
    units = list(db.session.scalars(access.units(here.scope().own)))
    return units or abort(404)


def _colleagues() -> dict[str, tuple[Officer, int]]:
    """Everybody else of the own units, by "officer-unit"."""
    return {
        f"{officer.id}-{unit.id}": (officer, unit.id)
        for unit in _units()
        for officer in handlers_of(db.session(), unit.id, clock.today())
        if officer.id != here.officer().id
    }


@blueprint.route("/uy-quyen", methods=["GET", "POST"])
def delegations() -> Response:
    colleagues, form = _colleagues(), DelegationForm(prefix="away-")
    pairs = [(key, officer.name) for key, (officer, _unit) in colleagues.items()]
    form.offer(pairs, clock.today())
    if not form.validate_on_submit():
        return _page(form, _handover_form(), BAD if form.is_submitted() else 200)
    delegate, unit_id = colleagues[form.delegate.data]
    made = Delegation(unit_id=unit_id, officer_id=here.officer().id, delegate_id=delegate.id)
    made.from_on, made.to_on, made.made_at = form.from_on.data, form.to_on.data, clock.now()
    db.session.add(made)
    return _kept(_("Đã ủy quyền cho %(name)s.", name=delegate.name))


@blueprint.post("/uy-quyen/<int:delegation_id>/thoi")
def end(delegation_id: int) -> Response:
    """Who went away takes it back."""
    mine = (Delegation.id == delegation_id) & (Delegation.officer_id == here.officer().id)
    found = db.session.scalar(select(Delegation).where(mine)) or abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    found.ended_at = found.ended_at or clock.now()
    return _kept(_("Đã thôi ủy quyền cho %(name)s.", name=found.delegate.name))


def _kept(said: str) -> Response:
    db.session.commit()
    flash(said, "ok")
    return redirect(url_for("delegations.delegations"))


def _page(form: DelegationForm, handover: HandoverForm | None, status: int = 200) -> Response:
    html = render_template(
        "delegations/delegations.html",
        form=form,
        handover=handover,
        mine=[_row(one) for one in _in_force() if one.officer_id == here.officer().id],
        others=[_row(one) for one in _in_force() if one.delegate_id == here.officer().id],
    )
    return make_response(html, status)


def _in_force() -> list[Delegation]:
    """What this officer gave or was given, now or to come."""
    me = here.officer().id
    found = (
        select(Delegation)
        .where(or_(Delegation.officer_id == me, Delegation.delegate_id == me))
        .where(Delegation.ended_at.is_(None), Delegation.to_on >= clock.today())
        .order_by(Delegation.from_on, Delegation.id)
    )
    return list(db.session.scalars(found))


def _row(one: Delegation) -> dict[str, Any]:
    return {
        "id": one.id,
        "officer": one.officer.name,
        "delegate": one.delegate.name,
        "unit": one.unit.short_name,
        "from": words.day(one.from_on),
        "to": words.day(one.to_on),
    }


# --- handover ---------------------------------------------------------------------------------


def _open_cases(unit_ids: frozenset[int]) -> list[Case]:
    """Open cases in somebody's hands at these units, of those this officer may see."""
    held = access.cases(here.scope()).where(
        Case.owner_id.in_(unit_ids), Case.status.in_(OPEN), Case.handler_id.is_not(None)
    )
    return list(db.session.scalars(held.order_by(Case.id)))


def _handover_form() -> HandoverForm | None:
    """Only who signs for a unit hands over its people's cases."""
    units = here.scope().signs & here.scope().own
    if not units:
        return None
    form, cases = HandoverForm(prefix="handover-"), _open_cases(units)
    held = Counter((case.handler_id, case.owner_id) for case in cases)
    names = {case.handler_id: case.handler.name for case in cases if case.handler}
    leavers = [
        (f"{id_}-{unit}", _("%(name)s (%(n)s việc đang mở)", name=names[id_], n=n))
        for (id_, unit), n in held.items()
    ]
    form.offer(leavers, _heirs(units))
    return form


def _heirs(units: frozenset[int]) -> list[tuple[str, str]]:
    return [
        (f"{officer.id}-{unit_id}", officer.name)
        for unit_id in units
        for officer in handlers_of(db.session(), unit_id, clock.today())
    ]


@blueprint.post("/uy-quyen/ban-giao")
@proof.fresh
def hand_over() -> Response:
    form = _handover_form() or abort(404)
    if not form.validate_on_submit():
        return _page(_blank(), form, BAD)
    leaver, unit_id = map(int, form.leaver.data.split("-"))
    heir, at = map(int, form.heir.data.split("-"))
    if at != unit_id:
        flash(_("Người nhận phải cùng đơn vị với người bàn giao."), "warn")
        return _page(_blank(), form, BAD)
    try:
        number = _give(leaver, unit_id, db.session.get_one(Officer, heir), form.note.data)
        return _kept(_("Đã bàn giao %(n)s việc.", n=number))
    except (StaleDataError, IntegrityError):
        db.session.rollback()
        abort(CONFLICT)


def _give(leaver_id: int, unit_id: int, heir: Officer, note: str) -> int:
    """Each case its own verb and its own entry; how many."""
    held = [c for c in _open_cases(frozenset({unit_id})) if c.handler_id == leaver_id]
    may = [case for case in held if permissions.may(here.scope(), case, "assign")]
    able = [case for case in may if not case.bars(heir)]
    for case in able:
        case.assign(here.act(note), heir)
    return len(able)


def _blank() -> DelegationForm:
    form = DelegationForm(prefix="away-", formdata=None)
    pairs = [(key, officer.name) for key, (officer, _unit) in _colleagues().items()]
    form.offer(pairs, clock.today())
    return form
