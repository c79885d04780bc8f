"""Setting up a second factor: an app with codes, passkeys, and ten codes on paper."""

import base64

from flask import Blueprint, abort, flash, jsonify, redirect, render_template, request, url_for
from flask import Response as Json
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, factors, passkeys, posters
from feedback.codes import show_code
from feedback.models.factors import Passkey
from feedback.web import browsers, entry, here, proof, signins
from forms.account import AppForm, ButtonForm, NewKeyForm

blueprint = Blueprint("factors", __name__, url_prefix="/tai-khoan/buoc-hai")


@blueprint.get("/")
@proof.fresh
def choose() -> str:
    return render_template(
        "factors/choose.html",
        then=entry.own_page(request.args.get("then")),
        must=signins.stand(proof.me()) == signins.UNSET,
        site=proof.site(),
    )


@blueprint.post("/ung-dung/moi")
@proof.fresh
def new_app() -> Response:
    if not ButtonForm().validate_on_submit():
        abort(400)
    factors.offer_app(db.session(), here.keys().factor, proof.me().officer_id, clock.now())
    db.session.commit()
    then = entry.own_page(request.args.get("then"))
    return redirect(url_for("factors.app", then=then or None))


@blueprint.route("/ung-dung", methods=["GET", "POST"])
@proof.fresh
def app() -> str | Response | tuple[str, int]:
    me, key, form = proof.me(), here.keys().factor, AppForm()
    offered = factors.offered_app(db.session(), me.officer_id, clock.now())
    if offered is None:
        return redirect(url_for("factors.choose"))
    if form.validate_on_submit():
        if factors.confirm_app(db.session(), key, me.officer_id, form.code.data or "", clock.now()):
            return _set_up(_("Đã bật ứng dụng tạo mã."))
        form.form_errors.append(_("Mã chưa đúng. Mời xem mã mới trên ứng dụng rồi nhập lại."))
    secret = factors.secret_of(key, offered)
    address = factors.address_of(secret, me.officer)
    html = render_template("factors/app.html", form=form, secret=_spaced(secret), qr=_qr(address))
    return (html, 403) if form.errors else html


def _spaced(secret: str) -> str:
    return " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))


def _qr(address: str) -> str:
    """As an image of the page itself: no third party ever sees the secret."""
    drawn = posters.qr_svg(address, title="QR").replace(
        "<svg", '<svg xmlns="http://www.w3.org/2000/svg"', 1
    )
    return "data:image/svg+xml;base64," + base64.b64encode(drawn.encode()).decode()


def _set_up(said: str) -> Response:
    """In: the officer proved it just now. The first factor comes with codes for a bad day."""
    me = proof.me()
    was_half = me.half
    signins.renew(me, second=True)
    first = not factors.recovery_codes_left(db.session(), me.officer_id)
    answer = redirect(url_for("factors.offer_codes" if first else "account.account"))
    if was_half:
        browsers.greet(answer, me)
    proof.changed(said)
    return answer


@blueprint.get("/ma-du-phong")
def offer_codes() -> str:
    """A page with one button: the codes themselves are shown once, in the answer to it."""
    left = factors.recovery_codes_left(db.session(), proof.me().officer.id)
    return render_template("factors/offer_codes.html", left=left)


@blueprint.post("/ma-du-phong/moi")
@proof.fresh
def codes() -> str:
    if not (
        ButtonForm().validate_on_submit() and factors.has_any(db.session(), proof.me().officer.id)
    ):
        abort(400)
    made = factors.new_recovery_codes(
        db.session(), here.keys().factor, proof.me().officer.id, clock.now()
    )
    db.session.commit()
    shown = [show_code(code) for code in made]
    return render_template("factors/codes.html", codes=shown)


# --- passkeys ---------------------------------------------------------------------------------


@blueprint.post("/khoa")
@proof.fresh
def key_options() -> Json:
    """What the browser makes a key by; the challenge waits with the session."""
    if not (ButtonForm().validate_on_submit() and proof.site().can):
        abort(400)
    officer = proof.me().officer
    mine = passkeys.keys_of(db.session(), officer.id)
    proof.me().challenge, options = passkeys.ask_for_new(proof.site(), officer, mine)
    db.session.commit()
    return Json(options, mimetype="application/json")


@blueprint.post("/khoa/moi")
@proof.fresh
def key() -> Json | tuple[Json, int]:
    form, challenge = NewKeyForm(), proof.me().challenge
    proof.me().challenge = None
    made = None
    if challenge and form.validate_on_submit():
        made = passkeys.new_key(proof.site(), challenge, form.answer.data or "")
    if made is None:
        db.session.commit()
        return jsonify(error=_("Khóa chưa được lưu. Mời thử lại.")), 403
    return _keep(made, form.name.data or "")


def _keep(made: Passkey, name: str) -> Json:
    me = proof.me()
    made.officer_id, made.made_at = me.officer_id, clock.now()
    made.name = name.strip() or me.browser or _("Khóa truy cập")
    db.session.add(made)
    went = _set_up(_("Đã lưu khóa truy cập."))
    answer: Json = jsonify(then=went.location)
    # The browser is known from now on: its cookie was set on the redirect.
    for cookie in went.headers.getlist("Set-Cookie"):
        answer.headers.add("Set-Cookie", cookie)
    return answer


# --- taking one away --------------------------------------------------------------------------


@blueprint.post("/ung-dung/bo")
@proof.fresh
def drop_app() -> Response:
    return _drop(factors.app_of(db.session(), proof.me().officer.id))


@blueprint.post("/khoa/<int:key_id>/bo")
@proof.fresh
def drop_key(key_id: int) -> Response:
    mine = passkeys.keys_of(db.session(), proof.me().officer.id)
    return _drop(next((one for one in mine if one.id == key_id), None))


def _drop(factor: object) -> Response:
    """Not the last one of somebody who needs one."""
    if factor is None:
        abort(404)
    if not ButtonForm().validate_on_submit():
        abort(400)
    db.session.delete(factor)
    db.session.flush()
    left = factors.has_any(db.session(), proof.me().officer.id)
    if not left and proof.me().officer.needs_second_on(clock.today()):
        db.session.rollback()
        flash(_("Vai trò của anh/chị cần bước xác nhận thứ hai. Mời thêm cách khác trước."), "warn")
    else:
        proof.changed(_("Đã bỏ."))
    return redirect(url_for("account.account"))
