"""Makers of rows with good defaults, and a small world whose figures were counted by hand."""

from datetime import date
from typing import Any

from hypothesis import strategies as st

from analysis.periods import comparable, period
from analysis.rows import CaseRow, Material, VisitRow
from analysis.table import Table, Value

NOVEMBER = period("2026-11")
KINDS = {"GY": "Góp ý", "PA": "Phản ánh", "KN": "Khiếu nại"}
SUBJECTS = {"BAN_TRU": "Bán trú, bữa ăn", "VE_SINH": "Nhà vệ sinh", "KHAC": "Khác"}
UNITS = (("LDT", "Trường Tiểu học Lê Đức Thọ"), ("NT", "Trường THCS Nguyễn Trãi"))


def november(day: int) -> date:
    return date(2026, 11, day)


def a_case(received_on: date | None = None, **facts: Any) -> CaseRow:
    """A matter of Lê Đức Thọ about lunch, received on 2 November and due on the 16th."""
    defaults: dict[str, Any] = {
        "reference": "LDT-2026-4F7K2",
        "unit_code": "LDT",
        "owner_code": "LDT",
        "kind_code": "PA",
        "subject_code": "BAN_TRU",
        "channel_code": "qr",
        "received_on": received_on or november(2),
        "due_on": november(16),
    }
    return CaseRow(**(defaults | facts))


def a_visit(**facts: Any) -> VisitRow:
    regular: dict[str, Any] = {
        "unit_code": "LDT",
        "received_on": november(5),
        "mode": "regular",
    }
    return VisitRow(**(regular | facts))


def material(cases=(), as_of=date(2026, 11, 30), this=NOVEMBER, **more) -> Material:
    """All catalogues, that period, and the same one last year."""
    defaults = {"units": UNITS, "subjects": SUBJECTS, "kinds": KINDS}
    facts = {"cases": tuple(cases), "cases_before": tuple(cases)} | defaults | more
    return Material(period=this, before=comparable(this, as_of), as_of=as_of, **facts)


def november_at_le_duc_tho() -> tuple[CaseRow, ...]:
    """Nine matters. In November, asked on the 30th: 1 carried over, 7 received, 1 not counted."""
    return (
        # from October, answered late
        a_case(date(2026, 10, 20), due_on=november(3), answered_on=november(5), working_days=12),
        # answered in time, and the mother is content
        a_case(answered_on=november(4), working_days=2, rated_on=november(6), face=3, solved=True),
        # answered on the very day, not solved, opened again
        a_case(
            answered_on=november(16),
            working_days=10,
            rated_on=november(18),
            face=1,
            solved=False,
            reopened_on=november(18),
        ),
        # a child in danger, answered the next day
        a_case(
            kind_code="GY",
            subject_code="VE_SINH",
            urgent=True,
            answered_on=november(3),
            working_days=1,
        ),
        # refused, and passed on to the right place before
        a_case(kind_code="GY", transferred_on=november(3), refused_on=november(9)),
        # withdrawn
        a_case(subject_code="VE_SINH", closed_on=november(9)),
        # still open: overdue since the 16th, and in time until December; a signed complaint
        a_case(reference="LDT-2026-OLD99", kind_code="KN", is_petition=True, urgent=True),
        a_case(november(27), reference="LDT-2026-NEW11", due_on=date(2026, 12, 11)),
        # finished before November
        a_case(date(2026, 10, 1), due_on=date(2026, 10, 15), answered_on=date(2026, 10, 9)),
    )


def figures(table: Table, column: str = "now") -> dict[str, Value]:
    """One column of a table by the codes of its lines."""
    return {row.code: table.cell(row.code, column).value for row in table.lines}


# --- rows nobody thought of -----------------------------------------------------------------

DAYS = st.dates(date(2025, 9, 1), date(2026, 12, 31))
LATER = st.none() | st.integers(0, 60)


@st.composite
def case_rows(draw) -> CaseRow:
    """Any row whose dates do not lie before its reception."""
    received_on = draw(DAYS)

    def later():
        days = draw(LATER)
        return None if days is None else date.fromordinal(received_on.toordinal() + days)

    dates = (
        "due_on answered_on refused_on transferred_on escalated_on closed_on reopened_on "
        "answered_again_on rated_on"
    )
    return CaseRow(
        reference=draw(st.sampled_from(("A", "B", "C"))),
        unit_code=draw(st.sampled_from(("LDT", "NT", "PGD"))),
        owner_code=draw(st.sampled_from(("LDT", "PGD"))),
        kind_code=draw(st.sampled_from((*KINDS, "OLD"))),
        subject_code=draw(st.sampled_from((*SUBJECTS, "", "OLD"))),
        channel_code=draw(st.sampled_from(("qr", "paper"))),
        is_petition=draw(st.booleans()),
        urgent=draw(st.booleans()),
        received_on=received_on,
        working_days=draw(st.none() | st.integers(0, 40)),
        face=draw(st.none() | st.integers(1, 3)),
        solved=draw(st.none() | st.booleans()),
        **{name: later() for name in dates.split()},
    )


PERIODS = st.sampled_from(
    tuple(map(period, ("2026-11", "2026-W46", "2026-H2", "2026", "DV-2026-Y", "SY2026")))
)
