"""Writers on SQLite wait in line instead of asking again and again.

One writes at a time. Who finds another writing sleeps and tries anew, each time after a longer
sleep, and whoever comes just then is served first: the unlucky wait half a second. Inside a
process a lock wakes the next one at once; between processes SQLite's own way remains.
"""

import sqlite3
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
