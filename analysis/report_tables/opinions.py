"""What people said of the answer they got, and what the surveys say."""

from collections.abc import Sequence
from datetime import date

from analysis.counting.measures import MEASURES
from analysis.counting.tally import Tally, tally
from analysis.periods import Period
from analysis.rows import AnswerRow, Material
from analysis.satisfaction import Share, wilson
from analysis.summaries import ScaleSummary, scale
from analysis.table import Cell, Column, Row, Table

FACES = ("satisfied", "acceptable", "unsatisfied")


def satisfaction(material: Material) -> Table:
    """Mức hài lòng sau trả lời, each share with its 95 % interval."""
    now = tally(material.cases, material.period, material.as_of)
    before = tally(material.cases_before, material.before, material.as_of)
    return Table(
        code="satisfaction",
        title="Mức hài lòng sau trả lời",
        stub="Đánh giá",
        columns=(
            Column("count", "Số lượt"),
            Column("share", "Tỷ lệ %", "percent", "none"),
            Column("low", "Thấp nhất %", "percent", "none", INTERVAL),
            Column("high", "Cao nhất %", "percent", "none", INTERVAL),
            Column("count_before", "Cùng kỳ: số lượt"),
            Column("share_before", "Cùng kỳ: tỷ lệ %", "percent", "none"),
        ),
        rows=tuple(_face(state, now, before) for state in FACES),
        total=_all_faces(now, before),
        note="Dưới 10 lượt đánh giá thì tỷ lệ chưa đủ dữ liệu để so sánh.",
        as_of=material.as_of,
    )


INTERVAL = "Khoảng tin cậy 95 % (Wilson): tỷ lệ thật nằm trong khoảng này."


def _face(state: str, now: Tally, before: Tally) -> Row:
    found, then = now.share(state, "rated"), before.share(state, "rated")
    sure = wilson(found.part, found.whole)
    rated = now.filter("rated")
    cells = (
        now.count(state),
        _share(found, rated),
        Cell(sure.low if sure else None, "percent", of=rated),
        Cell(sure.high if sure else None, "percent", of=rated),
        before.count(state),
        _share(then, before.filter("rated")),
    )
    return Row(state, MEASURES[state].label, cells, note=MEASURES[state].definition)


def _share(found: Share, of: dict[str, str]) -> Cell:
    return Cell(found.percent, "percent", of=of)


def _all_faces(now: Tally, before: Tally) -> Row:
    empty = Cell(None, "percent")
    cells = (now.count("rated"), empty, empty, empty, before.count("rated"), empty)
    return Row("total", "Tổng số đánh giá", cells)


def survey(material: Material) -> Table:
    """Chỉ số hài lòng: each scale question of the surveys; "không biết" is in no denominator."""
    return Table(
        code="survey",
        title="Chỉ số hài lòng qua khảo sát",
        stub="Câu hỏi",
        columns=(
            Column("answers", "Số trả lời", total="none"),
            Column("mean", "Điểm trung bình (1–5)", "mean", "none"),
            Column("satisfied", "Hài lòng %", "percent", "none", "Điểm 4 hoặc 5."),
            Column("dissatisfied", "Không hài lòng %", "percent", "none", "Điểm 1 hoặc 2."),
            Column("unknown", "Không biết", total="none", note="Không tính vào tỷ lệ."),
            Column("mean_before", "Cùng kỳ: điểm", "mean", "none"),
        ),
        rows=tuple(
            _question(code, label, material) for code, label in _questions(material).items()
        ),
        note="Dưới 10 trả lời thì chưa đủ dữ liệu để so sánh.",
        as_of=material.as_of,
    )


def _questions(material: Material) -> dict[str, str]:
    asked = {row.question_code for row in (*material.answers, *material.answers_before)}
    return {**material.questions, **{code: code for code in sorted(asked - {*material.questions})}}


def _question(code: str, label: str, material: Material) -> Row:
    now = _scores(code, material.answers, material.period, material.as_of)
    before = _scores(code, material.answers_before, material.before, material.as_of)
    cells = (
        Cell(now.answers),
        Cell(now.mean, "mean"),
        Cell(now.satisfied.percent, "percent"),
        Cell(now.dissatisfied.percent, "percent"),
        Cell(now.unknown),
        Cell(before.mean, "mean"),
    )
    return Row(code, label, cells)


def _scores(code: str, rows: Sequence[AnswerRow], period: Period, as_of: date) -> ScaleSummary:
    return scale(
        row.score
        for row in rows
        if row.question_code == code
        and period.starts_on <= row.received_on <= period.known_on(as_of)
    )
