"""Filters: what the desk's lists are narrowed by."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectField

from forms.fields import LineField, choices
from forms.petition import Pairs
from forms.translations import HouseForm


class FilterForm(HouseForm):
    """What a list is narrowed by. It comes in the address, so it carries no token."""

    q = LineField(_l("Tìm trong nội dung, mã hồ sơ"), longest=100)
    unit = SelectField(_l("Đơn vị"))
    kind = SelectField(_l("Loại"))
    subject = SelectField(_l("Lĩnh vực"))
    point = SelectField(_l("Điểm đặt mã"))
    channel = SelectField(_l("Đến bằng cách nào"))
    period = SelectField(_l("Nhận trong kỳ"))

    class Meta(HouseForm.Meta):
        csrf = False

    def offer(self, name: str, pairs: Pairs) -> None:
        """The choices of one filter; a single one is no choice, so the field goes."""
        found = choices(pairs)
        if len(found) > 1:
            self[name].choices = choices([("", _l("Tất cả"))]) + found
        else:
            del self[name]
