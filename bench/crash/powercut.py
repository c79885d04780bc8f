"""`python -m bench.crash.powercut`: what would a power cut have left at any moment of a busy hour?

The server runs under strace while parents send. Its writes are then done again on a disk that
forgets what was not synced, and the power is cut at many moments: nothing unsynced is left, or any
part of it, torn at a sector. After each cut the database is opened as after a reboot, and every
reference that had gone out in a reply by then must be there, once, with its words and whole photos.

Then the same is looked at by disks that leave some syncs out. These must be found to lose
something, or the first result would mean nothing. Ends with 1 when anything is otherwise.
SQLite only. It shows what the program asks of the kernel, in which order; a disk that lies about
its cache, or a kernel that does, is not tried.
"""

import argparse
import hashlib
import heapq
import os
import random
import re
import shutil
import signal
import sqlite3
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from bench.crash import traces
from bench.crash.counting import NUMBER
from bench.crash.disk import Disk, Sync
from bench.crash.house import House
from bench.crash.parents import REFERENCE, Crowd, Faults
from bench.crash.traces import Event
from bench.processes import machine

BLIND = ("wal", "files", "folders")
STORED = """
SELECT c.reference, s.text, s.id FROM case_file c
JOIN case_submission cs ON cs.case_id = c.id JOIN submission s ON s.id = cs.submission_id
"""
FILES = "SELECT submission_id, name, sha256 FROM attachment WHERE submission_id IS NOT NULL"


@dataclass
class Result:
    """What the cuts of one kind of disk came to."""

    cuts: int = 0
    owed: int = 0  # replies that had gone out, summed over the cuts
    wrong: Counter[str] = field(default_factory=Counter)


@dataclass
class Hour:
    """A busy hour: what was there before it, what happened in it, and who was told what."""

    before: Path
    var: Path
    prefix: Path
    photos: dict[int, int]
    acknowledged: int

    def events(self) -> list[Event]:
        """Read once: it is gone through again for every kind of disk."""
        return list(traces.events(self.prefix, self.var))


def live(folder: Path, letters: int, minutes: float, parents: int) -> Hour:
    """Parents send to a server under strace, until enough of them had a receipt."""
    var = folder / "var"
    house = House(var, f"sqlite:///{var}/feedback.db", {"WEB_CONCURRENCY": "2"})
    crowd = Crowd(house.address, house.furnish(), Faults(lost=0.05, cut=0.05))
    before, prefix = folder / "before", folder / "trace"
    shutil.copytree(var, before)
    house.watched_by = traces.command(prefix)
    house.start()
    threads = crowd.run(parents)
    until = time.monotonic() + 60 * minutes
    while time.monotonic() < until and len(crowd.acknowledged) < letters:
        time.sleep(0.5)
    crowd.enough.set()
    for thread in threads:
        thread.join(60)
    _end(house)
    sent = {letter.number: letter.photos for letter in crowd.letters}
    return Hour(before, var, prefix, sent, len(crowd.acknowledged))


def _end(house: House) -> None:
    """The server goes first: strace has to write down its last lines."""
    for number in house.workers():
        os.kill(number, signal.SIGTERM)
    if house.server is not None:
        house.server.wait(60)


# --- the cuts -------------------------------------------------------------------------------------


def cut(hour: Hour, events: list[Event], moments: set[int], blind: str = "") -> Result:
    """Live through the hour on a disk that forgets, and look at what is left at these moments."""
    disk, result, dice = Disk(hour.var, blind), Result(), random.Random(1)
    disk.load(hour.before)
    told: set[str] = set()
    over: list[tuple[float, int, Sync]] = []
    for number, event in enumerate(events):
        while over and over[0][0] <= event.at:
            disk.end_sync(heapq.heappop(over)[2])
        if event.kind == "sync":
            heapq.heappush(over, (event.until, number, disk.begin_sync(event)))
        elif event.kind == "say":
            told |= {found.decode() for found in REPLIES.findall(event.data)}
        else:
            disk.apply(event)
        if number in moments:
            _look(disk, told, hour.photos, dice, result)
    return result


