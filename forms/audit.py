"""What an auditor narrows the ledger to, and the button that checks it."""

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import Optional

from forms.fields import choices
from forms.translations import HouseForm


class LedgerFilterForm(HouseForm):
    """Days, unit and kind of act; part of an address, so without a token."""

    since = DateField(_l("Từ ngày"), [Optional()])
    until = DateField(_l("Đến ngày"), [Optional()])
    unit = SelectField(_l("Đơn vị"), default="")
    action = SelectField(_l("Loại việc"), default="")

    class Meta(HouseForm.Meta):
        csrf = False

    def offer(self, units: list[tuple[str, str]], actions: list[tuple[str, str]]) -> None:
        every = [("", _l("Tất cả"))]
        self.unit.choices = choices([*every, *units])
        self.action.choices = choices([*every, *actions])
