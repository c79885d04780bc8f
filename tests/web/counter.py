"""A clerk at a page: what stands on it, and a form of it sent in with its own token."""

import re
from datetime import date, timedelta
from html import unescape
from typing import Any

from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from feedback import clock, db

DAY = timedelta(days=1)


def get(client: FlaskClient, path: str) -> TestResponse:
    """An answer, after the story so far has been kept: a request ends the session."""
    db.session.commit()
    return client.get(path)


def page(client: FlaskClient, path: str) -> str:
    """The words of a page that opens."""
    answer = get(client, path)
    assert answer.status_code == 200, (path, answer.status_code)
    return unescape(answer.text)


def send(
    client: FlaskClient, form_page: str, action: str = "", prefix: str = "", **typed: str
) -> TestResponse:
    """The form with this prefix on that page, filled in and sent."""
    found = re.search(
        rf'name="{prefix}csrf_token"[^>]*value="([^"]+)"', get(client, form_page).text
    )
    assert found, f"no form {prefix!r} on {form_page}"
    data = {f"{prefix}{name}": value for name, value in typed.items()}
    return client.post(action or form_page, data={**data, f"{prefix}csrf_token": found[1]})


def in_days(days: int) -> date:
    """So many days from today; before it when negative."""
    return clock.today() + days * DAY


def now_in_base(row: Any) -> Any:
    """The row as it is kept now."""
    return db.session.get_one(type(row), row.id)
