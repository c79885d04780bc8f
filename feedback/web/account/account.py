"""Tài khoản: the password, the second factor, where one is signed in."""

from typing import Any

from flask import Blueprint, abort, flash, redirect, render_template, url_for
from flask_babel import gettext as _
from sqlalchemy import select
from werkzeug.wrappers.response import Response

from feedback import clock, db, factors, passkeys
from feedback.models.officers import SignIn
from feedback.models.units import Unit
from feedback.passwords import hash_password, is_right
from feedback.web import here, proof, signins, words
from forms.account import ButtonForm, ChangePasswordForm

blueprint = Blueprint("account", __name__, url_prefix="/tai-khoan")


@blueprint.get("/")
def account() -> str:
    officer, session = here.officer(), db.session()
    return render_template(
        "account/account.html",
        email=officer.email,
        has_app=factors.app_of(session, officer.id) is not None,
        keys=[_key(one) for one in passkeys.keys_of(session, officer.id)],
        codes_left=factors.recovery_codes_left(session, officer.id),
        must=officer.needs_second_on(clock.today()),
        sessions=[_row(one) for one in signins.living(officer.id)],
        handles=bool(here.scope().own),
    )


def _key(one: Any) -> dict[str, Any]:
    used = words.moment(one.used_at) if one.used_at else ""
    return {"id": one.id, "name": one.name, "made": words.moment(one.made_at), "used": used}


def _row(one: SignIn) -> dict[str, Any]:
    return {
        "id": one.id,
        "browser": one.browser or _("Trình duyệt khác"),
        "begun": words.moment(one.begun_at),
        "seen": words.moment(one.seen_at),
        "here": one.id == proof.me().id,
    }


@blueprint.route("/mat-khau", methods=["GET", "POST"])
def password() -> str | Response | tuple[str, int]:
    form, officer = ChangePasswordForm(), proof.me().officer
    form.about = (officer.email, officer.name, *unit_names())
    if not (form.validate_on_submit() and _is_current(form)):
        html = render_template("account/password.html", form=form)
        return (html, 422) if form.errors else html
    officer.password_hash = hash_password(form.password.data or "")
    officer.password_at = clock.now()
    signins.renew(proof.me(), second=False)
    proof.changed(_("Mật khẩu mới đã được đặt. Các phiên đăng nhập khác đã kết thúc."))
    return redirect(url_for("account.account"))


def unit_names() -> list[str]:
    """What people here are tempted to use: the names of the schools around them."""
    return [unit.short_name for unit in db.session.scalars(select(Unit))]


def _is_current(form: ChangePasswordForm) -> bool:
    """Asked even after a proof: whoever sits down at an open desk does not know it."""
    pause = proof.pause(proof.me().officer)
    db.session.commit()
    if pause:
        form.form_errors.append(proof.too_fast(pause))
    elif not is_right(proof.me().officer.password_hash, form.current.data or ""):
        form.form_errors.append(_("Mật khẩu hiện tại chưa đúng."))
    return not form.form_errors


@blueprint.post("/phien/<int:sign_in_id>/ket-thuc")
def end(sign_in_id: int) -> Response:
    """One of my own sessions; another's does not exist."""
    mine = (SignIn.id == sign_in_id) & (SignIn.officer_id == here.officer().id)
    if db.session.scalar(select(SignIn.id).where(mine)) is None:
        abort(404)
    return _ended(only=sign_in_id)


@blueprint.post("/phien/ket-thuc-khac")
def end_others() -> Response:
    return _ended(but=proof.me().id)


def _ended(**which: int) -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    signins.end(here.officer().id, **which)
    db.session.commit()
    flash(_("Đã kết thúc phiên đăng nhập."), "ok")
    return redirect(url_for("account.account"))
