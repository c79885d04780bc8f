"""The forms of who answers: stepping aside, naming the accused, sending a draft back."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from forms.fields import LineField, choices
from forms.move_form import MoveForm, NoteField, complain
from forms.petition import Pairs

LONGEST_NAME = 200


class RecuseForm(MoveForm):
    officer = SelectField(_l("Ai không tham gia vụ việc này?"))
    relation = RadioField(
        _l("Quan hệ với người trong vụ việc"), [InputRequired(_l("Mời chọn loại quan hệ."))]
    )
    note = NoteField(
        _l("Nói rõ thêm (người không tham gia sẽ không đọc được)"),
        _l("Mời ghi rõ quan hệ hoặc lợi ích chung, dù chỉ một câu."),
        rows=3,
    )

    def offer(self, officers: Pairs, relations: Pairs) -> None:
        self.officer.choices, self.relation.choices = choices(officers), choices(relations)


class LiftForm(MoveForm):
    note = NoteField(_l("Vì sao bỏ khai báo"), _l("Mời ghi vì sao bỏ khai báo này."), rows=2)


class AccuseForm(MoveForm):
    kind = RadioField(_l("Là ai?"), [InputRequired(_l("Mời chọn người bị khiếu nại, tố cáo."))])
    officer = SelectField(_l("Cán bộ nào (nếu có trong danh sách)"))
    name = LineField(_l("Họ tên, chức vụ (nếu không có trong danh sách)"), longest=LONGEST_NAME)

    def offer(self, kinds: Pairs, officers: Pairs, named: frozenset[str]) -> None:
        """The kinds, the officers of the unit, and the kinds that want a name."""
        self.kind.choices = choices(kinds)
        self.officer.choices = choices([("", _l("Chưa chọn")), *officers])
        self.named = named

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self.kind.data == "officer" and not self.officer.data:
            complain(self.officer, _l("Mời chọn cán bộ trong danh sách."))
            good = False
        if self.kind.data in self.named and not self.name.data:
            complain(self.name, _l("Mời ghi họ tên hoặc chức vụ, để biết là ai."))
            good = False
        return good


class TakeOverForm(MoveForm):
    """Nothing is asked: a button."""


class SendBackForm(MoveForm):
    note = NoteField(
        _l("Cần sửa gì"), _l("Mời ghi cần sửa gì, để người chuẩn bị làm lại được."), rows=3
    )
