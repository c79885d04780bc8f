"""`python -m bench.flood`: a flood from one address, and what the others notice of it (S09).

Against the real server with both its processes, in three scenes: parents alone; five hundred of
them behind one address on a meeting night, in 20 seconds instead of five minutes, which is harder;
and a machine that sends as fast as it can from one address while the parents go on.
"""

import sys
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from statistics import median, quantiles
from threading import Thread
from time import monotonic, sleep

import sqlalchemy as sa

from bench.lines import Answer, Sitting, sit
from bench.processes import machine
from bench.servers import ROOT
from bench.stands import Stand, stands
from bench.visitors import OK, Door, page_of, prepared, receipt_in

WIFI, FLOODER = "203.0.113.7", "198.51.100.9"
PARENTS, PER_SECOND, CROWD, FLOOD = 120, 6, 500, 6000
SECONDS = PARENTS / PER_SECOND
SLOWED = 429
FOREVER = float("inf")


@dataclass(frozen=True, slots=True)
class Scene:
    """What one crowd got: how many receipts, how many were asked to wait, and how fast."""

    received: int
    slowed: int
    other: int
    p50: float
    p95: float

    @classmethod
    def of(cls, door: Door, answers: list[Answer]) -> "Scene":
        good = [one for one in answers if one.status == OK and receipt_in(door, page_of(one))]
        slowed = sum(one.status == SLOWED for one in answers)
        times = [one.ms for one in answers]
        rest = len(answers) - len(good) - slowed
        return cls(len(good), slowed, rest, median(times), quantiles(times, n=20)[-1])

    def __str__(self) -> str:
        told = f"{self.received} received, {self.slowed} asked to wait, {self.other} refused"
        return f"{told}; p50 {self.p50:.0f} ms, p95 {self.p95:.0f} ms"


def _paced(posts: Iterable[bytes], per_second: float) -> Iterator[bytes]:
    """Each at its own moment, however fast the ones before were answered."""
    began = monotonic()
    for number, post in zip(count(), posts, strict=False):
        sleep(max(0.0, began + number / per_second - monotonic()))
        yield post


@dataclass(frozen=True, slots=True)
class Crowd:
    """Who sends beside the parents: what, over how many connections, for how long at most."""

    posts: Iterable[bytes]
    connections: int
    seconds: float


def _beside(door: Door, crowd: Crowd | None, found: list[Sitting]) -> None:
    if crowd is not None:
        found.append(sit(door.address, crowd.posts, crowd.connections, crowd.seconds))


def _scene(stand: Stand, said: str, crowd: Crowd | None = None) -> None:
    """The parents send at their pace; beside them a crowd."""
    parents = prepared(stand.door, PARENTS)
    stand.empty_buckets()
    beside: list[Sitting] = []
    thread = Thread(target=_beside, args=(stand.door, crowd, beside))
    thread.start()
    sent = sit(stand.door.address, _paced(parents, PER_SECOND), 1)
    thread.join()
    print(f"{said}\n  parents: {Scene.of(stand.door, sent.answers)}")
    for one in beside:
        rate = len(one.answers) / one.seconds
        print(f"  crowd:   {Scene.of(stand.door, one.answers)}; {rate:.0f} a second")


def _end_the_evening(stand: Stand) -> None:
    engine = sa.create_engine(stand.url)
    with engine.begin() as connection:
        connection.execute(sa.text("UPDATE gathering SET cancelled_at = made_at"))
    engine.dispose()


def _labels(stand: Stand) -> dict[str, int]:
    engine = sa.create_engine(stand.url)
    with engine.connect() as connection:
        found = connection.execute(sa.text("SELECT code, count(*) FROM flood_mark GROUP BY code"))
        kept = {code: number for code, number in found if code != "too_quick"}
    engine.dispose()
    return kept


def main() -> int:
    with (
        tempfile.TemporaryDirectory(prefix="feedback-flood-") as folder,
        stands(["ours"], {"sqlite": ""}, Path(folder), ROOT) as (stand,),
    ):
        print(machine())
        _scene(stand, "Parents alone")
        posts = _paced(prepared(stand.door, CROWD, WIFI), CROWD / SECONDS)
        # One connection: a pace kept by sleeping would hold up the clocks of others.
        _scene(stand, "500 behind one address on a meeting night", Crowd(posts, 1, FOREVER))
        print(f"  labels:  {_labels(stand) or 'none'}")
        _end_the_evening(stand)
        flood = prepared(stand.door, FLOOD, FLOODER)
        _scene(stand, "A flood from one address", Crowd(flood, 8, SECONDS))
        print(f"  labels:  {_labels(stand)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
