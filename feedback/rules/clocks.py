"""What a clock of the law is, and the acts that start or meet one."""

from dataclasses import dataclass, replace
from datetime import date

from feedback.rules.terms import Term

# STEPS: in words that follow “Bắt đầu:”. Codes of case moves, and of the acts
# of receptions, publications and data requests.
STEPS: dict[str, str] = {
    "know": "biết quyết định hoặc việc làm bị khiếu nại",
    "receive": "nhận hồ sơ",
    "sign": "ký đơn",
    "reopen": "mở lại hồ sơ",
    "dispute": "mở lại hồ sơ",
    "alert": "báo động trẻ có thể gặp nguy hiểm",
    "attend": "đã đến với trẻ và báo nơi có trách nhiệm",
    "accept": "thụ lý",
    "answer": "trả lời",
    "refuse": "từ chối xử lý",
    "transfer": "chuyển đơn vị có thẩm quyền",
    "escalate": "đề nghị cấp trên xem lại",
    "close": "kết thúc",
    "withdraw": "người gửi rút",
    "decide": "ra quyết định giải quyết lần đầu",
    "lapse": "hết hạn giải quyết lần đầu",
    "forgo": "hết thời hạn khiếu nại lần hai",
    "lodge_again": "nhận đơn lần hai",
    "accept_again": "thụ lý lần hai",
    "decide_again": "ra quyết định giải quyết lần hai",
    "send_decision": "gửi quyết định",
    "take_effect": "quyết định có hiệu lực",
    "invite": "thông báo đối thoại",
    "dialogue": "buổi đối thoại",
    "suspend": "ra quyết định tạm đình chỉ",
    "resume": "ra quyết định tiếp tục giải quyết",
    "terminate": "ra quyết định đình chỉ",
    "send_suspension": "gửi quyết định tạm đình chỉ, đình chỉ hoặc tiếp tục",
    "notify_acceptance": "thông báo thụ lý tố cáo",
    "extend": "hết thời hạn trước khi gia hạn",
    "conclude": "kết luận nội dung tố cáo",
    "send_conclusion": "gửi kết luận",
    "publish_conclusion": "công khai kết luận",
    "review": "xem xét hồ sơ giải quyết trước",
    "overdue_claim": "nhận tố cáo tiếp vì quá hạn",
    "take_up": "cấp trên nhận giải quyết",
    "verify_widely": "nhận đơn",
    "not_ours": "nhận đơn",
    "demand_report": "yêu cầu báo cáo",
    "report": "báo cáo cấp trên",
    "forwarded": "nhận đơn do cơ quan khác chuyển",
    "tell_forwarder": "báo kết quả cho nơi chuyển đơn",
    "relay": "nơi chuyển đơn báo lại cho người dân",
    "refuse_visit": "có căn cứ từ chối tiếp",
    "notify_refusal": "thông báo từ chối tiếp công dân",
    "post_schedule": "niêm yết lịch tiếp",
    "hold_reception": "ngày tiếp công dân",
    "settle": "có quyết định hoặc kết quả phải công khai",
    "publish": "công khai",
    "unpublish": "gỡ nội dung công khai",
    "request_data": "nhận yêu cầu về dữ liệu cá nhân",
    "reply_data": "trả lời yêu cầu về dữ liệu cá nhân",
    "detect_breach": "phát hiện lộ, mất dữ liệu",
    "report_breach": "báo cơ quan chuyên trách",
}

# The acts that end a đơn in substance.
ENDS = frozenset({"decide", "decide_again", "conclude"})


@dataclass(frozen=True, slots=True)
class DeadlineRule:
    """One version of one clock: started by any step of `after`, met by any of `met_by`.

    `conditional` clocks start only when an officer says so (complex, extended, forwarded …);
    `times` is how often an extension may be used. `backwards` counts back from the event,
    `at_least` is a shortest length, and neither moves forward to a working day. `urgent` and
    `outlives` are owed even when the matter has ended. `verify` marks what no official text has
    confirmed yet. A clock that is not `owed` is the sender's own, or a day that comes by itself:
    passing it makes nobody late.
    """

    code: str
    label: str
    after: frozenset[str]
    met_by: frozenset[str]
    term: Term
    law: str
    valid_from: date | None = None
    valid_to: date | None = None
    signed_only: bool = False
    office_setting: bool = False
    verify: bool = False
    conditional: bool = False
    times: int = 1
    backwards: bool = False
    at_least: bool = False
    urgent: bool = False
    outlives: bool = False
    owed: bool = True

    @property
    def stands_still(self) -> bool:
        """Whether a suspension stops it: only the term of the decision or conclusion itself."""
        return bool(self.met_by & ENDS)

    @property
    def roll(self) -> bool:
        """Whether a last day off moves to the next working day (BLDS 2015 Đ148.5)."""
        return not (self.backwards or self.at_least)

    @property
    def event(self) -> str:
        """What starts it, in words."""
        words = dict.fromkeys(words for step, words in STEPS.items() if step in self.after)
        return " hoặc ".join(words)

    def within(self, days: int | None) -> "DeadlineRule":
        """The rule with the office's own number of days, where the law leaves it to the office."""
        if not (self.office_setting and days):
            return self
        return replace(self, term=Term(days, self.term.unit))

    def holds_on(self, day: date) -> bool:
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)
