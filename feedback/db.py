"""The engine, the session of a request, and what every table shares."""

import sqlite3
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import cache, partial
from time import monotonic
from typing import Any, cast

from sqlalchemy import DateTime, Engine, Insert, MetaData, Table, create_engine, event, insert
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.orm import (
    DeclarativeBase,
    make_transient_to_detached,
    scoped_session,
    sessionmaker,
)
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.sql.dml import ReturningInsert
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


PREPARE_AFTER = 3  # uses of a statement
PING_AFTER = 5.0  # seconds: a connection just used need not be asked whether it still lives

SQLITE_PRAGMAS = {
    "journal_mode": "wal",
    "synchronous": "2",  # FULL: a receipt means durably stored, also at a power cut
    "foreign_keys": "1",
    "busy_timeout": "15000",
    "secure_delete": "1",
    "trusted_schema": "0",
}


Blanks = tuple[tuple[str, Callable[[], Any]], ...]


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


def insert_new(connection: Connection, things: Iterable[Base]) -> None:
    """Write new objects in this order and give them their ids; the caller adds them to its session.

    A flush works out the order first, and takes three times as long (docs/performance.md). Foreign
    keys are the caller's: `things` may be a generator that sets them from the ids just given.
    """
    for thing in things:
        table = cast(Table, thing.__table__)
        row = _filled(table, thing)
        vars(thing).update(row, id=connection.execute(_with_id(table), row).scalar_one())
        make_transient_to_detached(thing)


def insert_parts(connection: Connection, parts: Sequence[Base]) -> None:
    """Write the rows of new objects of one kind; the objects themselves are not to be used again."""
    if parts:
        table = cast(Table, parts[0].__table__)
        connection.execute(_without_id(table), [_filled(table, part) for part in parts])


@cache
def _with_id(table: Table) -> ReturningInsert[Any]:
    return insert(table).returning(table.c.id)


@cache
def _without_id(table: Table) -> Insert:
    return insert(table)


def _filled(table: Table, thing: Base) -> dict[str, Any]:
    """Every column but the id, with its default where nobody filled it."""
    row = vars(thing)
    return {name: row[name] if name in row else blank() for name, blank in _blanks(table)}


@cache
def _blanks(table: Table) -> Blanks:
    return tuple((c.key, _blank(c.default)) for c in table.columns if c.key != "id")


def _blank(default: Any) -> Callable[[], Any]:
    if default is None:
        return lambda: None
    return partial(default.arg, None) if default.is_callable else lambda: default.arg


def make_engine(url: str, **options: Any) -> Engine:
    """An engine that keeps its promises, and waits for the server no more often than it must."""
    if url.startswith("sqlite"):
        engine = create_engine(url, **options)
        _prepare_sqlite(engine)
        return engine
    engine = create_engine(url, pool_size=8, max_overflow=4, **options)
    _prepare_postgresql(engine)
    return engine


def _prepare_postgresql(engine: Engine) -> None:
    @event.listens_for(engine, "connect")
    def choose_statements(connection: Any, _record: object) -> None:
        # Behind a pooler (pgbouncer) the next transaction meets another server process, which
        # does not know what the one before had prepared. There the process is not who it says.
        (process,) = connection.execute("SELECT pg_backend_pid()").fetchone()
        connection.rollback()
        direct = process == connection.info.backend_pid
        connection.prepare_threshold = PREPARE_AFTER if direct else None

    @event.listens_for(engine, "checkin")
    def note_the_time(_connection: object, record: ConnectionPoolEntry) -> None:
        record.info["idle_since"] = monotonic()

    @event.listens_for(engine, "checkout")
    def look_if_alive(connection: Any, record: ConnectionPoolEntry, _proxy: object) -> None:
        if monotonic() - record.info.get("idle_since", monotonic()) < PING_AFTER:
            return
        try:
            engine.dialect.do_ping(connection)
        except engine.dialect.loaded_dbapi.Error as error:
            raise DisconnectionError from error  # the pool opens another


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
    with engine.connect() as connection:
        ask: Callable[[str], str] = lambda sql: str(connection.exec_driver_sql(sql).scalar())  # noqa: E731
        if engine.dialect.name == "sqlite":
            wanted = {f"PRAGMA {name}": value for name, value in SQLITE_PRAGMAS.items()}
        else:
            wanted = {
                "SHOW fsync": "on",
                "SHOW full_page_writes": "on",
                "SHOW synchronous_commit": "on",
            }
        return [
            f"{sql} is {ask(sql)}, not {value}"
            for sql, value in wanted.items()
            if ask(sql) != value
        ]
