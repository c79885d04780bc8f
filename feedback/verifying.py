"""Is the ledger untouched, and is every row what the ledger says? Each fault in one sentence."""

from collections.abc import Iterator, Mapping
from typing import Any

from sqlalchemy import Connection, select

from feedback import chain
from feedback.anchors import Anchor, Trusted
from feedback.bound import Binding, bindings, subject_of
from feedback.models.ledger import LedgerEntry, LedgerSalt
from feedback.sealing import SealBroken
from feedback.walking import (
    Last,
    Verdict,
    Walk,
    check_ends,
    check_point,
    check_signatures,
    note_anchor,
    points,
    step,
)

__all__ = ["Verdict", "verify"]

ENTRIES, SALTS = LedgerEntry.__table__, LedgerSalt.__table__
AT_ONCE = 2000


def verify(connection: Connection, trusted: Trusted, anchor: Anchor | None = None) -> Verdict:
    """Read the whole ledger and every bound row. Needs one unmoving view of the database."""
    walk = Walk(Verdict())
    known = points(connection)
    check_signatures(walk.verdict, known, trusted)
    by_size: dict[int, list[Mapping[str, Any]]] = {}
    for point in known:
        by_size.setdefault(point["entries"], []).append(point)
    for entry in _entries(connection):
        step(walk, entry)
        for point in by_size.get(walk.tree.size, ()):
            check_point(walk, point)
        if anchor is not None:
            note_anchor(walk, anchor)
    check_ends(walk, known, anchor)
    _check_rows(connection, walk)
    walk.verdict.entries, walk.verdict.root = walk.tree.size, walk.tree.root
    return walk.verdict


def _entries(connection: Connection) -> Iterator[Mapping[str, Any]]:
    every = select(ENTRIES).order_by(ENTRIES.c.seq).execution_options(yield_per=AT_ONCE)
    found = connection.execute(every)
    for row in found.mappings():
        yield dict(row)


def _check_rows(connection: Connection, walk: Walk) -> None:
    salts = dict(connection.execute(select(SALTS.c.subject, SALTS.c.salt)).tuples().all())
    for binding in bindings().values():
        for row in binding.as_stored(connection):
            key = binding.key(row)
            last = walk.last.pop(key, None)
            walk.verdict.rows += 1
            if last is None or last.hash is None:
                walk.verdict.add(f"{key} is in no entry: it was inserted silently.")
            else:
                _check_row(walk, binding, row, last, salts)
    for key, last in walk.last.items():
        if last.hash is not None:
            walk.verdict.add(f"{key}, last in entry {last.seq}, was removed silently.")


def _check_row(
    walk: Walk, binding: Binding, row: dict[str, Any], last: Last, salts: dict[str, bytes]
) -> None:
    key = binding.key(row)
    subject = subject_of(binding.name, row, key)
    if walk.erased.get(subject, 0) > last.seq:
        walk.verdict.unlinked += 1
        return
    salt, columns = salts.get(subject), _columns(walk, binding, row, last.seq)
    if salt is None:
        walk.verdict.add(f"{key} cannot be compared: its salt was removed silently.")
    elif columns is None:
        walk.verdict.unlinked += 1
    else:
        _compare(walk.verdict, binding, columns, (key, salt, last))


def _compare(
    verdict: Verdict, binding: Binding, stored: dict[str, Any], known: tuple[str, bytes, Last]
) -> None:
    key, salt, last = known
    try:
        columns = binding.opened(stored)
    except SealBroken:
        verdict.add(f"{key} was edited silently after entry {last.seq}: its seal is broken.")
        return
    if chain.row_hash(salt, columns) != last.hash:
        verdict.add(f"{key} was edited silently after entry {last.seq}.")


def _columns(walk: Walk, binding: Binding, row: dict[str, Any], seq: int) -> dict[str, Any] | None:
    """The row in the columns that were in force at that entry; none when one of them is gone."""
    in_force = [tables for since, tables in walk.columns if since <= seq]
    names = in_force[-1].get(binding.name) if in_force else None
    if names is None:
        return row
    return {name: row[name] for name in names} if set(names) <= set(row) else None
