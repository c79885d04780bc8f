"""One file after the other goes to the virus scanner, and what it says is written down.

The scanner is asked while no transaction is open: it may take its time. Whether it answers is noted
beside the database, for /healthz and so that one that is away is not asked at every turn.
"""

import json
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from feedback.clamd import NotScanned, Scanner, ScannerDown
from feedback.quarantine import Verdict, verdict
from feedback.rules.scans import FAILED
from feedback.sealing import SealBroken
from feedback.shelf import Shelf

NOTE = "scanner.json"
# One that was away is asked again after this.
PATIENCE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class State:
    """When the scanner last answered or failed to; `down_since` is none while it answers."""

    asked_at: datetime | None = None
    down_since: datetime | None = None

    def rests(self, now: datetime) -> bool:
        """Whether it was away just now, so that asking again can wait."""
        away = self.down_since is not None and self.asked_at is not None
        return away and self.asked_at is not None and now - self.asked_at < PATIENCE


def look(scanner: Scanner, shelf: Shelf, name: str) -> Verdict | None:
    """What the scanner says of a file on the shelf; none while it cannot be asked.

    A file that is not there, or that the scanner answers everything but, has failed: it alone.
    """
    try:
        return verdict(scanner.look(shelf.read(name)))
    except ScannerDown:
        return Verdict(FAILED) if scanner.is_there() else None
    except (NotScanned, FileNotFoundError, SealBroken):
        return Verdict(FAILED)


def note(var: Path, now: datetime, *, answers: bool) -> None:
    """Write down whether it answered; whole or not at all."""
    before = noted(var)
    down = None if answers else before.down_since or now
    unfinished = var / f".{NOTE}"
    told = {"asked_at": now.isoformat(), "down_since": down.isoformat() if down else None}
    unfinished.write_text(json.dumps(told))
    unfinished.replace(var / NOTE)


def noted(var: Path) -> State:
    """What was last known; nothing as long as nobody has asked."""
    try:
        told = json.loads((var / NOTE).read_text())
    except FileNotFoundError:
        return State()
    asked_at, down = told["asked_at"], told["down_since"]
    return State(datetime.fromisoformat(asked_at), datetime.fromisoformat(down) if down else None)
