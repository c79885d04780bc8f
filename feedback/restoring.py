"""A backup put back into an empty place, and checked there before anything can use it."""

import shutil
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, inspect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from feedback import db, inventory, snapshots
from feedback.backups import BackupRefused, Manifest, unpack
from feedback.shelf import Shelf
from feedback.snapshots import NAMES, POSTGRESQL, SQLITE


@dataclass(frozen=True, slots=True)
class Place:
    """Where a backup is put back: a folder, and an empty PostgreSQL if it comes from one."""

    folder: Path
    postgresql: str = ""

    @property
    def staging(self) -> Path:
        """Beside it, on the same disk: everything is checked here first."""
        return self.folder.with_name(f".{self.folder.name}.restoring")

    def url(self, kind: str, folder: Path) -> str:
        return f"sqlite:///{folder / NAMES[SQLITE]}" if kind == SQLITE else self.postgresql


def restore(backup: Path, key: Any, place: Place) -> Manifest:
    """Open, put back, check; the folder has its name only when all of it was right."""
    if not _is_empty(place.folder):
        raise BackupRefused(f"{place.folder} is not empty: choose a new folder.")
    shutil.rmtree(place.staging, ignore_errors=True)
    place.staging.mkdir(mode=0o700, parents=True)
    try:
        manifest = unpack(backup, key, place.staging)
        _fill(manifest, place)
        _check(manifest, place)
        _give_name(place)
    finally:
        shutil.rmtree(place.staging, ignore_errors=True)
    return manifest


def _is_empty(folder: Path) -> bool:
    """Folders without any file count as nothing."""
    return not any(not path.is_dir() for path in folder.rglob("*"))


def _fill(manifest: Manifest, place: Place) -> None:
    if manifest.kind != POSTGRESQL:
        return
    if not place.postgresql.startswith(POSTGRESQL):
        raise BackupRefused(
            "This backup is of a PostgreSQL: name an empty one with --database URL."
        )
    engine = db.make_engine(place.postgresql)
    try:
        taken = inspect(engine).get_table_names()
    except SQLAlchemyError as error:
        raise BackupRefused("That PostgreSQL does not answer: is the address right?") from error
    finally:
        engine.dispose()
    if taken:
        raise BackupRefused("That PostgreSQL is not empty: choose a new database.")
    dump = place.staging / NAMES[POSTGRESQL]
    snapshots.put_back(manifest.kind, dump, place.postgresql)
    dump.unlink()


def _check(manifest: Manifest, place: Place) -> None:
    engine = db.make_engine(place.url(manifest.kind, place.staging))
    try:
        faults = _faults(manifest, engine, Shelf(place.staging / "files"))
    finally:
        engine.dispose()
    if faults:
        raise BackupRefused(f"The restored database is not the one backed up: {faults[0]}")


def _faults(manifest: Manifest, engine: Engine, shelf: Shelf) -> list[str]:
    with Session(engine) as session:
        found = snapshots.faults(session.connection())
        if snapshots.row_counts(session.connection()) != manifest.rows:
            found.append("the numbers of rows differ.")
        known = inventory.known(session)
    held = {name: manifest.hashes.get(f"files/{name}") for name in known}
    found += [f"the file {name} is not in it." for name in inventory.absent(known, shelf)]
    differ = [name for name, sha256 in known.items() if held[name] not in {None, sha256}]
    return found + [f"the file {name} is not what was stored." for name in differ]


def _give_name(place: Place) -> None:
    if place.folder.exists():
        shutil.rmtree(place.folder)  # empty folders only
    with suppress(FileNotFoundError):
        (place.staging / f"{NAMES[SQLITE]}-shm").unlink()
    place.staging.rename(place.folder)
