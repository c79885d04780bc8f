"""Is the ledger untouched, and is every row what the ledger says? Each fault in one sentence."""

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from feedback import chain
from feedback.anchors import Anchor, is_signed
from feedback.bound import Binding, bindings, subject_of
from feedback.models.ledger import Checkpoint, LedgerEntry, LedgerSalt
from feedback.sealing import SealBroken

ENTRIES, SALTS, POINTS = LedgerEntry.__table__, LedgerSalt.__table__, Checkpoint.__table__
AT_ONCE = 2000
MOST_SENTENCES = 200


@dataclass(slots=True)
class Verdict:
    """What was found. No fault: untouched."""

    entries: int = 0
    root: str = ""
    rows: int = 0
    unlinked: int = 0
    faults: list[str] = field(default_factory=list)

    @property
    def untouched(self) -> bool:
        return not self.faults

    def add(self, sentence: str) -> None:
        if len(self.faults) < MOST_SENTENCES:
            self.faults.append(sentence)


@dataclass(slots=True)
class _Last:
    """What the newest entry about a row says: its hash, or none when the row was removed."""

    seq: int
    hash: str | None


@dataclass(slots=True)
class _Walk:
    """What is known after reading the entries up to one."""

    verdict: Verdict
    tree: chain.Tree = field(default_factory=chain.Tree)
    prev: str = chain.NOTHING_BEFORE
    seq: int = 0
    last: dict[str, _Last] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    # The columns in force from an entry on, and what was erased at which entry.
    columns: list[tuple[int, dict[str, list[str]]]] = field(default_factory=list)
    erased: dict[str, int] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


def verify(connection: Connection, key: str, anchor: Anchor | None = None) -> Verdict:
    """Read the whole ledger and every bound row. Needs one unmoving view of the database."""
    walk = _Walk(Verdict())
    points = _points(connection)
    _check_signatures(walk.verdict, points, key)
    by_size: dict[int, list[Mapping[str, Any]]] = {}
    for point in points:
        by_size.setdefault(point["entries"], []).append(point)
    for entry in _entries(connection):
        _step(walk, entry)
        for point in by_size.get(walk.tree.size, ()):
            _check_point(walk, point)
        if anchor is not None:
            _note_anchor(walk, anchor)
    _check_ends(walk, points, anchor)
    _check_rows(connection, walk)
    walk.verdict.entries, walk.verdict.root = walk.tree.size, walk.tree.root
    return walk.verdict


def _entries(connection: Connection) -> Iterator[Mapping[str, Any]]:
    every = select(ENTRIES).order_by(ENTRIES.c.seq).execution_options(yield_per=AT_ONCE)
    found = connection.execute(every)
    for row in found.mappings():
        yield dict(row)


# --- the chain --------------------------------------------------------------------------------


def _step(walk: _Walk, entry: Mapping[str, Any]) -> None:
    seq, say = entry["seq"], walk.verdict.add
    if seq != walk.seq + 1:
        say(_gap(walk.seq + 1, seq - 1))
    if chain.entry_hash(entry) != entry["hash"]:
        say(f"Entry {seq} was changed.")
    if entry["prev"] != walk.prev:
        say(f"Entry {seq} does not follow entry {walk.seq}: removed, inserted or re-ordered.")
    walk.seq, walk.prev = seq, entry["hash"]
    if not _grow(walk, entry):
        say(f"Entry {seq} cannot be read: it was changed.")


def _gap(first: int, last: int) -> str:
    if last < first:
        return f"Entry {last + 1} stands where entry {first} should be."
    return f"Entry {first} is missing." if first == last else f"Entries {first}–{last} are missing."


def _grow(walk: _Walk, entry: Mapping[str, Any]) -> bool:
    try:
        walk.tree.add(entry["hash"])
        state, detail = json.loads(entry["state"]), json.loads(entry["detail"])
        _remember(walk, entry["seq"], state)
        if entry["action"] == "ledger.columns":
            walk.columns.append((entry["seq"], detail["tables"]))
        if entry["action"] == "ledger.erase_salt":
            walk.erased[entry["object"]] = entry["seq"]
    except (ValueError, KeyError, AttributeError, TypeError):
        return False
    return True


