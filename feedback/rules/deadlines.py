"""DEADLINE_RULES: every clock of the law as dated data, with its article.

A matter follows the rules valid on the day it was received. Where the law changed, both versions
stand side by side; a step already running on 1 July 2026 keeps the rule of its receipt day.
"""

from collections.abc import Iterable
from datetime import date
from functools import lru_cache

from feedback.rules.clocks import DeadlineRule
from feedback.rules.data_terms import DATA_TERMS
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.terms import CALENDAR_DAYS, HOURS, WORKING_DAYS, Term

__all__ = ["DEADLINE_RULES", "DeadlineRule", "rule_on", "rules_for"]


def _steps(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _wd(days: int) -> Term:
    return Term(days, WORKING_DAYS)


def _cd(days: int) -> Term:
    return Term(days, CALENDAR_DAYS)


def _h(hours: int) -> Term:
    return Term(hours, HOURS)


_R2014 = date(2014, 7, 1)  # Luật Tiếp công dân 42/2013/QH13
_C2012 = date(2012, 7, 1)  # Luật Khiếu nại 02/2011/QH13
_D2019 = date(2019, 1, 1)  # Luật Tố cáo 25/2018/QH14
_N2026 = date(2026, 7, 1)  # Luật 136/2025/QH15; Nghị định 154, 155, 156/2026

# At each desk that must answer, the clock of that desk begins.
_ARRIVED = _steps("receive transfer escalate")
_HANDLED = _steps("accept answer refuse transfer close withdraw")
_SETTLED = _steps("answer refuse transfer close withdraw")
# A complaint from the web becomes a đơn, and starts its clocks, on the day it is signed; the body
# it is transferred to has its own.
_LODGED = _steps("receive sign transfer")
# A second đơn ends the first instance, also one that had let its term lapse.
_DECIDED = _steps("decide answer terminate withdraw lodge_again")
_DECIDED_2 = _steps("decide_again terminate withdraw")
# Withdrawing a denunciation does not end it by itself.
_CONCLUDED = _steps("conclude answer terminate")

# code, label, what starts it, what meets it, term, article; then from when and in which way.
# fmt: off
_EVERY_KIND = (
    DeadlineRule(
        "ACK_ALL", "Báo cho người gửi biết hồ sơ được xử lý thế nào", _ARRIVED, _HANDLED,
        _wd(10), "Điều 28 khoản 1 Luật Tiếp công dân 2013", _R2014),
    DeadlineRule(
        "KNPA_SLA", "Trả lời ý kiến", _ARRIVED | {"reopen", "dispute"}, _SETTLED,
        _wd(15), "Thời hạn do đơn vị đặt (luật không quy định riêng)", office_setting=True),
    # Met by taking it up, for from then on its own clock runs; an answer ends the matter anyway.
    DeadlineRule(
        "ANY_45", "Không để đơn quá 45 ngày mà chưa xử lý", _LODGED,
        _steps("accept refuse transfer close withdraw"),
        _cd(45), "Điều 41 khoản 3 điểm b Nghị định 154/2026/NĐ-CP", _N2026, signed_only=True),
    DeadlineRule(
        "FWD_RESULT", "Báo kết quả cho cơ quan chuyển đơn",
        _steps("answer decide conclude"), _steps("tell_forwarder"),
        _wd(7), "Điều 27 khoản 2 Luật Tiếp công dân 2013", _R2014, conditional=True,
        outlives=True),
    DeadlineRule(
        "FWD_RESULT2", "Cơ quan chuyển đơn báo lại cho người dân",
        _steps("tell_forwarder"), _steps("relay"),
        _wd(5), "Điều 28 khoản 2 Luật Tiếp công dân 2013", _R2014, conditional=True),
    DeadlineRule(
        "PAQDHC_TRANSFER", "Chuyển phản ánh về quy định hành chính",
        _steps("receive"), _steps("transfer"),
        _wd(5), "Nghị định 20/2008/NĐ-CP (đã sửa đổi)", conditional=True),
    DeadlineRule(
        "CHILD_NOTIFY", "Báo 111, Công an, UBND phường về trẻ gặp nguy hiểm",
        _steps("alert"), _steps("attend"),
        _h(0), "Điều 25 khoản 1 Nghị định 56/2017/NĐ-CP", date(2017, 7, 1),
        urgent=True, verify=True),
    DeadlineRule(
        "CHILD_INTERVENE", "Biện pháp khẩn cấp bảo vệ trẻ", _steps("alert"), _steps("attend"),
        _h(12), "Điều 26 khoản 3 Nghị định 56/2017/NĐ-CP", date(2017, 7, 1),
        urgent=True, verify=True),
)

_COMPLAINTS = (
    DeadlineRule(
        "KN_TIMEBAR", "Thời hiệu khiếu nại", _steps("know"), _steps("receive"),
        _cd(90), "Điều 9 Luật Khiếu nại 2011", _C2012, conditional=True),
    # The law said 10 days, its decree 10 working days: the detailed text is used.
    DeadlineRule(
        "KN_ACCEPT", "Thông báo thụ lý hoặc không thụ lý khiếu nại",
        _LODGED | {"lodge_again"}, _HANDLED | {"accept_again"},
        _wd(10), "Điều 16 khoản 1 Nghị định 124/2020/NĐ-CP",
        date(2020, 12, 10), date(2026, 6, 30), signed_only=True, verify=True),
    DeadlineRule(
        "KN_ACCEPT", "Thông báo thụ lý hoặc không thụ lý khiếu nại",
        _LODGED | {"lodge_again"}, _HANDLED | {"accept_again"},
        _wd(7), "Luật 136/2025/QH15; Điều 10 Nghị định 155/2026/NĐ-CP",
        _N2026, signed_only=True),
    DeadlineRule(
        "KN1_RESOLVE", "Giải quyết khiếu nại lần đầu", _steps("accept"), _DECIDED,
        _cd(30), "Điều 28 Luật Khiếu nại 2011", _C2012, signed_only=True),
    DeadlineRule(
        "KN1_RESOLVE_C", "Giải quyết khiếu nại lần đầu, vụ việc phức tạp",
        _steps("accept"), _DECIDED,
        _cd(45), "Điều 28 Luật Khiếu nại 2011", _C2012, signed_only=True, conditional=True),
    DeadlineRule(
        "KN1_SEND", "Gửi quyết định giải quyết lần đầu", _steps("decide"), _steps("send_decision"),
        _wd(3), "Điều 32 Luật Khiếu nại 2011", _C2012, signed_only=True),
    DeadlineRule(
        "KN2_LODGE", "Khiếu nại lần hai", _steps("decide lapse"),
        _steps("lodge_again take_effect forgo"),
        _cd(30), "Điều 33 khoản 1 Luật Khiếu nại 2011", _C2012, signed_only=True, owed=False),
    DeadlineRule(
        "KN2_RESOLVE", "Giải quyết khiếu nại lần hai", _steps("accept_again"), _DECIDED_2,
        _cd(45), "Điều 37 Luật Khiếu nại 2011", _C2012, signed_only=True),
    DeadlineRule(
        "KN2_RESOLVE_C", "Giải quyết khiếu nại lần hai, vụ việc phức tạp",
        _steps("accept_again"), _DECIDED_2,
        _cd(60), "Điều 37 Luật Khiếu nại 2011", _C2012, signed_only=True, conditional=True),
    DeadlineRule(
        "KN2_SEND", "Gửi quyết định giải quyết lần hai",
        _steps("decide_again"), _steps("send_decision"),
        _cd(7), "Điều 41 khoản 1 Luật Khiếu nại 2011", _C2012, signed_only=True),
    DeadlineRule(
        "KN_EFFECT", "Quyết định giải quyết có hiệu lực",
        _steps("decide decide_again"), _steps("take_effect lodge_again"),
        _cd(30), "Điều 44 Luật Khiếu nại 2011", _C2012, signed_only=True, owed=False),
    DeadlineRule(
        "KN_DIALOG_NOTICE", "Thông báo trước buổi đối thoại",
        _steps("dialogue"), _steps("invite"),
        _cd(5), "Điều 11 Nghị định 155/2026/NĐ-CP", _N2026, signed_only=True, backwards=True),
    DeadlineRule(
        "KN_SUSPEND_SEND", "Gửi quyết định tạm đình chỉ, đình chỉ, tiếp tục giải quyết",
        _steps("suspend terminate resume"), _steps("send_suspension"),
        _wd(3), "Điều 28b bổ sung theo Nghị định 155/2026/NĐ-CP", _N2026, signed_only=True),
)

_DENUNCIATIONS = (
    DeadlineRule(
        "TC_INITIAL", "Xử lý ban đầu tố cáo, quyết định thụ lý", _LODGED, _HANDLED,
        _wd(7), "Điều 24 khoản 1 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_INITIAL_EXT", "Xử lý ban đầu khi phải xác minh ở nhiều nơi", _LODGED, _HANDLED,
        _wd(10), "Điều 24 khoản 1 Luật Tố cáo 2018", _D2019, signed_only=True, conditional=True),
    DeadlineRule(
        "TC_TRANSFER", "Chuyển tố cáo không thuộc thẩm quyền", _LODGED, _steps("transfer"),
        _wd(5), "Điều 24 khoản 2 Luật Tố cáo 2018", _D2019, signed_only=True, conditional=True),
    DeadlineRule(
        "TC_ACCEPT_NOTICE", "Thông báo việc thụ lý tố cáo",
        _steps("accept accept_again"), _steps("notify_acceptance"),
        _wd(5), "Điều 29 khoản 3 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_RESOLVE", "Kết luận nội dung tố cáo", _steps("accept accept_again take_up"),
        _CONCLUDED,
        _cd(30), "Điều 30 khoản 1 Luật Tố cáo 2018", _D2019, signed_only=True),
    # Counted from the end of the term it extends.
    DeadlineRule(
        "TC_EXT1", "Gia hạn một lần, vụ việc phức tạp", _steps("extend"), _CONCLUDED,
        _cd(30), "Điều 30 khoản 2 Luật Tố cáo 2018; Điều 3 khoản 2 Nghị định 31/2019/NĐ-CP",
        _D2019, signed_only=True, conditional=True),
    DeadlineRule(
        "TC_EXT2", "Gia hạn hai lần, vụ việc đặc biệt phức tạp", _steps("extend"), _CONCLUDED,
        _cd(30), "Điều 30 khoản 3 Luật Tố cáo 2018; Điều 3 khoản 3 Nghị định 31/2019/NĐ-CP",
        _D2019, signed_only=True, conditional=True, times=2),
    DeadlineRule(
        "TC_SEND", "Gửi kết luận nội dung tố cáo", _steps("conclude"), _steps("send_conclusion"),
        _wd(5), "Điều 35 khoản 3 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_PUBLISH", "Công khai kết luận nội dung tố cáo",
        _steps("conclude"), _steps("publish_conclusion"),
        _wd(7), "Điều 40 khoản 1 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_AGAIN", "Xem xét hồ sơ khi có tố cáo tiếp",
        _steps("lodge_again"), _steps("review accept_again"),
        _cd(20), "Điều 37 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_OVERDUE_ASK", "Cấp trên yêu cầu báo cáo vì quá hạn giải quyết tố cáo",
        _steps("overdue_claim"), _steps("demand_report take_up conclude"),
        _wd(5), "Điều 38 khoản 2 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_OVERDUE_REPORT", "Báo cáo cấp trên vì quá hạn giải quyết tố cáo",
        _steps("demand_report"), _steps("report take_up conclude"),
        _wd(5), "Điều 38 khoản 3 Luật Tố cáo 2018", _D2019, signed_only=True),
    DeadlineRule(
        "TC_PRESS", "Báo kết quả cho báo chí, cơ quan chuyển tố cáo",
        _steps("forwarded"), _steps("tell_forwarder"),
        _cd(20), "Điều 26 khoản 2 Luật Tố cáo 2018", _D2019, signed_only=True,
        conditional=True, outlives=True),
)

# Clocks of receptions and publication, which belong to no kind of petition.
_OFFICE_LIFE = (
    DeadlineRule(
        "TCD_REFUSE", "Thông báo từ chối tiếp công dân",
        _steps("refuse_visit"), _steps("notify_refusal"),
        _wd(3), "Điều 4 khoản 3 Nghị định 154/2026/NĐ-CP", _N2026),
    DeadlineRule(
        "TCD_POST", "Niêm yết lịch tiếp công dân",
        _steps("hold_reception"), _steps("post_schedule"),
        _wd(5), "Điều 24 khoản 4 Luật Tiếp công dân 2013", _R2014, backwards=True),
    DeadlineRule(
        "DCCS_PUBLISH", "Công khai nội dung trong đơn vị", _steps("settle"), _steps("publish"),
        _wd(5), "Điều 47 khoản 2 Luật Thực hiện dân chủ ở cơ sở 2022", date(2023, 7, 1)),
    DeadlineRule(
        "DCCS_POST", "Thời gian giữ nội dung công khai", _steps("publish"), _steps("unpublish"),
        _cd(20), "Điều 48 Luật Thực hiện dân chủ ở cơ sở 2022", date(2023, 7, 1), at_least=True),
)
# fmt: on


def _by_code(rules: Iterable[DeadlineRule]) -> dict[str, tuple[DeadlineRule, ...]]:
    """Each clock with its versions, oldest first."""
    versions: dict[str, tuple[DeadlineRule, ...]] = {}
    for rule in rules:
        versions[rule.code] = (*versions.get(rule.code, ()), rule)
    return versions


DEADLINE_RULES = _by_code((*_EVERY_KIND, *_COMPLAINTS, *_DENUNCIATIONS, *_OFFICE_LIFE, *DATA_TERMS))


def rule_on(code: str, day: date) -> DeadlineRule | None:
    """The version of a clock in force on that day; None when the law had no such clock."""
    return next((rule for rule in DEADLINE_RULES[code] if rule.holds_on(day)), None)


@lru_cache(maxsize=512)
def rules_for(kind_code: str, received_on: date, signed: bool) -> tuple[DeadlineRule, ...]:
    """The clocks a matter of this kind runs by itself, as the law stood on its receipt day."""
    kind = PETITION_KINDS[kind_code]
    codes = kind.signed_codes if signed else kind.deadline_codes
    rules = (rule_on(code, received_on) for code in codes)
    return tuple(
        rule for rule in rules if rule and not rule.conditional and (signed or not rule.signed_only)
    )
