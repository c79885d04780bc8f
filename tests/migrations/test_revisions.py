"""Every revision goes up and down with data in the tables, on both databases."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from alembic import command
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, String, inspect, make_url, text
from sqlalchemy.exc import IntegrityError

from feedback.db import make_engine
from feedback.schema import building, works
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
    with building(empty) as connection:
        command.upgrade(works(connection), "head")
        command.downgrade(works(connection), "base")
        assert inspect(connection).get_table_names() == ["alembic_version"]
        command.upgrade(works(connection), "head")


def test_each_step_keeps_the_data(empty: Engine):
    with building(empty) as connection:
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


def test_a_table_that_others_point_to_can_be_rebuilt(empty: Engine):
    with building(empty) as connection:
        command.upgrade(works(connection), "head")
        for row in ROWS:
            connection.execute(text(row))
    with building(empty) as connection:
        steps = Operations(MigrationContext.configure(connection))
        with steps.batch_alter_table("unit") as unit:
            unit.alter_column("code", type_=String(40), existing_type=String(16))
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM unit_name")).scalar() == 1


def test_what_would_leave_a_name_without_its_unit_changes_nothing(empty: Engine):
    with building(empty) as connection:
        command.upgrade(works(connection), "head")
        for row in ROWS:
            connection.execute(text(row))
    with pytest.raises((RuntimeError, IntegrityError)), building(empty) as connection:
        connection.execute(text("DELETE FROM unit"))
    with empty.connect() as connection:
        assert connection.execute(text("SELECT count(*) FROM unit")).scalar() == 1
