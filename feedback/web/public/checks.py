"""The page between a form and its receipt while an address presses hard: work a second, or wait.

The proof of work speaks ALTCHA (SHA-256 over salt and number); our own worker finds the number. It
and the waiting ticket belong to one form: shown again, they only send that form again. Nothing of
what was typed is lost, and nothing is stored before one of them is shown.
"""

import base64
import hmac
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from math import ceil
from typing import Any

from altcha.v1 import ChallengeOptions, create_challenge, verify_solution
from flask import make_response, render_template
from werkzeug.wrappers.response import Response

from feedback.web import here
from feedback.web.public.doors import Site
from feedback.web.public.photos import Photos

SLOWLY = 429
WAIT = timedelta(seconds=20)
# About a second on a cheap phone: half of them on average, at 50,000 hashes a second.
LARGEST_NUMBER = 50_000
PROOF, TICKET = "altcha", "waited"
# What the page carries by itself, each with a fresh value.
OWN = frozenset({PROOF, TICKET, "once", "kept", "photos"})


def passes(data: Any, once_id: str, at: datetime) -> bool:
    """Whether this post shows that its machine worked, or that its sender waited."""
    return proved(data.get(PROOF, ""), once_id) or left_to_wait(data, once_id, at) == timedelta(0)


def page(data: Any, once_id: str, photos: Photos, site: Site, at: datetime) -> Response:
    """Not stored yet: a machine that works a second, or a person who waits, sends it on."""
    html = render_template(
        "public/_check.html",
        check=sheet(data, once_id, at),
        key=data.get("once"),
        kept=photos.tokens(once_id),
        left_out=photos.left_out,
        unit=site.unit,
        place=site.place,
        other_lang_url=None,
    )
    return make_response(html, SLOWLY)


def sheet(data: Any, once_id: str, at: datetime) -> dict[str, Any]:
    """What the page needs: the fields to carry on, the challenge, the ticket and the time left."""
    left = left_to_wait(data, once_id, at)
    return {
        "fields": list(_carried(data)),
        "challenge": challenge(once_id),
        "ticket": ticket(once_id, at) if left is None else data.get(TICKET),
        "seconds": ceil((WAIT if left is None else left).total_seconds()),
        "early": left is not None,
    }


def _carried(data: Any) -> Iterator[tuple[str, str]]:
    for name, values in data.lists():
        if name not in OWN:
            words = (value for value in values if isinstance(value, str))
            yield from ((name, value.replace("\r\n", "\n")) for value in words)


# --- proof of work ----------------------------------------------------------------------------


def challenge(once_id: str) -> str:
    """A riddle for this form alone, in the format of ALTCHA."""
    options = ChallengeOptions(
        hmac_key=_secret(), max_number=LARGEST_NUMBER, params={"form": _form(once_id)}
    )
    return json.dumps(create_challenge(options).to_dict())


def proved(payload: str, once_id: str) -> bool:
    """Whether the answer is right and was worked out for this form."""
    try:
        said = json.loads(base64.b64decode(payload, validate=True))
        good, _why = verify_solution(said, _secret(), check_expires=False)
        return bool(good) and f"form={_form(once_id)}" in said["salt"].partition("?")[2].split("&")
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError):
        return False


def _form(once_id: str) -> str:
    return _stamp(f"form1|{once_id}")


def _secret() -> str:
    return _stamp("proof1")


def _stamp(text: str) -> str:
    return hmac.digest(here.keys().once, text.encode(), "sha256").hex()


# --- waiting ----------------------------------------------------------------------------------


def ticket(once_id: str, at: datetime) -> str:
    """From when this form's sender waits."""
    since = str(int(at.timestamp() * 1000))
    return f"{since}.{_stamp(f'wait1|{once_id}|{since}')}"


def left_to_wait(data: Any, once_id: str, at: datetime) -> timedelta | None:
    """How long the sender of this ticket still has to wait; None when it is not this form's."""
    since, _dot, stamp = data.get(TICKET, "").partition(".")
    if not hmac.compare_digest(stamp.encode(), _stamp(f"wait1|{once_id}|{since}").encode()):
        return None
    waited = timedelta(milliseconds=at.timestamp() * 1000 - int(since))
    return max(timedelta(0), WAIT - waited)
