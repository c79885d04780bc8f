"""The form of a reply template, and the choice of one in the reply box."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, SelectField, StringField

from analysis.gaps import gaps, is_broken
from forms.fields import SayEnough, TextField, choices, tidied
from forms.move_form import complain
from forms.petition import Pairs
from forms.translations import HouseForm


class ReplyTemplateForm(HouseForm):
    """A name to find it by, and the words, with gaps only of the catalogue."""

    unit = SelectField(_l("Đơn vị"))
    name = StringField(
        _l("Tên mẫu"),
        [SayEnough(_l("Mời đặt tên để dễ tìm."), shortest=2, longest=120)],
        filters=[tidied],
    )
    text = TextField(_l("Lời trả lời"), _l("Mời viết lời trả lời của mẫu."), render_kw={"rows": 10})
    shared = BooleanField(_l("Cho các trường trực thuộc dùng chung"))

    def offer(self, units: Pairs, known: Collection[str], may_share: bool) -> None:
        """The units it may belong to, the gaps that can be filled, whether it may be lent."""
        self.unit.choices, self.known = choices(units), known
        if not may_share:
            del self.shared

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        for sentence in self._faults():
            complain(self.text, sentence)
            good = False
        return good

    def _faults(self) -> list[str]:
        text = self.text.data or ""
        faults = [
            _("Không có trường nào tên là {%(name)s}. Mời chọn trong bảng bên cạnh.", name=name)
            for name in gaps(text)
            if name not in self.known
        ]
        if is_broken(text):
            faults.append(_("Có dấu ngoặc nhọn { hoặc } chưa thành cặp. Mời xem lại."))
        return faults

    def lent(self) -> bool:
        return bool("shared" in self and self.shared.data)
