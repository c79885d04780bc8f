"""The engine, the session of a request, and what every table shares."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, scoped_session, sessionmaker
from sqlalchemy.types import TypeDecorator

NAMING = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite's driver would start a write transaction only at the first write, and two readers that
# then both write lose one of the updates without an error. So a writer says so at the beginning.
writing: ContextVar[bool] = ContextVar("writing", default=True)


@contextmanager
def only_reading() -> Iterator[None]:
    """For a session beside the request's own: it must not wait for the writer's lock."""
    before = writing.set(False)
    try:
        yield
    finally:
        writing.reset(before)


SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: a receipt means durably stored, also at a power cut
    "foreign_keys": "1",
    "busy_timeout": "15000",
    "secure_delete": "1",
    "trusted_schema": "0",
}


class Base(DeclarativeBase):
    """What every table shares: one metadata with named constraints."""

    metadata = MetaData(naming_convention=NAMING)


class Moment(TypeDecorator[datetime]):
    """A moment kept as UTC without zone (SQLite has none), given back aware."""

    impl = DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.astimezone(UTC).replace(tzinfo=None) if value else None

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        return value.replace(tzinfo=UTC) if value else None


session = scoped_session(sessionmaker(expire_on_commit=False))


def roll_back() -> None:
    """Undo what is open, also when the database has gone away in the middle of it."""
    _or_forget(session.rollback)


def end_session() -> None:
    """Let go of all that was open: a thread that kept a session whose database went away would
    refuse every request after it.
    """
    _or_forget(session.remove)


def _or_forget(act: Callable[[], None]) -> None:
    try:
        act()
    except SQLAlchemyError:
        session.registry.clear()


def make_engine(url: str, **options: Any) -> Engine:
    """An engine that keeps its promises: FULL on SQLite; no prepared statements (pgbouncer)."""
    if url.startswith("sqlite"):
        engine = create_engine(url, **options)
        _prepare_sqlite(engine)
        return engine
    arguments = {"prepare_threshold": None}
    return create_engine(
        url, pool_size=8, max_overflow=4, pool_pre_ping=True, connect_args=arguments, **options
    )


def _prepare_sqlite(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def set_pragmas(connection: sqlite3.Connection, _record: object) -> None:
        connection.isolation_level = None  # we begin transactions ourselves
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def broken_promises(engine: Engine) -> list[str]:
    """The durability settings that are not what the receipt promises; empty is well."""
    with only_reading(), engine.connect() as connection:
        ask: Callable[[str], str] = lambda sql: str(connection.exec_driver_sql(sql).scalar())  # noqa: E731
        if engine.dialect.name == "sqlite":
            wanted = {f"PRAGMA {name}": value for name, value in SQLITE_PRAGMAS.items()}
        else:
            wanted = {
                "SHOW fsync": "on",
                "SHOW full_page_writes": "on",
                "SHOW synchronous_commit": "on",
                # After a failed fsync the server must stop and replay its log, not try again.
                "SHOW data_sync_retry": "off",
            }
        return [
            f"{sql} is {ask(sql)}, not {value}"
            for sql, value in wanted.items()
            if ask(sql) != value
        ]
