"""Whoever can write to the database changes something: every change is found with the anchor."""

import json
from collections.abc import Callable, Iterator
from datetime import date, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from sqlalchemy import Connection, Table, Text, delete, insert, select, text, type_coerce, update

from feedback import chain
from feedback.anchors import Anchor
from feedback.bound import UNBOUND_COLUMNS, bindings
from feedback.closed import MARK
from feedback.db import Base, Moment
from feedback.models.ledger import Checkpoint, LedgerEntry, LedgerSalt
from tests.ledger.books import Book, a_book, unlock

ENTRIES: Table = LedgerEntry.__table__  # type: ignore[assignment]
POINTS: Table = Checkpoint.__table__  # type: ignore[assignment]
SALTS: Table = LedgerSalt.__table__  # type: ignore[assignment]

ROWS_A_TABLE = 3
Change = Callable[[], Any]


@pytest.fixture
def book(story: Connection) -> Book:
    made = a_book(story)
    unlock(story)
    return made


def _tried(
    book: Book, changes: Iterator[tuple[str, Change]], *anchors: Anchor
) -> tuple[int, list[str]]:
    """Each change by itself, and taken back; how many, and which were not found."""
    every, missed = list(changes), []
    for name, change in every:
        step = book.connection.begin_nested()
        change()
        if any(book.verdict(anchor).untouched for anchor in anchors):
            missed.append(name)
        step.rollback()
    return len(every), missed


def _other(value: Any) -> Any:
    """Another value of the same kind, as small a change as can be."""
    small: dict[type, Callable[[Any], Any]] = {
        bool: lambda one: not one,
        int: lambda one: one + 70_000,
        float: lambda one: one + 0.001,
        datetime: lambda one: one + timedelta(microseconds=1),
        date: lambda one: one + timedelta(days=1),
        bytes: lambda one: bytes([one[0] ^ 1, *one[1:]]),
        str: lambda one: one[:-1] + chr(ord(one[-1]) ^ 1) if one else "x",
        dict: lambda one: {**one, "x": 1},
        list: lambda one: [*one, 1],
    }
    return small[type(value)](value)


def _entries(book: Book) -> list[dict[str, Any]]:
    found = book.connection.execute(select(ENTRIES).order_by(ENTRIES.c.seq)).mappings()
    return [dict(row) for row in found]


# --- the ledger itself ------------------------------------------------------------------------


def _columns_changed(book: Book) -> Iterator[tuple[str, Change]]:
    for entry in _entries(book)[::2]:
        for column, value in entry.items():
            new = 9 if value is None else -value if column == "seq" else _other(value)
            yield (
                f"{column} of {entry['seq']}",
                partial(_set, book, entry, column, new),
            )


def _set(book: Book, entry: dict[str, Any], column: str, value: Any) -> None:
    where = ENTRIES.c.seq == entry["seq"]
    book.connection.execute(update(ENTRIES).where(where).values({column: value}))


def _changed_with_its_hash(book: Book) -> Iterator[tuple[str, Change]]:
    for entry in _entries(book):
        forged = {**entry, "action": "case.withdraw"}
        forged["hash"] = chain.entry_hash(forged)
        yield f"forged {entry['seq']}", partial(_replace, book, [forged])


def _replace(book: Book, rows: list[dict[str, Any]]) -> None:
    for row in rows:
        book.connection.execute(delete(ENTRIES).where(ENTRIES.c.seq == row["seq"]))
    book.connection.execute(insert(ENTRIES), rows)


def _removed(book: Book) -> Iterator[tuple[str, Change]]:
    for entry in _entries(book):
        gone = delete(ENTRIES).where(ENTRIES.c.seq == entry["seq"])
        yield f"removed {entry['seq']}", partial(book.connection.execute, gone)


def _removed_and_closed(book: Book) -> Iterator[tuple[str, Change]]:
    """The gap closed, every later entry numbered and hashed anew."""
    every = _entries(book)
    for at in range(len(every)):
        yield f"closed {at + 1}", partial(_rewritten, book, every[:at] + every[at + 1 :])


def _rewritten(book: Book, entries: list[dict[str, Any]]) -> None:
    """A whole chain that is right in itself."""
    book.connection.execute(delete(ENTRIES))
    prev, rows = chain.NOTHING_BEFORE, []
    for seq, entry in enumerate(entries, 1):
        row = {**entry, "seq": seq, "prev": prev}
        row["hash"] = prev = chain.entry_hash(row)
        rows.append(row)
    if rows:
        book.connection.execute(insert(ENTRIES), rows)


