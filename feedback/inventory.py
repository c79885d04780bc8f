"""The shelf held against the rows that know of it: what is missing, damaged, or known to nobody."""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Column, inspect, select
from sqlalchemy.orm import Session

from feedback.db import Base
from feedback.shelf import Shelf

# A photo kept for a form that was sent back waits this long for the form to come again.
STRAY_AFTER = timedelta(hours=24)
CHUNK = 2**20
HASH = "sha256"
NOTE = "inventory.json"


@dataclass(frozen=True, slots=True)
class Findings:
    """What an inventory found. `missing` and `damaged` must be empty; strays are swept later."""

    rows: int
    missing: tuple[str, ...]
    damaged: tuple[str, ...]
    strays: int

    @property
    def alarms(self) -> list[str]:
        """One line per file that a row promises and the shelf does not hold as promised."""
        gone = [f"The file {name} is missing." for name in self.missing]
        return gone + [f"The file {name} is not what was stored." for name in self.damaged]


def known(session: Session) -> dict[str, str]:
    """The SHA-256 of every file that a row knows, by its name."""
    # A backup of an older version lacks the tables that came later.
    there = set(inspect(session.connection()).get_table_names())
    return {
        name: sha256
        for columns in shelf_columns()
        if columns[0].table.name in there
        for name, sha256 in session.execute(select(*columns))
        if name
    }


def shelf_columns() -> list[tuple[Column[str], Column[str]]]:
    """Where rows name files: every table with `…name` beside `…sha256`, also one made later."""
    return [
        (table.c[f"{column.name.removesuffix(HASH)}name"], column)
        for table in Base.metadata.sorted_tables
        for column in table.columns
        if column.name.endswith(HASH) and f"{column.name.removesuffix(HASH)}name" in table.c
    ]


def take(session: Session, shelf: Shelf, now: datetime) -> Findings:
    """Read every file again; slow on purpose, for whoever wants to be sure."""
    wanted = known(session)
    missing = tuple(absent(wanted, shelf))
    held = ((name, sha256) for name, sha256 in wanted.items() if name not in missing)
    damaged = tuple(name for name, sha256 in held if not is_whole(shelf, name, sha256))
    return Findings(len(wanted), missing, damaged, sum(1 for _ in shelf.strays(set(wanted), now)))


def absent(names: dict[str, str], shelf: Shelf) -> Iterator[str]:
    """The files that rows know and the shelf does not hold: this must not happen."""
    return (name for name in names if not shelf.holds(name))


def is_whole(shelf: Shelf, name: str, sha256: str) -> bool:
    """Whether the file is there, and byte for byte what was stored."""
    return shelf.holds(name) and fingerprint(shelf.path(name)) == sha256


def fingerprint(path: Path) -> str:
    """The SHA-256 of a file, read in pieces."""
    digest = hashlib.sha256()
    with path.open("rb") as file:
        while piece := file.read(CHUNK):
            digest.update(piece)
    return digest.hexdigest()


def sweep(session: Session, shelf: Shelf, now: datetime) -> int:
    """Remove what no row has known for a day, unfinished files too; how many they were."""
    # The files are looked for after the rows were read: a file that got its row in between is
    # younger than a day, for taking it up again made it young (Shelf.take_up).
    strays = list(shelf.strays(set(known(session)), now - STRAY_AFTER))
    return sum(shelf.discard(path, now - STRAY_AFTER) for path in strays)


# --- what the hourly look found, for whoever asks whether all is well -----------------------------


def note(var: Path, missing: int, at: datetime) -> None:
    """Write down how many files are missing; whole or not at all."""
    unfinished = var / f".{NOTE}"
    unfinished.write_text(json.dumps({"missing": missing, "looked_at": at.isoformat()}))
    unfinished.replace(var / NOTE)


def noted(var: Path) -> dict[str, Any]:
    """What the last look found; nothing missing as long as nobody has looked."""
    try:
        found: dict[str, Any] = json.loads((var / NOTE).read_text())
    except FileNotFoundError:
        return {"missing": 0, "looked_at": None}
    return found
