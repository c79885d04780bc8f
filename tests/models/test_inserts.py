"""The short way to write a send: row for row what the session's own would have been."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from sqlalchemy import literal, select

from feedback import clock, codes, db, intake
from feedback.db import Base
from feedback.models.submissions import Attachment, Submission
from feedback.models.units import load_calendar
from feedback.shelf import StoredFile
from tests.world import KEYS, a_contact, a_point, a_school, an_officer, answers, the_holidays

pytestmark = pytest.mark.usefixtures("story")

MORNING = datetime(2026, 11, 10, 9, 0, tzinfo=clock.OFFICE_ZONE)
PHOTO = StoredFile(name="bua-trua.jpg", media_type="image/jpeg", size=4711, sha256="0" * 64)
MENU = StoredFile(name="thuc-don.jpg", media_type="image/jpeg", size=815, sha256="1" * 64)
Writing = Callable[..., None]
# What a database counts up by itself, and what is random in every send.
COUNTED, SEALED = ("id", "case_id", "submission_id"), "sealed"


def _by_flush(session: Any, submission: Any, matter: Any, marks: Any) -> None:
    session.add_all([submission, matter])
    session.flush()
    for mark in marks:
        mark.submission_id = submission.id
    session.add_all(marks)
    session.flush()


def _everything() -> dict[str, list[Any]]:
    """Every row of every table, without its numbers."""
    found = {}
    for table in Base.metadata.sorted_tables:
        kept = [c for c in table.columns if c.key not in {*COUNTED, SEALED}]
        found[table.name] = sorted(
            db.session.connection().execute(select(literal(1), *kept)), key=repr
        )
    return found


def _written(arrival: intake.Arrival) -> dict[str, list[Any]]:
    before = db.session.begin_nested()
    intake.receive(db.session(), arrival, KEYS, load_calendar(db.session()))
    db.session.flush()
    rows = _everything()
    before.rollback()
    db.session.expire_all()
    return rows


def _an_arrival(**said: Any) -> intake.Arrival:
    the_holidays()
    school = a_school()
    files, taken_by = said.pop("files", ()), said.pop("taken_by", None)
    clerk = an_officer(school, name=taken_by) if taken_by else None
    point = None if clerk else a_point(school)
    channel = "walk_in" if clerk else "qr"
    return intake.Arrival(
        school, point, answers(**said), "a-form", MORNING, files, channel, taken_by=clerk
    )


@pytest.mark.parametrize(
    "said",
    [
        {},
        {"contact": a_contact()},
        {"contact": a_contact(), "files": (PHOTO, MENU)},
        {"kind_code": "KH", "wish": ""},
        {"kind_code": "KN", "signed": True, "contact": a_contact()},
        {"about_code": "head"},
        {"text": "Con tôi bị cô giáo tát vào mặt, máu chảy ra."},
        {"danger": True, "about_text": "Lớp 2A"},
        {"taken_by": "Cô Lan", "contact": a_contact()},
    ],
    ids=["plain", "named", "photos", "thanks", "signed", "head", "alarm", "tick", "counter"],
)
def test_both_ways_write_the_same_rows(said: dict[str, Any], monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(codes, "new_reference", lambda *_: "LDT-2026-4F7K2")
    arrival = _an_arrival(**said)
    ours = _written(arrival)
    monkeypatch.setattr(intake, "_write", _by_flush)
    assert ours == _written(arrival)
    assert len(ours["submission"]) == len(ours["case_file"]) == 1
    assert ours["case_event"]


def _received(**said: Any) -> intake.Receipt:
    return intake.receive(db.session(), _an_arrival(**said), KEYS, load_calendar(db.session()))


def test_what_was_written_is_known_to_the_session_and_asks_for_nothing():
    receipt = _received(contact=a_contact(), files=(PHOTO,))
    sent = receipt.submission
    assert sent.sender
    assert all(thing in db.session for thing in (sent, receipt.case, sent.sender))
    assert not db.session.dirty
    assert not db.session.new
    assert receipt.case.version == 1
    assert receipt.case.answered_on is None
    assert db.session.scalars(select(Submission)).one() is sent
    assert db.session.scalars(select(Attachment)).one() is sent.attachments[0]


def test_the_parts_that_were_let_go_of_are_read_when_asked_for():
    matter = _received(text="Con tôi bị cô giáo tát vào mặt, máu chảy ra.").case
    assert [event.move_code for event in matter.events] == ["receive", "alert"]
    assert {deadline.case_id for deadline in matter.deadlines} == {matter.id}


def test_a_case_goes_on_from_there():
    matter = _received().case
    matter.alarmed = True
    db.session.flush()
    assert matter.version == 2
