"""The picture of a receipt's code: a QR code drawn in a fraction of a millisecond.

Under one mask a QR code is linear over GF(2): every module, check bits included, is the sum of
certain bits of the text. So the pictures of two texts of one length differ as their bits do, and
what each bit changes is found once, from pictures the library makes. Letting the library make the
picture of every receipt cost twice as much as all the rest of a send (docs/performance.md).
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache, reduce
from html import escape
from operator import xor
from typing import TYPE_CHECKING, Any

from feedback.codes import CROCKFORD

if TYPE_CHECKING:
    from qrcode import QRCode

QUIET_ZONE = 4  # modules of white around the code (ISO/IEC 18004)
RUN = re.compile("0+|1+")
BITS = 7  # of an ASCII letter


class Family:
    """The QR codes of all texts that begin with `stem` and end in so many Crockford symbols."""

    def __init__(self, stem: str, symbols: int):
        first = CROCKFORD[0] * symbols
        self.mask = _best_mask(stem + first)
        self._first, self.size = self._drawn(stem + first)
        self._flips = [dict(self._changes(stem, first, place)) for place in range(symbols)]

    def _changes(self, stem: str, first: str, place: int) -> Iterator[tuple[str, int]]:
        """What every symbol changes in the picture when it stands at this place."""
        zero = ord(first[place])
        texts = (first[:place] + chr(zero ^ 1 << bit) + first[place + 1 :] for bit in range(BITS))
        bits = [self._drawn(stem + text)[0] ^ self._first for text in texts]
        for symbol in CROCKFORD:
            changed = ord(symbol) ^ zero
            yield symbol, reduce(xor, (b for i, b in enumerate(bits) if changed >> i & 1), 0)

    def _drawn(self, text: str) -> tuple[int, int]:
        """The library's picture as one number, a bit for each module, and its width."""
        matrix = _matrix(text, self.mask)
        dark = "".join("01"[bool(module)] for row in matrix for module in row)
        return int(dark, 2), len(matrix)

    def rows(self, ending: str) -> list[str]:
        """The picture of stem + ending: for each row its modules, 1 for a dark one."""
        flips = (self._flips[place][symbol] for place, symbol in enumerate(ending))
        dark = f"{reduce(xor, flips, self._first):0{self.size**2}b}"
        return [dark[start : start + self.size] for start in range(0, len(dark), self.size)]


@lru_cache(maxsize=4)
def family(stem: str, symbols: int) -> Family:
    """The family of this stem; its hundred pictures are made at first use."""
    return Family(stem, symbols)


def qr_svg(stem: str, ending: str, title: str) -> str:
    """The QR code of stem + ending, which is in Crockford symbols; error correction Q."""
    rows = family(stem, len(ending)).rows(ending)
    size = len(rows) + 2 * QUIET_ZONE
    return (
        f'<svg class="qr" viewBox="0 0 {size} {size}" role="img"><title>{escape(title)}</title>'
        f'<path fill="#fff" d="M0 0h{size}v{size}H0z"/>'
        f'<path stroke="#000" shape-rendering="crispEdges" d="{"".join(_lines(rows))}"/></svg>'
    )


def _lines(rows: list[str]) -> Iterator[str]:
    """SVG path data: every row a line through its middle, drawn where it is dark."""
    for y, row in enumerate(rows, QUIET_ZONE):
        yield f"M{QUIET_ZONE} {y}.5"
        yield from (_stretch(row[start : start + 8]) for start in range(0, len(row), 8))


@cache
def _stretch(modules: str) -> str:
    """Eight modules from left to right; there are not many kinds of them."""
    runs = (run[0] for run in RUN.finditer(modules))
    return "".join(f"h{len(run)}" if run[0] == "1" else f"m{len(run)} 0" for run in runs)


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
