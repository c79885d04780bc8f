"""Browsers: what one is called in two words, and whether an officer has come in by it before."""

import hashlib
import secrets
from datetime import datetime, timedelta

from flask import request
from sqlalchemy import select
from werkzeug.wrappers.response import Response as Answer

from feedback import clock, db
from feedback.equipment import settings
from feedback.models.factors import KnownBrowser
from feedback.models.notices import Notice
from feedback.models.officers import Officer, SignIn

KNOWN_FOR = timedelta(days=180)
# The first sign that is found counts: others call themselves Chrome and Safari too.
FAMILIES = (
    ("coc_coc", "Cốc Cốc"),
    ("Edg", "Edge"),
    ("OPR/", "Opera"),
    ("SamsungBrowser", "Samsung Internet"),
    ("Firefox", "Firefox"),
    ("FxiOS", "Firefox"),
    ("CriOS", "Chrome"),
    ("Chrome", "Chrome"),
    ("Safari", "Safari"),
)
SYSTEMS = (
    ("Android", "Android"),
    ("iPhone", "iPhone"),
    ("iPad", "iPad"),
    ("Windows", "Windows"),
    ("Mac OS X", "macOS"),
    ("Linux", "Linux"),
)


def name(user_agent: str) -> str:
    """ "Chrome, Windows"; nothing of versions, nothing unknown."""
    found = [
        next((word for sign, word in signs if sign in user_agent), "")
        for signs in (FAMILIES, SYSTEMS)
    ]
    return ", ".join(word for word in found if word)


def _cookie() -> str:
    return "__Host-browser" if settings().secure else "browser"


def known(officer: Officer | None) -> KnownBrowser | None:
    """This browser, when that officer has fully signed in by it before."""
    token = request.cookies.get(_cookie(), "")
    if not token or officer is None:
        return None
    found = db.session.scalar(
        select(KnownBrowser).where(
            KnownBrowser.token_hash == hashlib.sha256(token.encode()).digest(),
            KnownBrowser.officer_id == officer.id,
        )
    )
    return found if found and clock.now() - found.seen_at < KNOWN_FOR else None


def greet(answer: Answer, sign_in: SignIn) -> None:
    """The officer is in: a browser seen for the first time is told by mail, and known from now on.

    The caller commits.
    """
    now, seen = clock.now(), known(sign_in.officer)
    if seen is not None:
        seen.seen_at = now
        return
    know(answer, sign_in.officer_id)
    db.session.add(_notice(sign_in, now))


def know(answer: Answer, officer_id: int) -> None:
    """From now on this browser is one of the officer's own. The caller commits."""
    token = secrets.token_urlsafe(32)
    digest = hashlib.sha256(token.encode()).digest()
    made = KnownBrowser(officer_id=officer_id, token_hash=digest, seen_at=clock.now())
    db.session.add(made)
    answer.set_cookie(
        _cookie(),
        token,
        max_age=KNOWN_FOR,
        secure=settings().secure,
        httponly=True,
        samesite="Lax",
    )


def _notice(sign_in: SignIn, now: datetime) -> Notice:
    return Notice(
        once_key=f"browser-{sign_in.id}",
        sign_in_id=sign_in.id,
        officer_id=sign_in.officer_id,
        template="new_browser",
        made_at=now,
        try_after=now,
    )
