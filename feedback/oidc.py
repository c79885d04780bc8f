"""Talking with an OpenID provider: server to server, the authorisation code with PKCE and nonce.

Nothing of a browser goes there but the redirect itself, and nothing is asked unless an issuer was
set. Who the officer is here is for others to say; this module only says what the provider vouches
for. OpenID Connect Core 1.0 §3.1, Discovery 1.0, RFC 7636 (PKCE), RFC 9207 (iss), RFC 8176 (amr).
"""

import base64
import http.client
import json
import secrets
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote, urlencode, urlsplit

from authlib.oauth2.rfc6749.parameters import prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from authlib.oidc.discovery import get_well_known_url
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet

from feedback.settings import Provider

SCOPE = "openid email"
# Signed by a key pair only: a shared secret would let whoever holds ours write tokens.
SIGNED_BY = ["RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "EdDSA"]
PATIENCE = 5.0  # seconds for one answer
LARGEST = 1_000_000
OK = 200
LEEWAY = 60  # seconds two clocks may be apart
# What says that more than a password was asked for.
MFA_METHOD = "mfa"
MFA_CLASSES = frozenset(
    {
        "mfa",
        "https://refeds.org/profile/mfa",
        "http://schemas.openid.net/pape/policies/2007/06/multi-factor",
    }
)
AWAY, BAD_TOKEN, UNVERIFIED = "away", "token", "unverified"


class OidcRefused(Exception):
    """Nobody was vouched for. `code` says why, in a word that goes into the ledger."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


@dataclass(frozen=True, slots=True)
class Trip:
    """One way there and back: what only this browser's return may use, and only once."""

    state: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    nonce: str = field(default_factory=lambda: secrets.token_urlsafe(32))
    verifier: str = field(default_factory=lambda: secrets.token_urlsafe(48))


@dataclass(frozen=True, slots=True)
class Vouched:
    """Whom the provider vouches for, and whether it asked for a second factor."""

    email: str
    mfa: bool


def way_there(provider: Provider, trip: Trip, back: str) -> str:
    """Where the browser is sent; `back` is where it shall return to."""
    about = _discovered(provider)
    address: str = prepare_grant_uri(
        _endpoint(provider, about, "authorization_endpoint"),
        client_id=provider.client_id,
        response_type="code",
        redirect_uri=back,
        scope=SCOPE,
        state=trip.state,
        nonce=trip.nonce,
        code_challenge=create_s256_code_challenge(trip.verifier),
        code_challenge_method="S256",
    )
    return address


def vouched(provider: Provider, trip: Trip, code: str, back: str, at: datetime) -> Vouched:
    """Exchange the code, and check every word of the token that comes for it."""
    about = _discovered(provider)
    given = _exchanged(provider, about, trip, code, back)
    keys = _asked("GET", _endpoint(provider, about, "jwks_uri"))
    claims = _claims(provider, given, keys, trip.nonce, at)
    email = claims.get("email")
    if claims.get("email_verified") is not True or not isinstance(email, str):
        raise OidcRefused(UNVERIFIED)
    amr = claims.get("amr") or ()
    return Vouched(
        email.strip().lower(), MFA_METHOD in amr or str(claims.get("acr", "")) in MFA_CLASSES
    )


def _claims(
    provider: Provider, given: dict[str, Any], keys: dict[str, Any], nonce: str, at: datetime
) -> CodeIDToken:
    try:
        token = jwt.decode(
            given["id_token"],
            KeySet.import_key_set(keys),  # type: ignore[arg-type]
            algorithms=SIGNED_BY,
        )
        claims = CodeIDToken(
            token.claims,
            token.header,
            options={
                "iss": {"essential": True, "value": provider.issuer},
                "aud": {"essential": True, "value": provider.client_id},
            },
            params={
                "nonce": nonce,
                "client_id": provider.client_id,
                "access_token": given.get("access_token"),
            },
        )
        claims.validate(now=int(at.timestamp()), leeway=LEEWAY)
    except (JoseError, KeyError, TypeError, ValueError) as error:
        raise OidcRefused(BAD_TOKEN) from error
    return claims


# --- server to server -------------------------------------------------------------------------


def _discovered(provider: Provider) -> dict[str, Any]:
    """Asked anew each time: it is short, rare, and keys and addresses may change."""
    about = _asked("GET", get_well_known_url(provider.issuer, external=True))
    if about.get("issuer") != provider.issuer:
        raise OidcRefused(AWAY)
    return about


def _endpoint(provider: Provider, about: dict[str, Any], name: str) -> str:
    """An address the provider names: never less protected than the provider itself."""
    address = about.get(name)
    if not isinstance(address, str):
        raise OidcRefused(AWAY)
    if urlsplit(address).scheme not in {"https", urlsplit(provider.issuer).scheme}:
        raise OidcRefused(AWAY)
    return address


def _exchanged(
    provider: Provider, about: dict[str, Any], trip: Trip, code: str, back: str
) -> dict[str, Any]:
    said = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": back,
        "code_verifier": trip.verifier,
    }
    headers = {"Content-Type": "application/x-www-form-urlencoded"}
    # Basic is what holds when nothing is said (OpenID Connect Discovery 1.0 §3).
    if "client_secret_basic" in about.get(
        "token_endpoint_auth_methods_supported", ["client_secret_basic"]
    ):
        pair = f"{quote(provider.client_id, safe='')}:{quote(provider.secret, safe='')}"
        headers["Authorization"] = f"Basic {base64.b64encode(pair.encode()).decode()}"
    else:
        said |= {"client_id": provider.client_id, "client_secret": provider.secret}
    where = _endpoint(provider, about, "token_endpoint")
    return _asked("POST", where, urlencode(said), headers)


def _asked(
    method: str, address: str, body: str | None = None, headers: dict[str, str] | None = None
) -> dict[str, Any]:
    """One question, no redirect, no patience for long answers; JSON comes back."""
    parts = urlsplit(address)
    kind = http.client.HTTPSConnection if parts.scheme == "https" else http.client.HTTPConnection
    path = f"{parts.path or '/'}?{parts.query}" if parts.query else parts.path or "/"
    try:
        connection = kind(parts.hostname or "", parts.port, timeout=PATIENCE)
        try:
            sent = {"Accept": "application/json", **(headers or {})}
            connection.request(method, path, body, sent)
            answer = connection.getresponse()
            said = json.loads(answer.read(LARGEST))
        finally:
            connection.close()
    except (OSError, http.client.HTTPException, ValueError) as error:
        raise OidcRefused(AWAY) from error
    return _accepted(answer.status, said)


def _accepted(status: int, said: Any) -> dict[str, Any]:
    if status != OK:
        raise OidcRefused(BAD_TOKEN if isinstance(said, dict) and "error" in said else AWAY)
    if not isinstance(said, dict):
        raise OidcRefused(AWAY)
    return said
