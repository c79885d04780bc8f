"""Coming in and going out: sign-in, sign-out, a new password by mail."""

import secrets
from datetime import datetime
from urllib.parse import urlsplit

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
from sqlalchemy import ColumnElement, select
from werkzeug.wrappers.response import Response

from feedback import clock, db, ledger, limits
from feedback.models.notices import Notice
from feedback.models.officers import Officer, PasswordReset, SignIn
from feedback.passwords import RESET_LASTS, hash_password, is_right, reset_token
from feedback.web import here
from feedback.web.guard import token_hash
from forms.account import ButtonForm, ForgotForm, NewPasswordForm, SignInForm

blueprint = Blueprint("session", __name__)


@blueprint.route("/dang-nhap", methods=["GET", "POST"])
def sign_in() -> str | Response:
    form = SignInForm(then=request.args.get("then", ""))
    if not form.validate_on_submit():
        return render_template("session/sign_in.html", form=form)
    email = (form.email.data or "").strip().lower()
    if _too_fast(email):
        db.session.commit()
        form.form_errors.append(_("Thử quá nhiều lần. Mời đợi một phút rồi thử lại."))
        return make_response(render_template("session/sign_in.html", form=form), 429)
    officer = db.session.scalar(select(Officer).where(Officer.email == email, Officer.active))
    if (
        not is_right(officer.password_hash if officer else None, form.password.data or "")
        or officer is None
    ):
        ledger.say(db.session(), "sign_in.fail", f"officer/{officer.id}" if officer else "")
        db.session.commit()
        form.form_errors.append(_("Thư điện tử hoặc mật khẩu chưa đúng."))
        return make_response(render_template("session/sign_in.html", form=form), 403)
    ledger.acting.set(ledger.as_officer(officer, clock.today()))
    token = begin(officer)
    db.session.commit()
    session.clear()
    session["sign_in"] = token
    return redirect(_own_page(form.then.data) or url_for("desk.today"))


@blueprint.post("/dang-xuat")
def sign_out() -> Response:
    if ButtonForm().validate_on_submit() and session.get("sign_in"):
        _end(SignIn.token_hash == token_hash(session["sign_in"]))
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
    reset = _living_reset(token)
    if reset is None:
        return make_response(render_template("session/expired.html"), 404)
    form = NewPasswordForm()
    if not form.validate_on_submit():
        return render_template("session/new_password.html", form=form)
    _set_password(reset, form.password.data or "")
    db.session.commit()
    flash(_("Mật khẩu mới đã được đặt. Mời đăng nhập."), "ok")
    return redirect(url_for("session.sign_in"))


def begin(officer: Officer) -> str:
    """Open a session for this officer; the caller commits and puts the token into the cookie."""
    token, now = secrets.token_urlsafe(32), clock.now()
    db.session.add(
        SignIn(officer_id=officer.id, token_hash=token_hash(token), begun_at=now, seen_at=now)
    )
    return token


def _too_fast(email: str) -> bool:
    """Count this try for the account and the address; a delay, never a lock-out of the owner."""
    now, key = clock.now(), here.keys().rate
    tries = ((limits.SIGN_IN_ACCOUNT, email), (limits.SIGN_IN_ADDRESS, request.remote_addr or ""))
    over = any(limits.wait(db.session(), key, budget, who, now) for budget, who in tries)
    if not over:
        for budget, who in tries:
            limits.spend(db.session(), key, budget, who, now)
    return over


def _own_page(address: str | None) -> str | None:
    """The page to go on with, only when it is one of ours."""
    parts = urlsplit(address or "")
    own = parts.path.startswith("/") and not (address or "").startswith(("//", "/\\"))
    return address if own and not parts.netloc and not parts.scheme else None


def _offer_reset(email: str) -> None:
    now, key = clock.now(), here.keys().rate
    tries = ((limits.RESET_ACCOUNT, email), (limits.RESET_ADDRESS, request.remote_addr or ""))
    if any(limits.wait(db.session(), key, budget, who, now) for budget, who in tries):
        return
    for budget, who in tries:
        limits.spend(db.session(), key, budget, who, now)
    officer = db.session.scalar(select(Officer).where(Officer.email == email, Officer.active))
    if officer is not None:
        _mail_reset(officer, now.replace(microsecond=0))


def _mail_reset(officer: Officer, at: datetime) -> None:
    token = reset_token(here.keys().session, officer.id, int(at.timestamp()))
    reset = PasswordReset(officer_id=officer.id, token_hash=token_hash(token), asked_at=at)
    known = db.session.scalar(
        select(PasswordReset.id).where(PasswordReset.token_hash == reset.token_hash)
    )
    if known is None:
        db.session.add(reset)
        db.session.flush()
        db.session.add(
            Notice(
                once_key=f"reset-{reset.id}",
                reset_id=reset.id,
                officer_id=officer.id,
                template="reset",
                made_at=at,
                try_after=at,
            )
        )


def _living_reset(token: str) -> PasswordReset | None:
    found = db.session.scalar(
        select(PasswordReset).where(PasswordReset.token_hash == token_hash(token))
    )
    if found is None or found.used_at or clock.now() - found.asked_at > RESET_LASTS:
        return None
    return found


def _set_password(reset: PasswordReset, password: str) -> None:
    """A new password ends every session there was, and the link."""
    now = clock.now()
    reset.officer.password_hash = hash_password(password)
    reset.used_at = now
    _end(SignIn.officer_id == reset.officer_id)


def _end(whose: ColumnElement[bool]) -> None:
    """These sessions are over. One by one, so that the ledger knows of each."""
    for running in db.session.scalars(select(SignIn).where(whose, SignIn.ended_at.is_(None))):
        ledger.acting.set(ledger.as_officer(running.officer, clock.today()))
        running.ended_at = clock.now()
