"""The shelf against the rows: what is swept, what is spared, and what rings the bell."""

import os
from datetime import datetime
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, insert

from feedback import clock, db, intake, inventory
from feedback.commands import keeping
from feedback.db import Base
from feedback.models.ledger import LedgerEntry
from feedback.shelf import JPEG, Shelf
from tests import world


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "files", spare_mib=0)


def an_old(shelf: Shelf, at: datetime, hours: int = 25) -> str:
    """A photo that has lain on the shelf for so long."""
    name = shelf.keep(os.urandom(100), JPEG).name
    os.utime(shelf.path(name), (at.timestamp() - 3600 * hours,) * 2)
    return name


def test_only_what_no_row_has_known_for_a_day_is_swept(story: Connection, shelf: Shelf):
    now = clock.now()
    stored = shelf.keep(b"a photo of the kitchen", JPEG)
    submission = world.a_receipt(world.a_school()).submission
    submission.attachments.append(intake.attachment(stored))
    db.session.commit()
    os.utime(shelf.path(stored.name), (0, 0))
    forgotten, young = an_old(shelf, now), an_old(shelf, now, hours=23)

    assert inventory.sweep(db.session(), shelf, now) == 1
    assert shelf.holds(stored.name)
    assert shelf.holds(young)
    assert not shelf.holds(forgotten)


def test_a_photo_taken_up_again_by_its_form_is_spared(story: Connection, shelf: Shelf):
    """Mai mended her form the day after; the sweeper was already on its way."""
    now = clock.now()
    name = an_old(shelf, now)
    path = shelf.path(name)
    assert shelf.take_up(name)
    assert not shelf.discard(path, now - inventory.STRAY_AFTER)
    assert inventory.sweep(db.session(), shelf, now) == 0
    assert shelf.holds(name)


def test_a_photo_swept_meanwhile_cannot_be_taken_up(story: Connection, shelf: Shelf):
    name = an_old(shelf, clock.now())
    assert inventory.sweep(db.session(), shelf, clock.now()) == 1
    assert not shelf.take_up(name)


def test_every_table_that_names_a_file_is_known_to_the_sweeper():
    """A table forgotten here would have its files swept."""
    found = {f"{name.table.name}.{name.name}" for name, _hash in inventory.shelf_columns()}
    assert found >= {"attachment.name", "issued_paper.docx_name", "issued_paper.pdf_name"}
    every = [c for t in Base.metadata.tables.values() for c in t.columns if "sha256" in c.name]
    hashes = [c for c in every if f"{c.table.name}.{c.name}" != "consent.text_sha256"]  # of words
    assert len(inventory.shelf_columns()) == len(hashes)


def test_a_row_without_its_file_rings_the_bell_until_it_is_there_again(
    app: Flask, parent: FlaskClient, shelf: Shelf, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setitem(app.extensions, "feedback.shelf", shelf)
    stored = shelf.keep(b"a photo of the kitchen", JPEG)
    submission = world.a_receipt(world.a_school()).submission
    submission.attachments.append(intake.attachment(stored))
    db.session.commit()
    away = shelf.path(stored.name).rename(shelf.root / "away")
    with app.app_context():
        assert keeping.tidy() == (0, 1)
    db.writing.set(True)
    answer = parent.get("/healthz")
    assert answer.status_code == 503
    assert answer.json
    assert answer.json["files"]["missing"] == 1
    away.rename(shelf.path(stored.name))
    with app.app_context():
        assert keeping.tidy() == (0, 0)
    db.writing.set(True)
    assert parent.get("/healthz").status_code == 200


def test_verify_looks_through_the_ledger_too(app: Flask, story: Connection):
    forged = dict.fromkeys(LedgerEntry.COLUMNS, "") | {"seq": 90_000, "at": clock.now()}
    story.execute(insert(LedgerEntry).values({**forged, "officer_id": None, "unit_id": None}))
    answer = app.test_cli_runner().invoke(args=["verify"])
    db.writing.set(True)
    assert answer.exit_code == 1
    assert "Entry 90000 was changed." in answer.output
    assert "All is as it was stored." not in answer.output
