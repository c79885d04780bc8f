"""Anchors: where the ledger stood once, signed, to be kept where this machine cannot reach."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Self

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from feedback import chain, ledger
from feedback.bound import bindings
from feedback.chain import Tree
from feedback.clock import office_day
from feedback.models.ledger import Checkpoint, LedgerEntry
from feedback.models.notices import Notice
from feedback.sealing import Keys

DAY, REPORT, SECRET = "day", "report", "secret"
VERSION = 1
CODE = re.compile(r"\b(?:[A-Z2-7]{4}[ -]){7}[A-Z2-7]{4}\b")
SIGNED = ("version", "at", "reason", "object", "entries", "root", "last_hash", "counts")
# Public keys of ours, each with how many entries it may vouch for; no number: as many as it likes.
Trusted = Mapping[str, int | None]


class AnchorUnreadable(ValueError):
    """What was given as an anchor is none, or was altered; the sentence says what is wrong."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """What is kept elsewhere. From paper only the code is known."""

    code: str
    entries: int | None = None
    root: str | None = None
    last_hash: str | None = None

    @classmethod
    def read(cls, words: str, trusted: Trusted) -> Self:
        """An anchor file, or any text that holds the code. Its signature must be of our keys."""
        try:
            said = json.loads(words)
        except ValueError:
            return cls(_code_in(words))
        try:
            return cls._signed(said, trusted)
        except (KeyError, TypeError, ValueError) as error:
            message = str(error) if isinstance(error, AnchorUnreadable) else "It is no anchor."
            raise AnchorUnreadable(message) from error

    @classmethod
    def _signed(cls, said: dict[str, Any], trusted: Trusted) -> Self:
        if said["key"] not in trusted:
            raise AnchorUnreadable("The anchor was signed with another key than this machine's.")
        if is_late(said, trusted):
            raise AnchorUnreadable("The anchor was signed with a secret that had been given up.")
        if not is_signed(said):
            raise AnchorUnreadable("The anchor was altered: its signature does not fit.")
        return cls(chain.code_of(said["root"]), said["entries"], said["root"], said["last_hash"])


def _code_in(words: str) -> str:
    found = CODE.search(words.upper())
    if found is None:
        raise AnchorUnreadable("There is no anchor in it: neither a file nor 8 groups of 4.")
    return chain.tidy_code(found[0])


def signing_key(keys: Keys) -> Ed25519PrivateKey:
    return Ed25519PrivateKey.from_private_bytes(keys.anchor)


def public_key(keys: Keys) -> str:
    """What anchors are checked with; nothing secret."""
    return public_half(keys.anchor)


def public_half(key: bytes) -> str:
    return Ed25519PrivateKey.from_private_bytes(key).public_key().public_bytes_raw().hex()


def own(keys: Keys) -> Trusted:
    """The key in use alone: right as long as the secret was never changed."""
    return {public_key(keys): None}


def is_late(said: Mapping[str, Any], trusted: Trusted) -> bool:
    """Whether it was signed with a key that had been given up by then."""
    most = trusted[said["key"]]
    return most is not None and said["entries"] > most


def is_signed(said: Mapping[str, Any]) -> bool:
    """Whether the signature fits what the anchor says."""
    key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(said["key"]))
    try:
        key.verify(bytes.fromhex(said["signature"]), _to_sign(said))
    except InvalidSignature:
        return False
    return True


def _to_sign(said: Mapping[str, Any]) -> bytes:
    return chain.canonical({name: said[name] for name in SIGNED}).encode()


def document(point: Checkpoint) -> dict[str, Any]:
    """The anchor file of a checkpoint."""
    return {
        "version": VERSION,
        "at": chain.canonical(point.at).strip('"'),
        "reason": point.reason,
        "object": point.object,
        "entries": point.entries,
        "root": point.root,
        "last_hash": point.last_hash,
        "counts": json.loads(point.counts),
        "code": chain.code_of(point.root),
        "key": point.key,
        "signature": point.signature,
    }


def written(point: Checkpoint) -> str:
    """The anchor file, for a program to read."""
    return json.dumps(document(point), indent=1, ensure_ascii=False) + "\n"


def on_paper(point: Checkpoint) -> str:
    """The same for people: copied by hand, it says as much."""
    return chain.code_of(point.root)


# --- checkpoints ------------------------------------------------------------------------------


def set_checkpoint(
    session: Session, keys: Keys, at: datetime, reason: str, object_: str = ""
) -> Checkpoint:
    """Count and sign where the ledger stands, with what this transaction did. Caller commits."""
    ledger.write(session)
    ledger.wait_turn(session.connection())
    before = _newest(session)
    tree = Tree(before.entries, json.loads(before.peaks)) if before else Tree()
    leaves = session.scalars(
        select(LedgerEntry.hash).where(LedgerEntry.seq > tree.size).order_by(LedgerEntry.seq)
    ).all()
    tree.extend(leaves)
    last_hash = leaves[-1] if leaves else before.last_hash if before else chain.NOTHING_BEFORE
    point = Checkpoint(
        at=at,
        reason=reason,
        object=object_,
        entries=tree.size,
        root=tree.root,
        last_hash=last_hash,
        peaks=chain.canonical(tree.peaks),
        counts=chain.canonical(_counts(session)),
        key=public_key(keys),
        signature="",
    )
    point.signature = signing_key(keys).sign(_to_sign(document(point))).hex()
    session.add(point)
    return point


def _newest(session: Session) -> Checkpoint | None:
    return session.scalar(select(Checkpoint).order_by(Checkpoint.id.desc()).limit(1))


def _counts(session: Session) -> dict[str, int]:
    return {
        name: session.scalar(select(func.count()).select_from(one.table)) or 0
        for name, one in bindings().items()
    }


def newest(session: Session, *, reason: str | None = None, object_: str = "") -> Checkpoint | None:
    """The last checkpoint, of any reason or of this one."""
    wanted = select(Checkpoint).order_by(Checkpoint.id.desc()).limit(1)
    if reason is not None:
        wanted = wanted.where(Checkpoint.reason == reason, Checkpoint.object == object_)
    return session.scalar(wanted)


def is_owed(session: Session, at: datetime) -> bool:
    """Whether this day has no anchor yet though something was done since the last one."""
    last = newest(session, reason=DAY)
    if last is None:
        return session.scalar(ledger.LAST) is not None
    if office_day(last.at) >= office_day(at):
        return False
    return session.scalar(select(LedgerEntry.seq).where(LedgerEntry.seq > last.entries)) is not None


def of_notice(session: Session, notice: Notice) -> dict[str, Any] | None:
    """The anchor a letter brings; none for any other letter."""
    if notice.template != "anchor":
        return None
    point = session.get_one(Checkpoint, int(notice.once_key.split("-")[1]))
    return document(point)
