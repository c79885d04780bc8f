"""New objects written in an order that is known, without the session finding it out.

Before SQLAlchemy's unit of work writes, it compares and sorts whatever hangs together: for a send
that takes longer than all its statements (docs/performance.md). Everything else uses the session.
"""

from collections.abc import Sequence
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Insert, Row, Table, insert
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.sql.dml import ReturningInsert

from feedback.db import Base


def write(connection: Connection, thing: Base, **parts: str) -> list[Base]:
    """Write a new object's row; it is then as if read from there, and a session may have it.

    `parts`: under which names it holds others, and by which column those point to it. They are
    written after it and let go of: whoever asks for them later reads them. Given back is whatever
    was written.
    """
    held = [(vars(thing).pop(name, ()), column) for name, column in parts.items()]
    table = _table(thing)
    written = connection.execute(_insert(table), _row(thing))
    own_id = cast(Row[Any], written.inserted_primary_key)[0]
    row = cast(dict[str, Any], written.last_inserted_params())
    # Not attribute by attribute: for the session nothing has changed since this was read.
    vars(thing).update({**dict.fromkeys(_columns(table)), **row, "id": own_id})
    make_transient_to_detached(thing)
    written_too = [_write_all(connection, others, {column: own_id}) for others, column in held]
    return [thing, *(one for others in written_too for one in others)]


def _write_all(
    connection: Connection, things: Sequence[Base], link: dict[str, Any]
) -> Sequence[Base]:
    if things:
        rows = [_row(thing) | link for thing in things]
        kept = connection.execute(_insert_many(_table(things[0])), rows).mappings()
        for thing, row in zip(things, kept, strict=True):
            vars(thing).update(row)
            make_transient_to_detached(thing)
    return things


def _row(thing: Base) -> dict[str, Any]:
    """What was said of it; the rest are the defaults of its columns."""
    said = vars(thing)
    return {name: said[name] for name in _columns(_table(thing)) if name in said}


def _table(thing: Base) -> Table:
    return cast(Table, thing.__table__)


@cache
def _columns(table: Table) -> tuple[str, ...]:
    return tuple(table.columns.keys())


@cache
def _insert(table: Table) -> Insert:
    return insert(table)


@cache
def _insert_many(table: Table) -> ReturningInsert[Any]:
    return insert(table).returning(*table.columns, sort_by_parameter_order=True)
