"""How the moves of a signed đơn are offered, made and confirmed at the desk."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback import clock, matters
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.rules.forwarders import FORWARDERS
from feedback.rules.groups import group_fault
from feedback.rules.results import EXTENSION_GROUNDS, results_for
from feedback.web import here

# What stands on the button.
BUTTONS: dict[str, Any] = {
    "sign": _l("Ghi nhận chữ ký"),
    "accept_again": _l("Thụ lý lần hai"),
    "notify_acceptance": _l("Đã thông báo thụ lý"),
    "invite": _l("Mời đối thoại"),
    "dialogue": _l("Lưu kết quả đối thoại"),
    "decide": _l("Ra quyết định"),
    "decide_again": _l("Ra quyết định lần hai"),
    "conclude": _l("Ra kết luận"),
    "send_decision": _l("Đã gửi quyết định"),
    "send_conclusion": _l("Đã gửi kết luận"),
    "publish_conclusion": _l("Đã công khai"),
    "send_suspension": _l("Đã gửi quyết định này"),
    "take_effect": _l("Ghi nhận hiệu lực"),
    "lapse": _l("Ghi nhận quá hạn"),
    "lodge_again": _l("Nhận đơn lần hai"),
    "review": _l("Lưu kết quả xem xét"),
    "forwarded": _l("Lưu nơi chuyển đơn"),
    "tell_forwarder": _l("Đã báo kết quả"),
    "verify_widely": _l("Ghi nhận, hạn thành 10 ngày làm việc"),
    "not_ours": _l("Ghi nhận, phải chuyển"),
    "find_concrete": _l("Ghi nhận, phải kiểm tra hoặc chuyển"),
    "inspect": _l("Lưu kết quả kiểm tra"),
    "overdue_claim": _l("Nhận đơn tố cáo tiếp"),
    "demand_report": _l("Yêu cầu báo cáo"),
    "report": _l("Gửi báo cáo"),
    "take_up": _l("Nhận giải quyết"),
    "extend": _l("Gia hạn"),
    "suspend": _l("Tạm đình chỉ"),
    "resume": _l("Tiếp tục giải quyết"),
    "terminate": _l("Đình chỉ"),
    "carry_on": _l("Giải quyết tiếp"),
    "withdraw": _l("Ghi nhận đã rút"),
}

# What is said once it is done.
DONE: dict[str, Any] = {
    "sign": _l("Đã thành đơn; thời hạn theo luật tính từ hôm nay."),
    "accept_again": _l("Đã thụ lý lần hai."),
    "notify_acceptance": _l("Đã ghi nhận việc thông báo thụ lý."),
    "invite": _l("Đã ghi giấy mời đối thoại."),
    "dialogue": _l("Đã ghi kết quả đối thoại."),
    "decide": _l("Đã ghi quyết định giải quyết lần đầu."),
    "decide_again": _l("Đã ghi quyết định giải quyết lần hai."),
    "conclude": _l("Đã ghi kết luận nội dung tố cáo."),
    "send_decision": _l("Đã ghi ngày gửi quyết định."),
    "send_conclusion": _l("Đã ghi ngày gửi kết luận."),
    "publish_conclusion": _l("Đã ghi ngày công khai kết luận."),
    "send_suspension": _l("Đã ghi ngày gửi quyết định."),
    "take_effect": _l("Quyết định đã có hiệu lực; vụ việc đã xong."),
    "lapse": _l("Đã ghi nhận quá hạn; có thể nhận đơn lần hai."),
    "lodge_again": _l("Đã nhận đơn lần hai và chuyển cấp trên giải quyết."),
    "review": _l("Đã ghi kết quả xem xét hồ sơ."),
    "forwarded": _l("Đã ghi nơi chuyển đơn; nơi ấy phải được báo kết quả."),
    "tell_forwarder": _l("Đã ghi việc báo kết quả cho nơi chuyển đơn."),
    "verify_widely": _l("Hạn xử lý ban đầu đã thành 10 ngày làm việc."),
    "not_ours": _l("Đã ghi nhận; phải chuyển trong 5 ngày làm việc."),
    "find_concrete": _l("Đã ghi nhận: phải kiểm tra hoặc chuyển nơi có thẩm quyền."),
    "inspect": _l("Đã ghi kết quả kiểm tra."),
    "overdue_claim": _l("Đã nhận đơn; phải yêu cầu báo cáo trong 5 ngày làm việc."),
    "demand_report": _l("Đã yêu cầu báo cáo; nơi đang giải quyết được báo ngay."),
    "report": _l("Đã gửi báo cáo lên cấp trên."),
    "take_up": _l("Đã nhận giải quyết, với thời hạn mới kể từ hôm nay."),
    "extend": _l("Đã gia hạn."),
    "suspend": _l("Đã tạm đình chỉ; thời hạn giải quyết dừng lại."),
    "resume": _l("Đã tiếp tục; thời hạn được tính tiếp."),
    "terminate": _l("Đã đình chỉ giải quyết."),
    "carry_on": _l("Vụ việc được giải quyết tiếp."),
    "withdraw": _l("Đã ghi nhận việc rút."),
}

# A button that says another thing in a signed đơn.
THERE = {"accept": _l("Thụ lý"), "refuse": _l("Không thụ lý")}


def button(case: Case, code: str) -> str:
    """The word of a move that a signed đơn calls otherwise; none for all others."""
    return str(THERE[code]) if case.is_petition and code in THERE else ""


def _offer_results(code: str) -> Callable[[Any, Case], None]:
    def offer(form: Any, case: Case) -> None:
        form.offer([(r.code, _(r.label)) for r in results_for(case.kind_code, code)])

    return offer


def _offer_grounds(form: Any, _case: Case) -> None:
    form.offer([(code, _(label)) for code, label in EXTENSION_GROUNDS.items()])


def _offer_obstacle(form: Any, case: Case) -> None:
    until = case.last_day_to_complain()
    form.offer(is_late=until is not None and until < clock.today())


def _offer_forwarders(form: Any, _case: Case) -> None:
    form.offer([(one.code, _(one.label)) for one in FORWARDERS.values()])


CHOICES: dict[str, Callable[[Any, Case], None]] = {
    "sign": lambda form, _: form.know_groups(group_fault),
    "lodge_again": _offer_obstacle,
    "forwarded": _offer_forwarders,
    "decide": _offer_results("decide"),
    "decide_again": _offer_results("decide_again"),
    "conclude": _offer_results("conclude"),
    "extend": _offer_grounds,
}


def _sign(case: Case, act: Act, form: Any) -> None:
    matters.sign(case, act, here.keys(), form.contact(), form.group())


def _lodge_again(case: Case, act: Act, form: Any) -> None:
    above = case.owner.manager
    if above is not None:
        case.lodge_again(act, above, form.why_late())


def _take_up(case: Case, act: Act, _form: Any) -> None:
    above = case.owner.manager
    if above is not None:
        case.take_up(act, above)


def _forwarded(case: Case, act: Act, form: Any) -> None:
    case.forwarded(act, form.forwarder.data, form.name.data)


VERBS: dict[str, Callable[[Case, Act, Any], None]] = {
    "sign": _sign,
    "accept_again": lambda case, act, _: case.accept_again(act),
    "notify_acceptance": lambda case, act, _: case.notify_acceptance(act),
    "invite": lambda case, act, form: case.invite(act, form.day.data),
    "dialogue": lambda case, act, form: case.dialogue(act, form.day.data),
    "decide": lambda case, act, form: case.decide(act, form.result.data),
    "decide_again": lambda case, act, form: case.decide_again(act, form.result.data),
    "conclude": lambda case, act, form: case.conclude(act, form.result.data),
    "send_decision": lambda case, act, _: case.send_decision(act),
    "send_conclusion": lambda case, act, _: case.send_conclusion(act),
    "publish_conclusion": lambda case, act, _: case.publish_conclusion(act),
    "send_suspension": lambda case, act, _: case.send_suspension(act),
    "take_effect": lambda case, act, _: case.take_effect(act),
    "lapse": lambda case, act, _: case.lapse(act),
    "lodge_again": _lodge_again,
    "forwarded": _forwarded,
    "tell_forwarder": lambda case, act, _: case.tell_forwarder(act),
    "verify_widely": lambda case, act, _: case.verify_widely(act),
    "not_ours": lambda case, act, _: case.not_ours(act),
    "find_concrete": lambda case, act, _: case.find_concrete(act),
    "inspect": lambda case, act, _: case.inspect(act),
    "overdue_claim": lambda case, act, _: case.overdue_claim(act),
    "demand_report": lambda case, act, _: case.demand_report(act),
    "report": lambda case, act, _: case.report(act),
    "take_up": _take_up,
    "review": lambda case, act, _: case.review(act),
    "extend": lambda case, act, form: case.extend(act, form.grounds.data),
    "suspend": lambda case, act, _: case.suspend(act),
    "resume": lambda case, act, _: case.resume(act),
    "terminate": lambda case, act, _: case.terminate(act),
    "carry_on": lambda case, act, _: case.carry_on(act),
    "withdraw": lambda case, act, _: case.withdraw(act),
}
