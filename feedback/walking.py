"""A walk along the ledger: entry after entry, and past each place where it once stood."""

import json
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Connection, select

from feedback import chain
from feedback.anchors import Anchor, Trusted, is_late, is_signed
from feedback.models.ledger import Checkpoint

POINTS = Checkpoint.__table__
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
class Last:
    """What the newest entry about a row says: its hash, or none when the row was removed."""

    seq: int
    hash: str | None


@dataclass(slots=True)
class Walk:
    """What is known after reading the entries up to one."""

    verdict: Verdict
    tree: chain.Tree = field(default_factory=chain.Tree)
    prev: str = chain.NOTHING_BEFORE
    seq: int = 0
    last: dict[str, Last] = field(default_factory=dict)
    counts: Counter[str] = field(default_factory=Counter)
    # The columns in force from an entry on, and what was erased at which entry.
    columns: list[tuple[int, dict[str, list[str]]]] = field(default_factory=list)
    erased: dict[str, int] = field(default_factory=dict)
    codes: set[str] = field(default_factory=set)


# --- the chain --------------------------------------------------------------------------------


def step(walk: Walk, entry: Mapping[str, Any]) -> None:
    """One entry further; whatever does not fit is said."""
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


def _grow(walk: Walk, entry: Mapping[str, Any]) -> bool:
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


def _remember(walk: Walk, seq: int, state: dict[str, str | None]) -> None:
    for key, now in state.items():
        before = walk.last.get(key)
        was_there = before is not None and before.hash is not None
        walk.counts[key.partition("/")[0]] += (now is not None) - was_there
        walk.last[key] = Last(seq, now)


# --- where it once stood ----------------------------------------------------------------------


def points(connection: Connection) -> list[Mapping[str, Any]]:
    """Every checkpoint, the oldest first."""
    found = connection.execute(select(POINTS).order_by(POINTS.c.id)).mappings()
    return [dict(row) for row in found]


def check_signatures(verdict: Verdict, known: list[Mapping[str, Any]], trusted: Trusted) -> None:
    """Each checkpoint was signed here, with a key that was then in use."""
    for point in known:
        if not _is_ours(point, trusted):
            verdict.add(f"Checkpoint {point['id']} was changed: its signature does not fit.")
        elif is_late(point, trusted):
            verdict.add(f"Checkpoint {point['id']} was signed with a secret given up before it.")


def _is_ours(point: Mapping[str, Any], trusted: Trusted) -> bool:
    try:
        said = {
            **point,
            "version": 1,
            "at": chain.canonical(point["at"]).strip('"'),
            "counts": json.loads(point["counts"]),
        }
        return bool(point["key"] in trusted and is_signed(said))
    except (ValueError, TypeError):
        return False


def check_point(walk: Walk, point: Mapping[str, Any]) -> None:
    """Whether the ledger is here what a checkpoint says it was."""
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


def note_anchor(walk: Walk, anchor: Anchor) -> None:
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


def check_ends(walk: Walk, known: list[Mapping[str, Any]], anchor: Anchor | None) -> None:
    """Whether some checkpoint, or the anchor, knew more than there is."""
    there = walk.tree.size
    for point in known:
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
