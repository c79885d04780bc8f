"""The name of a filter that is kept."""

from flask_babel import lazy_gettext as _l
from wtforms import StringField

from forms.fields import SayEnough, tidied
from forms.translations import HouseForm


class ViewForm(HouseForm):
    name = StringField(
        _l("Tên bộ lọc"),
        [SayEnough(_l("Mời đặt tên cho bộ lọc."), shortest=2, longest=40)],
        filters=[tidied],
    )
