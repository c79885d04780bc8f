"""The forms of the moves of a signed đơn: signature, dialogue, extension, decision, conclusion."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, RadioField, SelectMultipleField, StringField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import LONGEST_LINE, LineField, SayEnough, TextField, choices, tidied
from forms.groups import GroupFields
from forms.move_form import MoveForm, NoteField
from forms.petition import Contact, Pairs

SHORTEST_NAME, SHORTEST_IDENTITY = 2, 6


class RecordForm(MoveForm):
    """Nothing is asked: the act is recorded with today's date by a button."""


class SignForm(GroupFields, MoveForm):
    """Who signed. The identity is sealed with the sender's contact and shown to nobody here."""

    name = StringField(
        _l("Họ tên người ký"),
        [SayEnough(_l("Mời ghi họ tên người ký đơn."), SHORTEST_NAME, LONGEST_LINE)],
        filters=[tidied],
    )
    address = StringField(
        _l("Địa chỉ"),
        [SayEnough(_l("Mời ghi địa chỉ người ký đơn."), SHORTEST_NAME, LONGEST_LINE)],
        filters=[tidied],
    )
    identity = StringField(
        _l("Số căn cước hoặc hộ chiếu"),
        [SayEnough(_l("Mời ghi số căn cước hoặc hộ chiếu."), SHORTEST_IDENTITY, LONGEST_LINE)],
        filters=[tidied],
        description=_l("Được niêm phong cùng họ tên, địa chỉ; không hiện trên hồ sơ."),
    )

    def contact(self) -> Contact:
        return Contact(name=self.name.data, address=self.address.data, identity=self.identity.data)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        return self.is_represented() and good


class InviteForm(MoveForm):
    day = DateField(_l("Ngày đối thoại"), [InputRequired(_l("Mời chọn ngày đối thoại."))])
    note = NoteField(
        _l("Giờ, địa điểm, thành phần (người khiếu nại đọc được)"),
        _l("Mời ghi giờ và địa điểm đối thoại."),
        rows=3,
    )


class DialogueForm(MoveForm):
    day = DateField(_l("Đã đối thoại ngày"), [InputRequired(_l("Mời chọn ngày đã đối thoại."))])
    note = NoteField(_l("Điều thống nhất và điều còn khác nhau"), _l("Mời ghi kết quả đối thoại."))


class FindingForm(MoveForm):
    """A decision or conclusion: what it finds, and the words for the sender."""

    result = RadioField(_l("Kết quả"), [InputRequired(_l("Mời chọn kết quả."))])
    note = TextField(
        _l("Nội dung chính (người gửi đọc được)"),
        _l("Mời viết nội dung chính."),
        render_kw={"rows": 6},
    )

    def offer(self, results: Pairs) -> None:
        self.result.choices = choices(results)


