"""Every revision goes up and down with data in the tables, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, inspect, make_url, text

from feedback.db import make_engine
from feedback.schema import works
from tests.places import fresh_database

ROWS = (
    "INSERT INTO unit (id, code, kind, address, phone, email, demo) "
    "VALUES (1, 'LDT', 'school', '', '', '', false)",
    "INSERT INTO unit_name (id, unit_id, name, short_name) "
    "VALUES (1, 1, 'Trường Tiểu học Lê Đức Thọ', 'TH Lê Đức Thọ')",
)


@pytest.fixture
def empty(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    sqlite = database_url.startswith("sqlite")
    url = (
        f"sqlite:///{tmp_path}/empty.db"
        if sqlite
        else fresh_database(database_url, f"{make_url(database_url).database}_empty")
    )
    engine = make_engine(url)
    yield engine
    engine.dispose()


def _revisions(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(works(connection))
    return [revision.revision for revision in reversed(list(script.walk_revisions()))]


def test_models_and_tables_agree(engine: Engine):
    with engine.begin() as connection:
        command.check(works(connection))


def test_all_the_way_up_and_down_and_up_again(empty: Engine):
    with empty.begin() as connection:
        command.upgrade(works(connection), "head")
        command.downgrade(works(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        command.upgrade(works(connection), "head")


def test_each_step_keeps_the_data(empty: Engine):
    with empty.begin() as connection:
        first, *later = _revisions(connection)
        command.upgrade(works(connection), first)
        for row in ROWS:
            connection.execute(text(row))
        for revision in later:
            command.upgrade(works(connection), revision)
        for _ in later:
            command.downgrade(works(connection), "-1")
        command.upgrade(works(connection), "head")
        found = connection.execute(text("SELECT name FROM unit_name")).scalar()
    assert found == "Trường Tiểu học Lê Đức Thọ"