def _remember(walk: _Walk, seq: int, state: dict[str, str | None]) -> None:
    for key, now in state.items():
        before = walk.last.get(key)
        was_there = before is not None and before.hash is not None
        walk.counts[key.partition("/")[0]] += (now is not None) - was_there
        walk.last[key] = _Last(seq, now)


# --- where it once stood ----------------------------------------------------------------------


def _points(connection: Connection) -> list[Mapping[str, Any]]:
    found = connection.execute(select(POINTS).order_by(POINTS.c.id)).mappings()
    return [dict(row) for row in found]


def _check_signatures(verdict: Verdict, points: list[Mapping[str, Any]], key: str) -> None:
    for point in points:
        if not _is_ours(point, key):
            verdict.add(f"Checkpoint {point['id']} was changed: its signature does not fit.")


def _is_ours(point: Mapping[str, Any], key: str) -> bool:
    try:
        said = {
            **point,
            "version": 1,
            "at": chain.canonical(point["at"]).strip('"'),
            "counts": json.loads(point["counts"]),
        }
        return bool(point["key"] == key and is_signed(said))
    except (ValueError, TypeError):
        return False


def _check_point(walk: _Walk, point: Mapping[str, Any]) -> None:
    name = f"checkpoint {point['id']} after entry {point['entries']}"
    if point["root"] != walk.tree.root or point["last_hash"] != walk.prev:
        walk.verdict.add(f"The entries are not those of {name}: the ledger was rewritten.")
        return
    if point["peaks"] != chain.canonical(walk.tree.peaks):
        walk.verdict.add(f"The peaks of {name} were changed.")
    for table, number in _counts(point).items():
        if number != walk.counts[table]:
            walk.verdict.add(
                f"At {name} there were {number} rows in {table}, the ledger knows "
                f"{walk.counts[table]}."
            )


def _counts(point: Mapping[str, Any]) -> dict[str, int]:
    """The rows by table it counted; none when that cannot be read, which its signature tells."""
    try:
        found = json.loads(point["counts"])
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def _note_anchor(walk: _Walk, anchor: Anchor) -> None:
    """Remember whether the ledger ever stood where the anchor says."""
    if anchor.entries is None:
        walk.codes |= {anchor.code} & {chain.code_of(walk.tree.root)}
    elif walk.tree.size == anchor.entries:
        if (anchor.root, anchor.last_hash) == (walk.tree.root, walk.prev):
            walk.codes.add(anchor.code)
        else:
            walk.verdict.add(
                f"The first {anchor.entries} entries are not those of the anchor: "
                "the ledger was rewritten."
            )


def _check_ends(walk: _Walk, points: list[Mapping[str, Any]], anchor: Anchor | None) -> None:
    there = walk.tree.size
    for point in points:
        if point["entries"] > there:
            walk.verdict.add(
                f"Checkpoint {point['id']} knew {point['entries']} entries, there are {there}: "
                "the ledger was cut off or rolled back."
            )
    if anchor is None or anchor.code in walk.codes:
        return
    if anchor.entries is None:
        walk.verdict.add("The ledger never stood where this anchor says: rewritten or cut off.")
    elif anchor.entries > there:
        walk.verdict.add(
            f"The anchor knew {anchor.entries} entries, there are {there}: "
            "the ledger was cut off or rolled back."
        )


# --- the rows ---------------------------------------------------------------------------------


def _check_rows(connection: Connection, walk: _Walk) -> None:
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
    walk: _Walk, binding: Binding, row: dict[str, Any], last: _Last, salts: dict[str, bytes]
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
    verdict: Verdict, binding: Binding, stored: dict[str, Any], known: tuple[str, bytes, _Last]
) -> None:
    key, salt, last = known
    try:
        columns = binding.opened(stored)
    except SealBroken:
        verdict.add(f"{key} was edited silently after entry {last.seq}: its seal is broken.")
        return
    if chain.row_hash(salt, columns) != last.hash:
        verdict.add(f"{key} was edited silently after entry {last.seq}.")


def _columns(walk: _Walk, binding: Binding, row: dict[str, Any], seq: int) -> dict[str, Any] | None:
    """The row in the columns that were in force at that entry; none when one of them is gone."""
    in_force = [tables for since, tables in walk.columns if since <= seq]
    names = in_force[-1].get(binding.name) if in_force else None
    if names is None:
        return row
    return {name: row[name] for name in names} if set(names) <= set(row) else None
