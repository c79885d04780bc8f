"""BOUND: which rows the ledger answers for, and what of a row it binds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Select,
    Table,
    Text,
    inspect,
    select,
    tuple_,
    type_coerce,
)
from sqlalchemy.orm import Mapper, RelationshipProperty

from feedback.closed import ClosedText, opened
from feedback.db import Base

# Tables that are no act and no evidence. Whatever is not named here is bound, also what is new.
UNBOUND_TABLES: dict[str, str] = {
    "bucket": "how fast somebody knocks; gone tomorrow",
    "case_look": "who has a page open; nobody is told by it what to do",
    "file_scan": "what a scanner said; what was found and what was done are events of the matter",
    "known_browser": "spares the owner the slow door, opens none",
    "ledger": "it is the chain itself",
    "ledger_salt": "erased with what it hides",
    "ledger_checkpoint": "signed, and checked with the chain",
    "outside_trip": "a browser on its way to sign in; gone once it is back",
    "notice": "letters on their way, made from bound events",
    "paper_number": "a counter; each number is bound with its paper",
    "point_day": "how often a page was looked at",
    "slowdown": "how fast somebody knocks; gone tomorrow",
}
# Columns the program turns over without anybody acting.
UNBOUND_COLUMNS: dict[str, frozenset[str]] = {
    "case_event": frozenset({"announced_at"}),
    "officer": frozenset({"digested_on"}),
    "passkey": frozenset({"sign_count", "used_at"}),
    "password_reset": frozenset({"used_at"}),
    "recovery_code": frozenset({"used_at"}),
    "sign_in": frozenset({"seen_at"}),
    "submission": frozenset({"track_quick", "track_hash"}),
    "totp_secret": frozenset({"last_step"}),
}
# Whose salt hides a row: the matter, what came in, or the row itself.
OWNERS = {"case_id": "case_file", "submission_id": "submission"}
AT_ONCE = 500


@dataclass(frozen=True)
class Binding:
    """One bound table: its columns, and the rows of others it is linked to."""

    mapper: Mapper[Any]

    @cached_property
    def table(self) -> Table:
        found = self.mapper.local_table
        assert isinstance(found, Table)  # noqa: S101 - for the type checker
        return found

    @cached_property
    def name(self) -> str:
        return self.table.name

    @cached_property
    def numbers(self) -> tuple[str, ...]:
        """The columns that tell a row from every other."""
        return tuple(column.name for column in self.table.primary_key)

    @cached_property
    def columns(self) -> tuple[str, ...]:
        left_out = UNBOUND_COLUMNS.get(self.name, frozenset())
        return tuple(c.name for c in self.table.columns if c.name not in left_out)

    @cached_property
    def attributes(self) -> dict[str, str]:
        """The attribute of the class that holds each column."""
        key = self.mapper.get_property_by_column
        return {name: key(self.table.columns[name]).key for name in self.columns}

    @cached_property
    def links(self) -> dict[str, RelationshipProperty[Any]]:
        """Lists of other rows kept in a table between the two, such as a case's submissions."""
        return {
            f"@{one.key}": one
            for one in self.mapper.relationships
            if one.secondary is not None and not one.viewonly
        }

    @cached_property
    def watched(self) -> frozenset[str]:
        """The attributes whose change is an act."""
        return frozenset(self.attributes.values()) | {one.key for one in self.links.values()}

    def key(self, columns: dict[str, Any]) -> str:
        return self.named([columns[name] for name in self.numbers])

    def named(self, numbers: Iterable[Any]) -> str:
        """What entries call the row with these numbers."""
        return f"{self.name}/{'-'.join(map(str, numbers))}"

    def of_memory(self, row: Any) -> dict[str, Any]:
        """A row written in this transaction and so known to nobody else yet."""
        said = vars(row)
        # Past the watching of attributes where it is told already: a send asks for hundreds.
        found = {
            name: said[attribute] if attribute in said else getattr(row, attribute)
            for name, attribute in self.attributes.items()
        }
        for name, one in self.links.items():
            found[name] = sorted(linked.id for linked in getattr(row, one.key))
        return found

    def of_database(
        self, connection: Connection, ids: list[Any] | None = None
    ) -> Iterator[dict[str, Any]]:
        """The rows as they stand, as they are read: those of these primary keys, or every one."""
        return map(self.opened, self.as_stored(connection, ids))

    @cached_property
    def closed(self) -> frozenset[str]:
        """The columns in which words may lie sealed."""
        return frozenset(c.name for c in self.table.columns if isinstance(c.type, ClosedText))

    def opened(self, row: dict[str, Any]) -> dict[str, Any]:
        """A row with its sealed words opened; SealBroken when one of them was altered."""
        return row | {name: opened(row[name]) for name in self.closed & row.keys()}

    def as_stored(
        self, connection: Connection, ids: list[Any] | None = None
    ) -> Iterator[dict[str, Any]]:
        """The same with the sealed words still sealed."""
        links = {name: _linked(connection, one, ids) for name, one in self.links.items()}
        for row in connection.execute(self._wanted(ids)).mappings():
            found = dict(row)
            for name, known in links.items():
                found[name] = sorted(known.get(found["id"], ()))
            yield found

    def _wanted(self, ids: list[Any] | None) -> Select[Any]:
        every = select(*map(self._stored, self.columns))
        return every if ids is None else every.where(_is_one_of(self.table, ids))

    def _stored(self, name: str) -> ColumnElement[Any]:
        column = self.table.columns[name]
        return type_coerce(column, Text).label(name) if name in self.closed else column


