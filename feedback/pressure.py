"""How hard senders press: buckets in a small file in memory, shared by the processes of the web.

The file lies on tmpfs and is no backup's; its key is random and made anew each day, so that no
address can be found again in what is kept. If the file cannot be had, nobody is under pressure:
a lost limit costs a little work, a lost letter cannot be made good.
"""

import hashlib
import os
import secrets
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from ipaddress import ip_address, ip_network
from pathlib import Path
from tempfile import gettempdir
from threading import Lock

from feedback.limits import Budget

MEMORY = Path("/dev/shm")  # noqa: S108 - a folder of our own in it, closed to others
PATIENCE = 0.25  # seconds that a send may wait for its turn at the file

TABLES = """
CREATE TABLE IF NOT EXISTS day (at TEXT PRIMARY KEY, key BLOB NOT NULL);
CREATE TABLE IF NOT EXISTS level (key BLOB PRIMARY KEY, calm REAL, full REAL, at REAL);
CREATE TABLE IF NOT EXISTS words (key BLOB PRIMARY KEY, submission_id INTEGER NOT NULL);
"""


@dataclass(frozen=True, slots=True)
class Gauge:
    """A budget for an ordinary hour, and the wider one of an evening when everybody is here.

    Nobody gets further over than `most`: when a flood ends, its neighbours soon have room again.
    """

    calm: Budget
    full: Budget
    most: float


@dataclass(frozen=True, slots=True)
class Reading:
    """By how many acts somebody is over the budget of each hour; zero while there is room."""

    calm: float = 0.0
    full: float = 0.0


def place_of(var: Path) -> Path:
    """The folder in memory that belongs to this installation; on disk where there is no tmpfs."""
    name = hashlib.blake2b(str(var).encode(), digest_size=8).hexdigest()
    root = MEMORY if MEMORY.is_dir() else Path(gettempdir())
    return root / f"feedback-{os.getuid()}-{name}"


def nearby(address: str) -> str:
    """What counts as one sender: an address, or the /64 that one household has of IPv6."""
    try:
        found = ip_address(address)
    except ValueError:
        return ""
    return str(found) if found.version == 4 else str(ip_network((found, 64), strict=False))  # noqa: PLR2004


def _pour(budget: Budget, level: float, passed: float, most: float) -> tuple[float, float]:
    """The level after one more act, and how far that is over."""
    level = min(max(0.0, level - passed / budget.refill) + 1, budget.burst + most)
    return level, max(0.0, level - budget.burst)


class Basin:
    """The file. One connection per process, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0

    def press(self, gauge: Gauge, who: str, at: datetime) -> Reading:
        """Count one act, and say how far that is over each budget."""
        with self._turn() as connection:
            key = self._key(connection, at, gauge.calm.action, who)
            found = connection.execute("SELECT calm, full, at FROM level WHERE key = ?", (key,))
            calm, full, before = found.fetchone() or (0.0, 0.0, at.timestamp())
            passed = max(0.0, at.timestamp() - before)
            calm, over = _pour(gauge.calm, calm, passed, gauge.most)
            full, over_full = _pour(gauge.full, full, passed, gauge.most)
            row = (key, calm, full, at.timestamp())
            connection.execute("INSERT OR REPLACE INTO level VALUES (?, ?, ?, ?)", row)
        return Reading(over, over_full)

    def first_with(self, where: str, text: str, at: datetime) -> int | None:
        """The submission that said the very same here today, if one did."""
        with self._turn() as connection:
            key = self._key(connection, at, where, text)
            found = connection.execute("SELECT submission_id FROM words WHERE key = ?", (key,))
            row = found.fetchone()
        return row[0] if row else None

    def remember(self, where: str, text: str, submission_id: int, at: datetime) -> None:
        """This submission was the first to say so; the words themselves are not kept."""
        with self._turn() as connection:
            key = self._key(connection, at, where, text)
            connection.execute("INSERT OR IGNORE INTO words VALUES (?, ?)", (key, submission_id))

    def forget(self) -> None:
        """Empty it."""
        with self._turn() as connection:
            _empty(connection)

    @contextmanager
    def _turn(self) -> Iterator[sqlite3.Connection]:
        """The connection, for one short transaction."""
        with self._lock:
            connection = self._open()
            connection.execute("BEGIN IMMEDIATE")
            try:
                yield connection
            except BaseException:
                connection.execute("ROLLBACK")
                raise
            connection.execute("COMMIT")

    def _open(self) -> sqlite3.Connection:
        # A process forked from one that had it open must open its own.
        if self._connection is None or self._pid != os.getpid():
            self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            if self.folder.stat().st_uid != os.getuid():
                raise PermissionError("The folder in memory belongs to somebody else.")
            file = self.folder / "pressure.db"
            made = sqlite3.connect(
                file, timeout=PATIENCE, isolation_level=None, check_same_thread=False
            )
            made.execute("PRAGMA journal_mode = MEMORY")
            made.execute("PRAGMA synchronous = OFF")
            made.executescript(TABLES)
            self._connection, self._pid = made, os.getpid()
        return self._connection

    def _key(self, connection: sqlite3.Connection, at: datetime, *of: str) -> bytes:
        secret = self._secret(connection, at.date().isoformat())
        return hashlib.blake2b("\0".join(of).encode(), key=secret, digest_size=16).digest()

    def _secret(self, connection: sqlite3.Connection, day: str) -> bytes:
        """The key of the day; with a new one everything kept under the old one goes."""
        found = connection.execute("SELECT key FROM day WHERE at = ?", (day,)).fetchone()
        if found is None:
            _empty(connection)
            found = (secrets.token_bytes(32),)
            connection.execute("INSERT INTO day VALUES (?, ?)", (day, *found))
        secret: bytes = found[0]
        return secret


def _empty(connection: sqlite3.Connection) -> None:
    for statement in ("DELETE FROM day", "DELETE FROM level", "DELETE FROM words"):
        connection.execute(statement)
