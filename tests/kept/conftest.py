"""An installation of its own for each test: a folder, a database, and the program as shipped."""

import os
import uuid
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.crash.house import House
from tests.places import fresh_database


def a_database(folder: Path) -> str:
    """An empty one, on the engine this run is for."""
    if os.environ.get("FEEDBACK_TEST_DATABASE", "sqlite") == "sqlite":
        return f"sqlite:///{folder}/feedback.db"
    server = os.environ["FEEDBACK_TEST_POSTGRES_URL"]
    return fresh_database(server, f"kept_{uuid.uuid4().hex[:12]}")


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """The program, not yet serving; whatever it started is gone afterwards."""
    built = House(tmp_path / "var", a_database(tmp_path / "var"))
    yield built
    built.stop()
