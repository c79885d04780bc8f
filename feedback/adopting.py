"""Opening the book: what stood there before the ledger, and which columns count from now on."""

import json

from sqlalchemy import select
from sqlalchemy.engine import Connection
from sqlalchemy.orm import Session

from feedback import ledger
from feedback.acts import Bound, Draft
from feedback.bound import Binding, bindings, in_pieces, subject_of
from feedback.models.ledger import LedgerEntry

ENTRIES = LedgerEntry.__table__


def open_book(session: Session) -> int:
    """Bind what stood there before the ledger did, and say which columns count from now on.

    For `flask db upgrade`. Rows of a table the ledger already answers for are never taken in: one
    that it does not know was put there behind its back. Returns how many rows were taken in.
    """
    known = columns_in_force(session.connection())
    now = {name: [*one.columns, *one.links] for name, one in bindings().items()}
    if now == known:
        return 0
    ledger.say(session, "ledger.columns", tables=now)
    ledger.write(session)
    fresh = [one for name, one in bindings().items() if name not in known]
    return sum(_adopt(session.connection(), one) for one in fresh)


def columns_in_force(connection: Connection) -> dict[str, list[str]]:
    """The columns by table that the newest entry about them names; empty in a new book."""
    found = connection.scalar(
        select(ENTRIES.c.detail)
        .where(ENTRIES.c.action == "ledger.columns")
        .order_by(ENTRIES.c.seq.desc())
        .limit(1)
    )
    return dict(json.loads(found)["tables"]) if found else {}


def _adopt(connection: Connection, binding: Binding) -> int:
    bound = _already_bound(connection, binding.name)
    every = [row for row in binding.of_database(connection) if binding.key(row) not in bound]
    for some in in_pieces(every):
        rows = [
            Bound(key, subject_of(binding.name, row, key), row, fresh=False)
            for row in some
            for key in [binding.key(row)]
        ]
        draft = Draft("ledger.adopt", binding.name, ledger.SYSTEM, None, {"rows": len(rows)}, rows)
        ledger.put(connection, [draft])
    return len(every)


def _already_bound(connection: Connection, name: str) -> set[str]:
    """Rows of a new table written between the upgrade and this moment."""
    found = connection.scalars(select(ENTRIES.c.state).where(ENTRIES.c.state.contains(f'"{name}/')))
    return {key for state in found for key in json.loads(state)}
