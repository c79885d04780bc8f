"""DISASTERS: what befalls the server while parents send."""

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field

from bench.crash.house import House

Restart = Callable[[], None]


@dataclass
class Fate:
    """Disasters one after the other, in a mix that comes out as planned."""

    house: House
    dice: random.Random
    # Stops the database server at once and starts it again; SQLite has none.
    restart_database: Restart | None = None
    happened: Counter[str] = field(default_factory=Counter)
    slowest_start: float = 0.0

    def strike(self, number: int) -> None:
        """The next one: mostly everything is killed, then workers, freezes, the database."""
        turn = number % 10
        if turn in {3, 6, 9}:
            self._kill_worker()
        elif turn == 5:
            self._freeze()
        elif turn == 8 and self.restart_database:
            self._lose_database(self.restart_database)
        self._kill_house()

    def _kill_house(self) -> None:
        self.happened["whole server killed"] += 1
        with self.house.hands:
            self.house.kill()
            # Whoever watches over it starts it again at once.
            self.slowest_start = max(self.slowest_start, self.house.start())

    def _kill_worker(self) -> None:
        workers = self.house.workers()
        if workers:
            with suppress(ProcessLookupError):
                os.kill(self.dice.choice(workers), signal.SIGKILL)
            self.happened["worker killed"] += 1
        self._pause(0.3, 1.0)

    def _freeze(self) -> None:
        self.house.signal_all(signal.SIGSTOP)
        self._pause(0.3, 1.5)
        self.house.signal_all(signal.SIGCONT)
        self.happened["frozen"] += 1
        self._pause(0.1, 0.5)

    def _lose_database(self, restart: Restart) -> None:
        restart()
        self.happened["database stopped at once"] += 1
        self._pause(0.3, 1.0)

    def _pause(self, least: float, most: float) -> None:
        time.sleep(self.dice.uniform(least, most))
