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
# Both buckets run out a little since the last act and take one more, in one statement: whoever
# asks piece by piece hands Python's own lock to another thread at every piece.
PRESS = """
INSERT INTO level (key, calm, full, at) VALUES (:key, 1.0, 1.0, :at)
ON CONFLICT (key) DO UPDATE SET
    calm = min(max(0.0, calm - max(0.0, excluded.at - at) / :calm_refill) + 1, :calm_brim),
    full = min(max(0.0, full - max(0.0, excluded.at - at) / :full_refill) + 1, :full_brim),
    at = excluded.at
RETURNING calm, full
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


class Basin:
    """The file. One connection per process, one writer at a time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._lock = Lock()
        self._connection: sqlite3.Connection | None = None
        self._pid = 0
        # The day and process a key was asked in, and that key.
        self._known: tuple[tuple[str, int], bytes] = (("", 0), b"")

    def press(self, gauge: Gauge, who: str, at: datetime) -> Reading:
        """Count one act, and say how far that is over each budget."""
        calm, full = gauge.calm, gauge.full
        given = {
            "key": self._key(at, calm.action, who),
            "at": at.timestamp(),
            "calm_refill": calm.refill,
            "calm_brim": calm.burst + gauge.most,
            "full_refill": full.refill,
            "full_brim": full.burst + gauge.most,
        }
        with self._lock:
            levels = self._open().execute(PRESS, given).fetchone()
        return Reading(max(0.0, levels[0] - calm.burst), max(0.0, levels[1] - full.burst))

    def first_with(self, where: str, text: str, at: datetime) -> int | None:
        """The submission that said the very same here today, if one did."""
        key = self._key(at, where, text)
        asked = "SELECT submission_id FROM words WHERE key = ?"
        with self._lock:
            row = self._open().execute(asked, (key,)).fetchone()
        return row[0] if row else None

    def remember(self, where: str, text: str, submission_id: int, at: datetime) -> None:
        """This submission was the first to say so; the words themselves are not kept."""
        row = (self._key(at, where, text), submission_id)
        with self._lock:
            self._open().execute("INSERT OR IGNORE INTO words VALUES (?, ?)", row)

    def forget(self) -> None:
        """Empty it. The key of the day stays: the other processes go on with it."""
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

    def _key(self, at: datetime, *of: str) -> bytes:
        secret = self._secret(at.date().isoformat())
        return hashlib.blake2b("\0".join(of).encode(), key=secret, digest_size=16).digest()

    def _secret(self, day: str) -> bytes:
        """The key of the day, asked once; with a new one everything kept under the old one goes."""
        if self._known[0] != (day, os.getpid()):
            with self._turn() as connection:
                self._known = (day, os.getpid()), _key_of(connection, day)
        return self._known[1]


def _key_of(connection: sqlite3.Connection, day: str) -> bytes:
    found = connection.execute("SELECT key FROM day WHERE at = ?", (day,)).fetchone()
    if found is None:
        connection.execute("DELETE FROM day")
        _empty(connection)
        found = (secrets.token_bytes(32),)
        connection.execute("INSERT INTO day VALUES (?, ?)", (day, *found))
    secret: bytes = found[0]
    return secret


def _empty(connection: sqlite3.Connection) -> None:
    for statement in ("DELETE FROM level", "DELETE FROM words"):
        connection.execute(statement)
