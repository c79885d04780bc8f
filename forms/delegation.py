"""Who stands in while somebody is away, and who takes over all of a leaver's cases."""

from datetime import date, timedelta
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from forms.fields import choices
from forms.move_form import NoteField, complain
from forms.petition import Pairs
from forms.translations import HouseForm

LONGEST = timedelta(days=200)  # a maternity leave of six months fits


class DelegationForm(HouseForm):
    delegate = SelectField(_l("Người làm thay"))
    from_on = DateField(_l("Từ ngày"), [InputRequired(_l("Mời chọn ngày bắt đầu."))])
    to_on = DateField(_l("Đến hết ngày"), [InputRequired(_l("Mời chọn ngày kết thúc."))])

    def offer(self, colleagues: Pairs, today: date) -> None:
        self.delegate.choices, self.today = choices(colleagues), today

    def validate(self, extra_validators: Any = None) -> bool:
        if not super().validate(extra_validators):
            return False
        wrong = self._wrong()
        if wrong:
            complain(self.to_on, wrong)
        return not wrong

    def _wrong(self) -> Any:
        if self.to_on.data < self.from_on.data:
            return _l("Ngày kết thúc trước ngày bắt đầu.")
        if self.to_on.data < self.today:
            return _l("Khoảng này đã qua.")
        if self.to_on.data - self.from_on.data > LONGEST:
            return _l("Khoảng này dài quá sáu tháng. Nếu người đó nghỉ hẳn, mời bàn giao việc.")
        return ""


class HandoverForm(HouseForm):
    leaver = SelectField(_l("Người bàn giao"))
    heir = SelectField(_l("Người nhận"))
    note = NoteField(_l("Lý do (nội bộ)"), _l("Mời ghi lý do bàn giao."), rows=2)

    def offer(self, leavers: Pairs, heirs: Pairs) -> None:
        self.leaver.choices, self.heir.choices = choices(leavers), choices(heirs)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and self.leaver.data == self.heir.data:
            complain(self.heir, _l("Người nhận phải là một người khác."))
            return False
        return good