def _without_checkpoints(book: Book, change: Change) -> Change:
    """Whoever rewrites the chain removes the checkpoints too: only the anchor elsewhere is left."""

    def changed() -> None:
        book.connection.execute(delete(POINTS))
        change()

    return changed


def _swapped(book: Book) -> Iterator[tuple[str, Change]]:
    for one, two in zip(_entries(book), _entries(book)[1:], strict=False):
        rows = [{**one, "seq": two["seq"]}, {**two, "seq": one["seq"]}]
        yield f"swapped {one['seq']}", partial(_replace, book, rows)


def _reordered(book: Book) -> Iterator[tuple[str, Change]]:
    every = _entries(book)
    for at in range(len(every) - 1):
        turned = [*every[:at], every[at + 1], every[at], *every[at + 2 :]]
        change = partial(_rewritten, book, turned)
        yield f"re-ordered {at + 1}", _without_checkpoints(book, change)


def _inserted(book: Book) -> Iterator[tuple[str, Change]]:
    every = _entries(book)
    for at in range(len(every)):
        more = {**every[at], "action": "case.note", "state": "{}"}
        longer = [*every[:at], more, *every[at:]]
        change = partial(_rewritten, book, longer)
        yield f"inserted {at + 1}", _without_checkpoints(book, change)


def _cut_off(book: Book) -> Iterator[tuple[str, Change]]:
    for entry in _entries(book):
        gone = delete(ENTRIES).where(ENTRIES.c.seq >= entry["seq"])
        change = partial(book.connection.execute, gone)
        yield f"cut at {entry['seq']}", _without_checkpoints(book, change)


def _rolled_back(book: Book) -> Iterator[tuple[str, Change]]:
    """An older copy of the whole database, every row as it then was: only the anchor knows."""
    every = _entries(book)
    for at in range(len(every)):
        change = partial(_older, book, every[:at])
        yield f"rolled back to {at}", _without_checkpoints(book, change)


def _older(book: Book, entries: list[dict[str, Any]]) -> None:
    """As the rows of later entries are not there either, nothing but the length gives it away."""
    book.connection.execute(delete(ENTRIES))
    last = {key: one for row in entries for key, one in json.loads(row["state"]).items()}
    for key in {key for row in _entries_of(book) for key in row} - set(last):
        _drop(book.connection, key)
    if entries:
        book.connection.execute(insert(ENTRIES), entries)


def _entries_of(book: Book) -> list[dict[str, Any]]:
    return [
        {binding.key(row): 1}
        for binding in bindings().values()
        for row in binding.of_database(book.connection)
    ]


def _drop(connection: Connection, key: str) -> None:
    name, _, id_ = key.partition("/")
    table = bindings()[name].table
    connection.execute(delete(table).where(next(iter(table.primary_key)) == int(id_)))


@pytest.mark.parametrize(
    ("family", "at_least"),
    [
        (_columns_changed, 150),
        (_changed_with_its_hash, 25),
        (_removed, 25),
        (_removed_and_closed, 25),
        (_swapped, 25),
        (_reordered, 25),
        (_inserted, 25),
        (_cut_off, 25),
        (_rolled_back, 25),
    ],
)
def test_a_ledger_that_somebody_changed_is_found(book: Book, family: Any, at_least: int):
    tried, missed = _tried(book, family(book), book.paper)
    assert not missed
    assert tried >= at_least


# --- rows behind its back ---------------------------------------------------------------------


def _rows_edited(book: Book) -> Iterator[tuple[str, Change]]:
    for name, binding in bindings().items():
        for row in list(binding.of_database(book.connection))[:ROWS_A_TABLE]:
            for column in binding.columns:
                if column in {"id", *UNBOUND_COLUMNS.get(name, ())}:
                    continue
                new = _another(binding.table, column, row[column])
                where = binding.table.c.id == row["id"]
                edit = update(binding.table).where(where).values({column: new})
                yield f"{column} of {binding.key(row)}", partial(book.connection.execute, edit)


def _another(table: Table, column: str, value: Any) -> Any:
    """Also for what was empty."""
    if value is not None:
        return _other(value)
    kind = table.c[column].type
    if isinstance(kind, Moment):
        return datetime.fromisoformat("2026-11-24T08:00:00+00:00")
    first: dict[type, Any] = {
        str: "x",
        bytes: b"x",
        int: 1,
        bool: True,
        date: date(2026, 11, 24),
    }
    return first[kind.python_type]


def _rows_removed(book: Book) -> Iterator[tuple[str, Change]]:
    for key in [key for row in _entries_of(book) for key in row]:
        yield f"removed {key}", partial(_drop, book.connection, key)


