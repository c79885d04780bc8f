"""The ledger is written by construction: what a transaction flushes becomes entries of the chain.

The session itself tells which bound rows it wrote. Just before the commit they are put together
into entries, one per act, and appended in the same transaction: there is no act without its entry
and no entry without its act. What leaves no row, such as a wrong password, is told by `say`.
"""

from collections.abc import Iterable
from contextvars import ContextVar
from dataclasses import dataclass, field
from datetime import date
from typing import Any, cast

from sqlalchemy import Table, delete, event, inspect, select, text
from sqlalchemy.engine import Connection
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, scoped_session

from feedback import chain, clock, inserts, salts
from feedback.acts import Acting, Draft, Touched, drafts_of
from feedback.bound import UNBOUND_TABLES, Binding, binding_of, in_pieces
from feedback.models.ledger import LedgerEntry, LedgerSalt
from feedback.models.officers import Officer

LOCK = 7_030_527  # the migrations have the number before it
ROLE_LETTERS = 120
ENTRIES = cast(Table, LedgerEntry.__table__)
LAST = select(ENTRIES.c.seq, ENTRIES.c.hash).order_by(ENTRIES.c.seq.desc()).limit(1)

SYSTEM, PUBLIC = Acting("system"), Acting("public")
acting: ContextVar[Acting] = ContextVar("acting", default=SYSTEM)


@dataclass
class _Pending:
    """What a transaction has done so far, in the order it did it."""

    touched: dict[int, Touched] = field(default_factory=dict)
    # Of rows that went past the session: the savepoint, if any, that takes them back.
    within: dict[int, object] = field(default_factory=dict)
    said: list[Draft] = field(default_factory=list)


class BulkChange(RuntimeError):
    """A statement would change bound rows behind the ledger's back."""


def keep(sessions: scoped_session[Session]) -> None:
    """From now on every commit of these sessions is in the ledger."""
    maker = sessions.session_factory
    for moment, listener in (
        ("after_flush", _gather),
        ("before_commit", _before_end),
        ("after_soft_rollback", _forget),
        ("do_orm_execute", _refuse_bulk),
    ):
        if not event.contains(maker, moment, listener):
            event.listen(maker, moment, listener)


def as_officer(officer: Officer, on: date) -> Acting:
    """What an officer does from now on in this request is done as what they are today."""
    roles = sorted({role.code for role in officer.roles_on(on)})
    return Acting("staff", officer.id, ",".join(roles)[:ROLE_LETTERS])


def say(session: Session, action: str, object_: str = "", **detail: Any) -> None:
    """An act that leaves no row of its own. `detail` holds codes and numbers, never words."""
    unit_id = detail.pop("unit_id", None)
    _pending(session).said.append(Draft(action, object_, acting.get(), unit_id, detail))


def wrote(session: Session, rows: Iterable[Any]) -> None:
    """New rows that went to the database past the session (`inserts`)."""
    pending, savepoint = _pending(session), session.get_nested_transaction()
    for row in rows:
        _touch(session, row, "add")
        pending.within[id(row)] = savepoint


def write(session: Session) -> None:
    """Append what is pending now; the commit does so by itself."""
    session.flush()
    pending: _Pending | None = session.info.pop("ledger", None)
    if pending is not None:
        _append(session.connection(), pending)


def _pending(session: Session) -> _Pending:
    found: _Pending = session.info.setdefault("ledger", _Pending())
    return found


# --- listening --------------------------------------------------------------------------------


def _gather(session: Session, _context: object) -> None:
    for row in session.new:
        _touch(session, row, "add")
    for row in session.dirty:
        _touch(session, row, "change")
    for row in session.deleted:
        _touch(session, row, "remove")


def _touch(session: Session, row: Any, how: str) -> None:
    binding = binding_of(row)
    if binding is None:
        return
    fields = _changed(binding, row) if how == "change" else ()
    if how == "change" and not fields:
        return
    touched = _pending(session).touched
    before = touched.get(id(row))
    if before is None:
        touched[id(row)] = Touched(row, binding, how, list(fields))
    else:
        before.again(how, fields)


