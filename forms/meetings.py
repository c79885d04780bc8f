"""Reception of citizens: a published session, and a row of the register."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    IntegerField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
    TimeField,
)
from wtforms.validators import (
    DataRequired,
    InputRequired,
    NumberRange,
    Optional,
    ValidationError,
)

from forms.fields import CodeField, LineField, NotLong, SayEnough, choices, tidied
from forms.translations import HouseForm
from forms.units import UnitPart

LONGEST_TEXT, LONGEST_NAME, LONGEST_WHERE, LONGEST_NOTE = 5_000, 120, 200, 300
FARTHEST_AHEAD, FARTHEST_BACK = timedelta(days=366), timedelta(days=366)
IDENTITY = re.compile(r"[A-Za-z0-9][A-Za-z0-9 .]{4,29}")

Pairs = Iterable[tuple[str, Any]]


def _line(label: Any, missing: Any, longest: int, hint: Any = "") -> StringField:
    """One line that must be there."""
    checks = [DataRequired(missing), NotLong(longest)]
    return StringField(label, checks, filters=[tidied], description=hint)


def _text(label: Any, missing: Any = "", hint: Any = "") -> TextAreaField:
    enough = SayEnough(missing, shortest=1, longest=LONGEST_TEXT)
    checks = [enough] if missing else [Optional(), enough]
    return TextAreaField(label, checks, filters=[tidied], description=hint)


class ReceptionForm(UnitPart):
    """A session to publish: when, where, who sits there."""

    held_on = DateField(_l("Ngày tiếp"), [InputRequired(_l("Mời chọn ngày tiếp."))])
    begins_at = TimeField(_l("Từ"), [InputRequired(_l("Mời ghi giờ bắt đầu, ví dụ 08:00."))])
    ends_at = TimeField(_l("Đến"), [InputRequired(_l("Mời ghi giờ kết thúc, ví dụ 11:00."))])
    place = _line(
        _l("Nơi tiếp"),
        _l("Mời ghi nơi tiếp, ví dụ: Phòng tiếp công dân, tầng trệt."),
        LONGEST_NAME,
    )
    mode = RadioField(_l("Ai tiếp"), [InputRequired(_l("Mời chọn ai tiếp."))])
    content = LineField(_l("Nội dung dự kiến"), longest=LONGEST_WHERE)
    ad_hoc = BooleanField(_l("Đây là buổi tiếp đột xuất, vẫn công bố"))

    def offer(self, units: Pairs, modes: Pairs, today: date) -> None:
        """The units and modes, and the day the calendar starts from."""
        self.offer_units(units)
        self.mode.choices = choices(modes)
        self.today = today

    def validate_held_on(self, field: DateField) -> None:
        if field.data is None:
            return
        if field.data < self.today:
            raise ValidationError(_("Ngày này đã qua. Lịch chỉ công bố cho ngày sắp tới."))
        if field.data > self.today + FARTHEST_AHEAD:
            raise ValidationError(_("Ngày này còn hơn một năm nữa. Mời xem lại năm."))

    def validate_ends_at(self, field: TimeField) -> None:
        if field.data and self.begins_at.data and field.data <= self.begins_at.data:
            raise ValidationError(_("Giờ kết thúc phải sau giờ bắt đầu."))


class CancelForm(HouseForm):
    """Why a session is called off, and what comes instead."""

    note = _line(
        _l("Lý do, và buổi tiếp thay thế"),
        _l("Mời ghi lý do, để người đã xem lịch biết vì sao."),
        LONGEST_NOTE,
        _l("Phụ huynh đọc được trên lịch. Nếu dời sang ngày khác, ghi rõ ngày mới."),
    )


@dataclass(frozen=True, slots=True)
class Person:
    """Who was received: name, address and number of the identity paper, never kept in the clear."""

    name: str = ""
    address: str = ""
    identity: str = ""


class FollowUpForm(HouseForm):
    """What is written into a row later: columns 8 to 13 of the form."""

    settled_by = LineField(
        _l("Cơ quan đã giải quyết"),
        longest=LONGEST_WHERE,
        description=_l("Cột 8. Nơi nào đã trả lời việc này trước đó, nếu có."),
    )
    competent = BooleanField(_l("Thuộc thẩm quyền của đơn vị (cột 9)"), default=True)
    guided_to = LineField(
        _l("Hướng dẫn đến cơ quan"),
        longest=LONGEST_WHERE,
        description=_l("Cột 10. Tên cơ quan, số văn bản hướng dẫn nếu có."),
    )
    passed_to = LineField(
        _l("Cơ quan thụ lý"),
        longest=LONGEST_WHERE,
        description=_l("Cột 11. Tên cơ quan, số văn bản chuyển đơn nếu có."),
    )
    result = _text(_l("Kết quả"), hint=_l("Cột 12. Đã nói gì, hứa gì, hẹn ngày nào."))
    note = LineField(_l("Ghi chú"), longest=LONGEST_NOTE, description=_l("Cột 13."))


class VisitForm(UnitPart, FollowUpForm):
    """A row of the register (Mẫu 03/TCD), written while or after the person is received."""

    received_on = DateField(_l("Ngày tiếp"), [InputRequired(_l("Mời chọn ngày tiếp."))])
    at = TimeField(_l("Giờ"), [InputRequired(_l("Mời ghi giờ tiếp, ví dụ 08:30."))])
    mode = RadioField(_l("Hình thức tiếp"), [InputRequired(_l("Mời chọn ai tiếp."))])
    name = _line(
        _l("Họ tên người đến"),
        _l("Mời ghi họ tên người đến, hoặc người đại diện."),
        LONGEST_NAME,
    )
    address = LineField(_l("Địa chỉ"), longest=LONGEST_WHERE)
    identity = LineField(_l("Số CCCD hoặc hộ chiếu"), longest=30)
    content = _text(_l("Nội dung"), _l("Mời ghi người đến trình bày việc gì, dù chỉ một câu."))
    reference = CodeField(
        _l("Mã hồ sơ cuộc hẹn"), description=_l("Nếu người đến đã hẹn trước, ví dụ LDT-2026-4F7K2.")
    )
    kind = SelectField(_l("Loại"), [InputRequired(_l("Mời chọn loại."))])
    people = IntegerField(
        _l("Số người cùng nội dung"),
        [
            InputRequired(_l("Mời ghi số người, ít nhất là 1.")),
            NumberRange(1, 1000, _l("Số người từ 1 đến 1000.")),
        ],
        default=1,
    )
    matters = IntegerField(
        _l("Số vụ việc"),
        [
            InputRequired(_l("Mời ghi số vụ việc, ít nhất là 1.")),
            NumberRange(1, 50, _l("Số vụ việc từ 1 đến 50.")),
        ],
        default=1,
    )
    tell = BooleanField(
        _l("Đã tiếp: gửi phần Kết quả cho phụ huynh và coi như đã trả lời cuộc hẹn")
    )

    def offer(self, units: Pairs, modes: Pairs, kinds: Pairs, now: datetime) -> None:
        """The choices, and the moment after which nobody can have been received yet."""
        self.offer_units(units)
        self.mode.choices = choices(modes)
        self.kind.choices = choices(kinds)
        self.now = now

    def validate_received_on(self, field: DateField) -> None:
        if field.data is None:
            return
        if field.data > self.now.date():
            raise ValidationError(_("Ngày này chưa tới. Sổ chỉ ghi lượt đã tiếp."))
        if field.data < self.now.date() - FARTHEST_BACK:
            raise ValidationError(_("Ngày này đã qua hơn một năm. Mời xem lại năm."))

    def validate_identity(self, field: StringField) -> None:
        if field.data and not IDENTITY.fullmatch(field.data):
            raise ValidationError(
                _("Số giấy tờ chỉ gồm chữ không dấu và chữ số, ví dụ 079123456789.")
            )

    def validate_tell(self, field: BooleanField) -> None:
        if field.data and not self.result.data:
            raise ValidationError(_("Muốn gửi cho phụ huynh thì mời ghi phần Kết quả trước."))

    def person(self) -> Person:
        return Person(self.name.data, self.address.data, self.identity.data)

    @property
    def moment(self) -> datetime:
        """When they were received, by the office's clock."""
        return datetime.combine(self.received_on.data, self.at.data, self.now.tzinfo)
