"""The erasure ledger: which letters were erased, kept in a file outside of the database.

An older copy of the database does not know what was erased after it was made. This file does: ids
only, one JSON line each, appended and synced, never rewritten. `letter` is the keyed hash under
which the letter was kept, so the line tells nothing to whoever finds it.
"""

import json
import os
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True)
class Line:
    """One erasure: of which letter, `words` or only `contact`, and when (ISO 8601, UTC)."""

    letter: str
    what: str
    at: str

    @property
    def key(self) -> tuple[str, str]:
        return self.letter, self.what


def read(path: Path) -> list[Line]:
    """Every line; a last one cut short by a power cut is passed over."""
    if not path.exists():
        return []
    found = []
    for number, text in enumerate(lines := path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            found.append(Line(**json.loads(text)))
        except (ValueError, TypeError) as error:
            if number < len(lines):
                raise ValueError(f"Line {number} of {path.name} is damaged.") from error
    return found


def append(path: Path, lines: Iterable[Line]) -> int:
    """Write those that the file does not know yet, to the disk for good; how many."""
    known = {line.key for line in read(path)}
    fresh = [line for line in dict.fromkeys(lines) if line.key not in known]
    if fresh:
        _write_for_good(path, "".join(json.dumps(asdict(line)) + "\n" for line in fresh))
    return len(fresh)


def _write_for_good(path: Path, text: str) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor = os.open(path, os.O_RDWR | os.O_APPEND | os.O_CREAT, 0o600)
    with os.fdopen(descriptor, "r+b") as file:
        size = file.seek(0, os.SEEK_END)
        if size:
            # After a line that was cut short the next one begins anew.
            file.seek(size - 1)
            text = text if file.read(1) == b"\n" else "\n" + text
        file.write(text.encode())
        file.flush()
        os.fsync(file.fileno())
