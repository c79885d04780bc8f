"""The second door for officers: sign-in at a provider the operator named. Off unless one is set.

The provider only says whose address it is. Account, roles and the second factor stay ours.
"""

import hashlib
import json
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

from flask import Blueprint, abort, flash, redirect, request, session, url_for
from flask_babel import lazy_gettext as _l
from sqlalchemy import delete
from werkzeug.wrappers.response import Response

from feedback import clock, db, ledger, oidc, sealing
from feedback.models.outside import OutsideTrip
from feedback.oidc import OidcRefused, Trip, Vouched
from feedback.settings import Provider
from feedback.web import entry, here, proof

blueprint = Blueprint("outside", __name__, url_prefix="/dang-nhap/tai-khoan-nganh")

TRIP_LASTS = timedelta(minutes=10)
COOKIE = "outside"
# A trip that is not this browser's, is over or was stopped; an account that is not to be had here.
STRAY, STOPPED, UNKNOWN = "state", "stopped", "unknown"
AGAIN = _l("Lần đăng nhập này không hợp lệ hoặc đã quá lâu. Mời thử lại, hoặc dùng mật khẩu.")
SENTENCES = {
    oidc.AWAY: _l(
        "Chưa liên lạc được với nơi đăng nhập chung của ngành. Mời đăng nhập bằng mật khẩu."
    ),
    oidc.UNVERIFIED: _l(
        "Nơi đăng nhập chung của ngành chưa xác nhận thư điện tử của anh/chị, nên chưa thể dùng để "
        "đăng nhập ở đây. Mời đăng nhập bằng mật khẩu."
    ),
    UNKNOWN: _l(
        "Tài khoản của ngành này chưa được cấp quyền ở đây. Mời đăng nhập bằng mật khẩu, hoặc hỏi "
        "người quản trị."
    ),
    STOPPED: _l("Anh/chị đã dừng đăng nhập ở nơi đăng nhập chung của ngành."),
}


@blueprint.get("/di")
def go() -> Response:
    provider = _provider()
    with _writing():
        waits = entry.from_here()
        db.session.commit()
    if waits:
        flash(proof.too_fast(waits), "warn")
        return redirect(url_for("session.sign_in"))
    trip = Trip()
    try:
        there = oidc.way_there(provider, trip, _back())
    except OidcRefused as refused:
        return _refuse(refused.code)
    with _writing():
        _remember(trip, entry.own_page(request.args.get("then")))
        db.session.commit()
    session[COOKIE] = trip.state
    return redirect(there)


@blueprint.get("/ve")
def back() -> Response:
    provider = _provider()
    try:
        trip, then = _recalled(session.pop(COOKIE, ""), request.args.get("state", ""))
        found = _vouched(provider, trip)
    except OidcRefused as refused:
        return _refuse(refused.code)
    return _enter(found, then)


def _provider() -> Provider:
    """The one that was set; without one these pages do not exist."""
    return here.settings().provider or abort(404)


def _back() -> str:
    return here.settings().base_url + url_for("outside.back")


@contextmanager
def _writing() -> Iterator[None]:
    """A short write of its own: no lock is held while the provider is asked."""
    db.session.rollback()
    before = db.writing.set(True)
    try:
        yield
    finally:
        db.writing.reset(before)


def _vouched(provider: Provider, trip: Trip) -> Vouched:
    asked = request.args
    if asked.get("error"):
        raise OidcRefused(STOPPED)
    if asked.get("iss", provider.issuer) != provider.issuer:
        raise OidcRefused(STRAY)
    return oidc.vouched(provider, trip, asked.get("code", ""), _back(), clock.now())


def _enter(found: Vouched, then: str) -> Response:
    with _writing():
        officer = entry.named(found.email)
        if officer is None:
            return _refuse(UNKNOWN)
        ledger.acting.set(ledger.as_officer(officer, clock.today()))
        ledger.say(db.session(), "sign_in.outside", f"officer/{officer.id}", mfa=found.mfa)
        return entry.enter(officer, then, second=found.mfa)


def _refuse(code: str) -> Response:
    """Said on the page with the password, which goes on working; the ledger keeps the reason."""
    with _writing():
        ledger.say(db.session(), "sign_in.outside_fail", why=code)
        db.session.commit()
    flash(str(SENTENCES.get(code, AGAIN)), "warn")
    return redirect(url_for("session.sign_in"))


# --- trips ------------------------------------------------------------------------------------


def _remember(trip: Trip, then: str) -> None:
    now = clock.now()
    _forget(OutsideTrip.begun_at < now - TRIP_LASTS)
    secret = json.dumps([trip.nonce, trip.verifier]).encode()
    sealed = sealing.seal(here.keys().factor, secret, _context(trip.state))
    made = OutsideTrip(state_hash=_hash(trip.state), sealed=sealed, then=then[:500], begun_at=now)
    db.session.add(made)


def _recalled(mine: str, said: str) -> tuple[Trip, str]:
    """The trip this browser set out on: there for one return, right or wrong."""
    if not mine or not secrets.compare_digest(mine.encode(), said.encode()):
        raise OidcRefused(STRAY)
    with _writing():
        found = db.session.get(OutsideTrip, _hash(mine))
        taken = found is not None and _forget(OutsideTrip.state_hash == _hash(mine))
        db.session.commit()
    if not taken or found is None or clock.now() - found.begun_at > TRIP_LASTS:
        raise OidcRefused(STRAY)
    plain = sealing.unseal(here.keys().factor, found.sealed, _context(mine))
    return Trip(mine, *json.loads(plain)), found.then


def _forget(which: object) -> bool:
    gone = delete(OutsideTrip).where(which).returning(OutsideTrip.state_hash)  # type: ignore[arg-type]
    options = {"synchronize_session": False}
    return bool(db.session.scalars(gone, execution_options=options).all())


def _hash(state: str) -> bytes:
    return hashlib.sha256(state.encode()).digest()


def _context(state: str) -> str:
    return f"outside:{state}"
