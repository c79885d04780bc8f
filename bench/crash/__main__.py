"""`./run bench crash`: parents send while everything is killed again and again; then it is counted.

Ends with 1 unless every acknowledged submission is stored, once, whole, and opened by its code.
"""

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bench.crash import counting
from bench.crash.disasters import Fate, Restart
from bench.crash.house import House
from bench.crash.parents import Crowd, Faults
from bench.processes import machine
from tests.places import fresh_database, own_postgres

SETTLE_SECONDS = 120.0


def arguments(words: list[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="./run bench crash", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--kills", type=int, default=150, help="whole-server kills at least (150)")
    parser.add_argument("--letters", type=int, default=10_000, help="acknowledged at least (10000)")
    parser.add_argument("--minutes", type=float, default=60, help="stop after so long (60)")
    parser.add_argument("--parents", type=int, default=6, help="sending at the same time (6)")
    parser.add_argument("--calm", type=float, default=2.5, help="mean seconds between kills (2.5)")
    parser.add_argument("--lookups", type=int, default=500, help="codes tried at the end (500)")
    parser.add_argument("--seed", type=int, default=1)
    return parser.parse_args(words)


@contextmanager
def a_house(database: str) -> Iterator[tuple[House, Restart | None]]:
    """An installation in a folder of its own, on a database of its own."""
    with tempfile.TemporaryDirectory(prefix="feedback-crash-") as folder:
        var = Path(folder) / "var"
        if database == "sqlite":
            yield House(var, f"sqlite:///{var}/feedback.db"), None
            return
        with own_postgres() as postgres:
            yield House(var, fresh_database(postgres.url, "crash")), postgres.crash


def storm(house: House, restart: Restart | None, asked: argparse.Namespace) -> tuple[Crowd, Fate]:
    """Parents and disasters, until there were enough of both."""
    crowd = Crowd(house.address, house.furnish(), Faults())
    dice = random.Random(asked.seed)
    fate = Fate(house, dice, restart)
    house.start()
    threads = crowd.run(asked.parents)
    until, strikes = time.monotonic() + 60 * asked.minutes, 0
    while time.monotonic() < until and (
        strikes < asked.kills or len(crowd.acknowledged) < asked.letters
    ):
        time.sleep(dice.uniform(0.2, 2 * asked.calm - 0.2))
        fate.strike(strikes)
        strikes += 1
        _say(f"{strikes} kills, {len(crowd.acknowledged)} acknowledged")
    crowd.enough.set()
    for thread in threads:
        thread.join(SETTLE_SECONDS)
    return crowd, fate


def _say(text: str) -> None:
    if sys.stderr.isatty():  # one line that changes; in a file it would be many
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def run(asked: argparse.Namespace) -> counting.Count:
    """The storm and the count after it, printed."""
    began = time.monotonic()
    with a_house(asked.database) as (house, restart):
        try:
            crowd, fate = storm(house, restart, asked)
            result = counting.count(crowd, house.export())
            told = crowd.acknowledged
            sample = random.Random(asked.seed).sample(told, min(asked.lookups, len(told)))
            counting.look_up(house.address, sample, result)
        finally:
            house.stop()
    print(f"\nMachine: {machine()}\n{asked.database}, {time.monotonic() - began:.0f} s")
    _tell(crowd, fate, result)
    return result


def _tell(crowd: Crowd, fate: Fate, result: counting.Count) -> None:
    happened = ", ".join(f"{n} × {what}" for what, n in fate.happened.items())
    print(f"Disasters: {happened}; slowest start {fate.slowest_start:.1f} s")
    print(f"Network: {dict(crowd.events)}; answers: {dict(crowd.statuses)}")
    print(f"{result.acknowledged} acknowledged, {result.stored} stored, ", end="")
    print(f"{result.looked_up} codes tried")
    print("WRONG:" if not result.is_clean else "Nothing wrong:", dict(result.wrong))
    for line in crowd.strange:
        print(line)


def main(words: list[str]) -> int:
    return 0 if run(arguments(words)).is_clean else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