class ExtendForm(MoveForm):
    grounds = SelectMultipleField(
        _l("Căn cứ của vụ việc phức tạp"),
        [
            InputRequired(
                _l(
                    "Mời chọn ít nhất một trong bảy căn cứ của vụ việc phức tạp (Điều 3 khoản 2 "
                    "Nghị định 31/2019/NĐ-CP; Điều 3a Nghị định 124/2020/NĐ-CP)."
                )
            )
        ],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    note = NoteField(_l("Lý do cụ thể (người gửi đọc được)"), _l("Mời ghi lý do kéo dài."), rows=3)

    def offer(self, grounds: Pairs) -> None:
        self.grounds.choices = choices(grounds)


class SignedAgainForm(MoveForm):
    """A second đơn counts from the day somebody has seen the signature under it."""

    note = NoteField(_l("Nội dung đơn lần hai (tóm tắt)"), _l("Mời tóm tắt đơn lần hai."), rows=3)
    signed = BooleanField(
        _l("Đã xem đơn: có chữ ký hoặc điểm chỉ của người gửi"),
        [InputRequired(_l("Chỉ nhận đơn lần hai đã có chữ ký hoặc điểm chỉ."))],
    )


class LodgeAgainForm(SignedAgainForm):
    obstacle = LineField(
        _l("Nếu nộp muộn: trở ngại khách quan nào, giấy tờ gì chứng minh?"), longest=200
    )

    def offer(self, is_late: bool) -> None:
        """The obstacle is asked only of whoever comes too late."""
        if not is_late:
            del self.obstacle

    def why_late(self) -> str:
        return str(self.obstacle.data or "") if "obstacle" in self else ""


class ForwardedForm(MoveForm):
    """Who passed it on; `note` holds the number and day of the letter."""

    forwarder = RadioField(
        _l("Nơi nào chuyển đến?"), [InputRequired(_l("Mời chọn nơi chuyển đơn đến."))]
    )
    name = StringField(
        _l("Tên cơ quan, tổ chức"),
        [SayEnough(_l("Mời ghi tên nơi chuyển đơn."), SHORTEST_NAME, LONGEST_LINE)],
        filters=[tidied],
    )
    note = NoteField(
        _l("Số, ngày văn bản chuyển đơn"), _l("Mời ghi số, ngày văn bản chuyển đơn."), rows=2
    )

    def offer(self, forwarders: Pairs) -> None:
        self.forwarder.choices = choices(forwarders)


class TellForwarderForm(MoveForm):
    note = NoteField(
        _l("Số, ngày văn bản báo kết quả"), _l("Mời ghi số, ngày văn bản báo kết quả."), rows=2
    )


class WidelyForm(MoveForm):
    note = NoteField(
        _l("Phải xác minh ở những nơi nào"), _l("Mời ghi những nơi phải xác minh."), rows=2
    )


class NotOursForm(MoveForm):
    note = NoteField(
        _l("Thuộc thẩm quyền của ai, vì sao"), _l("Mời ghi việc thuộc thẩm quyền của ai."), rows=3
    )


class ConcreteForm(MoveForm):
    note = NoteField(
        _l("Nêu ai, việc gì, có tài liệu gì (nội bộ)"),
        _l("Mời ghi thông tin cụ thể ở chỗ nào."),
        rows=3,
    )


class InspectForm(MoveForm):
    note = NoteField(
        _l("Ai kiểm tra, ngày nào, thấy gì (nội bộ)"), _l("Mời ghi kết quả kiểm tra."), rows=4
    )


class DemandForm(MoveForm):
    note = NoteField(
        _l("Yêu cầu báo cáo những gì"), _l("Mời ghi nội dung yêu cầu báo cáo."), rows=3
    )


class ReportForm(MoveForm):
    note = NoteField(
        _l("Đã làm đến đâu, vì sao quá hạn, ai chịu trách nhiệm"),
        _l("Mời ghi nội dung báo cáo."),
        rows=4,
    )


class TakeUpForm(MoveForm):
    note = NoteField(_l("Vì sao cấp trên giải quyết"), _l("Mời ghi vì sao cấp trên nhận."), rows=3)


class ReviewForm(MoveForm):
    note = NoteField(_l("Nhận xét về hồ sơ trước"), _l("Mời ghi kết quả xem xét."), rows=3)


class SuspendForm(MoveForm):
    note = NoteField(_l("Căn cứ tạm đình chỉ"), _l("Mời ghi căn cứ tạm đình chỉ."), rows=3)


class ResumeForm(MoveForm):
    note = NoteField(_l("Vì sao tiếp tục"), _l("Mời ghi vì sao tiếp tục giải quyết."), rows=3)


class TerminateForm(MoveForm):
    note = NoteField(_l("Căn cứ đình chỉ"), _l("Mời ghi căn cứ đình chỉ."), rows=3)


class CarryOnForm(MoveForm):
    note = NoteField(
        _l("Căn cứ giải quyết tiếp"), _l("Mời ghi căn cứ giải quyết tiếp dù đã rút."), rows=3
    )


class WithdrawForm(MoveForm):
    note = NoteField(
        _l("Người gửi rút thế nào (đơn rút, biên bản)"), _l("Mời ghi cách người gửi rút."), rows=3
    )


PETITION_FORMS: dict[str, type[MoveForm]] = {
    "sign": SignForm,
    "accept_again": RecordForm,
    "notify_acceptance": RecordForm,
    "invite": InviteForm,
    "dialogue": DialogueForm,
    "decide": FindingForm,
    "decide_again": FindingForm,
    "conclude": FindingForm,
    "send_decision": RecordForm,
    "send_conclusion": RecordForm,
    "publish_conclusion": RecordForm,
    "send_suspension": RecordForm,
    "take_effect": RecordForm,
    "lapse": RecordForm,
    "lodge_again": LodgeAgainForm,
    "forwarded": ForwardedForm,
    "tell_forwarder": TellForwarderForm,
    "verify_widely": WidelyForm,
    "not_ours": NotOursForm,
    "find_concrete": ConcreteForm,
    "inspect": InspectForm,
    "overdue_claim": SignedAgainForm,
    "demand_report": DemandForm,
    "report": ReportForm,
    "take_up": TakeUpForm,
    "review": ReviewForm,
    "extend": ExtendForm,
    "suspend": SuspendForm,
    "resume": ResumeForm,
    "terminate": TerminateForm,
    "carry_on": CarryOnForm,
    "withdraw": WithdrawForm,
}
