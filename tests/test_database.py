"""The engine on PostgreSQL: who only reads begins nothing, and what has died is replaced."""

import os
from collections.abc import Iterator
from types import SimpleNamespace

import psycopg
import pytest
from sqlalchemy import Connection, Engine, text

from feedback import db

on_postgresql = pytest.mark.skipif(
    os.environ.get("FEEDBACK_TEST_DATABASE", "sqlite") != "postgresql",
    reason="how the program talks to PostgreSQL",
)


@pytest.fixture
def reading() -> Iterator[None]:
    with db.only_reading():
        yield


def _is_in_transaction(connection: Connection) -> bool:
    found = connection.connection.driver_connection
    assert isinstance(found, psycopg.Connection)
    return found.info.transaction_status != psycopg.pq.TransactionStatus.IDLE


@pytest.mark.parametrize(
    ("statement", "only_reads"),
    [
        ("SELECT unit.id FROM unit", True),
        ("\nSELECT unit.updated_at FROM unit", True),
        ("WITH RECURSIVE below AS (SELECT 1) SELECT * FROM below", True),
        ("SHOW fsync", True),
        ("SELECT bucket.key FROM bucket FOR UPDATE", False),
        ("SELECT bucket.key FROM bucket FOR NO KEY UPDATE", False),
        ("SELECT bucket.key FROM bucket FOR KEY SHARE", False),
        (
            "WITH row_0 AS (INSERT INTO unit DEFAULT VALUES RETURNING id) SELECT id FROM row_0",
            False,
        ),
        ("UPDATE unit SET code = 'LDT'", False),
        ("SAVEPOINT one", False),
        ("LOCK TABLE unit", False),
    ],
)
def test_it_is_known_what_only_reads(statement: str, only_reads: bool):
    assert db.only_reads(statement) is only_reads


# --- PostgreSQL ---------------------------------------------------------------------------------


@on_postgresql
def test_who_only_reads_opens_no_transaction(engine: Engine, reading: None):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert not _is_in_transaction(connection)


@on_postgresql
def test_the_first_write_opens_it_and_all_of_it_is_taken_back(engine: Engine, reading: None):
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        connection.execute(text("CREATE TABLE chalk (colour text)"))
        connection.execute(text("INSERT INTO chalk VALUES ('white')"))
        assert _is_in_transaction(connection)
        connection.rollback()
        assert connection.execute(text("SELECT to_regclass('chalk')")).scalar() is None


@on_postgresql
def test_a_row_is_locked_inside_a_transaction(engine: Engine, reading: None):
    with engine.connect() as connection:
        connection.execute(text("SELECT id FROM unit FOR UPDATE"))
        assert _is_in_transaction(connection)


@on_postgresql
def test_a_writer_after_a_reader_on_the_same_connection_has_its_transaction(engine: Engine):
    with db.only_reading(), engine.connect() as connection:
        connection.execute(text("SELECT 1"))
    with engine.connect() as connection:
        connection.execute(text("SELECT 1"))
        assert _is_in_transaction(connection)


@on_postgresql
def test_a_connection_that_died_in_its_sleep_is_replaced(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(db, "PING_AFTER", 0.0)
    with engine.connect() as connection:
        sleeper = connection.execute(text("SELECT pg_backend_pid()")).scalar_one()
    server = engine.url.set(drivername="postgresql").render_as_string(hide_password=False)
    with psycopg.connect(server) as other:
        other.execute("SELECT pg_terminate_backend(%s)", (sleeper,))
    with engine.connect() as connection:
        assert connection.execute(text("SELECT pg_backend_pid()")).scalar_one() != sleeper


@pytest.mark.parametrize(("told", "prepares"), [(4711, True), (1, False)])
def test_statements_are_prepared_only_where_the_server_itself_answers(told: int, prepares: bool):
    answer = SimpleNamespace(fetchone=lambda: (4711,))
    connection = SimpleNamespace(
        execute=lambda _sql: answer,
        rollback=lambda: None,
        info=SimpleNamespace(backend_pid=told),
        prepare_threshold=5,
    )
    db._choose_statements(connection, None)
    assert (connection.prepare_threshold is not None) is prepares
