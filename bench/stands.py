"""The targets set up, served, and taken down again with all they stored."""

import shutil
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg
import sqlalchemy as sa

from bench.processes import name_of, parent_of
from bench.servers import ROOT, serving
from bench.targets import TARGETS, Place, Target, settings
from bench.visitors import Door
from feedback import pressure
from feedback.pressure import Basin
from tests.places import fresh_database


@dataclass(frozen=True, slots=True)
class Stand:
    """A target that is up: its name, its database, its door."""

    name: str
    database: str
    url: str
    door: Door
    folder: Path

    def empty_buckets(self) -> None:
        """A round is an evening of its own: what came in before does not press on it."""
        Basin(pressure.place_of(self.folder)).forget()

    @property
    def target(self) -> Target:
        return TARGETS[self.name]

    @property
    def title(self) -> str:
        return f"{self.name} {self.database}".strip()

    def lost(self, receipts: list[str]) -> str:
        """What is wrong between what was acknowledged and what is stored; empty is well."""
        engine = sa.create_engine(self.url)
        with engine.connect() as connection:
            kept = [_plain(row[0]) for row in connection.execute(sa.text(self.target.kept))]
        engine.dispose()
        told = {self.target.trace(receipt) for receipt in receipts}
        if len(told) == len(receipts) == len(kept) and told == set(kept):
            return ""
        return (
            f"{self.title}: {len(receipts)} acknowledged, {len(told)} different, {len(kept)} stored"
        )


def _plain(value: str | bytes | memoryview) -> str | bytes:
    return bytes(value) if isinstance(value, memoryview) else value


@contextmanager
def stands(
    names: list[str], databases: dict[str, str], folder: Path, other: Path
) -> Iterator[list[Stand]]:
    """All these targets, each on each of these databases if it stores anything; ended afterwards.

    `databases`: by name the address of a PostgreSQL server, or nothing for SQLite.
    """
    with ExitStack() as stack:
        found = []
        for name in names:
            kinds = databases if TARGETS[name].stores else {"": ""}
            for kind, server in kinds.items():
                checkout = other if name == "other" else ROOT
                found.append(stack.enter_context(_stand(name, kind, server, folder, checkout)))
        yield found


@contextmanager
def _stand(name: str, database: str, server: str, folder: Path, checkout: Path) -> Iterator[Stand]:
    own = folder / f"{name}_{database}"
    own.mkdir()
    url = fresh_database(server, own.name) if server else f"sqlite:///{own}/feedback.db"
    place = Place(checkout, own, database, url)
    target = TARGETS[name]
    path = target.prepare(place)
    with serving(target.app, settings(place), checkout, own / "log") as running:
        pids = (running.pid, *_postgres_pids(server))
        yield Stand(
            name, database, url, Door(running.address, path, pids, target.key, target.receipt), own
        )
    shutil.rmtree(pressure.place_of(own), ignore_errors=True)


def _postgres_pids(server: str) -> tuple[int, ...]:
    """The database server's first process, if it runs on this machine under our eyes."""
    if not server:
        return ()
    with psycopg.connect(server.replace("+psycopg", "", 1)) as connection:
        first = parent_of(connection.info.backend_pid)
    return (first,) if first and name_of(first) == "postgres" else ()
