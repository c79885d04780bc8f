"""Envelopes only their Office opens: anyone may close one, the key to open it lies elsewhere.

HPKE (RFC 9180): X25519, HKDF-SHA256, ChaCha20-Poly1305. The server holds public keys alone, so
whoever takes the server, its secret and its database cannot read who denounced. The private key is
made and kept by the Office, behind a passphrase (Argon2id, RFC 9106). Decision 0012.

This file needs nothing of the house but `sealing`: it also runs on a machine without a network.
"""

import hashlib
import json
import os
from base64 import b64decode, b64encode
from dataclasses import dataclass, field
from typing import Any, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from feedback.sealing import SealBroken, padded, seal, unpadded, unseal

VERSION = b"\x02"
KEY_ID_BYTES = 8
LENGTH_BYTES = 4
HEAD_BYTES = len(VERSION) + KEY_ID_BYTES + LENGTH_BYTES
SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.CHACHA20_POLY1305)

KIND = "feedback office key 1"
SALT_BYTES = 16
# Of libsodium's MODERATE: a guess costs a quarter of a GiB and most of a second.
MEMORY_KIB, ITERATIONS, LANES = 256 * 1024, 3, 4
LEAST_PASSPHRASE = 12


class WrongPassphrase(ValueError):
    """The passphrase does not open the key file, or the file is damaged."""


def key_id_of(public: bytes) -> str:
    """A name for a public key, short enough to be read out on the telephone."""
    return hashlib.sha256(b"feedback office key" + public).digest()[:KEY_ID_BYTES].hex()


def close(public: bytes, plain: bytes, context: str) -> bytes:
    """Seal for whoever has the private key. Layout: version, key id, length, HPKE text.

    Head and context are bound in: moved to another record it stays shut. Several, one after the
    other, are read as one letter and its later additions.
    """
    key_id = bytes.fromhex(key_id_of(public))
    shut = SUITE.encrypt(
        padded(plain), X25519PublicKey.from_public_bytes(public), info=_bound(key_id, context)
    )
    return VERSION + key_id + len(shut).to_bytes(LENGTH_BYTES) + shut


def is_closed(sealed: bytes) -> bool:
    """Whether the server itself cannot open it."""
    return sealed.startswith(VERSION)


def key_ids(sealed: bytes) -> list[str]:
    """Which keys open the letters in it, in their order."""
    return [key_id.hex() for key_id, _shut in _letters(sealed)]


def _letters(sealed: bytes) -> list[tuple[bytes, bytes]]:
    found = []
    while sealed:
        if not is_closed(sealed):
            raise SealBroken("This is no sealed envelope, or of a version not known here.")
        length = int.from_bytes(sealed[HEAD_BYTES - LENGTH_BYTES : HEAD_BYTES])
        if len(sealed) < HEAD_BYTES + length or not length:
            raise SealBroken("The sealed envelope is cut short.")
        key_id = sealed[len(VERSION) : len(VERSION) + KEY_ID_BYTES]
        found.append((key_id, sealed[HEAD_BYTES : HEAD_BYTES + length]))
        sealed = sealed[HEAD_BYTES + length :]
    return found


def _bound(key_id: bytes, context: str) -> bytes:
    return VERSION + key_id + context.encode()


@dataclass(frozen=True)
class OfficeKey:
    """A private key, held only while something is opened with it."""

    private: bytes = field(repr=False)

    @classmethod
    def new(cls) -> Self:
        return cls(X25519PrivateKey.generate().private_bytes_raw())

    @property
    def public(self) -> bytes:
        key = X25519PrivateKey.from_private_bytes(self.private)
        return key.public_key().public_bytes_raw()

    @property
    def key_id(self) -> str:
        return key_id_of(self.public)

    def open(self, sealed: bytes, context: str) -> list[bytes]:
        """Every letter in the envelope; SealBroken when one is not this key's or was altered."""
        return [self._open(key_id, shut, context) for key_id, shut in _letters(sealed)]

    def _open(self, key_id: bytes, shut: bytes, context: str) -> bytes:
        if key_id.hex() != self.key_id:
            raise SealBroken(f"It was sealed for key {key_id.hex()}, this is key {self.key_id}.")
        key = X25519PrivateKey.from_private_bytes(self.private)
        try:
            return unpadded(SUITE.decrypt(shut, key, info=_bound(key_id, context)))
        except InvalidTag:
            message = "The envelope was altered, or it belongs to another record."
            raise SealBroken(message) from None

    def reseal(self, sealed: bytes, context: str, public: bytes) -> bytes:
        """The same letters for another key."""
        return b"".join(close(public, plain, context) for plain in self.open(sealed, context))

    # --- the file it is kept in ----------------------------------------------------------------

    def locked(self, passphrase: str) -> str:
        """The text of a key file: useless without the passphrase."""
        salt = os.urandom(SALT_BYTES)
        shut = seal(_from_passphrase(passphrase, salt), self.private, KIND)
        told = {
            "kind": KIND,
            "key_id": self.key_id,
            "public": b64encode(self.public).decode(),
            "salt": b64encode(salt).decode(),
            "private": b64encode(shut).decode(),
        }
        return json.dumps(told, indent=1) + "\n"

    @classmethod
    def unlocked(cls, text: str, passphrase: str) -> Self:
        """The key of such a file."""
        told = _read(text)
        key = _from_passphrase(passphrase, b64decode(told["salt"]))
        try:
            return cls(unseal(key, b64decode(told["private"]), KIND))
        except SealBroken:
            raise WrongPassphrase("The passphrase does not open this key file.") from None


def public_of(text: str) -> bytes:
    """The public half of a key file, or of a file that holds nothing else."""
    public = b64decode(_read(text)["public"])
    X25519PublicKey.from_public_bytes(public)
    return public


def public_text(public: bytes) -> str:
    """What the Office hands to the server: nobody opens anything with it."""
    told = {"kind": KIND, "key_id": key_id_of(public), "public": b64encode(public).decode()}
    return json.dumps(told, indent=1) + "\n"


def _read(text: str) -> dict[str, Any]:
    try:
        told = json.loads(text)
    except ValueError:
        told = None
    if not isinstance(told, dict) or told.get("kind") != KIND:
        raise ValueError("This is not an Office key file.")
    return told


def _from_passphrase(passphrase: str, salt: bytes) -> bytes:
    kdf = Argon2id(salt=salt, length=32, iterations=ITERATIONS, lanes=LANES, memory_cost=MEMORY_KIB)
    return kdf.derive(passphrase.encode())