def _changed(binding: Binding, row: Any) -> tuple[str, ...]:
    attributes = inspect(row).attrs
    return tuple(name for name in sorted(binding.watched) if attributes[name].history.has_changes())


def _before_end(session: Session) -> None:
    if not session.in_nested_transaction():
        write(session)


def _forget(session: Session, over: SessionTransaction) -> None:
    """What was rolled back did not happen."""
    pending: _Pending | None = session.info.get("ledger")
    if pending is None:
        return
    if not over.nested:
        del session.info["ledger"]
        return
    pending.touched = {
        number: one
        for number, one in pending.touched.items()
        if not inspect(one.row).transient and pending.within.get(number) is not over
    }


def _refuse_bulk(state: ORMExecuteState) -> None:
    """No statement past the session: it would change rows and leave no entry."""
    table = getattr(state.statement, "table", None)
    if not getattr(state.statement, "is_dml", False) or table is None:
        return
    if table.name not in UNBOUND_TABLES and not state.execution_options.get("unbound"):
        raise BulkChange(f"Rows of {table.name} are changed one by one, so that the ledger knows.")


# --- appending --------------------------------------------------------------------------------


def _append(connection: Connection, pending: _Pending) -> None:
    touched = list(pending.touched.values())
    _read_back(connection, touched)
    drafts = [*drafts_of(touched, acting.get()), *pending.said]
    if drafts:
        put(connection, drafts)


def _read_back(connection: Connection, touched: Iterable[Touched]) -> None:
    """What each row now is. A changed one is read again: others may have changed other columns."""
    changed: dict[str, list[Touched]] = {}
    for one in touched:
        if one.how == "change":
            changed.setdefault(one.binding.name, []).append(one)
        else:
            one.now_is(one.binding.of_memory(one.row))
    for group in changed.values():
        _read_group(connection, group)


def _read_group(connection: Connection, group: list[Touched]) -> None:
    binding = group[0].binding
    by_key = {binding.named(one.identity): one for one in group}
    for ids in in_pieces(one.identity for one in group):
        for columns in binding.of_database(connection, ids):
            by_key[binding.key(columns)].now_is(columns)


def put(connection: Connection, drafts: list[Draft]) -> None:
    """Append these acts: one reading, one writing, and nobody else's in between."""
    wait_turn(connection)
    salt = salts.of(connection, drafts)
    last = connection.execute(LAST).first()
    seq, prev = (last.seq, last.hash) if last else (0, chain.NOTHING_BEFORE)
    rows = []
    for draft in drafts:
        seq += 1
        rows.append(_entry(draft, seq, prev, salt))
        prev = rows[-1]["hash"]
    inserts.put_all(connection, ENTRIES, rows)


def wait_turn(connection: Connection) -> None:
    """One appends at a time. SQLite has one writer anyway; the commit gives the turn back."""
    if connection.dialect.name == "postgresql":
        connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))


def _entry(draft: Draft, seq: int, prev: str, salt: dict[str, bytes]) -> dict[str, Any]:
    """`salt`: by subject, what makes its hashes unguessable."""
    state = {
        bound.key: chain.row_hash(salt[bound.subject], bound.columns) if bound.columns else None
        for bound in draft.rows
    }
    entry = {
        "seq": seq,
        "at": clock.now(),
        "actor": draft.by.kind,
        "officer_id": draft.by.officer_id,
        "role": draft.by.role,
        "unit_id": draft.unit_id,
        "action": draft.action,
        "object": draft.object,
        "detail": chain.canonical(draft.detail),
        "state": chain.canonical(state),
        "prev": prev,
    }
    return entry | {"hash": chain.entry_hash(entry)}


def erase_salt(session: Session, subject: str) -> None:
    """From now on nobody can tell from the ledger what this subject's rows held."""
    write(session)
    session.connection().execute(delete(LedgerSalt).where(LedgerSalt.subject == subject))
    say(session, "ledger.erase_salt", subject)
