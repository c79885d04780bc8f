"""At the door: signing in by hand, as a browser does it."""

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback import clock, db, factors
from feedback.models.officers import Officer
from tests.world import KEYS, PASSWORD


def field(client: FlaskClient, path: str, name: str = "csrf_token") -> str:
    """The value of a hidden field on a page."""
    page = client.get(path).text
    return page.partition(f'name="{name}"')[2].partition('value="')[2].partition('"')[0]


def sign_in(client: FlaskClient, password: str = PASSWORD, **more: str) -> TestResponse:
    token = field(client, "/dang-nhap")
    data = {"email": "lan@demo.invalid", "password": password, "csrf_token": token, **more}
    return client.post("/dang-nhap", data=data)


def with_app(officer: Officer, secret: str) -> None:
    """The officer's phone knows this secret."""
    db.session.add(factors.keep_app(KEYS.factor, officer.id, secret, clock.now()))
