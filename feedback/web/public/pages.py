"""Public pages rendered once and kept as bytes, with a gap where each form's own key is set in.

Rendering a form costs six times what serving it costs (decision 0004). A kept page is also kept
compressed: the key goes in as a block that is not compressed, so nothing of the page is packed
again, and a key never shares a compressed block with text that somebody else may choose.
"""

import gzip
import re
import secrets
import threading
import zlib
from collections import OrderedDict
from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar, cast

from flask import current_app, request
from flask.wrappers import Response


def new_gap() -> str:
    """What stands in a template where a value will be; random, so that no text can hold it."""
    return f"gap{secrets.token_hex(16)}"


GAP = new_gap()
Thing = TypeVar("Thing")

KEY_LENGTH = 56  # of what `codes.mint_once` makes
KEPT_PAGES = 256
# A renamed school or a new holiday shows up on a kept page within this time.
LASTS = timedelta(seconds=60)

A_YEAR = "public, max-age=31536000, immutable"
PACKED_KINDS = frozenset({".css", ".js", ".svg"})
LEVEL = 9

GZIP_HEAD = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x02\xff"  # RFC 1952: deflate, no name, no time


@dataclass(frozen=True, slots=True)
class Page:
    """A page cut at its gap, plain and packed. A page without a gap has an empty tail."""

    head: bytes
    tail: bytes
    packed_head: bytes
    packed_tail: bytes

    @classmethod
    def cut(cls, html: str) -> "Page":
        head, _, tail = (part.encode() for part in html.partition(GAP))
        return cls(head, tail, *_packed(head, tail))

    def plain(self, key: str) -> bytes:
        return self.head + key.encode() + self.tail

    def packed(self, key: str) -> bytes:
        """One gzip member: packed head, the key as a stored block, packed tail, the sums."""
        middle = key.encode()
        whole = len(self.head) + len(middle) + len(self.tail)
        crc = zlib.crc32(self.tail, zlib.crc32(middle, zlib.crc32(self.head)))
        sums = crc.to_bytes(4, "little") + (whole & 0xFFFFFFFF).to_bytes(4, "little")
        return GZIP_HEAD + self.packed_head + _stored(middle) + self.packed_tail + sums


def _packed(head: bytes, tail: bytes) -> tuple[bytes, bytes]:
    """Head and tail as raw deflate (RFC 1951). The tail may point back into the head, never into
    the key between them: bytes that no UTF-8 text has stand for it.
    """
    first = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
    gap = b"\xff" * (KEY_LENGTH if tail else 0)
    then = zlib.compressobj(LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, zdict=(head + gap)[-32768:])
    packed_head = first.compress(head) + first.flush(zlib.Z_FULL_FLUSH)
    return packed_head, then.compress(tail) + then.flush()


def _stored(data: bytes) -> bytes:
    """A block that is not compressed, and not the last."""
    length = len(data)
    return b"\x00" + length.to_bytes(2, "little") + (length ^ 0xFFFF).to_bytes(2, "little") + data


@dataclass(frozen=True, slots=True)
class Blank:
    """A page cut at several gaps, never packed: every second piece is the name of a gap."""

    pieces: tuple[str, ...]

    @classmethod
    def cut(cls, html: str, gaps: Iterable[str]) -> "Blank":
        return cls(tuple(re.split(f"({'|'.join(map(re.escape, gaps))})", html)))

    def filled(self, values: Mapping[str, str]) -> str:
        """The page with these values, which are HTML, in its gaps."""
        whole = list(self.pieces)
        whole[1::2] = [values[gap] for gap in whole[1::2]]
        return "".join(whole)


# --- the shelf of kept pages ------------------------------------------------------------------

_kept: OrderedDict[Hashable, tuple[datetime, Any]] = OrderedDict()
_lock = threading.Lock()


def keep(name: Hashable, at: datetime, render: Callable[[], str]) -> Page:
    """The page of this name, rendered anew when it is not there or was made too long ago."""
    return kept(name, at, lambda: Page.cut(render()))


def keep_blank(
    name: Hashable, at: datetime, render: Callable[[], str], gaps: tuple[str, ...]
) -> Blank:
    """The same for a page with these gaps, to be filled for one person."""
    return kept(name, at, lambda: Blank.cut(render(), gaps))


def kept(name: Hashable, at: datetime, make: Callable[[], Thing]) -> Thing:
    """The thing of this name, made anew when it is not there or was made too long ago."""
    with _lock:
        made_at, page = _kept.get(name, (None, None))
    if made_at is None or not timedelta(0) <= at - made_at < LASTS:
        page = make()
        with _lock:
            _kept[name] = (at, page)
            _kept.move_to_end(name)
            while len(_kept) > KEPT_PAGES:
                _kept.popitem(last=False)
    return cast(Thing, page)


def forget() -> None:
    """Throw every kept page away."""
    with _lock:
        _kept.clear()


def serve(page: Page, key: str = "", cache: str = "no-store") -> Response:
    """The page with this key set in, compressed for a browser that reads it so."""
    packed = _reads_gzip()
    response = Response(page.packed(key) if packed else page.plain(key), mimetype="text/html")
    response.headers["Cache-Control"] = cache
    response.headers["Vary"] = "Accept-Encoding"
    if packed:
        response.headers["Content-Encoding"] = "gzip"
    return response


def _reads_gzip() -> bool:
    return request.accept_encodings["gzip"] > 0


# --- the style sheet and the scripts -----------------------------------------------------------


def send_static_light(response: Response) -> Response:
    """Style sheets and scripts go out compressed, and a versioned one is kept for a year."""
    if request.endpoint != "static" or response.status_code != 200:  # noqa: PLR2004 - OK
        return response
    if "v" in request.args:
        response.headers["Cache-Control"] = A_YEAR
    path = Path(current_app.static_folder or "", (request.view_args or {})["filename"])
    if path.suffix in PACKED_KINDS and _reads_gzip():
        _repack(response, _squeezed(path, path.stat().st_mtime_ns))
    return response


def _repack(response: Response, data: bytes) -> None:
    response.direct_passthrough = False
    opened = response.response
    response.set_data(data)
    if hasattr(opened, "close"):
        opened.close()
    response.headers["Content-Encoding"] = "gzip"
    response.headers["Vary"] = "Accept-Encoding"
    response.headers.pop("ETag", None)  # it named the plain bytes


@lru_cache(maxsize=16)
def _squeezed(path: Path, _changed: int) -> bytes:
    return gzip.compress(path.read_bytes(), LEVEL, mtime=0)
