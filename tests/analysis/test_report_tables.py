"""Every table of the reports, counted by hand."""

from dataclasses import replace
from datetime import date

from analysis.periods import period
from analysis.report_tables.catalogue import TABLES
from analysis.rows import AnswerRow, DialogueRow, OpeningRow, ReceptionRow
from analysis.table import shown
from tests.analysis.small_world import (
    a_case,
    a_visit,
    figures,
    material,
    november,
    november_at_le_duc_tho,
)


def test_the_register_of_november_at_le_duc_tho():
    table = TABLES["register"](material(november_at_le_duc_tho()))
    assert figures(table) == {
        "carried": 1,
        "received": 7,
        "kind:GY": 2,
        "kind:PA": 4,
        "kind:KN": 1,
        "letters": 7,
        "petitions": 1,
        "to_handle": 8,
        "answered": 4,
        "on_time": 3,
        "answered_late": 1,
        "refused": 1,
        "dropped": 1,
        "open": 2,
        "open_in_time": 1,
        "open_late": 1,
        "on_time_share": 60.0,  # 3 of 4 answered and 1 forgotten
        "median_days": 6.0,  # of 1, 2, 10, 12
        "urgent": 2,
        "transferred": 1,
        "escalated": 0,
        "reopened": 1,
        "reopened_open": 1,
        "rated": 2,
        "satisfied": 1,
        "acceptable": 0,
        "unsatisfied": 1,
        "satisfied_share": 50.0,
        "unsatisfied_share": 50.0,
    }
    assert table.check() == ()


def test_the_register_asked_on_the_tenth_knows_nothing_of_the_eleventh():
    table = TABLES["register"](material(november_at_le_duc_tho(), as_of=november(10)))
    now = figures(table)
    assert (now["received"], now["answered"], now["open"], now["open_late"]) == (6, 3, 2, 0)
    assert (now["rated"], now["reopened_open"]) == (1, 0)


def test_what_november_leaves_open_is_what_december_begins_with():
    rows = november_at_le_duc_tho()
    december = material(rows, this=period("2026-12"), as_of=date(2026, 12, 31))
    left = TABLES["register"](material(rows)).cell("open", "now").value
    assert TABLES["register"](december).cell("carried", "now").value == left == 2


def test_the_register_beside_last_year():
    last_year = tuple(
        a_case(date(2025, 11, day), due_on=None, answered_on=date(2025, 11, day + 1))
        for day in (3, 4, 5)
    )
    table = TABLES["register"](material([a_case()], cases_before=last_year))
    received = [shown(cell) for cell in table.rows[1].cells]
    assert received == ["1", "3", "−2"]
    on_time = [shown(table.cell("on_time_share", code)) for code in ("now", "before", "change")]
    assert on_time == ["0,00 %", "100,00 %", "−100"]
    assert [column.note for column in table.columns[:2]] == ["Tháng 11/2026", "Tháng 11/2025"]


def test_opinions_by_subject_leave_signed_petitions_to_their_own_forms():
    table = TABLES["subjects"](material(november_at_le_duc_tho()))
    labels = [column.label for column in table.columns]
    assert labels == [
        "Nhận", "Đang xử lý", "Đã trả lời", "Đúng hạn", "Quá hạn", "Chuyển cấp trên", "Khẩn cấp",
        "TB ngày", "Hài lòng %",
    ]  # fmt: skip
    written = {row.code: [shown(cell) for cell in row.cells] for row in table.lines}
    assert written == {
        "BAN_TRU": ["4", "1", "3", "2", "1", "0", "0", "8,00", "50,00 %"],
        "VE_SINH": ["2", "0", "1", "1", "0", "0", "1", "1,00", "–"],
        "KHAC": ["0", "0", "0", "0", "0", "0", "0", "–", "–"],
        "total": ["6", "1", "4", "3", "1", "0", "1", "6,25", "50,00 %"],
    }


def test_kinds_hold_everything():
    table = TABLES["kinds"](material(november_at_le_duc_tho()))
    assert figures(table, "received") == {"GY": 2, "PA": 4, "KN": 1, "total": 7}


def test_a_code_that_no_catalogue_knows_is_not_lost():
    rows = [a_case(subject_code="", kind_code="CU"), a_case(subject_code="BO_ROI")]
    by_subject = TABLES["subjects"](material(rows))
    assert [row.label for row in by_subject.rows][-2:] == ["Chưa phân loại", "BO_ROI"]
    assert figures(by_subject, "received")["-"] == 1
    assert TABLES["register"](material(rows)).cell("kind:CU", "now").value == 1


def test_schools_are_summed_and_shares_counted_anew():
    rows = [
        *(a_case(answered_on=november(3), rated_on=november(4), face=3) for _ in range(19)),
        a_case(unit_code="NT", answered_on=november(20), rated_on=november(21), face=1),
    ]
    table = TABLES["by_school"](material(rows))
    assert figures(table, "received") == {"LDT": 19, "NT": 1, "total": 20}
    assert figures(table, "on_time_share") == {"LDT": 100.0, "NT": 0.0, "total": 95.0}
    # One rating says nothing about a school, twenty say something about all.
    assert figures(table, "unsatisfied_published") == {"LDT": 0.0, "NT": None, "total": 5.0}
    assert table.check() == ()


