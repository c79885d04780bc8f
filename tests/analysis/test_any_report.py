"""What holds for the report of any rows: figures open what they count, formulas hold."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counting.where import clean_where, matches
from analysis.periods import period
from analysis.report_tables.catalogue import TABLES
from analysis.rows import Material
from analysis.table import freeze, thaw
from tests.analysis.small_world import (
    PERIODS,
    case_rows,
    figures,
    material,
)


@pytest.mark.parametrize("code", TABLES)
@pytest.mark.parametrize("as_of", [date(2026, 11, 30), date(2026, 11, 10), date(2020, 1, 1)])
def test_nothing_at_all_is_a_valid_report(code, as_of):
    bare = Material(period=period("2026-11"), before=period("2025-11"), as_of=as_of)
    for empty in (bare, material(as_of=as_of)):
        table = TABLES[code](empty)
        assert table.check() == ()
        assert {cell.value for row in table.lines for cell in row.cells} <= {0, None}
        assert table.to_csv()


def opened(table):
    """Every filter of a table, with the figure it must explain."""
    for row in table.lines:
        if row.where is not None:
            yield row.where, 1
        for cell in row.cells:
            if cell.where is not None:
                yield cell.where, cell.value


@pytest.mark.parametrize("code", TABLES)
@given(
    rows=st.lists(case_rows(), max_size=12, unique_by=lambda row: row.reference),
    this=PERIODS,
    as_of=st.dates(date(2026, 6, 1), date(2027, 2, 1)),
)
@settings(deadline=None, max_examples=40)
def test_every_figure_counts_the_rows_it_opens_and_every_formula_holds(code, rows, this, as_of):
    made = material(rows, this=this, as_of=as_of)
    table = TABLES[code](made)
    for where, figure in opened(table):
        assert clean_where(where) == where
        assert figure == sum(matches(row, where, as_of) for row in rows)
    assert table.check() == ()
    assert thaw(freeze(table)) == table


@given(
    rows=st.lists(case_rows(), max_size=12),
    this=PERIODS,
    wait=st.integers(0, 400),
)
@settings(deadline=None)
def test_a_report_of_a_finished_period_never_changes(rows, this, wait):
    made_on = date.fromordinal(this.ends_on.toordinal() + wait)
    early, late = (
        TABLES["register"](material(rows, this=this, as_of=day)) for day in (this.ends_on, made_on)
    )
    assert early.rows == late.rows


@given(rows=st.lists(case_rows(), max_size=12))
@settings(deadline=None)
def test_what_a_month_leaves_open_the_next_begins_with(rows):
    as_of = date(2027, 3, 1)
    this, following = period("2026-10"), period("2026-11")
    left = TABLES["by_school"](material(rows, this=this, as_of=as_of))
    begun = TABLES["by_school"](material(rows, this=following, as_of=as_of))
    assert figures(left, "open") == figures(begun, "carried")
