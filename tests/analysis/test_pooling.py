"""Reports put together are the sum of the reports as they were handed in."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.periods import comparable, period
from analysis.pooling import Rows, as_known, pooled
from analysis.report_tables.catalogue import TABLES
from analysis.rows import AnswerRow, Material, ReceptionRow
from tests.analysis.small_world import KINDS, a_case, a_visit, case_rows, november

YEAR = period("DV-2026-Y")
LAST = date(2026, 11, 24)


def bare(as_of: date = LAST, of=YEAR) -> Material:
    kinds = {**KINDS, "OLD": "Loại cũ"}
    return Material(period=of, before=comparable(of, as_of), as_of=as_of, kinds=kinds)


def counts(material: Material) -> dict[tuple[str, str], int]:
    """Every count of the register, in both of its periods."""
    table = TABLES["register"](material)
    return {
        (row.code, column): int(row.cells[at].value or 0)
        for row in table.rows
        for at, column in enumerate(("now", "before"))
        if row.cells[at].kind == "count"
    }


def test_rows_come_back_as_they_were_frozen():
    rows = Rows(
        november(30),
        cases=(a_case(answered_on=november(4), face=3, solved=True), a_case(due_on=None)),
        visits=(a_visit(), a_visit()),  # the same twice is two
        receptions=(ReceptionRow(unit_code="LDT", held_on=november(3), mode="head"),),
        answers=(AnswerRow(unit_code="LDT", question_code="G1", received_on=november(3), score=0),),
    )
    assert Rows.thaw(rows.freeze()) == rows


def test_what_came_later_is_not_known():
    row = a_case(november(2), due_on=november(16), answered_on=november(20), face=1, rated_on=None)
    known = as_known(row, november(10), november(30))
    assert known.answered_on is None
    assert known.due_on == november(30)  # it was not broken then


def test_a_broken_promise_stays_broken():
    row = a_case(november(2), due_on=november(6))
    assert as_known(row, november(10), november(30)).due_on == november(6)


def test_an_answer_keeps_its_day_and_its_promise():
    row = a_case(november(2), due_on=november(16), answered_on=november(9))
    assert as_known(row, november(10), november(30)) == row


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.lists(case_rows(), max_size=5), st.dates(date(2026, 8, 1), LAST))))
def test_the_sum_of_any_reports_is_the_sum_of_what_they_said(parts):
    """Whatever the rows and the days they were handed in, early ones included."""
    handed_in = [Rows(on, cases=tuple(rows)) for rows, on in parts]
    alone = [counts(pooled(bare(rows.as_of), [rows])) for rows in handed_in]
    together = counts(pooled(bare(), handed_in))
    assert together == {line: sum(one[line] for one in alone) for line in together}
