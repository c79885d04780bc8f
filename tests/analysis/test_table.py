"""A table writes its figures, proves its sums and gives itself away as CSV."""

import csv
import json
from dataclasses import replace
from datetime import date
from io import StringIO

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.checks import Check
from analysis.table import BOM, Cell, Column, Row, Table, freeze, shown, thaw


def a_table(lunch=(3, 2, 1), toilets=(1, 1, 0), total=(4, 3, 1)) -> Table:
    """Answered, on time and late for two subjects, with the formula that joins them."""

    def line(code, label, figures):
        return Row(code, label, tuple(Cell(n, where={"subject": code}) for n in figures))

    return Table(
        code="subjects",
        title="Ý kiến qua QR",
        stub="Lĩnh vực",
        columns=(
            Column("answered", "Đã trả lời"),
            Column("on_time", "Đúng hạn"),
            Column("late", "Quá hạn"),
        ),
        rows=(line("BAN_TRU", "Bán trú", lunch), line("VE_SINH", "Nhà vệ sinh", toilets)),
        total=line("total", "Tổng cộng", total),
        checks=(Check("answered = on_time + late"), Check("BAN_TRU >= VE_SINH", "rows")),
        as_of=date(2026, 11, 30),
    )


@pytest.mark.parametrize(
    ("cell", "written"),
    [
        (Cell(1234), "1.234"),
        (Cell(0), "0"),
        (Cell(None), "–"),
        (Cell(1234567), "1.234.567"),
        (Cell(92.31, "percent"), "92,31 %"),
        (Cell(100, "percent"), "100,00 %"),
        (Cell(3.5, "days"), "3,5"),
        (Cell(10.0, "days"), "10"),
        (Cell(4.5, "mean"), "4,50"),
        (Cell(3, "change"), "+3"),
        (Cell(-1200, "change"), "−1.200"),
        (Cell(0, "change"), "0"),
        (Cell(-0.5, "change"), "−0,5"),
        (Cell("2026-02-05", "date"), "05/02/2026"),
        (Cell(None, "date"), "–"),
        (Cell("Quá hạn", "text"), "Quá hạn"),
    ],
)
def test_figures_are_written_as_vietnamese_papers_do(cell, written):
    assert shown(cell) == written


def test_a_true_table_breaks_nothing():
    assert a_table().check() == ()


def test_a_broken_formula_says_where_and_how():
    (broken,) = a_table(lunch=(3, 2, 2), total=(4, 3, 1)).check()[:1]
    assert (broken.formula, broken.place) == ("answered = on_time + late", "BAN_TRU")
    assert str(broken.words) == "Bán trú: Đã trả lời (3) phải bằng Đúng hạn (2) + Quá hạn (2)"


def test_a_wrong_total_says_which_column():
    broken = a_table(total=(5, 3, 2)).check()
    assert [str(one.words) for one in broken] == [
        "Cột Đã trả lời: dòng tổng (5) phải bằng tổng các dòng (4)",
        "Cột Quá hạn: dòng tổng (2) phải bằng tổng các dòng (1)",
    ]


def test_a_formula_along_rows_is_checked_in_every_counted_column():
    broken = a_table(lunch=(1, 0, 1), toilets=(2, 2, 0), total=(3, 2, 1)).check()
    assert [(one.place, str(one.words)) for one in broken] == [
        ("answered", "Đã trả lời: Bán trú (1) không được nhỏ hơn Nhà vệ sinh (2)"),
        ("on_time", "Đúng hạn: Bán trú (0) không được nhỏ hơn Nhà vệ sinh (2)"),
    ]


def test_a_figure_that_is_not_there_cannot_be_wrong():
    assert a_table(lunch=(3, None, 1), total=(4, None, 1)).check() == ()


@pytest.mark.parametrize("formula", ["", "a", "a = ", "a == b", "a = b +c", "a = b - c", "= b"])
def test_what_is_no_formula_is_refused_at_once(formula):
    with pytest.raises(ValueError, match="not a formula"):
        Check(formula)


def test_a_figure_is_found_by_its_place():
    assert a_table().cell("VE_SINH", "on_time").value == 1
    assert a_table().cell("total", "answered").value == 4
    with pytest.raises(KeyError):
        a_table().cell("total", "unknown")


def test_csv_begins_with_the_mark_excel_needs_and_ends_its_lines_as_the_standard_says():
    page = a_table().to_csv()
    assert page.startswith(BOM + "Lĩnh vực,Đã trả lời,Đúng hạn,Quá hạn\r\nBán trú,3,2,1\r\n")
    assert page.endswith("Tổng cộng,4,3,1\r\n")


def one_line(label, *values) -> Table:
    """A table of a single line."""
    columns = tuple(Column(f"c{n}", "Cột", "text", "none") for n in range(len(values)))
    return Table("t", "T", "Dòng", columns, (Row("r", label, tuple(map(Cell, values))),))


def read_back(table: Table) -> list[list[str]]:
    return list(csv.reader(StringIO(table.to_csv().removeprefix(BOM), newline="")))


@pytest.mark.parametrize(
    "label",
    ["=1+1", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", '=cmd|" /C calc"!A0', "＝1"],
)
def test_no_text_becomes_a_formula(label):
    _, (first, second) = read_back(one_line(label, label))
    assert first == second == "'" + label


def test_numbers_stay_numbers_for_machines():
    _, line = read_back(one_line("Chênh lệch", -3, 92.31, None, "2026-11-24"))
    assert line == ["Chênh lệch", "-3", "92.31", "", "2026-11-24"]


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_any_text_comes_back_out_of_the_csv(label):
    _, (first, _) = read_back(one_line(label, 1))
    assert first.removeprefix("'") == label.removeprefix("'")
    assert not first.startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_frozen_table_thaws_to_the_same_table():
    table = a_table()
    assert thaw(json.loads(json.dumps(freeze(table)))) == table
    bare = replace(table, total=None, as_of=None, checks=())
    assert thaw(json.loads(json.dumps(freeze(bare)))) == bare
