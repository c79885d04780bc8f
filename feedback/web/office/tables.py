"""Tables of figures as the pages show them: every figure opens the rows it counts."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from analysis.table import Cell, Row, Table, shown
from feedback import clock

INDENT = "\u2003"
# A catalogue longer than this is shown without the lines that nothing happened in.
LONG = 12

# What the register of receptions can be asked for; a figure of anything narrower opens nothing.
VISITS_ASKED = {"unit", "period", "as_of"}


@dataclass(frozen=True, slots=True)
class Rooms:
    """What the reader of a table may open.

    `unit` narrows every link to one unit. The register of receptions holds names, so only its own
    unit opens it (`visits`). A sum of what was handed in has no list of its own: with `by_unit`
    only the lines of single units open one.
    """

    unit: str = ""
    visits: bool = False
    by_unit: bool = False


def link(where: Mapping[str, str] | None, as_of: date | None, rooms: Rooms) -> str | None:
    """The list behind a figure; none where nothing may be opened."""
    if where is None or (rooms.by_unit and "unit" not in where):
        return None
    if "reference" in where:
        return url_for("desk.case", reference=where["reference"])
    narrowed: dict[str, Any] = {**({"unit": rooms.unit} if rooms.unit else {}), **where}
    if as_of is not None and as_of != clock.today():
        narrowed["as_of"] = as_of.isoformat()
    listed = narrowed.pop("list", "cases")
    if listed == "cases":
        return url_for("desk.inbox", **narrowed)
    opens = rooms.visits and listed == "visits" and narrowed.keys() <= VISITS_ASKED
    return url_for("meetings.visits", **narrowed) if opens else None


def figure(cell: Cell, as_of: date | None, rooms: Rooms) -> dict[str, Any]:
    """One figure: how it reads, and the rows behind it when there are any."""
    text = _(cell.value) if cell.kind == "text" and isinstance(cell.value, str) else shown(cell)
    if cell.where is not None:
        return {"text": text, "href": link(cell.where, as_of, rooms) if cell.value else None}
    return {"text": text, "href": link(cell.of, as_of, rooms) if cell.value is not None else None}


def table(facts: Table, rooms: Rooms = Rooms()) -> dict[str, Any]:
    """What `desk.table` shows, and below it how each line and column is counted."""
    return {
        "code": facts.code,
        "title": _(facts.title),
        "columns": [_(facts.stub), *(_(column.label) for column in facts.columns)],
        "rows": [_line(row, facts, rooms) for row in facts.rows],
        "total": _line(facts.total, facts, rooms) if facts.total else None,
        "note": _(facts.note) if facts.note else "",
        "notes": _notes(facts),
    }


def _line(row: Row, facts: Table, rooms: Rooms) -> list[dict[str, Any]]:
    head = {"text": INDENT * row.level + _(row.label), "href": link(row.where, facts.as_of, rooms)}
    return [head, *(figure(cell, facts.as_of, rooms) for cell in row.cells)]


def _notes(facts: Table) -> list[tuple[str, str]]:
    """What exactly is counted, once for each line or column that says so."""
    said: Iterable[Any] = (*facts.columns, *facts.rows)
    return [(_(one.label), _(one.note)) for one in said if one.note]


def without_empty(facts: Table) -> Table:
    """A long catalogue without its empty lines; which are many, and say nothing each."""
    kept = tuple(row for row in facts.rows if any(cell.value for cell in row.cells))
    left = len(facts.rows) - len(kept)
    if len(facts.rows) <= LONG or not left:
        return facts
    said = _("%(n)s dòng không có việc nào được lược bỏ.", n=left)
    words = (_(facts.note) if facts.note else "", said)
    return replace(facts, rows=kept, note=" ".join(filter(None, words)))
