"""The building works: bring the tables to the newest revision, or back to an older one."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from alembic.config import Config
from sqlalchemy import Connection, Engine

MIGRATIONS = Path(__file__).parent.parent / "migrations"


def works(connection: Connection) -> Config:
    """Alembic's configuration for one open connection; the caller commits."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.set_main_option("file_template", "%%(rev)s_%%(slug)s")
    config.attributes["connection"] = connection
    return config


@contextmanager
def building(engine: Engine) -> Iterator[Connection]:
    """One transaction in which tables may be rebuilt while others point to them.

    SQLite changes a table by making it anew. While its references are enforced, dropping the old
    one would count as deleting its rows; so they rest, and all of them are checked before the end.
    """
    with engine.connect() as connection:
        _enforce(connection, on=False)
        try:
            with connection.begin():
                yield connection
                _check_references(connection)
        finally:
            _enforce(connection, on=True)


def _enforce(connection: Connection, *, on: bool) -> None:
    # Outside of any transaction, where alone SQLite listens to it.
    if connection.dialect.name == "sqlite":
        connection.connection.cursor().execute(f"PRAGMA foreign_keys={int(on)}")


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            tables = ", ".join(sorted({row[0] for row in broken}))
            raise RuntimeError(f"References are broken in {tables}: nothing was changed.")
