"""The guard at both doors: honest origins only, staff pages closed by default, strict headers."""

from datetime import datetime, timedelta
from urllib.parse import urlsplit

from flask import (
    Flask,
    Response,
    abort,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from sqlalchemy import update
from werkzeug.wrappers.response import Response as Answer

from feedback import clock, db, ledger
from feedback.models.officers import SignIn
from feedback.web import here, signins

# The open doors; everything else needs an officer. A test holds this list against the URL map.
OPEN_BLUEPRINTS = frozenset({"public", "tracking", "session", "outside", "api", "health"})
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
HONEST_SITES = frozenset({"same-origin", "none"})
# A session that is not whole: the one page that leads on, and the rooms it may enter for that.
WAYS = {
    signins.ASKED: ("second.step", ("second.",)),
    signins.UNSET: ("factors.choose", ("factors.", "second.prove")),
    signins.STALE: ("account.password", ("account.password", "second.prove")),
}
SEEN_EVERY = timedelta(minutes=1)

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; object-src 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "X-Content-Type-Options": "nosniff",
    # Not no-referrer: browsers would then post forms with `Origin: null` and be refused.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "geolocation=(), microphone=(), camera=(), interest-cohort=()",
}
OVER_TLS = {"Strict-Transport-Security": "max-age=31536000; includeSubDomains"}


def stand_guard(app: Flask) -> None:
    app.before_request(_note_intent)
    app.before_request(_refuse_foreign_posts)
    app.before_request(_ask_who)
    app.after_request(_add_headers)


def _note_intent() -> None:
    db.writing.set(request.method not in SAFE_METHODS)
    ledger.acting.set(ledger.PUBLIC)


def _refuse_foreign_posts() -> None:
    """Cross-site posts are refused by what the browser itself says; no token is needed for that."""
    if request.method in SAFE_METHODS or request.blueprint == "api":
        return
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        honest = site in HONEST_SITES
    else:
        honest = _same_origin(request.headers.get("Origin"))
    if not honest:
        abort(403)


def _same_origin(origin: str | None) -> bool:
    # Old phones send neither header, and parents have old phones; whoever works here does not.
    if origin is None:
        return request.blueprint is None or request.blueprint in OPEN_BLUEPRINTS
    return urlsplit(origin).netloc == request.host


def _ask_who() -> Answer | None:
    """Every page outside the open doors is for somebody who is signed in."""
    if (
        request.endpoint is None
        or request.endpoint == "static"
        or request.blueprint in OPEN_BLUEPRINTS
    ):
        return None
    sign_in = current_sign_in()
    if sign_in is not None:
        g.sign_in = sign_in
        ledger.acting.set(ledger.as_officer(sign_in.officer, clock.today()))
        return _lead(sign_in)
    if request.method in SAFE_METHODS:
        return redirect(url_for("session.sign_in", then=request.full_path))
    return _ended()


def _lead(sign_in: SignIn) -> Answer | None:
    """Through, or to what must be done first. Only a whole session makes an officer."""
    stand = signins.stand(sign_in)
    if stand == signins.WHOLE:
        g.officer = sign_in.officer
        return None
    page, rooms = WAYS[stand]
    if (request.endpoint or "").startswith(rooms):
        return None
    if request.method in SAFE_METHODS:
        return redirect(url_for(page, then=request.full_path.rstrip("?")))
    return _ended()


def _ended() -> Answer:
    """The session ended while somebody was writing: their words are given back, not lost."""
    typed = [text for name, text in request.form.items() if name != "csrf_token" and " " in text]
    return make_response(render_template("session/ended.html", typed=typed), 401)


def current_sign_in() -> SignIn | None:
    """The living session behind this request's cookie, if there is one."""
    token = session.get("sign_in")
    found = signins.of_token(token) if token else None
    now = clock.now()
    if found is not None and now - found.seen_at > SEEN_EVERY:
        _touch(found.id, now)
    return found


def _touch(sign_in_id: int, now: datetime) -> None:
    # A write of its own and short, so that reading a page never holds the writer's lock.
    statement = (
        update(SignIn)
        .where(SignIn.id == sign_in_id)
        .values(seen_at=now)
        .execution_options(unbound=True)
    )
    if db.writing.get():
        db.session.execute(statement)
        return
    db.session.rollback()
    db.writing.set(True)
    db.session.execute(statement)
    db.session.commit()
    db.writing.set(False)


def _add_headers(response: Response) -> Response:
    wanted = HEADERS | (OVER_TLS if here.settings().secure else {})
    if request.endpoint != "static":
        wanted["Cache-Control"] = "no-store"
    given = {name.lower() for name, _value in response.headers}
    response.headers.extend((n, v) for n, v in wanted.items() if n.lower() not in given)
    return response
