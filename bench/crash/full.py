"""`python -m bench.crash.full`: the disk fills up again and again while parents send.

Database and files lie on a small disk of memory (tmpfs, so as root). Ends with 1 unless what was
acknowledged is there, and the house came back by itself each time there was room again. PostgreSQL
gives up on a disk without room for its journal: the harness starts it again, as systemd does.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.crash import counting
from bench.crash.house import House
from bench.crash.parents import NOT_STORED, Crowd, Faults
from bench.processes import machine
from tests.places import Postgres, fresh_database, own_postgres

DISK_MIB, SPARE_MIB = {"sqlite": 96, "postgresql": 320}, 16
MIB = 2**20
SETTLE_SECONDS = 60.0


@contextmanager
def small_disk(mib: int) -> Iterator[Path]:
    """A disk of so many MiB that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="feedback-full-") as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
        Path(folder).chmod(0o711)  # a database server with an account of its own gets through
        subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={mib}m", "tmpfs", disk], check=True)
        try:
            yield disk
        finally:
            subprocess.run(["umount", "--lazy", disk], check=True)


@contextmanager
def filled_up(disk: Path, leaving: int = 0) -> Iterator[None]:
    """Nothing left on it but so many bytes, for as long as the block lasts."""
    ballast = disk / "ballast"
    # Others write at the same moment, so the last room is taken in small pieces.
    with ballast.open("wb", buffering=0) as file, suppress(OSError):
        while (free := shutil.disk_usage(disk).free) > leaving:
            file.write(bytes(min(MIB, max(4096, free - leaving))))
    try:
        yield
    finally:
        ballast.unlink()


@dataclass(frozen=True, slots=True)
class Outcome:
    """`refused`: sends that were told, with 503, that nothing was stored.

    `restarts`: how often the database server had given up and was started again.
    """

    count: counting.Count
    fills: int
    kills: int
    restarts: int
    refused: int
    slowest_healing: float


@dataclass(slots=True)
class Flood:
    """A disk that fills up, the house on it, and what that has cost so far."""

    house: House
    disk: Path
    dice: random.Random
    database: Postgres | None = None
    kills: int = 0
    restarts: int = 0
    slowest: float = 0.0

    def rise(self, number: int, crowd: Crowd) -> None:
        """Full, every third time with everything killed meanwhile; then there is room again."""
        time.sleep(self.dice.uniform(0.5, 2))
        with filled_up(self.disk, leaving=0 if number % 2 else MIB):
            time.sleep(self.dice.uniform(1, 2))
            if number % 3 == 2:
                self.house.kill()
                self.house.start()
                self.kills += 1
        if self.database is not None and self.database.has_given_up:
            self.database.start()
            self.restarts += 1
        self.slowest = max(self.slowest, _until_healed(crowd))


@contextmanager
def a_flood(database: str, dice: random.Random) -> Iterator[Flood]:
    """An installation whose disk is about to fill up."""
    with small_disk(DISK_MIB[database]) as disk, ExitStack() as stack:
        postgres, url = None, f"sqlite:///{disk}/var/feedback.db"
        if database == "postgresql":
            postgres = stack.enter_context(own_postgres(disk))
            url = fresh_database(postgres.url, "full")
        house = House(disk / "var", url)
        house.extra = {"FEEDBACK_SPARE_MIB": str(SPARE_MIB)}
        # What the server says must not fill the disk.
        house.log_file = disk.parent / "log"
        stack.callback(house.stop)
        yield Flood(house, disk, dice, postgres)


def run(
    fills: int, letters: int, parents: int = 4, seed: int = 1, database: str = "sqlite"
) -> Outcome:
    """So many fillings, every third with everything killed while it is full."""
    with a_flood(database, random.Random(seed)) as flood:
        house = flood.house
        crowd = Crowd(house.address, house.furnish(), Faults(lost=0.05, cut=0.05, photo=0.2))
        house.start()
        threads = crowd.run(parents)
        for number in range(fills):
            flood.rise(number, crowd)
        while len(crowd.acknowledged) < letters:
            time.sleep(0.2)
        crowd.enough.set()
        for thread in threads:
            thread.join(SETTLE_SECONDS)
        result = counting.count(crowd, house.export())
    refused = crowd.statuses[NOT_STORED]
    return Outcome(result, fills, flood.kills, flood.restarts, refused, flood.slowest)


def _until_healed(crowd: Crowd) -> float:
    """Seconds until somebody has a receipt again, with nobody's help."""
    began, before = time.monotonic(), len(crowd.acknowledged)
    while len(crowd.acknowledged) == before and time.monotonic() < began + SETTLE_SECONDS:
        time.sleep(0.05)
    return time.monotonic() - began


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crash.full", description=__doc__)
    parser.add_argument("--database", choices=list(DISK_MIB), default="sqlite")
    parser.add_argument("--fills", type=int, default=20)
    parser.add_argument("--letters", type=int, default=1000, help="acknowledged at least (1000)")
    asked = parser.parse_args(words)
    result = run(asked.fills, asked.letters, database=asked.database)
    print(f"Machine: {machine()}\n{result}")
    return 0 if result.count.is_clean and result.slowest_healing < SETTLE_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