def _rows_inserted(book: Book) -> Iterator[tuple[str, Change]]:
    for binding in bindings().values():
        for row in list(binding.of_database(book.connection))[:ROWS_A_TABLE]:
            every = select(binding.table).where(binding.table.c.id == row["id"])
            full = dict(book.connection.execute(every).mappings().one())
            fresh = {n: _unlike(binding.table, n, v) for n, v in full.items()} | {"id": 90_000}
            change = partial(book.connection.execute, insert(binding.table).values(fresh))
            yield f"inserted like {binding.key(row)}", change


def _unlike(table: Table, column: str, value: Any) -> Any:
    """Where the database allows no twin, another value."""
    alone = [[c.name for c in getattr(one, "columns", ())] for one in table.constraints]
    alone += [[c.name for c in one.columns] for one in table.indexes if one.unique]
    keyed = [column] in alone or any(column in some for some in alone if len(some) > 1)
    if value is None or not keyed or (table.c[column].foreign_keys and [column] not in alone):
        return value
    return _other(value)


def _links_moved(book: Book) -> Iterator[tuple[str, Change]]:
    for name in ("case_submission", "message_attachment"):
        table = Base.metadata.tables[name]
        for row in book.connection.execute(select(table)).mappings().all():
            here = [column == row[column.name] for column in table.primary_key]
            yield (
                f"unlinked {row}",
                partial(book.connection.execute, delete(table).where(*here)),
            )
            first = next(iter(table.primary_key)).name
            yield (
                f"moved {row}",
                partial(
                    book.connection.execute, update(table).where(*here).values({first: 80_000})
                ),
            )


def _salts_changed(book: Book) -> Iterator[tuple[str, Change]]:
    for subject, salt in book.connection.execute(select(SALTS.c.subject, SALTS.c.salt)).all():
        where = SALTS.c.subject == subject
        gone = delete(SALTS).where(where)
        yield f"salt of {subject} removed", partial(book.connection.execute, gone)
        other = update(SALTS).where(where).values(salt=_other(salt))
        yield f"salt of {subject} changed", partial(book.connection.execute, other)


def _checkpoints_changed(book: Book) -> Iterator[tuple[str, Change]]:
    for row in book.connection.execute(select(POINTS)).mappings().all():
        for column, value in row.items():
            if column != "id":
                edit = update(POINTS).values({column: _other(value)})
                yield f"{column} of a checkpoint", partial(book.connection.execute, edit)


@pytest.mark.parametrize(
    ("family", "at_least"),
    [
        (_rows_edited, 300),
        (_rows_removed, 80),
        (_rows_inserted, 40),
        (_links_moved, 10),
        (_salts_changed, 40),
        (_checkpoints_changed, 10),
    ],
)
def test_a_row_edited_behind_the_ledgers_back_is_found(book: Book, family: Any, at_least: int):
    tried, missed = _tried(book, family(book), book.anchor)
    assert not missed
    assert tried >= at_least


# --- what must not be called tampering --------------------------------------------------------


def test_an_untouched_book_is_accepted_with_file_and_with_paper(book: Book):
    assert book.verdict().faults == []
    assert book.verdict(book.paper).faults == []
    assert book.verdict().rows > 80


def test_the_database_itself_refuses_to_change_or_remove_an_entry(story: Connection):
    a_book(story)
    for statement in ("UPDATE ledger SET action = 'x'", "DELETE FROM ledger"):
        step = story.begin_nested()
        with pytest.raises(Exception, match="only ever added to"):
            story.execute(text(statement))
        step.rollback()


def test_a_sealed_text_that_was_altered_is_named_and_stops_nothing(book: Book):
    submission = Base.metadata.tables["submission"]
    stored = type_coerce(submission.c.text, Text)
    sealed = book.connection.execute(
        select(submission.c.id, stored.label("text")).where(stored.startswith(MARK))
    ).first()
    assert sealed is not None, "the letter about the head lies sealed"
    broken = sealed.text[:-8] + "AAAA" + sealed.text[-4:]
    book.connection.execute(
        text("UPDATE submission SET text = :text WHERE id = :id"),
        {"text": broken, "id": sealed.id},
    )
    (fault,) = book.verdict().faults
    assert f"submission/{sealed.id} was edited silently" in fault
    assert "its seal is broken" in fault


def test_a_fault_says_what_and_where(book: Book):
    _set(book, {"seq": 3}, "action", "case.close")
    edit = text(
        "UPDATE submission SET text = 'Không có gì.' WHERE id = (SELECT min(id) FROM submission)"
    )
    book.connection.execute(edit)
    faults = book.verdict().faults
    assert "Entry 3 was changed." in faults
    assert any("submission/" in one and "edited silently" in one for one in faults)
    assert not any("Không" in one for one in faults)
