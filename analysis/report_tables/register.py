"""The register in figures: what came in, what became of it, and how fast."""

from analysis.checks import Check
from analysis.counting.measures import MEASURES
from analysis.counting.tally import Tally, side_by_side, tally
from analysis.report_tables.compared import compared, compared_columns
from analysis.rows import Material
from analysis.table import Row, Table

# Every line, and how far it is set in; the kinds of petition follow "received".
ABOVE = (("carried", 0), ("received", 0))
BELOW = (
    ("letters", 1),
    ("petitions", 1),
    ("to_handle", 0),
    ("answered", 1),
    ("on_time", 2),
    ("answered_late", 2),
    ("refused", 1),
    ("dropped", 1),
    ("open", 1),
    ("open_in_time", 2),
    ("open_late", 2),
    ("on_time_share", 0),
    ("median_days", 0),
    ("urgent", 0),
    ("transferred", 0),
    ("escalated", 0),
    ("reopened", 0),
    ("reopened_open", 0),
    ("rated", 0),
    ("satisfied", 1),
    ("acceptable", 1),
    ("unsatisfied", 1),
    ("satisfied_share", 0),
    ("unsatisfied_share", 0),
)

# What came in went out or is still here; the same sums hold along a table of schools.
BALANCE = (
    "to_handle = carried + received",
    "to_handle = answered + refused + dropped + open",
    "answered = on_time + answered_late",
    "open = open_in_time + open_late",
)


def register(material: Material) -> Table:
    """Tình hình tiếp nhận, giải quyết: this period beside the same period of last year."""
    now = tally(material.cases, material.period, material.as_of)
    before = tally(material.cases_before, material.before, material.as_of)
    kinds = _kinds(material, now, before)
    sums = " + ".join(row.code for row in kinds)
    rated = "rated = satisfied + acceptable + unsatisfied"
    formulas = (*BALANCE, rated, "petitions <= received", "received <= letters")
    return Table(
        code="register",
        title="Tình hình tiếp nhận, giải quyết",
        stub="Nội dung",
        columns=compared_columns(material),
        rows=(*_lines(ABOVE, now, before), *kinds, *_lines(BELOW, now, before)),
        checks=tuple(
            Check(formula, "rows")
            for formula in (*formulas, *([f"received = {sums}"] if kinds else []))
        ),
        as_of=material.as_of,
    )


def _lines(lines: tuple[tuple[str, int], ...], now: Tally, before: Tally) -> tuple[Row, ...]:
    return tuple(
        Row(
            code,
            MEASURES[code].label,
            compared(MEASURES[code].take(now), MEASURES[code].take(before)),
            level,
            MEASURES[code].definition,
        )
        for code, level in lines
    )


def _kinds(material: Material, now: Tally, before: Tally) -> tuple[Row, ...]:
    lines = side_by_side(now, before, "kind", material.kinds)
    return tuple(
        Row(
            f"kind:{code}",
            material.kinds.get(code, code),
            compared(one.count("received"), then.count("received")),
            level=1,
        )
        for code, (one, then) in lines.items()
    )
