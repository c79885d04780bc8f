"""What earlier secrets leave behind: codes on paper open for ever, old anchors stay provable.

A tracking code and a recovery code are kept as keyed hashes: nobody can make those anew without the
code. So of a secret that is given up two keys are kept, sealed with the one in use, and tried after
its own; and the public half of the key its anchors were signed with. Decision 0017.
"""

import hmac
import json
from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Self

from sqlalchemy import Connection, inspect, select
from sqlalchemy.orm import Session

from feedback import anchors
from feedback.anchors import Trusted
from feedback.generations import Key, every
from feedback.models.heirlooms import Heirloom
from feedback.sealing import Keys, anew, seal, unseal

ROWS = Heirloom.__table__
ID_BYTES = 8
IN_USE, BEFORE = 0, 1


@dataclass(frozen=True, slots=True)
class Left:
    """Of one secret: what hashed the codes, and what checks the anchors (nothing secret).

    `entries`: how long the ledger was when it was given up; it vouches for nothing after that.
    """

    track: bytes = field(repr=False)
    factor: bytes = field(repr=False)
    anchor: str
    entries: int | None = None

    @classmethod
    def of(cls, keys: Keys, which: int) -> Self:
        """Of the secret in use, or of the one before it."""
        track, factor, anchor = (
            every(one)[which] for one in (keys.track, keys.factor, keys.anchor)
        )
        return cls(track, factor, anchors.public_half(anchor))

    @classmethod
    def read(cls, plain: bytes) -> Self:
        told = json.loads(plain)
        track, factor = bytes.fromhex(told.pop("track")), bytes.fromhex(told.pop("factor"))
        return cls(track, factor, **told)

    @property
    def written(self) -> bytes:
        hashing = {"track": self.track.hex(), "factor": self.factor.hex()}
        return json.dumps(asdict(self) | hashing).encode()

    @property
    def secret_id(self) -> str:
        return hmac.digest(self.track, b"secret id", "sha256")[:ID_BYTES].hex()


def is_under_way(keys: Keys) -> bool:
    """Whether the secret is being changed: its predecessor is there too."""
    return len(every(keys.heir)) > 1


# --- reading ----------------------------------------------------------------------------------


def known(connection: Connection, keys: Keys) -> list[Left]:
    """Of every secret there was, the first one first.

    SealBroken when this installation was last sealed with a secret that is not here.
    """
    rows = connection.execute(select(ROWS.c.secret_id, ROWS.c.sealed).order_by(ROWS.c.id))
    return [_opened(keys, row.secret_id, row.sealed) for row in rows]


def recovering(connection: Connection, keys: Keys) -> Key:
    """The key that checks recovery codes, with every one before it."""
    return _with_past(keys.factor, [one.factor for one in known(connection, keys)])


def hashing(connection: Connection, keys: Keys) -> tuple[bytes, tuple[bytes, ...]]:
    """The salt of slow hashes of tracking codes, and every key that made quick ones, newest first.

    The salt is the first key there was, for ever: whichever key made the quick hash, and whoever
    hardens it when, the slow one is the same.
    """
    past = known(connection, keys)
    tracks = _with_past(keys.track, [one.track for one in past])
    return past[0].track if past else every(keys.track)[-1], every(tracks)


def _with_past(key: bytes, past: list[bytes]) -> Key:
    """The key with every one before it; of those that are past the oldest is told first."""
    return Key.after(key, [*every(key)[1:], *past[::-1]])


def trusted(connection: Connection, keys: Keys) -> Trusted:
    """The keys anchors may be signed with, and how far the ledger was when each was given up."""
    found: dict[str, int | None] = dict.fromkeys(map(anchors.public_half, every(keys.anchor)))
    if inspect(connection).has_table(Heirloom.__tablename__):
        found |= {one.anchor: one.entries for one in known(connection, keys)}
    return {**found, **anchors.own(keys)}


# --- writing ----------------------------------------------------------------------------------


def begin(session: Session, keys: Keys, at: datetime) -> bool:
    """Put down the first secret of an installation; whether one is there. The caller commits.

    For ever it salts the hashes of codes. So not while the secret is being changed (`hand_on` does
    it then, once all was looked at), nor with one that has not signed the newest anchor.
    """
    if session.scalar(select(Heirloom.id).limit(1)) is not None:
        return True
    newest = anchors.newest(session)
    if is_under_way(keys) or (newest is not None and newest.key != anchors.public_key(keys)):
        return False
    session.add(_row(Left.of(keys, IN_USE), keys, at))
    return True


def hand_on(session: Session, keys: Keys, at: datetime) -> None:
    """Seal what there is anew, and add what the predecessor leaves. The caller commits."""
    rows = list(session.scalars(select(Heirloom).order_by(Heirloom.id)))
    for row in rows:
        row.sealed = anew(keys.heir, row.sealed, _context(row.secret_id))
    left = Left.of(keys, BEFORE)
    if left.secret_id not in {row.secret_id for row in rows}:
        session.add(_row(left, keys, at))
    session.flush()


def close(session: Session, keys: Keys, entries: int) -> None:
    """From here on the predecessor vouches for nothing. The caller commits."""
    wanted = Heirloom.secret_id == Left.of(keys, BEFORE).secret_id
    row = session.scalars(select(Heirloom).where(wanted)).one()
    left = _opened(keys, row.secret_id, row.sealed)
    row.sealed = _sealed(replace(left, entries=entries), keys)


def _row(left: Left, keys: Keys, at: datetime) -> Heirloom:
    return Heirloom(secret_id=left.secret_id, made_at=at, sealed=_sealed(left, keys))


def _sealed(left: Left, keys: Keys) -> bytes:
    return seal(keys.heir, left.written, _context(left.secret_id))


def _opened(keys: Keys, secret_id: str, sealed: bytes) -> Left:
    return Left.read(unseal(keys.heir, sealed, _context(secret_id)))


def _context(secret_id: str) -> str:
    return f"heirloom:{secret_id}"
