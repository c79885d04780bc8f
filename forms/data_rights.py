"""Requests about personal data, at the thread and at the desk; holds, disposals and breaches."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    DateField,
    DateTimeLocalField,
    IntegerField,
    RadioField,
    SelectField,
    SelectMultipleField,
)
from wtforms.validators import InputRequired, NumberRange, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from forms.fields import LineField, MailField, PhoneField, PublicForm, TextField, choices
from forms.move_form import NoteField, complain
from forms.petition import Pairs
from forms.translations import HouseForm

DONE, REFUSED = "done", "refused"
CORRECT = "correct"
SHORTEST_CORRECTION = 5
MOST_PEOPLE = 10_000_000
LONGEST_KEEPING = 1200


class DataRequestForm(PublicForm):
    """What the sender wants done with what is kept about them."""

    request = RadioField(_l("Anh/chị muốn làm gì?"), [InputRequired(_l("Mời chọn một yêu cầu."))])
    text = TextField(_l("Nói rõ thêm"))

    def offer(self, kinds: Pairs) -> None:
        self.request.choices = choices(kinds)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self.request.data == CORRECT and len(self.text.data) < SHORTEST_CORRECTION:
            complain(self.text, _l("Mời ghi điều gì sai và đúng là thế nào."))
            return False
        return good


class ConsentBackForm(PublicForm):
    """The consent is taken back: nothing is asked but the one tap."""


# --- the desk -----------------------------------------------------------------------------------


class TypedRequestForm(HouseForm):
    """What somebody asked for at the counter, by telephone or on paper."""

    reference = LineField(_l("Mã hồ sơ"), longest=24)
    channel = SelectField(_l("Đến bằng"))
    request = SelectField(_l("Yêu cầu"))
    text = TextField(_l("Nội dung yêu cầu"))

    def offer(self, channels: Pairs, kinds: Pairs) -> None:
        self.channel.choices, self.request.choices = choices(channels), choices(kinds)


class SettleForm(HouseForm):
    """What came of a request: done, or why not, in words for the sender."""

    outcome = RadioField(_l("Kết quả"), [InputRequired(_l("Mời chọn kết quả."))])
    reason = SelectField(_l("Lý do không thực hiện được"), default="")
    name = LineField(_l("Họ tên đúng"))
    phone = PhoneField(_l("Số điện thoại đúng"))
    email = MailField(_l("Thư điện tử đúng"))
    note = NoteField(_l("Trả lời người yêu cầu"), _l("Mời ghi câu trả lời."), rows=4)

    def offer(self, outcomes: Pairs, reasons: Pairs, *, contact: bool) -> None:
        """The contact is asked for only where it is to be corrected."""
        self.outcome.choices = choices(outcomes)
        self.reason.choices = choices([("", _l("Chọn lý do")), *reasons])
        if not contact:
            del self.name, self.phone, self.email

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self.outcome.data == REFUSED and not self.reason.data:
            complain(self.reason, _l("Mời chọn lý do."))
            return False
        return good


class ReasonForm(HouseForm):
    """An extension, a hold, its end, a list sent back: each has to say why."""

    note = NoteField(_l("Lý do"), _l("Mời ghi lý do."), rows=3)


# --- keeping ------------------------------------------------------------------------------------


class RetentionForm(HouseForm):
    """Another period for one class of records, and the rule behind it."""

    record = SelectField(_l("Nhóm hồ sơ"))
    quantity = IntegerField(
        _l("Thời hạn"),
        [
            InputRequired(_l("Mời ghi một con số.")),
            NumberRange(0, LONGEST_KEEPING, _l("Mời ghi một số từ 0 đến 1200.")),
        ],
    )
    period = SelectField(_l("Đơn vị tính"))
    basis = LineField(_l("Căn cứ"), longest=300)

    def offer(self, records: Pairs, periods: Pairs) -> None:
        self.record.choices, self.period.choices = choices(records), choices(periods)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and not self.basis.data:
            complain(self.basis, _l("Mời ghi căn cứ: quy chế, bảng thời hạn lưu trữ nào."))
            return False
        if good and self.period.data != "F" and not self.quantity.data:
            complain(self.quantity, _l("Thời hạn phải lớn hơn 0, trừ khi giữ vĩnh viễn."))
            return False
        return good


# --- breaches -----------------------------------------------------------------------------------


class TicksField(SelectMultipleField):
    """Several boxes, none of them ticked."""

    widget = ListWidget(prefix_label=False)
    option_widget = CheckboxInput()


class BreachForm(HouseForm):
    """What happened to whose data, as far as it is known."""

    unit = SelectField(_l("Đơn vị"))
    detected = DateTimeLocalField(
        _l("Phát hiện lúc"), [InputRequired(_l("Mời ghi ngày, giờ phát hiện."))]
    )
    happened = DateField(_l("Xảy ra ngày"), [Optional()])
    what = NoteField(_l("Chuyện gì đã xảy ra?"), _l("Mời kể chuyện gì đã xảy ra."))
    data = TicksField(_l("Loại dữ liệu bị lộ, bị mất"))
    people = IntegerField(
        _l("Số người bị ảnh hưởng (ước tính)"),
        [InputRequired(_l("Mời ghi một con số, chưa rõ thì ghi 0.")), NumberRange(0, MOST_PEOPLE)],
    )
    children = IntegerField(
        _l("Trong đó trẻ em"),
        [InputRequired(_l("Mời ghi một con số, chưa rõ thì ghi 0.")), NumberRange(0, MOST_PEOPLE)],
    )
    harm = TextField(_l("Hậu quả có thể có"))
    measures = TextField(_l("Đã làm gì để ngăn chặn, khắc phục"))

    def offer(self, units: Pairs, data: Iterable[tuple[str, Any]], now: datetime) -> None:
        self.unit.choices, self.data.choices, self.now = choices(units), choices(data), now

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        return good and self._makes_sense()

    def _makes_sense(self) -> bool:
        if self.detected.data > self.now.replace(tzinfo=None):
            complain(self.detected, _l("Thời điểm phát hiện ở tương lai."))
        elif self.happened.data and self.happened.data > self.detected.data.date():
            complain(self.happened, _l("Ngày xảy ra sau ngày phát hiện."))
        elif self.children.data > self.people.data:
            complain(self.children, _l("Số trẻ em nhiều hơn tổng số người."))
        else:
            return True
        return False


class ReportedForm(HouseForm):
    """The authority was told: whom, and when."""

    to = LineField(_l("Đã báo cho cơ quan"), longest=200)
    at = DateTimeLocalField(_l("Báo lúc"), [InputRequired(_l("Mời ghi ngày, giờ đã báo."))])

    def know(self, detected: datetime, now: datetime) -> None:
        self.detected, self.now = detected, now

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and not self.to.data:
            complain(self.to, _l("Mời ghi tên cơ quan đã nhận báo cáo."))
            return False
        if good and not self.detected <= self.at.data <= self.now:
            complain(self.at, _l("Thời điểm báo phải sau lúc phát hiện và không ở tương lai."))
            return False
        return good
