"""Who answers a matter, and whether the school may know of it: the first rule that matches wins.

Whatever is about the head, a deputy, the school itself or the keeper of this very box, and every
denunciation whose target is unclear, goes to the managing office and stays hidden from the school.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from feedback.rules.about import ABOUT, About
from feedback.rules.subjects import SUBJECTS

__all__ = ["ABOUT", "ROUTING_RULES", "About", "Matter", "Route", "RoutingRule", "route"]

Owner = Literal["school", "office"]


@dataclass(frozen=True, slots=True)
class Matter:
    """The facts a route is decided on. `accused_known` is False when no one can be made out."""

    kind_code: str
    subject_code: str
    about_code: str
    danger: bool = False
    signed: bool = False
    accused_known: bool = True
    second_instance: bool = False
    # What was written speaks ill of the leaders, whatever was ticked (`analysis.accusing`).
    accuses_leaders: bool = False

    @property
    def past_school(self) -> bool:
        about = ABOUT.get(self.about_code)
        return self.accuses_leaders or (about is not None and about.past_school)

    @property
    def has_clear_target(self) -> bool:
        about = ABOUT.get(self.about_code)
        return self.accused_known and about is not None and about.names_people


@dataclass(frozen=True, slots=True)
class Route:
    """Where a matter goes and why, in words for the clerk. `alert`: tell the duty officers now."""

    owner: Owner
    hidden_from_school: bool
    alert: bool
    priority: str
    reasons: tuple[str, ...]
    law: str
    rule_code: str = ""
    office_copy: bool = False


@dataclass(frozen=True, slots=True)
class RoutingRule:
    """One line: when it matches, who answers, whether the school may see it, and why."""

    code: str
    matches: Callable[[Matter], bool]
    owner: Owner
    reason: str
    law: str
    hidden: bool = False


LAW_LEADERS = "Điều 12, Điều 18 Luật Tố cáo 2018"
LAW_SUGGESTIONS = "Điều 26 Luật Tiếp công dân 2013"
LAW_CHILDREN = "Điều 25, Điều 26 Nghị định 56/2017/NĐ-CP"


def _is_denunciation(matter: Matter) -> bool:
    return matter.kind_code == "TC"


ROUTING_RULES = (
    RoutingRule(
        "TC_LEADERS",
        lambda m: _is_denunciation(m) and m.past_school,
        "office",
        "Tố cáo ban giám hiệu, nhà trường hoặc người giữ hộp thư do cơ quan quản lý trường "
        "giải quyết; nhà trường không được biết.",
        LAW_LEADERS,
        hidden=True,
    ),
    RoutingRule(
        "KN_LEADERS",
        lambda m: m.kind_code == "KN" and m.past_school,
        "office",
        "Khiếu nại ban giám hiệu hoặc chính nhà trường: cơ quan quản lý trường nhận trước để bảo "
        "vệ người gửi, rồi xác định người giải quyết lần đầu theo luật; nhà trường không thấy.",
        "Điều 14 Nghị định 124/2020/NĐ-CP",
        hidden=True,
    ),
    RoutingRule(
        "LEADERS",
        lambda m: m.past_school,
        "office",
        "Việc liên quan đến ban giám hiệu, chính nhà trường hoặc người giữ hộp thư: người liên "
        "quan không được tự xử lý, nên cơ quan quản lý trường nhận và nhà trường không thấy.",
        LAW_SUGGESTIONS,
        hidden=True,
    ),
    RoutingRule(
        "TC_OUTSIDE",
        lambda m: _is_denunciation(m) and m.about_code == "outside",
        "office",
        "Tố cáo người hoặc đơn vị bên ngoài trường: cơ quan quản lý trường nhận và chuyển nơi có "
        "thẩm quyền; nhà trường không thấy.",
        "Điều 24 khoản 2 Luật Tố cáo 2018",
        hidden=True,
    ),
    RoutingRule(
        "TC_UNCLEAR",
        lambda m: _is_denunciation(m) and not m.has_clear_target,
        "office",
        "Tố cáo chưa rõ tố cáo ai: có thể là người trong ban giám hiệu, nên chọn đường an toàn "
        "là cơ quan quản lý trường; nhà trường không thấy.",
        LAW_LEADERS,
        hidden=True,
    ),
    RoutingRule(
        "CHILD_ABUSE",
        lambda m: m.subject_code == "XAM_HAI",
        "office",
        "Việc xâm hại, bạo hành trẻ không bao giờ chỉ để nhà trường tự xử lý: cơ quan quản lý "
        "trường nhận và nhà trường không thấy.",
        LAW_CHILDREN,
        hidden=True,
    ),
    RoutingRule(
        "LEADERSHIP",
        lambda m: m.subject_code == "QUAN_LY",
        "office",
        "Lĩnh vực quản lý, điều hành là việc của ban giám hiệu, nên cơ quan quản lý trường nhận "
        "và nhà trường không thấy.",
        LAW_SUGGESTIONS,
        hidden=True,
    ),
    RoutingRule(
        "SECOND_INSTANCE",
        lambda m: m.second_instance,
        "office",
        "Nhà trường đã giải quyết lần đầu, hoặc đã quá hạn giải quyết: lần hai thuộc thủ trưởng "
        "cơ quan quản lý trường.",
        "Điều 14 khoản 2 Nghị định 124/2020/NĐ-CP",
    ),
    RoutingRule(
        "ENROLMENT",
        lambda m: m.subject_code == "TUYEN_SINH",
        "office",
        "Tuyển sinh, phân tuyến do cơ quan quản lý trường quyết định, không phải nhà trường.",
        LAW_SUGGESTIONS,
    ),
    RoutingRule(
        "TC_STAFF",
        _is_denunciation,
        "school",
        "Tố cáo giáo viên, nhân viên do hiệu trưởng giải quyết; người bị tố cáo không được xem.",
        "Điều 12 khoản 1 Luật Tố cáo 2018",
    ),
    RoutingRule(
        "KN_FIRST",
        lambda m: m.kind_code == "KN",
        "school",
        "Khiếu nại quyết định, việc làm của trường hoặc người của trường: hiệu trưởng giải quyết "
        "lần đầu.",
        "Điều 14 khoản 1 Nghị định 124/2020/NĐ-CP",
    ),
    RoutingRule(
        "OUTSIDE",
        lambda m: m.about_code == "outside",
        "school",
        "Việc liên quan đến bên ngoài trường: nhà trường nhận và chuyển ngay nơi có thẩm quyền.",
        "Điều 26 khoản 2 điểm b Luật Tiếp công dân 2013",
    ),
    RoutingRule(
        "SCHOOL",
        lambda _: True,
        "school",
        "Việc trong phạm vi của nhà trường, do hiệu trưởng trả lời.",
        "Điều 26 khoản 2 Luật Tiếp công dân 2013",
    ),
)

DANGER_REASON = "Có dấu hiệu trẻ đang gặp nguy hiểm: báo ngay người trực, không chờ phân loại."
UNSIGNED_REASONS = {
    "TC": "Chưa có chữ ký và danh tính: là thông tin có nội dung tố cáo (Điều 25 Luật Tố cáo "
    "2018), chưa phải đơn tố cáo.",
    "KN": "Chưa có chữ ký và danh tính: là thông tin, chưa phải đơn khiếu nại (Điều 8 Luật "
    "Khiếu nại 2011).",
}


def route(matter: Matter) -> Route:
    """Who answers, who may see it, whether to raise the alarm; every reason in words."""
    rule = next(rule for rule in ROUTING_RULES if rule.matches(matter))
    subject = SUBJECTS.get(matter.subject_code, SUBJECTS["KHAC"])
    priority = _priority(matter, rule, subject.priority)
    return Route(
        owner=rule.owner,
        hidden_from_school=rule.hidden,
        alert=priority == "P0",
        priority=priority,
        reasons=_reasons(matter, rule, priority),
        law=rule.law,
        rule_code=rule.code,
        office_copy=subject.office_copy and rule.owner == "school",
    )


def _priority(matter: Matter, rule: RoutingRule, usual: str) -> str:
    """Danger before everything; what concerns the leaders is looked at the same day."""
    if matter.danger or usual == "P0":
        return "P0"
    return "P1" if rule.hidden else usual


def _reasons(matter: Matter, rule: RoutingRule, priority: str) -> tuple[str, ...]:
    reasons = [rule.reason]
    if not matter.signed and matter.kind_code in UNSIGNED_REASONS:
        reasons.append(UNSIGNED_REASONS[matter.kind_code])
    if priority == "P0":
        reasons.append(DANGER_REASON)
    return tuple(reasons)
