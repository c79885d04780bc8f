"""The grid over a photo: twelve columns A to L, twelve rows 1 to 12, and the box of each cell."""

import re

COLUMNS = "ABCDEFGHIJKL"
ROWS = 12
CELL = re.compile(r"([A-L])(1[0-2]|[1-9])")
BETWEEN = re.compile(r"[\s,;]+")

Box = tuple[float, float, float, float]


class NoSuchCell(ValueError):
    """Something that is not a cell or a range of cells; the text is what was typed."""


def every_cell() -> list[str]:
    """A1, B1, … L12: row by row."""
    return [f"{column}{row}" for row in range(1, ROWS + 1) for column in COLUMNS]


def cells_in(typed: str) -> set[str]:
    """ "B3:D5, F1" → the cells; NoSuchCell for anything else."""
    parts = filter(None, BETWEEN.split(typed.upper().replace(" :", ":").replace(": ", ":")))
    return {cell for part in parts for cell in _range(part)}


def _range(part: str) -> list[str]:
    first, _, last = part.partition(":")
    one, other = CELL.fullmatch(first), CELL.fullmatch(last or first)
    if one is None or other is None:
        raise NoSuchCell(part)
    across = sorted(COLUMNS.index(found[1]) for found in (one, other))
    down = sorted(int(found[2]) for found in (one, other))
    return [
        f"{COLUMNS[column]}{row}"
        for row in range(down[0], down[1] + 1)
        for column in range(across[0], across[1] + 1)
    ]


def box_of(cell: str) -> Box:
    """Left, top, right, bottom as shares of the picture."""
    found = CELL.fullmatch(cell)
    if found is None:
        raise NoSuchCell(cell)
    column, row = COLUMNS.index(found[1]), int(found[2]) - 1
    wide = len(COLUMNS)
    return column / wide, row / ROWS, (column + 1) / wide, (row + 1) / ROWS
