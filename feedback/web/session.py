"""Coming in and going out: sign-in, sign-out, a new password by mail."""

from flask import (
    Blueprint,
    flash,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, ledger, limits, resets
from feedback.models.officers import PasswordReset
from feedback.passwords import hash_password
from feedback.web import browsers, entry, here, proof, signins
from feedback.web.account import account
from forms.account import ButtonForm, ForgotForm, NewPasswordForm, SignInForm

blueprint = Blueprint("session", __name__)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> str | Response:
    form = SignInForm(then=request.args.get("then", ""))
    if not form.validate_on_submit():
        return _page(form)
    email = (form.email.data or "").strip().lower()
    waits = entry.knock(email)
    if waits:
        form.form_errors.append(proof.too_fast(waits))
        return make_response(_page(form), 429)
    officer = entry.recognised(email, form.password.data or "")
    if officer is None:
        _note_failure(email)
        form.form_errors.append(_("Thư điện tử hoặc mật khẩu chưa đúng."))
        return make_response(_page(form), 403)
    return entry.enter(officer, entry.own_page(form.then.data))


def _page(form: SignInForm) -> str:
    provider = here.settings().provider
    usual = _("Đăng nhập bằng tài khoản của ngành")
    label = (provider.label or usual) if provider else ""
    return render_template("session/sign_in.html", form=form, outside=label)


def _note_failure(email: str) -> None:
    """Somebody tried this account; which one is told by its number, never by the address."""
    officer = entry.named(email)
    ledger.say(db.session(), "sign_in.fail", f"officer/{officer.id}" if officer else "")
    db.session.commit()


@blueprint.post("/dang-xuat")
def sign_out() -> Response:
    if ButtonForm().validate_on_submit() and session.get("sign_in"):
        sign_in = signins.of_token(session["sign_in"])
        if sign_in is not None:
            ledger.acting.set(ledger.as_officer(sign_in.officer, clock.today()))
            sign_in.ended_at = clock.now()
            db.session.commit()
    session.clear()
    response = redirect(url_for("session.sign_in"))
    response.headers["Clear-Site-Data"] = '"cache", "storage"'
    return response


@blueprint.route("/quen-mat-khau", methods=["GET", "POST"])
def forgot() -> str | Response:
    form = ForgotForm()
    if not form.validate_on_submit():
        return render_template("session/forgot.html", form=form)
    _offer_reset((form.email.data or "").strip().lower())
    db.session.commit()
    # The same words whether the account exists or not.
    flash(_("Nếu địa chỉ này có tài khoản, thư đặt lại mật khẩu sẽ đến trong ít phút."), "ok")
    return redirect(url_for("session.sign_in"))


@blueprint.route("/mat-khau-moi/<token>", methods=["GET", "POST"])
def new_password(token: str) -> str | Response:
    reset = resets.living(db.session(), token, clock.now())
    if reset is None:
        return make_response(render_template("session/expired.html"), 404)
    form = NewPasswordForm()
    form.about = (reset.officer.email, reset.officer.name, *account.unit_names())
    if not form.validate_on_submit():
        return render_template("session/new_password.html", form=form)
    if not _set_password(reset, form.password.data or ""):
        return make_response(render_template("session/expired.html"), 404)
    flash(_("Mật khẩu mới đã được đặt. Mời đăng nhập."), "ok")
    answer = redirect(url_for("session.sign_in"))
    # The way in for an owner at a new browser while somebody guesses: the link came by mail.
    browsers.know(answer, reset.officer_id)
    db.session.commit()
    return answer


def _offer_reset(email: str) -> None:
    now, key = clock.now(), here.keys().rate
    tries = ((limits.RESET_ACCOUNT, email), (limits.RESET_ADDRESS, request.remote_addr or ""))
    if any(limits.wait(db.session(), key, budget, who, now) for budget, who in tries):
        return
    for budget, who in tries:
        limits.spend(db.session(), key, budget, who, now)
    officer = entry.named(email)
    if officer is not None:
        resets.offer(db.session(), here.keys().session, officer, now)


def _set_password(reset: PasswordReset, password: str) -> bool:
    """A new password ends every session there was, and the link."""
    digest, now = hash_password(password), clock.now()
    taken = resets.use(db.session(), reset, now)
    if taken:
        reset.officer.password_hash, reset.officer.password_at = digest, now
        signins.end(reset.officer_id)
    db.session.commit()
    return taken