def _is_one_of(table: Table, ids: list[Any]) -> ColumnElement[bool]:
    keys = list(table.primary_key)
    if len(keys) == 1:
        return keys[0].in_([one[0] for one in ids])
    return tuple_(*keys).in_(ids)


def _linked(
    connection: Connection, one: RelationshipProperty[Any], ids: list[Any] | None
) -> dict[int, list[int]]:
    here, there = _ends(one)
    wanted = select(here, there)
    if ids is not None:
        wanted = wanted.where(here.in_([row[0] for row in ids]))
    found: dict[int, list[int]] = {}
    for from_, to in connection.execute(wanted):
        found.setdefault(from_, []).append(to)
    return found


def _ends(one: RelationshipProperty[Any]) -> tuple[Column[Any], Column[Any]]:
    """The two columns of the table between: ours, theirs."""
    ((_id, ours),) = one.synchronize_pairs
    ((_other_id, theirs),) = one.secondary_synchronize_pairs or ()
    return cast(Column[Any], ours), cast(Column[Any], theirs)


def subject_of(name: str, columns: dict[str, Any], key: str) -> str:
    """Whose salt hides this row."""
    for column, owner in OWNERS.items():
        if columns.get(column) is not None and name != owner:
            return f"{owner}/{columns[column]}"
    return key


def bindings() -> dict[str, Binding]:
    """Every bound table by name."""
    mappers = sorted(Base.registry.mappers, key=lambda mapper: str(mapper.local_table))
    every = (Binding(mapper) for mapper in mappers)
    return {one.name: one for one in every if one.name not in UNBOUND_TABLES}


_by_class: dict[type, Binding | None] = {}


def binding_of(row: Any) -> Binding | None:
    """How this row is bound; none when it is not."""
    kind = type(row)
    if kind not in _by_class:
        found = Binding(inspect(kind))
        _by_class[kind] = None if found.name in UNBOUND_TABLES else found
    return _by_class[kind]


def in_pieces(ids: Iterable[Any]) -> Iterator[list[Any]]:
    """Lists short enough for one question to the database."""
    every = list(ids)
    for at in range(0, len(every), AT_ONCE):
        yield every[at : at + AT_ONCE]
