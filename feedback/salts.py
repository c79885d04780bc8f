"""Salts: what makes the hashes of one subject's rows unguessable, until it is erased."""

import os
from typing import cast

from sqlalchemy import Table, select
from sqlalchemy.engine import Connection

from feedback import inserts
from feedback.acts import Draft
from feedback.bound import in_pieces
from feedback.models.ledger import LedgerSalt

SALT_BYTES = 16
SALTS = cast(Table, LedgerSalt.__table__)


def of(connection: Connection, drafts: list[Draft]) -> dict[str, bytes]:
    """The salt of each subject, made for those that have none yet."""
    wanted = {bound.subject: bound.fresh for draft in drafts for bound in draft.rows}
    for draft in drafts:
        for bound in draft.rows:
            wanted[bound.subject] = wanted[bound.subject] and bound.fresh
    found = _known(connection, [name for name, fresh in wanted.items() if not fresh])
    made = {name: os.urandom(SALT_BYTES) for name in wanted if name not in found}
    if made:
        rows = [{"subject": name, "salt": salt} for name, salt in made.items()]
        inserts.put_all(connection, SALTS, rows)
    return found | made


def _known(connection: Connection, subjects: list[str]) -> dict[str, bytes]:
    found: dict[str, bytes] = {}
    for names in in_pieces(subjects):
        wanted = select(SALTS.c.subject, SALTS.c.salt).where(SALTS.c.subject.in_(names))
        found.update(dict(connection.execute(wanted).tuples().all()))
    return found
