"""Rounds: every target in turn, again and again, so that a noisy minute hits all of them."""

import math
import multiprocessing
import signal
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from multiprocessing.pool import Pool

from bench.stands import Stand
from bench.targets import GET, POST
from bench.visitors import Measured, read_for, send_for

WARM_SECONDS, WARM_VISITORS = 0.5, 200
FOREVER = 600.0
MORE = 1.2  # visitors prepared, for a round that goes better than the ones before

# By act and target, what each round measured.
Results = dict[tuple[str, str], list[Measured]]
Progress = Callable[[str], None]


@contextmanager
def one_process() -> Iterator[Pool]:
    """Where the visitors come from: a process of its own, with an interpreter of its own."""
    with multiprocessing.get_context("spawn").Pool(1, _deaf) as pool:
        yield pool


def _deaf() -> None:
    """Ctrl-C is for the first process, which ends this one."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)


@dataclass
class Rounds:
    """The measuring: `load` is the pool of one process that makes the visitors."""

    load: Pool
    seconds: float
    say: Progress
    results: Results = field(default_factory=lambda: defaultdict(list))
    receipts: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def run(self, stands: list[Stand], acts: Iterable[str], rounds: int) -> None:
        """Warm up, then measure so many rounds, every other one in the opposite order."""
        for act in acts:
            playing = [stand for stand in stands if act in stand.target.acts]
            speed = {stand.title: self._warm(act, stand) for stand in playing}
            for number in range(rounds):
                self.say(f"{act.upper()}, round {number + 1} of {rounds}")
                for stand in playing[:: -1 if number % 2 else 1]:
                    self._measure(act, stand, speed)

    def _warm(self, act: str, stand: Stand) -> float:
        """Answers per second at first sight; what is made at first use is made now."""
        self.say(f"{act.upper()}, warming up {stand.title}")
        if act == GET:
            return self.load.apply(read_for, (stand.door, WARM_SECONDS)).rate
        return self._send(stand, WARM_VISITORS, FOREVER).rate

    def _measure(self, act: str, stand: Stand, speed: dict[str, float]) -> None:
        if act == POST:
            visitors = math.ceil(MORE * speed[stand.title] * self.seconds)
            measured = self._send(stand, visitors, self.seconds)
        else:
            measured = self.load.apply(read_for, (stand.door, self.seconds))
        speed[stand.title] = measured.rate
        self.results[act, stand.title].append(measured)

    def _send(self, stand: Stand, visitors: int, seconds: float) -> Measured:
        stand.empty_buckets()
        measured: Measured = self.load.apply(send_for, (stand.door, visitors, seconds))
        self.receipts[stand.title] += measured.receipts
        return measured

    def losses(self, stands: list[Stand]) -> list[str]:
        """Of every target that stores: what was acknowledged and is not there, or the reverse."""
        storing = [stand for stand in stands if self.receipts[stand.title]]
        return [lost for stand in storing if (lost := stand.lost(self.receipts[stand.title]))]