def test_receptions_count_days_of_the_head_also_when_nobody_came():
    visits = (
        a_visit(),
        a_visit(mode="head", received_on=november(6), people=6, matters=1, group=True),
        a_visit(mode="head", received_on=november(6), people=2, matters=2),
        a_visit(mode="delegated", received_on=november(9)),
        a_visit(received_on=date(2026, 12, 1)),
    )
    days = (
        ReceptionRow(unit_code="LDT", held_on=november(6), mode="head"),
        ReceptionRow(unit_code="LDT", held_on=november(20), mode="head"),
        ReceptionRow(unit_code="LDT", held_on=november(21), mode="delegated"),
    )
    table = TABLES["reception"](material(visits=visits, receptions=days))
    assert figures(table) == {
        "head_days": 2,
        "visits": 4,
        "regular": 1,
        "head": 2,
        "delegated": 1,
        "people": 10,
        "matters": 5,
        "groups": 1,
    }
    assert table.check() == ()


def test_dialogues_of_the_period():
    held = (
        DialogueRow(unit_code="LDT", held_on=november(7), people=40, opinions=12, settled=9),
        DialogueRow(unit_code="LDT", held_on=date(2026, 5, 7), people=30, opinions=5, settled=5),
    )
    table = TABLES["dialogues"](material(dialogues=held, dialogues_before=held))
    assert figures(table) == {"dialogues": 1, "people": 40, "opinions": 12, "settled": 9}
    assert figures(table, "before") == dict.fromkeys(figures(table), 0)


def test_satisfaction_says_how_sure_it_is():
    faces = [3] * 8 + [2] + [1]
    rows = [a_case(answered_on=november(3), rated_on=november(4), face=face) for face in faces]
    table = TABLES["satisfaction"](material(rows))
    written = {row.code: [shown(cell) for cell in row.cells[:4]] for row in table.lines}
    assert written == {
        "satisfied": ["8", "80,00 %", "49,02 %", "94,33 %"],
        "acceptable": ["1", "10,00 %", "1,79 %", "40,42 %"],
        "unsatisfied": ["1", "10,00 %", "1,79 %", "40,42 %"],
        "total": ["10", "–", "–", "–"],
    }


def test_surveys_are_pooled_and_asked_by_question():
    answers = tuple(
        AnswerRow(unit_code="LDT", question_code="G1", received_on=november(3), score=score)
        for score in (5, 5, 4, 2, 0, None)
    )
    asked = {"G1": "Hài lòng chung", "C5": "Trả lời góp ý kịp thời"}
    table = TABLES["survey"](material(answers=answers, questions=asked))
    written = {row.label: [shown(cell) for cell in row.cells] for row in table.rows}
    assert written == {
        "Hài lòng chung": ["4", "4,00", "75,00 %", "25,00 %", "1", "–"],
        "Trả lời góp ý kịp thời": ["0", "–", "–", "–", "0", "–"],
    }


def test_what_is_still_open_is_listed_without_a_name():
    table = TABLES["open_cases"](material(november_at_le_duc_tho()))
    written = [[row.label, *map(shown, row.cells)] for row in table.rows]
    lunch = "Bán trú, bữa ăn"
    assert written == [
        ["LDT-2026-4F7K2", "Phản ánh", lunch, "02/11/2026", "16/11/2026", "28", "0",
         "Đang giải quyết lại"],
        ["LDT-2026-OLD99", "Khiếu nại", lunch, "02/11/2026", "16/11/2026", "28", "14", "Quá hạn"],
        ["LDT-2026-NEW11", "Phản ánh", lunch, "27/11/2026", "11/12/2026", "3", "0", "Trong hạn"],
    ]  # fmt: skip


def test_openings_are_counted_step_by_step_on_the_day_of_the_step():
    steps = [
        OpeningRow(unit_code="PGD", step_on=november(2), step="asked"),
        OpeningRow(unit_code="PGD", step_on=november(3), step="opened"),
        OpeningRow(unit_code="PGD", step_on=november(9), step="asked"),
        OpeningRow(unit_code="PGD", step_on=november(10), step="refused"),
        OpeningRow(unit_code="PGD", step_on=date(2026, 10, 31), step="asked"),  # before it began
    ]
    given = replace(material(), openings=tuple(steps), openings_before=(steps[0],))
    table = TABLES["openings"](given)
    assert figures(table) == {"asked": 2, "refused": 1, "opened": 1}
    assert table.cell("asked", "before").value == 0  # of another year
    early = TABLES["openings"](replace(material(as_of=november(5)), openings=tuple(steps)))
    assert figures(early) == {"asked": 1, "refused": 0, "opened": 1}
