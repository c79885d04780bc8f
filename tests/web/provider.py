"""A small provider of sign-ins on 127.0.0.1: real HTTP, real keys, really signed tokens."""

import base64
import json
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from authlib.oauth2.rfc7636 import create_s256_code_challenge
from joserfc import jwt
from joserfc.jwk import RSAKey

from feedback import clock
from feedback.settings import Provider

CLIENT_ID, SECRET, KEY_ID = "gop-y", "a secret & more", "now"


@dataclass
class Place:
    """The provider: who is signed in over there, and how it errs in this story."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": KEY_ID}))
    # What its tokens are really signed with.
    signs_with: RSAKey | None = None
    claims: dict[str, Any] = field(default_factory=dict)
    basic: bool = True
    asked: list[str] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def settings(self) -> Provider:
        return Provider(self.issuer, CLIENT_ID, SECRET, "Đăng nhập bằng tài khoản của Sở")

    def about(self) -> dict[str, Any]:
        ways = ["client_secret_basic"] if self.basic else ["client_secret_post"]
        return {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": ways,
        }

    def authorized(self, asked: dict[str, str]) -> str:
        """The officer signed in over there: back with a code."""
        assert asked["response_type"] == "code"
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe(16)
        self.codes[code] = asked
        said = {"code": code, "state": asked["state"], "iss": self.issuer}
        return f"{asked['redirect_uri']}?{urlencode(said)}"

    def token(self, sent: dict[str, str], authorization: str) -> dict[str, Any] | None:
        asked = self.codes.pop(sent.get("code", ""), None)
        if asked is None or not self._is_ours(sent, authorization):
            return None
        if create_s256_code_challenge(sent["code_verifier"]) != asked["code_challenge"]:
            return None
        now = int(clock.now().timestamp())
        claims = {
            "iss": self.issuer,
            "sub": "7",
            "aud": CLIENT_ID,
            "iat": now,
            "exp": now + 300,
            "nonce": asked["nonce"],
            "email_verified": True,
            **self.claims,
        }
        signed = jwt.encode({"alg": "RS256", "kid": KEY_ID}, claims, self.signs_with or self.key)
        return {"access_token": "x", "token_type": "Bearer", "id_token": signed}

    def _is_ours(self, sent: dict[str, str], authorization: str) -> bool:
        if not self.basic:
            return (sent.get("client_id"), sent.get("client_secret")) == (CLIENT_ID, SECRET)
        pair = f"{CLIENT_ID}:{urlencode({'': SECRET})[1:].replace('+', '%20')}"
        return authorization == f"Basic {base64.b64encode(pair.encode()).decode()}"


class Desk(BaseHTTPRequestHandler):
    place: ClassVar[Place]

    def log_message(self, *_: object) -> None:
        pass

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        self.place.asked.append(parts.path)
        if parts.path == "/authorize":
            asked = {name: one[0] for name, one in parse_qs(parts.query).items()}
            self.send_response(302)
            self.send_header("Location", self.place.authorized(asked))
            self.end_headers()
        elif parts.path == "/jwks":
            self._say({"keys": [self.place.key.as_dict(private=False)]})
        else:
            self._say(self.place.about())

    def do_POST(self) -> None:
        self.place.asked.append(self.path)
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        sent = {name: one[0] for name, one in parse_qs(body).items()}
        made = self.place.token(sent, self.headers.get("Authorization", ""))
        self._say(made or {"error": "invalid_grant"}, 200 if made else 400)

    def _say(self, what: dict[str, Any], status: int = 200) -> None:
        body = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def a_provider() -> Iterator[Place]:
    place = Place()
    desk = type("Desk", (Desk,), {"place": place})
    server = ThreadingHTTPServer(("127.0.0.1", 0), desk)
    place.issuer = f"http://127.0.0.1:{server.server_port}"
    running = threading.Thread(target=server.serve_forever, daemon=True)
    running.start()
    try:
        yield place
    finally:
        server.shutdown()
        running.join()
        server.server_close()
