"""The clocks of personal data: requests of the data subject, and a breach that must be reported.

Nghị định 356/2025 says “ngày” without saying which: calendar days are the stricter reading.
"""

from datetime import date

from feedback.rules.clocks import DeadlineRule
from feedback.rules.terms import CALENDAR_DAYS, HOURS, WORKING_DAYS, Term

_SINCE = date(2026, 1, 1)
_ASKED, _ANSWERED = frozenset({"request_data"}), frozenset({"reply_data"})


def _term(code: str, label: str, days: int, law: str) -> DeadlineRule:
    term = Term(days, CALENDAR_DAYS)
    return DeadlineRule(code, label, _ASKED, _ANSWERED, term, law, _SINCE, verify=True)


# fmt: off
DATA_TERMS = (
    DeadlineRule(
        "DSR_REPLY", "Trả lời yêu cầu về dữ liệu cá nhân", _ASKED, _ANSWERED,
        Term(2, WORKING_DAYS), "Điều 5 Nghị định 356/2025/NĐ-CP", _SINCE),
    _term("DSR_SHOW", "Cho xem, sửa, cung cấp dữ liệu cá nhân", 10,
          "Điều 5 khoản 3 Nghị định 356/2025/NĐ-CP"),
    _term("DSR_LIMIT", "Rút lại đồng ý, hạn chế xử lý dữ liệu cá nhân", 15,
          "Điều 5 khoản 2 Nghị định 356/2025/NĐ-CP"),
    _term("DSR_ERASE", "Xóa dữ liệu cá nhân", 20, "Điều 5 khoản 4 Nghị định 356/2025/NĐ-CP"),
    DeadlineRule(
        "BREACH", "Báo cáo vi phạm bảo vệ dữ liệu cá nhân",
        frozenset({"detect_breach"}), frozenset({"report_breach"}),
        Term(72, HOURS), "Điều 23 khoản 1 Luật Bảo vệ dữ liệu cá nhân 2025", _SINCE),
)
# fmt: on
