"""What is said about a point: where it hangs, and why it is taken out of use."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, DateField, StringField, TimeField
from wtforms.validators import DataRequired, InputRequired, Optional, ValidationError

from forms.fields import NotLong, tidied
from forms.translations import HouseForm
from forms.units import UnitPart

LONGEST_PLACE, LONGEST_REASON = 120, 300


class PlaceForm(UnitPart):
    """Where a code hangs; at which unit, for those who look after several."""

    place = StringField(
        _l("Nơi đặt mã"),
        [DataRequired(_l("Mời ghi nơi đặt mã, ví dụ: Cổng chính.")), NotLong(LONGEST_PLACE)],
        filters=[tidied],
        description=_l("Hiện dưới tên trường trên trang của phụ huynh, ví dụ: Cổng chính, Bếp ăn."),
    )


class RevokeForm(HouseForm):
    """Why a code is taken out of use, and that this is meant."""

    note = StringField(
        _l("Lý do thu hồi"),
        [DataRequired(_l("Mời ghi lý do, ví dụ: áp phích bị dán đè.")), NotLong(LONGEST_REASON)],
        filters=[tidied],
        description=_l("Chỉ nội bộ đọc, lưu trong lịch sử của mã."),
    )
    sure = BooleanField(
        _l("Tôi hiểu: áp phích đang treo sẽ không gửi được nữa"),
        [DataRequired(_l("Mời đánh dấu xác nhận trước khi thu hồi."))],
    )


class RestoreForm(HouseForm):
    """A word on why the code may be used again."""

    note = StringField(
        _l("Lý do dùng lại"),
        [NotLong(LONGEST_REASON)],
        filters=[tidied],
        description=_l("Có thể để trống."),
    )


class PauseForm(HouseForm):
    """Why a point rests, and until when; open-ended it rests until somebody resumes it."""

    note = StringField(
        _l("Lý do tạm dừng"),
        [
            DataRequired(_l("Mời ghi lý do, ví dụ: đang bị gửi tin rác dồn dập.")),
            NotLong(LONGEST_REASON),
        ],
        filters=[tidied],
        description=_l("Chỉ nội bộ đọc, lưu trong lịch sử của mã."),
    )
    until = DateField(
        _l("Dừng đến hết ngày"),
        [Optional()],
        description=_l("Để trống: dừng đến khi bấm “Nhận phiếu lại”."),
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_until(self, field: DateField) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(_("Ngày này đã qua. Mời chọn hôm nay hoặc một ngày sắp tới."))


class ResumeForm(HouseForm):
    """A word on why the point receives again."""

    note = StringField(
        _l("Lý do nhận lại"),
        [NotLong(LONGEST_REASON)],
        filters=[tidied],
        description=_l("Có thể để trống."),
    )


class GatheringForm(HouseForm):
    """An evening when the whole school sends at once."""

    name = StringField(
        _l("Buổi gì?"),
        [DataRequired(_l("Mời ghi buổi gì, ví dụ: Họp phụ huynh.")), NotLong(LONGEST_PLACE)],
        filters=[tidied],
    )
    held_on = DateField(_l("Ngày"), [InputRequired(_l("Mời chọn ngày."))])
    begins_at = TimeField(_l("Từ"), [InputRequired(_l("Mời ghi giờ bắt đầu, ví dụ 18:00."))])
    ends_at = TimeField(_l("Đến"), [InputRequired(_l("Mời ghi giờ kết thúc, ví dụ 20:30."))])

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def validate_held_on(self, field: DateField) -> None:
        if field.data and field.data < self.today:
            raise ValidationError(_("Ngày này đã qua. Mời chọn hôm nay hoặc một ngày sắp tới."))

    def validate_ends_at(self, field: TimeField) -> None:
        if field.data and self.begins_at.data and field.data <= self.begins_at.data:
            raise ValidationError(_("Giờ kết thúc phải sau giờ bắt đầu."))
