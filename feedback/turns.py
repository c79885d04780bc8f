"""Who would only hinder each other wait in line.

Writers on SQLite, instead of asking again and again. One writes at a time. Who finds another
writing sleeps and tries anew, each time after a longer sleep, and whoever comes just then is
served first: the unlucky wait half a second. Inside a process a lock wakes the next one at once;
between processes SQLite's own way remains.

Sends, in a process. Python runs one thread at a time, and a thread that asks the database lets
go of it: four sends at once handed it on at every statement, which took a good part of their
processor time (docs/performance.md).
"""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

PATIENCE = 15.0  # seconds


class InTurn(sqlite3.Connection):
    """A connection that gives its turn back with the end of its transaction."""

    turn: Lock
    _has_turn = False

    def wait_for_turn(self) -> None:
        """Before a transaction that writes. Who waits in vain is refused by SQLite itself."""
        self._has_turn = self._has_turn or self.turn.acquire(timeout=PATIENCE)

    def commit(self) -> None:
        try:
            super().commit()
        finally:
            self._give_back()

    def rollback(self) -> None:
        try:
            super().rollback()
        finally:
            self._give_back()

    def close(self) -> None:
        try:
            super().close()
        finally:
            self._give_back()

    def _give_back(self) -> None:
        if self._has_turn:
            self._has_turn = False
            self.turn.release()


class Line:
    """One after the other. Who has waited in vain goes all the same: it is for speed only."""

    def __init__(self) -> None:
        self._lock = Lock()

    @contextmanager
    def turn(self) -> Iterator[None]:
        mine = self._lock.acquire(timeout=PATIENCE)
        try:
            yield
        finally:
            if mine:
                self._lock.release()
