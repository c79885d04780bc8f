"""The second step of signing in, and proving once more in the middle of the work."""

from typing import Any

from flask import Blueprint, abort, jsonify, redirect, render_template, request, url_for
from flask import Response as Json
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, passkeys
from feedback.web import browsers, entry, proof, signins
from forms.account import ButtonForm, CodeForm, KeyForm

blueprint = Blueprint("second", __name__)


@blueprint.route("/dang-nhap/buoc-hai", methods=["GET", "POST"])
def step() -> Response | str | tuple[str, int]:
    then = entry.own_page(request.args.get("then"))
    if signins.stand(proof.me()) != signins.ASKED:
        return redirect(then or url_for("desk.today"))
    form = CodeForm()
    if not (form.validate_on_submit() and proof.check(form)):
        html = render_template("second/step.html", form=form, then=then, keys=_can_sign())
        return (html, 403) if form.errors else html
    answer: Response = _let_in(redirect(then or url_for("desk.today")))
    return answer


def _can_sign() -> bool:
    """Whether there is a key that could sign here."""
    mine = passkeys.keys_of(db.session(), proof.me().officer_id)
    return proof.site().can and bool(mine)


def _let_in(answer: Any) -> Any:
    """A session that was half open is whole; one that was whole has proved itself again."""
    was_half = proof.me().half
    signins.renew(proof.me(), second=True)
    if was_half:
        browsers.greet(answer, proof.me())
    db.session.commit()
    return answer


@blueprint.route("/xac-nhan", methods=["GET", "POST"])
def prove() -> Response:
    then = entry.own_page(request.args.get("then")) or url_for("desk.today")
    form = proof.form_for(proof.me().officer)
    if not (form.validate_on_submit() and proof.check(form)):
        return proof.page(form, then, [])
    if isinstance(form, CodeForm):
        answer: Response = _let_in(redirect(then))
        return answer
    signins.renew(proof.me(), second=False)
    db.session.commit()
    return redirect(then)


@blueprint.post("/xac-nhan/khoa")
def key_options() -> Json:
    """What a passkey is asked to sign, kept with the session until it did."""
    if not (ButtonForm().validate_on_submit() and _can_sign()):
        abort(400)
    mine = passkeys.keys_of(db.session(), proof.me().officer_id)
    proof.me().challenge, options = passkeys.ask_for_proof(proof.site(), mine)
    db.session.commit()
    return Json(options, mimetype="application/json")


@blueprint.post("/xac-nhan/khoa/da-ky")
def key() -> Json | tuple[Json, int]:
    """The passkey signed: on to where the officer was going."""
    form = KeyForm()
    if not form.validate_on_submit() or not _signed(form.answer.data or ""):
        return jsonify(error=_("Khóa này chưa mở được. Mời thử lại hoặc nhập mã.")), 403
    then = entry.own_page(request.args.get("then")) or url_for("desk.today")
    answer: Json = _let_in(jsonify(then=then))
    return answer


def _signed(answer: str) -> bool:
    """A challenge is good for one answer, right or wrong."""
    challenge, mine = proof.me().challenge, passkeys.keys_of(db.session(), proof.me().officer_id)
    proof.me().challenge = None
    good = bool(challenge) and passkeys.use_key(
        mine, proof.site(), challenge or b"", answer, clock.now()
    )
    db.session.commit()
    return good
