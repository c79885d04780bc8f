"""The secret is changed while parents write, and whoever changes it is killed again and again."""

import json
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from bench.crash.counting import Count, look_up
from bench.crash.house import House
from bench.crash.parents import Crowd, Faults
from bench.servers import ROOT
from tests.keepers import SECOND
from tests.kept.conftest import a_database
from tests.kept.test_backup import a_key, assert_all_there

FIRST = "the-secret-of-the-first-year-and-more-than-32-characters"
UNDER_WAY = {"FEEDBACK_SECRET": SECOND, "FEEDBACK_SECRET_BEFORE": FIRST}

# Ends itself, as kill -9 would, just before the so-manieth time that something is put down for
# good: a transaction, a file, the name of a file.
CUT_OFF = """
import os, signal, sys
from sqlalchemy.orm import Session
left = int(sys.argv.pop(1))
def counted(act):
    def acts(*told, **more):
        global left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
        return act(*told, **more)
    return acts
Session.commit = counted(Session.commit)
os.fsync, os.rename, os.utime = counted(os.fsync), counted(os.rename), counted(os.utime)
from flask.cli import main
sys.argv = ["flask", "--app", "wsgi", "change-secret"]
main()
"""


def cut_off(house: House, after: int) -> int:
    """How `flask change-secret` ended that was to be killed there."""
    words = [sys.executable, "-c", CUT_OFF, str(after)]
    done = subprocess.run(
        words, cwd=ROOT, env=house.environment(), capture_output=True, check=False
    )
    return done.returncode


@pytest.fixture
def town(house: House) -> House:
    """Two schools with a little of everything: contacts, denunciations, papers, second steps."""
    house.extra = {"FEEDBACK_SECRET": FIRST}
    house.flask("db", "upgrade")
    house.flask("demo", "--schools", "2", "--months", "3", "--submissions", "60")
    return house


def a_crowd(house: House) -> Crowd:
    points = json.loads((house.folder / "demo.json").read_text())["points"]
    return Crowd(house.address, points[0]["code"], Faults(lost=0.2, cut=0, photo=0.6))


def hear(house: House, crowd: Crowd, letters: int) -> None:
    crowd.run(2)
    while len(crowd.acknowledged) < letters:
        crowd.enough.wait(0.05)
    crowd.enough.set()


def test_killed_at_every_kind_of_moment_it_is_finished_by_running_it_again(town: House):
    before = list(town.export())
    town.extra = UNDER_WAY
    killed = [cut_off(town, after) for after in (1, 2, 3, 5, 8, 13, 17, 18, 19, 20, 21, 34, 55)]
    assert set(killed) == {-signal.SIGKILL}
    assert "All is as it was stored." in town.flask("verify").stdout
    done = town.flask("change-secret")
    assert "0 with the one before" in done.stdout
    town.extra = {"FEEDBACK_SECRET": SECOND}
    assert "All is as it was stored." in town.flask("verify").stdout
    assert list(town.export()) == before
    assert all(all(case["attachments"]) for case in before)


def test_parents_write_while_it_is_changed_and_nothing_is_lost(town: House):
    town.start()
    earlier = a_crowd(town)
    hear(town, earlier, 10)
    town.kill()
    town.extra = UNDER_WAY
    town.start()
    crowd = a_crowd(town)
    crowd.run(2)
    assert "0 with the one before" in town.flask("change-secret").stdout
    hear(town, crowd, 10)
    assert set(crowd.statuses) == {200}, crowd.statuses
    town.kill()
    town.extra = {"FEEDBACK_SECRET": SECOND}
    town.start()
    for told in (earlier.acknowledged, crowd.acknowledged):
        assert_all_there(told, town)
        found = Count()
        look_up(town.address, told, found)
        assert not found.wrong
    assert "All is as it was stored." in town.flask("verify").stdout


def test_a_backup_of_that_hour_is_restored_and_the_change_goes_on_there(
    town: House, tmp_path: Path
):
    public, private = a_key(tmp_path)
    town.extra = UNDER_WAY
    out = tmp_path / "of-that-hour.age"
    backup = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "backup", str(out), "--to", public],
        cwd=ROOT, env=town.environment(), stdout=subprocess.DEVNULL,
    )  # fmt: skip
    town.flask("change-secret")
    assert backup.wait() == 0
    new = House(tmp_path / "new", a_database(tmp_path / "new"), UNDER_WAY)
    where = ("--database", new.database_url) if "postgresql" in new.database_url else ()
    told = town.flask("restore", str(out), str(new.folder), "--identity", str(private), *where)
    assert "All is as it was stored." in told.stdout
    assert "0 with the one before" in new.flask("change-secret").stdout
    new.extra = {"FEEDBACK_SECRET": SECOND}
    assert "All is as it was stored." in new.flask("verify").stdout
