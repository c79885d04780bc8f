"""S11: of who denounces nothing is left anywhere outside the envelope, in any usual writing."""

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import make_url

from feedback.db import make_engine
from tests import leaks, planting
from tests.places import fresh_database
from tests.world import SECRET

ROOT = Path(__file__).parent.parent.parent
DENUNCIATIONS = int(os.environ.get("LEAK_DENUNCIATIONS", "10"))


@dataclass(frozen=True)
class Planted:
    """The people, and every place in which something of them could lie."""

    people: list[dict[str, str]]
    places: dict[str, bytes]


@pytest.fixture(scope="module")
def planted(database_url: str, tmp_path_factory: pytest.TempPathFactory) -> Planted:
    folder = tmp_path_factory.mktemp("leaks")
    url = f"sqlite:///{folder}/var/feedback.db"
    if not database_url.startswith("sqlite"):
        url = fresh_database(database_url, f"{make_url(database_url).database}_leaks")
    (folder / "tmp").mkdir()
    environment = os.environ | {
        "FEEDBACK_SECRET": SECRET,
        "FEEDBACK_VAR": str(folder / "var"),
        "FEEDBACK_DATABASE_URL": url,
        "FEEDBACK_BASE_URL": "http://localhost",
        "FEEDBACK_SPARE_MIB": "0",
        "TMPDIR": str(folder / "tmp"),
    }
    words = [sys.executable, "-m", "tests.planting", str(DENUNCIATIONS)]
    pipes: dict[str, Any] = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE}
    with (
        (folder / "log").open("wb") as log,
        subprocess.Popen(words, cwd=ROOT, env=environment, stderr=log, **pipes) as process,
    ):
        assert process.stdin
        assert process.stdout
        told = process.stdout.readline()
        assert told, (folder / "log").read_text(encoding="utf-8")
        places = dict(leaks.everything(folder))  # while it lives: its journal is there too
        engine = make_engine(url)
        places |= {f"table {name}": rows for name, rows in leaks.rows(engine)}
        engine.dispose()
        process.stdin.close()
    return Planted(json.loads(told), places)


def test_nothing_of_ten_denouncers_is_found_anywhere(planted: Planted):
    assert len(planted.people) == DENUNCIATIONS >= 10
    found = [
        (place, what, way)
        for place, haystack in planted.places.items()
        for who in planted.people
        for what, value in who.items()
        for way in leaks.hits(value, haystack)
    ]
    assert found == []


def test_the_scan_looks_where_they_were(planted: Planted):
    """The envelopes, photos, mails and journal are there; only nothing can be read in them."""
    assert planted.places["table sender"].count(b"\x02") >= DENUNCIATIONS
    photos = [name for name in planted.places if name.endswith(".jpg")]
    assert len(photos) >= DENUNCIATIONS
    assert not any(planted.places[name].startswith(b"\xff\xd8") for name in photos)
    assert any(name.endswith(".eml") for name in planted.places)
    if "var/feedback.db" in planted.places:
        assert len(planted.places["var/feedback.db-wal"]) > 0
    # A word of the house, to be found by the same search in the same bytes.
    assert leaks.hits("Phạm Ngọc Lan", planted.places["table officer"])


WHO: dict[str, Any] = planting.person(3)


@pytest.mark.parametrize("way", list(leaks.writings(WHO["phone"])))
@pytest.mark.parametrize("what", ["name", "phone", "text"])
def test_whatever_is_planted_in_plain_sight_is_found(what: str, way: str):
    written = leaks.writings(WHO[what]).get(way)
    if written is None:
        assert what != "phone"
        return
    assert way in leaks.hits(WHO[what], os.urandom(50) + written + os.urandom(50))


def test_a_name_is_looked_for_in_more_than_25_writings():
    assert len(leaks.writings(WHO["name"])) >= 25
    assert len(leaks.writings(WHO["phone"])) >= 40


def test_eight_things_of_each_are_looked_for():
    assert len(WHO | {"code": ""}) == 8
