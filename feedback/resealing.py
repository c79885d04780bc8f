"""Sealed anew: what an earlier secret sealed is sealed with the one in use, a few at a time.

Nothing here commits. A step done twice does nothing the second time; cut off before its commit, it
has not happened. Nobody who reads meanwhile notices: either secret opens (`generations.Key`).
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Column, Connection, LargeBinary, Table, Text, func, null, select, type_coerce
from sqlalchemy import update as changed
from sqlalchemy.orm import Session

from feedback import closed, envelopes, factors, heirlooms, identities, inventory, ledger
from feedback.bound import bindings
from feedback.closed import MARK, Shut
from feedback.models.factors import TotpSecret
from feedback.models.ledger import Checkpoint
from feedback.models.meetings import Visit
from feedback.models.submissions import Sender, SenderGroup, Submission
from feedback.sealing import Keys, Standing, anew, standing, unit_key
from feedback.shelf import Shelf

# Rows of one transaction, and files: each of those is written and synced.
AT_ONCE, FILES_AT_ONCE = 50, 10
HEAD = 5  # of a sealed text: version and key id

Step = Callable[[Session], int]


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes."""

    keys: Keys
    shelf: Shelf


@dataclass(slots=True)
class Found:
    """What is under which secret. `foreign`: under neither of the two."""

    foreign: int = 0
    done: int = 0
    steps: list[tuple[int, Step]] = field(default_factory=list)

    @property
    def waiting(self) -> int:
        return sum(size for size, _step in self.steps)

    def note(self, stands: Standing) -> bool:
        """Count it; whether it is to be sealed anew."""
        self.foreign += stands == "foreign"
        self.done += stands == "present"
        return stands == "before"

    def plan(self, every: list[Any], at_once: int, do: Callable[[Session, list[Any]], int]) -> None:
        for start in range(0, len(every), at_once):
            some = every[start : start + at_once]
            self.steps.append((len(some), _step(do, some)))


def _step(do: Callable[[Session, list[Any]], int], some: list[Any]) -> Step:
    return lambda session: do(session, some)


def look(session: Session, means: Means) -> Found:
    """Whose seal is on everything there is: only heads are read, nothing is opened."""
    found, connection = Found(), session.connection()
    trusted = heirlooms.trusted(connection, means.keys)
    found.foreign += sum(
        key not in trusted for key in connection.scalars(select(Checkpoint.key).distinct())
    )
    for lock in LOCKS:
        lock.look(connection, means, found)
    for column in _columns_of_words():
        _look_at_words(connection, column, found)
    for name, sha256 in inventory.shelf_columns():
        _look_at_files(connection, means.shelf, _Spot(name, sha256), found)
    return found


# --- texts sealed in a column of their own ------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Lock:
    """A column of sealed texts: under the key of which purpose, bound to what."""

    model: Any
    name: str
    purpose: str
    context: Callable[[Session, Any], str]
    by_unit: bool = False

    def look(self, connection: Connection, means: Means, found: Found) -> None:
        column = getattr(self.model, self.name)
        unit = self.model.sealed_for if self.by_unit else null()
        head = func.substr(column, 1, HEAD, type_=LargeBinary)
        rows = connection.execute(select(self.model.id, unit, head).where(column.is_not(None)))
        every = [
            id_
            for id_, unit_code, begins in rows
            if not envelopes.is_closed(begins)
            and found.note(standing(self._key(means.keys, unit_code), begins))
        ]
        found.plan(every, AT_ONCE, lambda session, ids: self.anew(session, means.keys, ids))

    def anew(self, session: Session, keys: Keys, ids: list[int]) -> int:
        """Through the session: each row has its entry in the ledger."""
        wanted = select(self.model).where(self.model.id.in_(ids)).order_by(self.model.id)
        rows = session.scalars(
            wanted.with_for_update(of=self.model).execution_options(populate_existing=True)
        )
        return sum(self._anew(session, keys, row) for row in rows.unique().all())

    def _anew(self, session: Session, keys: Keys, row: Any) -> bool:
        sealed = getattr(row, self.name)
        if sealed is None or envelopes.is_closed(sealed):  # meanwhile
            return False
        key = self._key(keys, row.sealed_for if self.by_unit else None)
        if standing(key, sealed) != "before":
            return False
        setattr(row, self.name, anew(key, sealed, self.context(session, row)))
        return True

    def _key(self, keys: Keys, unit_code: str | None) -> bytes:
        key: bytes = getattr(keys, self.purpose)
        return unit_key(key, unit_code) if unit_code else key


