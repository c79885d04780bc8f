"""The chain under the ledger: canonical writing, hashes, the Merkle root and its printed code."""

import base64
import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from typing import Any

# RFC 6962, 2.1: a leaf and a node are hashed differently, so that neither can stand for the other.
LEAF, NODE = b"\x00", b"\x01"
NOTHING_BEFORE = "0" * 64
CODE_BYTES = 20  # 160 bits: 32 symbols, 8 groups of 4
GROUP = 4
NOT_A_SYMBOL = re.compile(r"[\s-]+")


def canonical(value: Any) -> str:
    """The one way to write it: sorted keys, no spaces, accents as they are."""
    return _WRITER.encode(_named(value))


def _named(value: Any) -> Any:
    """Names as JSON keeps them, before they are put in order: 10 comes before 2."""
    if isinstance(value, dict):
        return {str(key): _named(one) for key, one in value.items()}
    return [_named(one) for one in value] if isinstance(value, list | tuple) else value


def _plain(value: Any) -> Any:
    """What a column holds besides the types of JSON; the same from memory and from a row."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    if isinstance(value, date):
        return value.isoformat()
    return value.hex() if isinstance(value, bytes) else str(value)


_WRITER = json.JSONEncoder(
    sort_keys=True, separators=(",", ":"), ensure_ascii=False, default=_plain
)


def entry_hash(entry: Mapping[str, Any]) -> str:
    """The hash of an entry over all its other columns: at once its leaf in the Merkle tree."""
    columns = {name: value for name, value in entry.items() if name != "hash"}
    return hashlib.sha256(LEAF + canonical(columns).encode()).hexdigest()


def row_hash(salt: bytes, columns: Mapping[str, Any]) -> str:
    """What a row was, without saying it: once the salt is erased, nobody can tell any more."""
    return hashlib.sha256(salt + b"\x00" + canonical(columns).encode()).hexdigest()


class Tree:
    """A Merkle tree that grows leaf by leaf (RFC 6962) and keeps only its peaks.

    The peaks are the roots of the perfect subtrees, the largest first: as many as there are ones
    in the binary number of leaves. An odd node is never doubled.
    """

    def __init__(self, size: int = 0, peaks: Sequence[str] = ()) -> None:
        if len(peaks) != size.bit_count():
            raise ValueError(f"{size} leaves have {size.bit_count()} peaks, not {len(peaks)}.")
        self.size = size
        self._peaks = [bytes.fromhex(peak) for peak in peaks]

    @property
    def peaks(self) -> list[str]:
        return [peak.hex() for peak in self._peaks]

    def add(self, leaf: str) -> None:
        """One more leaf, given by its hash."""
        peak, size = bytes.fromhex(leaf), self.size
        while size & 1:
            peak = _node(self._peaks.pop(), peak)
            size >>= 1
        self._peaks.append(peak)
        self.size += 1

    def extend(self, leaves: Iterable[str]) -> "Tree":
        for leaf in leaves:
            self.add(leaf)
        return self

    @property
    def root(self) -> str:
        if not self._peaks:
            return hashlib.sha256(b"").hexdigest()
        root = self._peaks[-1]
        for peak in reversed(self._peaks[:-1]):
            root = _node(peak, root)
        return root.hex()


def _node(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(NODE + left + right).digest()


def code_of(root: str) -> str:
    """The root as people copy it from paper: 8 groups of 4 symbols, A to Z and 2 to 7."""
    symbols = base64.b32encode(bytes.fromhex(root)[:CODE_BYTES]).decode()
    return " ".join(symbols[at : at + GROUP] for at in range(0, len(symbols), GROUP))


def tidy_code(typed: str) -> str:
    """A typed code as `code_of` writes it; ValueError when it cannot be one."""
    symbols = NOT_A_SYMBOL.sub("", typed).upper().translate(str.maketrans("01", "OI"))
    if not re.fullmatch(r"[A-Z2-7]{32}", symbols):
        raise ValueError("The code of an anchor has 8 groups of 4 symbols, A to Z and 2 to 7.")
    return code_of(base64.b32decode(symbols).hex())
