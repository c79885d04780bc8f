"""What is said about a point: where it hangs, and why it is taken out of use."""

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, StringField
from wtforms.validators import DataRequired

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
