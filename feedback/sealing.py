"""Keys from one root secret, and texts sealed so that only their own place opens them."""

import hmac
import os
from dataclasses import dataclass, field, fields
from typing import Literal, Self

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from feedback.generations import Key, every

VERSION = b"\x01"
KEY_ID_BYTES = 4
NONCE_BYTES = 12
HEAD_BYTES = len(VERSION) + KEY_ID_BYTES + NONCE_BYTES
PADDING_STEP = 512  # a whole identity fits, so every one weighs the same

Standing = Literal["present", "before", "foreign"]


class SealBroken(Exception):
    """A sealed text that cannot be opened here; the message says why, never what is in it."""


@dataclass(frozen=True)
class Keys:
    """One key of 32 bytes per purpose, so that none can stand in for another.

    code: derives tracking codes. track: hashes codes, once-ids and contents. once: signs forms.
    contact: seals who wrote. files: signs files kept for a form. session: signs staff cookies.
    rate: hashes addresses. factor: seals what authenticator apps share, hashes recovery codes.
    anchor: signs where the ledger stands. words: wraps the keys of sealed words. shelf: seals what
    lies on the shelf. heir: seals what of an earlier secret goes on (decision 0017).

    While the secret is being changed each knows its predecessor: what that one sealed still opens.
    """

    code: bytes = field(repr=False)
    track: bytes = field(repr=False)
    once: bytes = field(repr=False)
    contact: bytes = field(repr=False)
    files: bytes = field(repr=False)
    session: bytes = field(repr=False)
    rate: bytes = field(repr=False)
    factor: bytes = field(repr=False)
    anchor: bytes = field(repr=False)
    words: bytes = field(repr=False)
    shelf: bytes = field(repr=False)
    heir: bytes = field(repr=False)

    @classmethod
    def from_secret(cls, secret: str, before: str = "") -> Self:
        """All keys from the root secret by HKDF-SHA256 (RFC 5869), the purpose as its label.

        `before` is the secret that is being given up, while that is under way.
        """
        if not secret:
            raise ValueError("The root secret is empty: it would protect nothing.")
        return cls(**{one.name: _key(secret, before, one.name) for one in fields(cls)})


def _key(secret: str, before: str, purpose: str) -> bytes:
    return Key.after(_derived(secret, purpose), [_derived(before, purpose)] if before else [])


def _derived(secret: str, purpose: str) -> bytes:
    label = f"feedback/1/{purpose}".encode()
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(secret.encode())


def unit_key(key: bytes, unit_code: str) -> bytes:
    """The key of one unit for one purpose: a school's never opens what its Office has."""
    label = f"feedback/1/unit/{unit_code}".encode()
    made = [
        HKDF(algorithm=SHA256(), length=32, salt=None, info=label).derive(one) for one in every(key)
    ]
    return Key.after(made[0], made[1:])


def seal(key: bytes, plain: bytes, context: str, step: int = PADDING_STEP) -> bytes:
    """Encrypt `plain` so that it opens only with this key and in this context.

    Layout: version, key id (4 bytes), nonce (12), ChaCha20-Poly1305 of the padded text. The
    context, such as "sender:12", is authenticated but not stored: moved to another row, the text
    stays shut. `step`: the text is padded to a multiple of so many bytes.
    """
    head = VERSION + _key_id(key)
    nonce = os.urandom(NONCE_BYTES)  # random is safe up to 2**32 texts per key
    shut = ChaCha20Poly1305(key).encrypt(nonce, padded(plain, step), _bound(head, context))
    return head + nonce + shut


def unseal(key: bytes, sealed: bytes, context: str) -> bytes:
    """The text sealed with this key in this context; SealBroken when it is not that.

    A key that has predecessors opens what they sealed too: the head says whose it is.
    """
    key = _maker(key, sealed) or key
    head = _checked_head(key, sealed)
    nonce, shut = sealed[len(head) : HEAD_BYTES], sealed[HEAD_BYTES:]
    try:
        return unpadded(ChaCha20Poly1305(key).decrypt(nonce, shut, _bound(head, context)))
    except InvalidTag:
        message = "The sealed text was altered, or it belongs to another record or field."
        raise SealBroken(message) from None


def _maker(key: bytes, sealed: bytes) -> bytes | None:
    """Which of the keys that this one knows sealed it, by the head alone."""
    named = sealed[len(VERSION) : len(VERSION) + KEY_ID_BYTES]
    return next((one for one in every(key) if _key_id(one) == named), None)


def standing(key: bytes, head: bytes) -> Standing:
    """Whose seal it is: of the key in use, of one before it, or of neither. The head will do."""
    maker = _maker(key, head) if head.startswith(VERSION) else None
    if maker is None:
        return "foreign"
    return "present" if maker == key else "before"


def anew(key: bytes, sealed: bytes, context: str, step: int = PADDING_STEP) -> bytes:
    """The same text, sealed with the key in use."""
    return seal(key, unseal(key, sealed, context), context, step)


def _checked_head(key: bytes, sealed: bytes) -> bytes:
    if len(sealed) <= HEAD_BYTES:
        raise SealBroken("The sealed text is cut short: not even its head is complete.")
    if not sealed.startswith(VERSION):
        raise SealBroken("The sealed text has a version that this program does not know.")
    head = sealed[: len(VERSION) + KEY_ID_BYTES]
    used, ours = head[len(VERSION) :].hex(), _key_id(key).hex()
    if used != ours:
        raise SealBroken(f"The text was sealed with key {used}, but the key in use is {ours}.")
    return head


def _key_id(key: bytes) -> bytes:
    return hmac.digest(key, b"key id", "sha256")[:KEY_ID_BYTES]


def _bound(head: bytes, context: str) -> bytes:
    return head + context.encode()


def padded(plain: bytes, step: int = PADDING_STEP) -> bytes:
    """Grown to the next step (ISO/IEC 7816-4), so that a short name looks like a long one."""
    marked = plain + b"\x80"
    return marked + bytes(-len(marked) % step)


def unpadded(grown: bytes) -> bytes:
    """What was padded."""
    return grown.rstrip(b"\x00")[:-1]
