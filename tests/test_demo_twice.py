"""The demo made twice: the same wishes give the same world, at any time of the year."""

import json
from datetime import datetime
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from feedback import clock, db
from feedback.demo import directory, world
from feedback.demo.place import Place, Wishes
from feedback.models.cases import Case
from feedback.models.data_requests import DataRequest
from feedback.models.events import CaseEvent
from feedback.models.units import Unit
from feedback.rules.opinions import OPINIONS
from feedback.shelf import Shelf
from tests.world import KEYS

AFTERNOON = datetime(2026, 11, 24, 15, 40, tzinfo=clock.OFFICE_ZONE)
# In the night, after Tết, on a day off, at the beginning of the school year and of a report year.
MOMENTS = ("2026-11-24 02:10", "2027-02-22 08:05", "2026-09-02 12:00", "2026-08-31 23:50",
           "2026-05-04 07:30", "2026-01-01 00:05")  # fmt: skip


def made(shelf: Path, until: datetime, submissions: int = world.FEWEST) -> Place:
    wishes = Wishes(schools=3, months=4, submissions=submissions, seed=7, until=until)
    place = world.new_place(db.session(), KEYS, Shelf(shelf, 0), wishes)
    for _ in world.build(place):
        pass
    db.session.flush()
    return place


def a_fingerprint(place: Place) -> str:
    """All that a person could tell two worlds apart by."""
    found = directory.contents(place, "http://localhost")
    told = db.session.scalars(select(CaseEvent).order_by(CaseEvent.id))
    events = [(event.move_code, event.at.isoformat(), event.note) for event in told]
    references = list(db.session.scalars(select(Case.reference).order_by(Case.id)))
    return json.dumps([found, references, events], ensure_ascii=False)


def test_the_same_seed_makes_the_same_world(story: Connection, tmp_path: Path) -> None:
    first = a_fingerprint(made(tmp_path / "one", AFTERNOON))
    db.session.rollback()
    assert db.session.scalar(select(Unit.id).limit(1)) is None
    assert a_fingerprint(made(tmp_path / "two", AFTERNOON)) == first


@pytest.mark.parametrize("moment", MOMENTS)
def test_at_any_time_of_the_year_every_state_is_there(
    story: Connection, tmp_path: Path, moment: str
) -> None:
    until = datetime.fromisoformat(moment).replace(tzinfo=clock.OFFICE_ZONE)
    made(tmp_path, until)
    cases = list(db.session.scalars(select(Case)))
    assert {case.status for case in cases} >= set(OPINIONS.statuses)
    assert {case.status for case in cases} >= {"lapsed", "lodged_again"}
    assert sum(case.alarmed for case in cases) == 1
    assert sum(case.is_held for case in cases) == 3
    assert {one.is_open for one in db.session.scalars(select(DataRequest))} == {True, False}
    assert all(case.events[-1].at <= until for case in cases)
