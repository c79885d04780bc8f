"""One consistent moment of the database as a file, taken while others write, and put back."""

import os
import shutil
import sqlite3
import subprocess
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import URL, Connection, Engine, func, inspect, make_url, select, table

SQLITE, POSTGRESQL = "sqlite", "postgresql"
# By kind, what the database is called in a backup.
NAMES = {SQLITE: "feedback.db", POSTGRESQL: "feedback.dump"}


class SnapshotFailed(RuntimeError):
    """The database could not be copied or put back; the sentence says what to do."""


@dataclass(frozen=True, slots=True)
class Snapshot:
    """The database at one moment: its kind, its file, and how many rows each table has."""

    kind: str
    path: Path
    rows: dict[str, int]


def take(engine: Engine, folder: Path) -> Snapshot:
    """Copy the database into this folder; whoever writes meanwhile neither waits nor is copied."""
    path = folder / NAMES[engine.dialect.name]
    copy = _copy_sqlite if engine.dialect.name == SQLITE else _copy_postgresql
    return Snapshot(engine.dialect.name, path, copy(engine, path))


def row_counts(connection: Connection) -> dict[str, int]:
    """How many rows each table has, also of tables this version does not know."""
    return {
        name: connection.scalar(select(func.count()).select_from(table(name))) or 0
        for name in sorted(inspect(connection).get_table_names())
    }


def put_back(kind: str, path: Path, url: str) -> None:
    """Fill the empty database at this address; a SQLite file is where it belongs already."""
    if kind == POSTGRESQL:
        one_go = ("--single-transaction", "--exit-on-error", "--no-owner", "--no-privileges")
        _run("pg_restore", url, *one_go, "--dbname", make_url(url).database or "", str(path))


def faults(connection: Connection) -> list[str]:
    """What the database itself finds broken in it; PostgreSQL checks while it is filled."""
    if connection.dialect.name != SQLITE:
        return []
    found = [row[0] for row in connection.exec_driver_sql("PRAGMA integrity_check")]
    strayed = {row[0] for row in connection.exec_driver_sql("PRAGMA foreign_key_check")}
    lost = [f"References are broken in {name}." for name in sorted(strayed)]
    return [line for line in found if line != "ok"] + lost


# --- SQLite: its own copying, in one piece --------------------------------------------------------


def _copy_sqlite(engine: Engine, path: Path) -> dict[str, int]:
    source = sqlite3.connect(engine.url.database or "")
    target = sqlite3.connect(path)
    try:
        source.backup(target)
        target.execute("PRAGMA journal_mode=delete")  # one file, nothing beside it
        found = target.execute("PRAGMA integrity_check").fetchone()[0]
        if found != "ok":
            raise SnapshotFailed(f"The database is damaged, so it was not backed up: {found}")
        names = [row[0] for row in target.execute(TABLES)]
        return {name: target.execute(COUNT.format(name)).fetchone()[0] for name in names}
    finally:
        target.close()
        source.close()


TABLES = "SELECT name FROM sqlite_master WHERE type='table' AND name NOT LIKE 'sqlite_%' ORDER BY 1"
COUNT = 'SELECT count(*) FROM "{}"'


# --- PostgreSQL: its own programs, on one exported moment -----------------------------------------


def _copy_postgresql(engine: Engine, path: Path) -> dict[str, int]:
    still = engine.execution_options(isolation_level="REPEATABLE READ")
    with still.connect() as connection:
        moment = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        rows = row_counts(connection)
        url = engine.url.render_as_string(hide_password=False)
        _run("pg_dump", url, "--format=custom", f"--snapshot={moment}", f"--file={path}")
    return rows


def _run(name: str, url: str, *words: str) -> None:
    """A client program; the password goes by the environment, which nobody else can list."""
    program = shutil.which(name)
    if program is None:
        raise SnapshotFailed(f"{name} is missing. On Debian: apt-get install postgresql-client")
    done = subprocess.run(  # noqa: S603 - a fixed program, no shell
        [program, *words], env={**os.environ, **_libpq(make_url(url))}, check=False,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["no reason given"]
        raise SnapshotFailed(f"{name} failed: {said[0]}")


def _libpq(url: URL) -> dict[str, str]:
    """The same address, as PostgreSQL's own programs read it."""
    told = {
        "PGHOST": url.host or str(url.query.get("host", "")),
        "PGPORT": str(url.port or ""),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    return {name: value for name, value in told.items() if value}
