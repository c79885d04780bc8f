"""The way in: a knock that may have to wait, the password, and then the second step if any."""

from datetime import timedelta
from urllib.parse import urlsplit

from flask import redirect, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers.response import Response

from feedback import clock, db, factors, ledger, limits
from feedback.models.officers import Officer
from feedback.passwords import is_right
from feedback.web import browsers, here, signins


def named(email: str) -> Officer | None:
    """The active officer of this address. Only read: no lock is held while a password is hashed."""
    return db.session.scalar(select(Officer).where(Officer.email == email, Officer.active))


def knock(email: str) -> timedelta:
    """Take the next try; zero, or how long to wait. What strangers try never slows the owner's own
    browser: that one is counted for itself. Commits, so that a try counts whatever comes after."""
    who, key, now = _who(email), here.keys().rate, clock.now()
    pause = limits.claim_try(db.session(), key, who, now)
    if not pause and who.startswith("account"):
        pause = from_here()
    db.session.commit()
    return pause


def _who(email: str) -> str:
    browser = browsers.known(named(email))
    return f"browser|{browser.id}" if browser else f"account|{email}"


def from_here() -> timedelta:
    """Thirty in a minute from one address: a school full of people, not a machine."""
    key, now, address = here.keys().rate, clock.now(), request.remote_addr or ""
    pause = limits.wait(db.session(), key, limits.SIGN_IN_ADDRESS, address, now)
    if not pause:
        limits.spend(db.session(), key, limits.SIGN_IN_ADDRESS, address, now)
    return pause


def recognised(email: str, password: str) -> Officer | None:
    """The officer, if this is the password. No transaction is open while it is hashed."""
    with db.only_reading():
        officer = named(email)
        db.session.commit()
    if not is_right(officer.password_hash if officer else None, password) or officer is None:
        return None
    limits.forgive(db.session(), here.keys().rate, _who(email))
    return officer


def enter(officer: Officer, then: str, *, second: bool = False) -> Response:
    """The first step was right. Without a second factor that is all; with one, half of it.

    `second`: another factor was shown just now as well, so that nothing is left to ask.
    """
    ledger.acting.set(ledger.as_officer(officer, clock.today()))
    has = factors.has_any(db.session(), officer.id)
    half = not second and (has or officer.needs_second_on(clock.today()))
    token = signins.begin(officer, half=half, second=second)
    session.clear()
    session["sign_in"] = token
    if half:
        page = "second.step" if has else "factors.choose"
        answer = redirect(url_for(page, then=then) if then else url_for(page))
    else:
        answer = _through(token, then)
    db.session.commit()
    return answer


def _through(token: str, then: str) -> Response:
    db.session.flush()
    answer = redirect(then or url_for("desk.today"))
    sign_in = signins.of_token(token)
    if sign_in is not None:
        browsers.greet(answer, sign_in)
    return answer


def own_page(address: str | None) -> str:
    """The page to go on with, only when it is one of ours."""
    address = address or ""
    parts = urlsplit(address)
    own = parts.path.startswith("/") and not address.startswith(("//", "/\\"))
    return address if own and not parts.netloc and not parts.scheme else ""
