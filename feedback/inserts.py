"""New objects written in an order that is known, by statements that are put together once.

Before SQLAlchemy's unit of work writes, it compares and sorts whatever hangs together: for a send
that takes longer than all its statements, and putting a statement together anew takes longer than
running it (docs/performance.md). Everything else uses the session.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any, cast

from sqlalchemy import Connection, Dialect, Table, bindparam
from sqlalchemy.orm import make_transient_to_detached

from feedback.db import Base

Processor = Callable[[Any], Any]
NUMBER = "id"


@dataclass(frozen=True, slots=True)
class Statement:
    """The INSERT of a table for one kind of database, and what each of its values goes through."""

    sql: str
    columns: tuple[tuple[str, Processor | None], ...]
    by_place: bool
    numbered: bool

    def bound(self, row: Mapping[str, Any]) -> tuple[Any, ...] | dict[str, Any]:
        """The values of a row as the driver takes them."""
        told = [_told(row.get(name), processor) for name, processor in self.columns]
        if self.by_place:
            return tuple(told)
        return {name: value for (name, _), value in zip(self.columns, told, strict=True)}


def _told(value: Any, processor: Processor | None) -> Any:
    return value if value is None or processor is None else processor(value)


def write(connection: Connection, thing: Base, **parts: str) -> list[Base]:
    """Write a new object's row; it is then as if read from there, and a session may have it.

    `parts`: under which names it holds others, and by which column those point to it. They are
    written after it and let go of: whoever asks for them later reads them. Given back is whatever
    was written.
    """
    held = [(vars(thing).pop(name, ()), column) for name, column in parts.items()]
    number = _write_one(connection, thing)
    written = [thing]
    for others, column in held:
        for other in others:
            _write_one(connection, other, {column: number})
            written.append(other)
    return written


def _write_one(connection: Connection, thing: Base, link: Mapping[str, Any] | None = None) -> Any:
    table, said = cast(Table, thing.__table__), vars(thing)
    row = {name: said[name] if name in said else told() for name, told in _columns(table)}
    row.update(link or {})
    number = row[NUMBER] = put(connection, table, row)
    # Not attribute by attribute: for the session nothing has changed since this was read.
    said.update(row)
    make_transient_to_detached(thing)
    return number


def put(connection: Connection, table: Table, row: Mapping[str, Any]) -> Any:
    """Write one row of which every column is told; given back is its number, where it has one."""
    statement = _statement(table, connection.dialect)
    done = connection.exec_driver_sql(statement.sql, statement.bound(row))
    return done.scalar() if statement.numbered else None


def put_all(connection: Connection, table: Table, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write rows whose every column is told, in one go."""
    statement = _statement(table, connection.dialect)
    connection.exec_driver_sql(statement.sql, cast(Any, [statement.bound(row) for row in rows]))


@cache
def _statement(table: Table, dialect: Dialect) -> Statement:
    columns = {column.name: column.type for column in table.columns}
    numbered = NUMBER in columns and table.c[NUMBER].primary_key
    if numbered:
        del columns[NUMBER]
    told = {name: bindparam(name, type_=type_) for name, type_ in columns.items()}
    insert = table.insert().values(told)
    wanted: Any = insert.returning(table.c[NUMBER]) if numbered else insert
    made = wanted.compile(dialect=dialect)
    processors = {
        name: type_.dialect_impl(dialect).bind_processor(dialect) for name, type_ in columns.items()
    }
    placed = tuple((name, processors[name]) for name in made.positiontup or columns)
    return Statement(str(made), placed, made.positional, numbered)


@cache
def _columns(table: Table) -> tuple[tuple[str, Callable[[], Any]], ...]:
    """Each column, and what stands in it when nothing was said."""
    return tuple((column.name, _unsaid(column.default)) for column in table.columns)


def _unsaid(default: Any) -> Callable[[], Any]:
    if default is None:
        return lambda: None
    return (lambda: default.arg(None)) if default.is_callable else (lambda: default.arg)
