"""The engine, the session of a request, and what every table shares."""

import re
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from functools import lru_cache, partial
from threading import Lock
from time import monotonic
from typing import Any

from sqlalchemy import DateTime, Engine, MetaData, create_engine, event
from sqlalchemy.engine import Connection, Dialect
from sqlalchemy.exc import DisconnectionError, SQLAlchemyError
from sqlalchemy.orm import DeclarativeBase, scoped_session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator

from feedback.turns import InTurn

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


# On PostgreSQL.
PREPARE_AFTER = 3  # uses of a statement
PING_AFTER = 5.0  # seconds
LOOKS = re.compile(r"\s*(?:SELECT|WITH|VALUES|SHOW|EXPLAIN)\b")
CHANGES = re.compile(r"\b(?:INSERT|UPDATE|DELETE|FOR (?:NO )?(?:SHARE|KEY))\b")
LATE, IDLE_SINCE = "begins late", "idle since"  # what a connection remembers

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


@contextmanager
def one_view() -> Iterator[Connection]:
    """A connection that sees the database as it stood at its first look, whatever is written."""
    bound = session.session_factory.kw["bind"]
    if isinstance(bound, Connection):  # a story's own
        yield bound
        return
    sqlite = bound.dialect.name == "sqlite"
    options = {} if sqlite else {"isolation_level": "REPEATABLE READ"}
    # On PostgreSQL only a transaction has one view, also of who only reads.
    token = writing.set(not sqlite)
    try:
        with bound.connect().execution_options(**options) as connection, connection.begin():
            yield connection
    finally:
        writing.reset(token)


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
    """An engine that keeps its promises, and asks the server no more often than it must."""
    if url.startswith("sqlite"):
        engine = create_engine(url, connect_args={"factory": InTurn}, **options)
        _prepare_sqlite(engine)
        return engine
    engine = create_engine(url, pool_size=8, max_overflow=4, **options)
    event.listen(engine, "connect", _choose_statements)
    event.listen(engine, "checkin", _note_the_time)
    event.listen(engine, "checkout", partial(_ask_if_alive, engine.dialect))
    if options.get("isolation_level") != "AUTOCOMMIT":
        event.listen(engine, "begin", _begin)
        event.listen(engine, "before_cursor_execute", _begin_now)
    return engine


def _choose_statements(connection: Any, _record: object) -> None:
    """Prepared statements, unless the next transaction may meet another server process.

    That happens behind a pooler (pgbouncer), where the process is not who it says it is.
    """
    (process,) = connection.execute("SELECT pg_backend_pid()").fetchone()
    connection.rollback()
    direct = process == connection.info.backend_pid
    connection.prepare_threshold = PREPARE_AFTER if direct else None


def _begin(connection: Connection) -> None:
    """Who only reads sees at each statement what is committed, with a transaction or without.

    Without one the server need not be told of its beginning and of its end.
    """
    connection.info[LATE] = _driver(connection).autocommit = not writing.get()


def _begin_now(
    connection: Connection,
    _cursor: object,
    statement: str,
    _given: object,
    context: Any,
    _many: bool,
) -> None:
    """A reader has something to write after all, or reads piece by piece, which the server does in
    a transaction only: it begins with that.
    """
    streams = bool(context and context.execution_options.get("stream_results"))
    if connection.info.get(LATE) and (streams or not only_reads(statement)):
        connection.info[LATE] = _driver(connection).autocommit = False


def _driver(connection: Connection) -> Any:
    return connection.connection.driver_connection


@lru_cache(maxsize=1024)
def only_reads(statement: str) -> bool:
    """Whether a statement changes nothing and locks nothing; when in doubt it does."""
    return bool(LOOKS.match(statement)) and not CHANGES.search(statement)


def _note_the_time(_connection: object, record: ConnectionPoolEntry) -> None:
    record.info[IDLE_SINCE] = monotonic()


def _ask_if_alive(
    dialect: Dialect, connection: Any, record: ConnectionPoolEntry, _proxy: object
) -> None:
    """A connection that was not used for a while may be dead; the pool then opens another."""
    if monotonic() - record.info.get(IDLE_SINCE, monotonic()) < PING_AFTER:
        return
    try:
        dialect.do_ping(connection)
    except dialect.loaded_dbapi.Error as error:
        raise DisconnectionError from error


def _prepare_sqlite(engine: Engine) -> None:
    turn = Lock()

    @event.listens_for(engine, "connect")
    def set_pragmas(connection: InTurn, _record: object) -> None:
        connection.turn = turn
        connection.isolation_level = None  # we begin transactions ourselves
        for name, value in SQLITE_PRAGMAS.items():
            connection.execute(f"PRAGMA {name}={value}")

    @event.listens_for(engine, "begin")
    def begin(connection: Connection) -> None:
        if writing.get():
            _driver(connection).wait_for_turn()
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing.get() else "BEGIN")


def checkpoint(bind: Engine | Connection) -> bool:
    """What was overwritten leaves SQLite's journal too; whether all of it did.

    While somebody reads it must wait, and does so for a second only: the next one catches up. On
    PostgreSQL old pages are for VACUUM to clear (docs/operating.md).
    """
    engine = bind.engine
    path = engine.url.database
    if engine.dialect.name != "sqlite" or not path:
        return True
    with closing(sqlite3.connect(path, timeout=1.0)) as connection:
        busy, _pages, _moved = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


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