def _once_hash(session: Session, row: Any) -> bytes:
    return session.get_one(Submission, row.submission_id).once_hash


LOCKS = (
    Lock(
        Sender, "sealed", "contact",
        lambda session, row: identities.sender_context(_once_hash(session, row)), by_unit=True,
    ),
    Lock(
        SenderGroup, "sealed", "contact",
        lambda session, row: identities.group_context(_once_hash(session, row)), by_unit=True,
    ),
    Lock(Visit, "sealed_person", "contact", lambda _session, row: row.seal_context),
    Lock(TotpSecret, "sealed", "factor", lambda _session, row: factors.context(row.officer_id)),
)  # fmt: skip


# --- words ------------------------------------------------------------------------------------


def _columns_of_words() -> Iterator[Column[Any]]:
    for binding in bindings().values():
        yield from (binding.table.columns[name] for name in sorted(binding.closed))


def _look_at_words(connection: Connection, column: Column[Any], found: Found) -> None:
    stored = type_coerce(column, Text)
    begins = func.substr(stored, 1, closed.HEAD_SIGNS, type_=Text)
    rows = connection.execute(select(column.table.c.id, begins).where(stored.startswith(MARK)))
    every = [id_ for id_, head in rows if found.note(closed.standing_of(head))]
    found.plan(every, AT_ONCE, lambda session, ids: _words_anew(session, column, ids))


def _words_anew(session: Session, column: Column[Any], ids: list[int]) -> int:
    """Only the wrap of the key changes. The ledger binds the words, and those stay the same."""
    table, connection, done = column.table, session.connection(), 0
    stored = select(table.c.id, type_coerce(column, Text)).where(table.c.id.in_(ids))
    for id_, sealed in connection.execute(stored).all():
        if sealed and sealed.startswith(MARK) and closed.standing_of(sealed) == "before":
            done += _wrap_anew(connection, column, id_, sealed)
    if done:
        assert isinstance(table, Table)  # noqa: S101 - for the type checker
        ledger.say(session, "secret.words", table.name, rows=done)
    return done


def _wrap_anew(connection: Connection, column: Column[Any], id_: int, sealed: str) -> int:
    """Unless somebody has changed the words since they were read."""
    fresh = Shut.read(closed.wrapped_anew(sealed))
    unchanged = (column.table.c.id == id_) & (column == Shut.read(sealed))
    return connection.execute(
        changed(column.table).where(unchanged).values({column.name: fresh})
    ).rowcount


# --- files ------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Spot:
    """Where rows name files: the column of the name and the one of the SHA-256."""

    name: Column[str]
    sha256: Column[str]

    @property
    def model(self) -> Any:
        return bindings()[self.name.table.name].mapper.class_


def _look_at_files(connection: Connection, shelf: Shelf, spot: _Spot, found: Found) -> None:
    rows = connection.execute(
        select(spot.name.table.c.id, spot.name, spot.sha256).where(spot.name.is_not(None))
    )
    every = [
        (id_, name)
        for id_, name, sha256 in rows
        if shelf.holds(name) and found.note(_standing(shelf, name, sha256))
    ]
    found.plan(
        every, FILES_AT_ONCE, lambda session, files: _files_anew(session, shelf, spot, files)
    )


def _standing(shelf: Shelf, name: str, sha256: str) -> Standing:
    """A damaged file is nobody's; `flask verify` tells of it, and it keeps nothing else waiting."""
    stands = shelf.standing(name)
    whole = stands != "foreign" or inventory.is_whole(shelf, name, sha256)
    return stands if whole else "present"


def _files_anew(session: Session, shelf: Shelf, spot: _Spot, files: list[tuple[int, str]]) -> int:
    """Each under a new name first, then its row: whenever it is cut off, a row finds its file."""
    model, name, sha256 = spot.model, spot.name.name, spot.sha256.name
    made = {id_: (before, shelf.anew(before)) for id_, before in files if shelf.holds(before)}
    wanted = select(model).where(model.id.in_(made)).with_for_update(of=model)
    rows = session.scalars(wanted.execution_options(populate_existing=True)).unique().all()
    for row in rows:
        before, fresh = made[row.id]
        if getattr(row, name) == before:
            setattr(row, name, fresh.name)
            setattr(row, sha256, fresh.sha256)
            del made[row.id]
    for _before, fresh in made.values():  # its row went, or changed, meanwhile
        shelf.remove(fresh.name)
    return len(files) - len(made)
