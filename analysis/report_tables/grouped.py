"""Tables with one line per kind, subject or unit, and the same figures in every line."""

from collections.abc import Mapping
from dataclasses import dataclass

from analysis.checks import Check
from analysis.counting.measures import MEASURES
from analysis.counting.tally import Tally, tally
from analysis.counting.where import NO_CODE
from analysis.report_tables.register import BALANCE
from analysis.rows import Material
from analysis.table import Row, Table


@dataclass(frozen=True, slots=True)
class Layout:
    """What such a table looks like: `key` splits the rows, `columns` maps a measure to its head."""

    code: str
    title: str
    stub: str
    key: str
    columns: Mapping[str, str]
    checks: tuple[str, ...] = ()
    note: str = ""

    def table(self, counted: Tally, labels: Mapping[str, str]) -> Table:
        """Every line of the catalogue, with zeros too; then what only the rows know."""
        lines = counted.split(self.key, labels).items()
        return Table(
            code=self.code,
            title=self.title,
            stub=self.stub,
            columns=tuple(MEASURES[code].column(code, head) for code, head in self.columns.items()),
            rows=tuple(
                self._row(code or NO_CODE, labels.get(code, code) or "Chưa phân loại", one)
                for code, one in lines
            ),
            total=self._row("total", "Tổng cộng", counted),
            checks=tuple(map(Check, self.checks)),
            note=self.note,
            as_of=counted.as_of,
        )

    def _row(self, code: str, label: str, counted: Tally) -> Row:
        return Row(code, label, tuple(MEASURES[name].take(counted) for name in self.columns))


# The columns of domain table "Ý kiến qua QR", with their short heads.
SHORT = {
    "received": "Nhận",
    "open": "Đang xử lý",
    "answered": "Đã trả lời",
    "on_time": "Đúng hạn",
    "late": "Quá hạn",
    "escalated": "Chuyển cấp trên",
    "urgent": "Khẩn cấp",
    "mean_days": "TB ngày",
    "satisfied_share": "Hài lòng %",
}
SHORT_CHECKS = ("on_time <= answered", "urgent <= received")

KINDS = Layout("kinds", "Kết quả theo loại", "Loại", "kind", SHORT, SHORT_CHECKS)
SUBJECTS = Layout(
    "subjects",
    "Ý kiến qua QR, hòm thư theo lĩnh vực",
    "Lĩnh vực",
    "subject",
    SHORT,
    SHORT_CHECKS,
    "Không tính đơn khiếu nại, tố cáo đã ký tên: những đơn đó có bảng riêng.",
)
SCHOOLS = Layout(
    "by_school",
    "Tổng hợp theo đơn vị",
    "Đơn vị",
    "unit",
    {
        "carried": "Kỳ trước chuyển sang",
        "received": "Nhận",
        "to_handle": "Phải giải quyết",
        "answered": "Đã trả lời",
        "on_time": "Đúng hạn",
        "answered_late": "Trễ hạn",
        "refused": "Từ chối",
        "dropped": "Rút, gộp, lưu",
        "open": "Còn lại",
        "open_in_time": "Trong hạn",
        "open_late": "Quá hạn",
        "transferred": "Chuyển",
        "on_time_share": "Đúng hạn %",
        "median_days": "Ngày (giữa)",
        "rated": "Lượt đánh giá",
        "unsatisfied_published": "Không hài lòng %",
    },
    BALANCE,
    "Mỗi việc được tính một lần, ở một đơn vị; việc đã chuyển đi vẫn được tính cho đến khi có "
    "trả lời. Tỷ lệ không hài lòng để trống khi có dưới 10 đánh giá.",
)


def kinds(material: Material) -> Table:
    """Kết quả theo loại: góp ý, phản ánh, khiếu nại …"""
    return KINDS.table(tally(material.cases, material.period, material.as_of), material.kinds)


def subjects(material: Material) -> Table:
    """Ý kiến qua QR: all but signed đơn, which the inspection forms count."""
    rows = [row for row in material.cases if not row.is_petition]
    counted = tally(rows, material.period, material.as_of, petition="no")
    return SUBJECTS.table(counted, material.subjects)


def by_school(material: Material) -> Table:
    """The consolidation: every unit's figures, and all rows counted together."""
    counted = tally(material.cases, material.period, material.as_of)
    return SCHOOLS.table(counted, dict(material.units))
