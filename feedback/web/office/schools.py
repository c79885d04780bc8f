"""The Office's page: the four numbers of a scope, and one line for each unit."""

from typing import Any

from flask_babel import gettext as _

from analysis.figures import Figure, SchoolLine, headline, school_lines
from analysis.periods import Period, filter_code
from analysis.rows import Material
from analysis.satisfaction import SHARE_WORDS
from analysis.table import Cell, Table, shown
from feedback import access, clock, db, grounds, reporting
from feedback.scopes import Scope
from feedback.web import here
from feedback.web.office.tables import Rooms, figure, link, table

# A change that may be chance is neither good nor bad.
MAY_BE_CHANCE = frozenset(text for (_up, chance), text in SHARE_WORDS.items() if chance)


def ground(scope: Scope) -> grounds.Ground:
    """All an officer knows of, with a line for every unit in the scope."""
    units = tuple(db.session.scalars(access.units(scope.reads)))
    return grounds.Ground(units, access.sees(scope))


def counted(on: grounds.Ground, of: Period) -> Material:
    """The figures of a period as they stand now."""
    return reporting.material(db.session(), on, grounds.Asked(of, clock.today(), here.calendar()))


def page(on: grounds.Ground, of: Period) -> dict[str, Any]:
    """Cards for all together, lines of schools, and lines of what offices handle themselves."""
    made_from = counted(on, of)
    offices = {unit.code for unit in on.units if not unit.is_school}
    lines = [_line(line, made_from) for line in school_lines(made_from)]
    return {
        "figures": [_card(one, made_from) for one in headline(made_from)],
        "schools": [line for line in lines if line["code"] not in offices],
        "own": [line for line in lines if line["code"] in offices],
        "most": max((line["received"] for line in lines), default=0),
        "full": table(full_table(made_from)),
        "before": made_from.before,
    }


def full_table(made_from: Material) -> Table:
    """Every figure of every unit, which is also the table as CSV."""
    return reporting.tables(made_from, ["by_school"])["by_school"]


def _card(one: Figure, made_from: Material) -> dict[str, Any]:
    """As `desk.figure_card` wants it."""
    cell = figure(one.now, made_from.as_of, Rooms())
    return {
        "label": _(one.label),
        "value": cell["text"],
        "href": cell["href"],
        "note": _(one.definition),
        **_moved(one),
    }


def _moved(one: Figure) -> dict[str, Any]:
    """The change in words, which way, and whether that is good."""
    moved, words = one.change.difference, one.change.words
    way = "" if moved is None else "up" if moved > 0 else "down" if moved < 0 else "same"
    certain = way in ("up", "down") and one.better and words.text not in MAY_BE_CHANCE
    return {
        "change": _(words.text, **words.values),
        "short": "" if moved is None else shown(Cell(moved, "change")),
        "direction": way,
        "good": way == one.better if certain else None,
    }


def _line(line: SchoolLine, made_from: Material) -> dict[str, Any]:
    rooms, as_of = Rooms(), made_from.as_of
    period_code = filter_code(made_from.period)
    everything = {"unit": line.unit_code, "period": period_code, "state": "to_handle"}
    return {
        "code": line.unit_code,
        "name": line.label,
        "href": link(everything, as_of, rooms),
        "need": _(line.need.text, **line.need.values),
        "tone": "danger" if line.open_late.value else "warn" if line.urgent_open.value else "",
        "figures": [figure(one.now, as_of, rooms) | _moved(one) for one in line.figures],
        "received": line.figures[0].now.value or 0,
        "open": figure(line.open, as_of, rooms),
        "late": figure(line.open_late, as_of, rooms),
    }
