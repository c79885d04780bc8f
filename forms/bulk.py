"""BULK_FORMS: one form per move that may be made on several cases at once."""

from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from forms.fields import LineField, SayEnough, choices, tidied
from forms.move_form import SHORTEST_NOTE, NoteField
from forms.petition import Pairs
from forms.translations import HouseForm


class BulkForm(HouseForm):
    """`shown` is the fingerprint of what was looked at: nothing else is written."""

    shown = HiddenField()

    def says(self) -> str:
        """The officer's own words, kept with every case."""
        note: Any = self["note"] if "note" in self else self["done"]
        return str(note.data)


class BulkAcceptForm(BulkForm):
    note = NoteField(
        _l("Ghi chú (nội bộ)"), _l("Mời ghi một lời: vì sao nhận các việc này cùng lúc?"), rows=2
    )


class BulkAssignForm(BulkForm):
    handler = SelectField(_l("Giao cho"))
    note = NoteField(_l("Lời nhắn (nội bộ)"), _l("Mời ghi lời nhắn cho người nhận việc."), rows=2)

    def offer(self, handlers: Pairs) -> None:
        self.handler.choices = choices(handlers)


class BulkCloseForm(BulkForm):
    note = NoteField(
        _l("Vì sao kết thúc"), _l("Mời ghi vì sao kết thúc, ví dụ: phụ huynh báo đã ổn."), rows=2
    )


class BulkAnswerForm(BulkForm):
    template = SelectField(_l("Mẫu trả lời"))
    outcome = RadioField(
        _l("Kết quả"), [InputRequired(_l("Mời chọn kết quả: các việc này đã đến đâu?"))]
    )
    done = StringField(
        _l("Đã làm gì (một dòng, phụ huynh đọc được)"),
        [SayEnough(_l("Mời ghi một dòng: đã làm gì?"), SHORTEST_NOTE, longest=200)],
        filters=[tidied],
    )
    unshown = LineField(
        _l("Nếu không thể có ảnh hay giấy tờ: vì sao?"), longest=200, description=_l("Chỉ nội bộ.")
    )

    def offer(self, templates: Pairs, outcomes: Pairs) -> None:
        self.template.choices = choices(templates)
        self.outcome.choices = choices(outcomes)


BULK_FORMS: dict[str, type[BulkForm]] = {
    "accept": BulkAcceptForm,
    "assign": BulkAssignForm,
    "answer": BulkAnswerForm,
    "close": BulkCloseForm,
}
