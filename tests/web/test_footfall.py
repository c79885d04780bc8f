"""Scans and begun forms of a point: counted without a cookie and without an address."""

from collections.abc import Iterator
from datetime import timedelta

import pytest
from flask.testing import FlaskClient
from sqlalchemy import select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from feedback import clock, db
from feedback.models.points import PointDay, QrPoint
from feedback.web.public import footfall
from tests.eyes import Visitor
from tests.world import a_point, a_school, the_holidays


@pytest.fixture
def gate(parent: FlaskClient, monkeypatch: pytest.MonkeyPatch) -> Iterator[QrPoint]:
    the_holidays()
    point = a_point(a_school())
    db.session.commit()
    # Written when the test says so, not when a request happens to.
    monkeypatch.setattr(footfall, "_is_time", lambda _: False)
    footfall._counts.clear()
    yield point
    footfall._counts.clear()


def _day(gate: QrPoint) -> tuple[int, int]:
    footfall.flush()
    row = db.session.scalar(select(PointDay).where(PointDay.point_id == gate.id))
    return (row.scans, row.starts) if row else (0, 0)


def test_a_visit_is_a_scan_and_a_start_and_a_send_adds_nothing(parent: FlaskClient, gate: QrPoint):
    mai = Visitor(parent)
    mai.see(f"/q/{gate.code}")
    form = mai.see(f"/q/{gate.code}/gui")
    form.send(text="Hôm nay bữa trưa rất ít thịt.", kind="PA", about="boarding")
    assert _day(gate) == (1, 1)


@pytest.mark.parametrize("header", footfall.AHEAD_HEADERS)
def test_what_a_browser_fetches_ahead_is_no_scan(parent: FlaskClient, gate: QrPoint, header: str):
    parent.get(f"/q/{gate.code}", headers={header: "prefetch;prerender"})
    parent.head(f"/q/{gate.code}")
    assert _day(gate) == (0, 0)


def test_a_revoked_code_counts_nothing(parent: FlaskClient, gate: QrPoint):
    gate.revoked_at = clock.now()
    db.session.commit()
    parent.get(f"/q/{gate.code}")
    assert _day(gate) == (0, 0)


def test_days_add_up_and_stay_apart(parent: FlaskClient, gate: QrPoint):
    for _ in range(3):
        parent.get(f"/q/{gate.code}")
    assert _day(gate)[0] == 3
    parent.get(f"/q/{gate.code}")
    assert _day(gate)[0] == 4


def test_it_is_written_down_at_most_every_ten_seconds(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(footfall, "_written_at", None)
    at = clock.now()
    due = [footfall._is_time(at + timedelta(seconds=s)) for s in (0, 5, 9, 10, 15, 20)]
    assert due == [True, False, False, True, False, True]


def test_what_cannot_be_written_now_is_written_later(
    parent: FlaskClient, gate: QrPoint, monkeypatch: pytest.MonkeyPatch
):
    parent.get(f"/q/{gate.code}")

    def full(*_: object) -> None:
        raise OperationalError("INSERT", {}, Exception("disk full"))

    with monkeypatch.context() as broken:
        broken.setattr(Session, "commit", full)
        with pytest.raises(OperationalError):
            footfall.flush()
    assert _day(gate)[0] == 1
