"""The Office's page: four numbers, and the schools that need help first."""

from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from analysis.counting.where import matches
from analysis.figures import headline, school_lines
from analysis.table import shown
from tests.analysis.small_world import (
    PERIODS,
    a_case,
    case_rows,
    material,
    november,
    november_at_le_duc_tho,
)


def test_the_four_numbers_of_the_office():
    rows = november_at_le_duc_tho()
    told = {
        figure.code: (figure.label, shown(figure.now), str(figure.change.words))
        for figure in headline(material(rows))
    }
    few = "Chưa đủ dữ liệu để so sánh"
    assert told == {
        "received": ("Nhận trong kỳ", "7", "Tăng 7, cùng kỳ không có"),
        "on_time_share": ("Trả lời đúng hạn", "60,00 %", few),
        "median_days": ("Thời gian giữa (ngày làm việc)", "6", few),
        "unsatisfied_share": ("Không hài lòng", "50,00 %", few),
    }


def test_schools_stand_by_what_needs_help_never_by_who_closes_fast():
    rows = [
        # Lê Đức Thọ answered nineteen and forgot one; Nguyễn Trãi has answered nothing yet.
        *(a_case(answered_on=november(3), working_days=1) for _ in range(19)),
        a_case(),
        *(a_case(unit_code="NT", due_on=date(2026, 12, 9)) for _ in range(5)),
        a_case(unit_code="PGD", urgent=True, due_on=None),
    ]
    lines = school_lines(material(rows))
    assert [(line.label, str(line.need)) for line in lines] == [
        ("Trường Tiểu học Lê Đức Thọ", "1 việc quá hạn, lâu nhất 14 ngày"),
        ("PGD", "1 việc khẩn cấp đang xử lý"),
        ("Trường THCS Nguyễn Trãi", "Không có việc quá hạn"),
    ]
    assert [shown(figure.now) for figure in lines[0].figures] == ["20", "95,00 %", "1", "–"]


def test_a_school_with_nothing_is_a_line_of_zeros():
    lines = school_lines(material())
    assert [line.unit_code for line in lines] == ["LDT", "NT"]
    assert [figure.now.value for figure in lines[0].figures] == [0, None, None, None]


@given(
    rows=st.lists(case_rows(), max_size=12),
    this=PERIODS,
    as_of=st.dates(date(2026, 6, 1), date(2027, 2, 1)),
)
@settings(deadline=None)
def test_every_number_of_the_office_counts_the_rows_it_opens(rows, this, as_of):
    made = material(rows, this=this, as_of=as_of)
    lines = school_lines(made)
    cells = [figure.now for figure in headline(made)]
    cells += [cell for line in lines for cell in (line.open, line.open_late, line.urgent_open)]
    cells += [figure.before for line in lines for figure in line.figures]
    for cell in cells:
        if cell.where is not None:
            assert cell.value == sum(matches(row, cell.where, as_of) for row in rows)
    late = [int(line.open_late.value or 0) for line in lines]
    assert late == sorted(late, reverse=True)
