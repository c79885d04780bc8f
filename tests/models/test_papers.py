"""Numbers of papers: one after the other, whoever comes at the same moment, and none lost."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from alembic import command
from sqlalchemy import Engine, make_url
from sqlalchemy.orm import Session

from feedback.db import make_engine
from feedback.models.papers import next_number
from feedback.models.units import Unit
from feedback.schema import building, works
from tests.places import fresh_database

AT_ONCE = 8


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Engine]:
    """A database of its own with two schools, for several connections at once."""
    if database_url.startswith("sqlite"):
        url = f"sqlite:///{tmp_path}/papers.db"
    else:
        url = fresh_database(database_url, f"{make_url(database_url).database}_papers")
    engine = make_engine(url)
    with building(engine) as connection:
        command.upgrade(works(connection), "head")
    with Session(engine) as session:
        session.add_all(Unit(id=n, code=f"S{n}", kind="school") for n in (1, 2))
        session.commit()
    yield engine
    engine.dispose()


def take(office: Engine, keep: bool = True, unit: int = 1, year: int = 2026, series="TB") -> int:
    """One paper: its number, kept or given back."""
    with Session(office) as session:
        number = next_number(session, unit, year, series)
        if keep:
            session.commit()
    return number


def test_each_unit_year_and_series_counts_for_itself(office):
    assert [take(office) for _ in range(3)] == [1, 2, 3]
    assert take(office, series="QĐ") == 1
    assert take(office, year=2027) == 1
    assert take(office, unit=2) == 1
    assert take(office) == 4


def test_a_paper_that_failed_gives_its_number_back(office):
    assert take(office) == 1
    assert take(office, keep=False) == 2
    assert take(office) == 2


def test_papers_issued_at_the_same_moment_get_no_number_twice_and_leave_no_gap(office):
    fails = [n % 5 == 4 for n in range(40)]
    with ThreadPoolExecutor(AT_ONCE) as clerks:
        given = list(clerks.map(lambda failed: (failed, take(office, keep=not failed)), fails))
    kept = sorted(number for failed, number in given if not failed)
    assert kept == list(range(1, 33))
