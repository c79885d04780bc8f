"""An app per run, a database rolled back after each test, and a client for every role."""

import os
import shutil
import uuid
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Connection, Engine, text

from feedback import db
from feedback.app import create_app
from feedback.models.officers import Officer
from feedback.schema import building, works
from feedback.settings import Settings
from feedback.web import signins
from tests.world import SECRET


@pytest.fixture(scope="session")
def database_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A database of this worker's own, on the engine this run is for."""
    if os.environ.get("FEEDBACK_TEST_DATABASE", "sqlite") == "sqlite":
        yield f"sqlite:///{tmp_path_factory.mktemp('db')}/feedback.db"
        return
    server = os.environ["FEEDBACK_TEST_POSTGRES_URL"]
    name = f"feedback_{uuid.uuid4().hex[:12]}"
    main = db.make_engine(server, isolation_level="AUTOCOMMIT")
    with main.connect() as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    yield server.rsplit("/", 1)[0] + f"/{name}"
    with main.connect() as connection:
        connection.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    main.dispose()


@pytest.fixture(autouse=True)
def writing() -> Iterator[None]:
    """Each story begins as a writer, however the last request of the one before ended."""
    token = db.writing.set(True)
    yield
    db.writing.reset(token)


@pytest.fixture(scope="session")
def var(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("var")


@pytest.fixture(scope="session")
def settings(database_url: str, var: Path) -> Settings:
    return Settings.from_env(
        {
            "FEEDBACK_SECRET": SECRET,
            "FEEDBACK_VAR": str(var),
            "FEEDBACK_DATABASE_URL": database_url,
            "FEEDBACK_BASE_URL": "http://localhost",
            "FEEDBACK_SPARE_MIB": "0",
        }
    )


class Browser(FlaskClient):
    """A client whose posts say where they come from, as those of every browser do."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.environ_base["HTTP_ORIGIN"] = "http://localhost"


@pytest.fixture(scope="session")
def app(settings: Settings) -> Iterator[Flask]:
    """The whole office on an empty, migrated database."""
    made = create_app(settings)
    made.testing = True
    made.test_client_class = Browser
    yield made
    shutil.rmtree(made.extensions["feedback.basin"].folder, ignore_errors=True)


@pytest.fixture(scope="session")
def engine(app: Flask) -> Iterator[Engine]:
    bound = db.session.session_factory.kw["bind"]
    with building(bound) as connection:
        command.upgrade(works(connection), "head")
    yield bound
    bound.dispose()


@pytest.fixture
def story(engine: Engine, app: Flask) -> Iterator[Connection]:
    """One test's database: whatever is committed in it is rolled back at its end."""
    connection = engine.connect()
    outer = connection.begin()
    db.session.remove()
    db.session.configure(bind=connection, join_transaction_mode="create_savepoint")
    app.extensions["feedback.calendar"] = None
    app.extensions["feedback.basin"].forget()
    yield connection
    db.session.remove()
    db.session.configure(bind=engine)
    outer.rollback()
    connection.close()


@pytest.fixture
def parent(app: Flask, story: Connection) -> FlaskClient:
    """A parent's phone: no account, no session."""
    return app.test_client()


@pytest.fixture
def sign_in(app: Flask, story: Connection) -> Callable[[Officer], FlaskClient]:
    """A client with this officer fully signed in, without the cost of a password hash."""

    def signed_in(officer: Officer) -> FlaskClient:
        client = app.test_client()
        token = signins.begin(officer, second=True)
        db.session.commit()
        with client.session_transaction() as cookie:
            cookie["sign_in"] = token
        return client

    return signed_in
