"""Proving once more who one is: by the second factor where there is one, else by the password."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from flask import flash, g, make_response, redirect, render_template, request, url_for
from flask_babel import gettext as _
from werkzeug.wrappers.response import Response

from feedback import clock, db, factors, heirlooms, limits, passkeys
from feedback.models.officers import Officer, SignIn
from feedback.passwords import is_right
from feedback.web import browsers, here, signins
from forms.account import CodeForm, PasswordForm

NOT_PROVED = 401
SLOW_DOWN = 429


def site() -> passkeys.Site:
    """The name the browser sees; only trusted hosts come so far (TRUSTED_HOSTS)."""
    return passkeys.Site(request.host.rpartition(":")[0] or request.host, request.host_url[:-1])


def me() -> SignIn:
    """The session of this request, also while it is only half open."""
    found: SignIn = g.sign_in
    return found


def form_for(officer: Officer) -> CodeForm | PasswordForm:
    """What this officer is asked for."""
    return CodeForm() if factors.has_any(db.session(), officer.id) else PasswordForm()


def check(form: CodeForm | PasswordForm) -> bool:
    """Whether the proof holds; what does not is said on the form. Counted before looked at."""
    waits = pause(me().officer)
    db.session.commit()
    if waits:
        form.form_errors.append(too_fast(waits))
        return False
    if isinstance(form, CodeForm):
        right = _take(form.proof.data or "")
    else:
        right = is_right(me().officer.password_hash, form.proof.data or "")
    if not right:
        form.form_errors.append(form.WRONG)
    return right


def _take(typed: str) -> bool:
    key = heirlooms.recovering(db.session.connection(), here.keys())
    taken = factors.use_code(db.session(), key, me().officer_id, typed, clock.now())
    db.session.commit()
    return taken


def pause(officer: Officer) -> timedelta:
    """Ten in a quarter of an hour for an account, and for each browser it is known in."""
    browser, key, now = browsers.known(officer), here.keys().rate, clock.now()
    who = f"browser|{browser.id}" if browser else f"account|{officer.id}"
    waits = limits.wait(db.session(), key, limits.SECOND_STEP, who, now)
    if not waits:
        limits.spend(db.session(), key, limits.SECOND_STEP, who, now)
    return waits


def too_fast(waits: timedelta) -> str:
    seconds = max(1, round(waits.total_seconds()))
    return str(_("Thử hơi nhanh. Mời đợi %(n)s giây rồi thử lại.", n=seconds))


def fresh(view: Callable[..., Any]) -> Callable[..., Any]:
    """Only for who proved in the last ten minutes. What was typed goes along and is not lost."""

    @wraps(view)
    def asked(*args: Any, **names: Any) -> Any:
        if signins.is_fresh(me()):
            return view(*args, **names)
        if request.method == "GET":
            return redirect(url_for("second.prove", then=request.full_path.rstrip("?")))
        form = form_for(me().officer)
        if "proof" in request.form and form.validate_on_submit() and check(form):
            signins.renew(me(), second=isinstance(form, CodeForm))
            return view(*args, **names)
        return page(form, "", _typed())

    return asked


def _typed() -> list[tuple[str, str]]:
    return [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in {"csrf_token", "proof"}
    ]


def page(form: CodeForm | PasswordForm, then: str, typed: list[tuple[str, str]]) -> Response:
    officer = me().officer
    html = render_template(
        "second/prove.html",
        form=form,
        then=then,
        typed=typed,
        keys=site().can and bool(passkeys.keys_of(db.session(), officer.id)),
    )
    return make_response(html, NOT_PROVED if typed or form.errors else 200)


def changed(said: str) -> None:
    """A factor or the password changed: every other session of this officer ends."""
    signins.end(me().officer_id, but=me().id)
    db.session.commit()
    flash(said, "ok")
