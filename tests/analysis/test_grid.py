"""The grid over a photo: cells by name, ranges, boxes that cover all of it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analysis.grid import NoSuchCell, box_of, cells_in, every_cell


def test_a_range_is_every_cell_between_its_corners_whichever_comes_first():
    assert cells_in("B3:C4") == {"B3", "C3", "B4", "C4"}
    assert cells_in("c4 : b3; F1") == {"B3", "C3", "B4", "C4", "F1"}
    assert cells_in("L12:K12,") == {"K12", "L12"}
    assert cells_in("  ") == set()


@pytest.mark.parametrize("typed", ["M1", "A13", "A0", "3B", "A1:B", "A1:B2:C3", "AA1", "góc trái"])
def test_what_is_no_cell_is_named(typed):
    with pytest.raises(NoSuchCell):
        cells_in(typed)


def test_all_cells_together_cover_the_photo_without_a_gap():
    boxes = [box_of(cell) for cell in every_cell()]
    assert len(boxes) == 144
    area = sum((right - left) * (bottom - top) for left, top, right, bottom in boxes)
    assert area == pytest.approx(1)
    assert box_of("A1")[:2] == (0, 0)
    assert box_of("L12")[2:] == (1, 1)


@given(st.sampled_from(every_cell()), st.sampled_from(every_cell()))
def test_a_range_holds_its_corners_and_reads_the_same_backwards(one, other):
    cells = cells_in(f"{one}:{other}")
    assert {one, other} <= cells == cells_in(f"{other}:{one}")