REPLIES = re.compile(REFERENCE.pattern.encode())


def _look(
    disk: Disk, told: set[str], photos: dict[int, int], dice: random.Random, result: Result
) -> None:
    result.cuts += 1
    result.owed += len(told)
    with tempfile.TemporaryDirectory(prefix="feedback-cut-") as left:
        disk.after_a_cut(Path(left), dice, torn=result.cuts % 2 == 0)
        result.wrong.update(_faults(Path(left), told, photos))


def _faults(left: Path, told: set[str], photos: dict[int, int]) -> Iterator[str]:
    """Everything that a parent with a receipt could complain of after the reboot."""
    try:
        with closing(sqlite3.connect(left / "feedback.db")) as database:
            (whole,) = database.execute("PRAGMA integrity_check").fetchone()
            stored = database.execute(STORED).fetchall()
            files = database.execute(FILES).fetchall()
    except sqlite3.DatabaseError:
        yield "no database"
        return
    if whole != "ok":
        yield "database damaged"
    kept: dict[int, list[bool]] = {}
    for submission, name, sha256 in files:
        place = left / "files" / name[:2] / name
        good = place.is_file() and hashlib.sha256(place.read_bytes()).hexdigest() == sha256
        kept.setdefault(submission, []).append(good)
    yield from ["lost"] * len(told - {reference for reference, _text, _id in stored})
    yield from _of_letters(stored, kept, photos)


def _of_letters(
    stored: list[tuple[str, str, int]], kept: dict[int, list[bool]], photos: dict[int, int]
) -> Iterator[str]:
    seen: Counter[int] = Counter()
    for _reference, text, submission in stored:
        found = NUMBER.search(text)
        if found is None:
            yield "other words"
            continue
        seen[int(found[1])] += 1
        if kept.get(submission, []) != [True] * photos[int(found[1])]:
            yield "damaged"
    yield from ["doubled"] * sum(1 for times in seen.values() if times > 1)


# --- the whole ------------------------------------------------------------------------------------


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m bench.crash.powercut", description=__doc__)
    parser.add_argument("--letters", type=int, default=2_000, help="acknowledged at least (2000)")
    parser.add_argument("--minutes", type=float, default=20, help="stop sending after so long (20)")
    parser.add_argument("--parents", type=int, default=4, help="sending at the same time (4)")
    parser.add_argument("--cuts", type=int, default=100, help="moments (100)")
    parser.add_argument(
        "--blind-cuts", type=int, default=10, help="moments for each other disk (10)"
    )
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


def run(asked: argparse.Namespace) -> bool:
    began = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="feedback-power-") as folder:
        hour = live(Path(folder), asked.letters, asked.minutes, asked.parents)
        events = hour.events()
        kinds = Counter(event.kind for event in events)
        print(f"Machine: {machine()}\nSQLite; {hour.acknowledged} acknowledged; {dict(kinds)}")
        moments = sorted(random.Random(asked.seed).sample(range(kinds.total()), asked.cuts))
        honest = cut(hour, events, set(moments))
        good = _tell("a disk that keeps what was synced", honest) and hour.acknowledged > 0
        for blind in BLIND:
            some = set(random.Random(asked.seed).sample(moments, asked.blind_cuts))
            good &= not _tell(
                f"one that leaves out syncs of {blind}", cut(hour, events, some, blind)
            )
    print(f"{time.monotonic() - began:.0f} s")
    return good


def _tell(what: str, result: Result) -> bool:
    """Whether nothing is wrong."""
    said = dict(result.wrong) or "nothing wrong"
    print(f"{what}: {result.cuts} cuts, {result.owed} replies owed in all of them: {said}")
    return not result.wrong


def main(words: list[str]) -> int:
    return 0 if run(arguments(words)) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
