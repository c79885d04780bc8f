"""MEASURES: the figures that tables, the Office's page and the API are made of, each defined once.

The same measure is a line of the register, a column of the table of schools and a number on the
Office's page; so they agree.
"""

from collections.abc import Callable
from dataclasses import dataclass

from analysis.counting.states import STATES
from analysis.counting.tally import Tally
from analysis.satisfaction import Share, mean, middle, published
from analysis.table import Cell, Column


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: its name, its kind, what exactly it is, and how it is taken."""

    label: str
    kind: str
    definition: str
    take: Callable[[Tally], Cell]

    def column(self, code: str, label: str = "") -> Column:
        """As a column; shares and medians of a last line are taken anew over all rows."""
        total = "sum" if self.kind == "count" else "pooled"
        return Column(code, label or self.label, self.kind, total, self.definition)


def _counted(state: str) -> Measure:
    found = STATES[state]
    return Measure(found.label, "count", found.definition, lambda tally: tally.count(state))


def _percent(
    part: str, whole: str, say: Callable[[Share], float | None]
) -> Callable[[Tally], Cell]:
    return lambda tally: Cell(
        say(tally.share(part, whole)), "percent", None, of=tally.filter(whole)
    )


def _days(kind: str, measured: Callable[[list[int]], float | None]) -> Callable[[Tally], Cell]:
    return lambda tally: Cell(measured(tally.days()), kind, None, of=tally.filter("answered"))


MEASURES: dict[str, Measure] = {
    **{state: _counted(state) for state in STATES},
    "petitions": Measure(
        "Trong đó: đơn khiếu nại, tố cáo đã ký",
        "count",
        "Nhận trong kỳ và là đơn có chữ ký, có danh tính.",
        lambda tally: tally.count("received", petition="yes"),
    ),
    "letters": Measure(
        "Số phiếu gửi về các việc đã nhận",
        "count",
        "Việc nhận trong kỳ tính theo phiếu gửi: vụ việc gộp nhiều phiếu thì tính từng phiếu; "
        "mỗi phần tách ra từ một thư tính là một phiếu.",
        lambda tally: Cell(tally.letters(), "count", of=tally.filter("received")),
    ),
    "on_time_share": Measure(
        "Tỷ lệ trả lời đúng hạn",
        "percent",
        "Số việc trả lời đúng hạn chia cho số việc đã trả lời cộng số việc quá hạn chưa trả lời. "
        "Việc bị bỏ quên làm tỷ lệ này giảm.",
        _percent("on_time", "judged", lambda found: found.percent),
    ),
    "median_days": Measure(
        "Thời gian giữa (ngày làm việc)",
        "days",
        "Số ngày làm việc từ khi nhận đến lần trả lời đầu tiên: một nửa số việc đã trả lời "
        "trong kỳ không lâu hơn số này.",
        _days("days", middle),
    ),
    "mean_days": Measure(
        "Thời gian trung bình (ngày làm việc)",
        "mean",
        "Trung bình số ngày làm việc từ khi nhận đến lần trả lời đầu tiên của những việc "
        "đã trả lời trong kỳ.",
        _days("mean", mean),
    ),
    "satisfied_share": Measure(
        "Tỷ lệ hài lòng sau trả lời",
        "percent",
        "Số đánh giá hài lòng chia cho số đánh giá trong kỳ.",
        _percent("satisfied", "rated", lambda found: found.percent),
    ),
    "unsatisfied_share": Measure(
        "Tỷ lệ không hài lòng sau trả lời",
        "percent",
        "Số đánh giá không hài lòng chia cho số đánh giá trong kỳ.",
        _percent("unsatisfied", "rated", lambda found: found.percent),
    ),
    "unsatisfied_published": Measure(
        "Tỷ lệ không hài lòng sau trả lời",
        "percent",
        "Số đánh giá không hài lòng chia cho số đánh giá trong kỳ; để trống khi có dưới 10 "
        "đánh giá.",
        _percent("unsatisfied", "rated", published),
    ),
}
