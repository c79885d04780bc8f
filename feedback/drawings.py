"""The picture of a receipt's code: a QR code drawn in a fraction of a millisecond.

Under one mask a QR code is linear over GF(2): every module, check bits included, is the sum of
certain bits of the text. So the pictures of two texts of one length differ as their bits do, and
what each bit changes is found once, from pictures the library makes. Letting the library make the
picture of every receipt cost twice as much as all the rest of a send (docs/performance.md).
"""

import re
from collections.abc import Iterator
from functools import lru_cache, reduce
from html import escape
from operator import xor
from typing import TYPE_CHECKING, Any

from feedback.codes import CROCKFORD

if TYPE_CHECKING:
    from qrcode import QRCode

QUIET_ZONE = 4  # modules of white around the code (ISO/IEC 18004)
BITS = 7  # of an ASCII letter


class Family:
    """The QR codes of all texts that begin with `stem` and end in so many Crockford symbols."""

    def __init__(self, stem: str, symbols: int):
        first = CROCKFORD[0] * symbols
        self.mask = _best_mask(stem + first)
        self.size = len(_matrix(stem + first, self.mask))
        self._width = -(-self.size // 8)  # of a row, in bytes
        self._first = self._drawn(stem + first)
        self._flips = [dict(self._changes(stem, first, place)) for place in range(symbols)]

    def _changes(self, stem: str, first: str, place: int) -> Iterator[tuple[str, int]]:
        """What every symbol changes in the picture when it stands at this place."""
        zero = ord(first[place])
        texts = (first[:place] + chr(zero ^ 1 << bit) + first[place + 1 :] for bit in range(BITS))
        bits = [self._drawn(stem + text) ^ self._first for text in texts]
        for symbol in CROCKFORD:
            changed = ord(symbol) ^ zero
            yield symbol, reduce(xor, (b for i, b in enumerate(bits) if changed >> i & 1), 0)

    def _drawn(self, text: str) -> int:
        """The library's picture as one number."""
        rows = ("".join("01"[bool(module)] for module in row) for row in _matrix(text, self.mask))
        return int("".join(row.ljust(8 * self._width, "0") for row in rows), 2)

    def rows(self, ending: str) -> list[bytes]:
        """The picture of stem + ending: a bit for each module, 1 for a dark one, and each row
        filled up with light ones to whole bytes.
        """
        flips = (self._flips[place][symbol] for place, symbol in enumerate(ending))
        dark = reduce(xor, flips, self._first).to_bytes(self.size * self._width)
        return [dark[start : start + self._width] for start in range(0, len(dark), self._width)]


@lru_cache(maxsize=4)
def family(stem: str, symbols: int) -> Family:
    """The family of this stem; its hundred pictures are made at first use."""
    return Family(stem, symbols)


def qr_svg(stem: str, ending: str, title: str) -> str:
    """The QR code of stem + ending, which is in Crockford symbols; error correction Q."""
    drawn = family(stem, len(ending))
    size = drawn.size + 2 * QUIET_ZONE
    return (
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/><path stroke="#000" '
        f'shape-rendering="crispEdges" d="{"".join(_lines(drawn.rows(ending)))}"/></svg>'
    )


def _lines(rows: list[bytes]) -> Iterator[str]:
    """SVG path data: every row a line through its middle, drawn where it is dark."""
    for y, row in enumerate(rows, QUIET_ZONE):
        yield f"M{QUIET_ZONE} {y}.5"
        yield from map(STRETCHES.__getitem__, row)


def _stretch(modules: str) -> str:
    """A piece of a row from left to right: drawn over what is dark, moved over what is light."""
    runs = (run[0] for run in re.finditer("0+|1+", modules))
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs)


STRETCHES = [_stretch(f"{byte:08b}") for byte in range(256)]


def _best_mask(text: str) -> int:
    """The mask this text looks best under; the rest of its family reads as well under it."""
    code = _code(text, None)
    code.best_fit()
    return int(code.best_mask_pattern())


def _matrix(text: str, mask: int) -> list[list[bool | None]]:
    code = _code(text, mask)
    code.make()
    return code.modules


def _code(text: str, mask: int | None) -> "QRCode[Any]":
    import qrcode  # noqa: PLC0415 - heavy

    code = qrcode.QRCode(
        error_correction=qrcode.constants.ERROR_CORRECT_Q, border=0, mask_pattern=mask
    )
    # As bytes: one kind of segment for the whole family, whatever its symbols are.
    code.add_data(qrcode.util.QRData(text.encode(), mode=4))
    return code
