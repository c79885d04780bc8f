"""LedgerEntry, LedgerSalt, Checkpoint: the hash chain over every act, and where it once stood."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from feedback.db import Base, Moment

LOOKS = text("action IN ('case.contact', 'case.file')")


class LedgerEntry(Base):
    """One act. Never changed and never removed: the database itself refuses both.

    It holds no word and no name: who acted by number, what was done by code, and hashes of the
    rows it left behind. References to other rows are plain numbers, so that nothing pulls it along.
    """

    __tablename__ = "ledger"
    __table_args__ = (
        Index("ix_ledger_unit_at", "unit_id", "at"),
        # Only the looks at contacts and sealed files, so that no other act pays for it.
        Index("ix_ledger_looks", "object", sqlite_where=LOOKS, postgresql_where=LOOKS),
    )

    seq: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime] = mapped_column(Moment)
    actor: Mapped[str] = mapped_column(String(8))
    officer_id: Mapped[int | None]
    role: Mapped[str] = mapped_column(String(120))
    unit_id: Mapped[int | None]
    action: Mapped[str] = mapped_column(String(60))
    object: Mapped[str] = mapped_column(String(80))
    # Both in canonical JSON, kept as text so that every byte counts.
    detail: Mapped[str] = mapped_column(Text)
    # The rows this act left behind: {"case_file/12": salted hash, or null once it is gone}.
    state: Mapped[str] = mapped_column(Text)
    prev: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))

    COLUMNS = (
        "seq", "at", "actor", "officer_id", "role", "unit_id", "action", "object", "detail",
        "state", "prev", "hash",
    )  # fmt: skip

    @property
    def columns(self) -> dict[str, Any]:
        return {name: getattr(self, name) for name in self.COLUMNS}


class LedgerSalt(Base):
    """What makes the hashes of one subject's rows unguessable; erased with the subject."""

    __tablename__ = "ledger_salt"

    subject: Mapped[str] = mapped_column(String(80), primary_key=True)
    salt: Mapped[bytes] = mapped_column(LargeBinary(16))


class Checkpoint(Base):
    """Where the ledger stood once: its Merkle root, signed, to be kept elsewhere as well."""

    __tablename__ = "ledger_checkpoint"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[datetime] = mapped_column(Moment)
    # Why it was made, "day", "report" or "secret", and for what.
    reason: Mapped[str] = mapped_column(String(16))
    object: Mapped[str] = mapped_column(String(80), default="", index=True)
    entries: Mapped[int]
    root: Mapped[str] = mapped_column(String(64))
    last_hash: Mapped[str] = mapped_column(String(64))
    # The peaks of the tree, so that the next one need not begin at the first entry.
    peaks: Mapped[str] = mapped_column(Text)
    # Rows by table, as counted then.
    counts: Mapped[str] = mapped_column(Text)
    key: Mapped[str] = mapped_column(String(64))
    signature: Mapped[str] = mapped_column(String(128))
