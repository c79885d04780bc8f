"""`python -m bench.crash.full`: the disk fills up again and again while parents send.

Database and files lie on a small disk of memory (tmpfs, so as root). Ends with 1 unless what was
acknowledged is there, and the house came back by itself each time there was room again.
"""

import argparse
import random
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

from bench.crash import counting
from bench.crash.house import House
from bench.crash.parents import NOT_STORED, Crowd, Faults
from bench.processes import machine

DISK_MIB, SPARE_MIB = 96, 16
MIB = 2**20
SETTLE_SECONDS = 60.0


@contextmanager
def small_disk(mib: int = DISK_MIB) -> Iterator[Path]:
    """A disk of so many MiB that is gone afterwards."""
    with tempfile.TemporaryDirectory(prefix="feedback-full-") as folder:
        disk = Path(folder) / "disk"
        disk.mkdir()
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
    """`refused`: sends that were told, with 503, that nothing was stored."""

    count: counting.Count
    fills: int
    kills: int
    refused: int
    slowest_healing: float


def run(fills: int, letters: int, parents: int = 4, seed: int = 1) -> Outcome:
    """So many fillings, every third with everything killed while it is full."""
    dice = random.Random(seed)
    with small_disk() as disk:
        house = House(disk / "var", f"sqlite:///{disk}/var/feedback.db")
        house.extra = {"FEEDBACK_SPARE_MIB": str(SPARE_MIB)}
        # What the server says must not fill the disk.
        house.log_file = disk.parent / "log"
        try:
            crowd = Crowd(house.address, house.furnish(), Faults(lost=0.05, cut=0.05, photo=0.2))
            house.start()
            threads = crowd.run(parents)
            kills, healing = _fill_often(house, crowd, disk, fills, dice)
            while len(crowd.acknowledged) < letters:
                time.sleep(0.2)
            crowd.enough.set()
            for thread in threads:
                thread.join(SETTLE_SECONDS)
            result = counting.count(crowd, house.export())
        finally:
            house.stop()
    return Outcome(result, fills, kills, crowd.statuses[NOT_STORED], healing)


def _fill_often(
    house: House, crowd: Crowd, disk: Path, fills: int, dice: random.Random
) -> tuple[int, float]:
    kills, slowest = 0, 0.0
    for number in range(fills):
        time.sleep(dice.uniform(0.5, 2))
        with filled_up(disk, leaving=0 if number % 2 else MIB):
            time.sleep(dice.uniform(1, 2))
            if number % 3 == 2:
                house.kill()
                house.start()
                kills += 1
        slowest = max(slowest, _until_healed(crowd))
    return kills, slowest


def _until_healed(crowd: Crowd) -> float:
    """Seconds until somebody has a receipt again, with nobody's help."""
    began, before = time.monotonic(), len(crowd.acknowledged)
    while len(crowd.acknowledged) == before and time.monotonic() < began + SETTLE_SECONDS:
        time.sleep(0.05)
    return time.monotonic() - began


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crash.full", description=__doc__)
    parser.add_argument("--fills", type=int, default=20)
    parser.add_argument("--letters", type=int, default=1000, help="acknowledged at least (1000)")
    asked = parser.parse_args(words)
    result = run(asked.fills, asked.letters)
    print(f"Machine: {machine()}\n{result}")
    return 0 if result.count.is_clean and result.slowest_healing < SETTLE_SECONDS else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
