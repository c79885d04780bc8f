"""SplitForm: which part of a letter becomes a matter of its own, and what stays."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField, SelectMultipleField
from wtforms.widgets import CheckboxInput, ListWidget

from analysis.excerpts import said_in_both
from forms.fields import LineField, TextField, choices
from forms.move_form import MoveForm, complain
from forms.petition import Pairs


class SplitForm(MoveForm):
    """`shown` is the fingerprint of what was looked at: nothing else is written."""

    shown = HiddenField()
    text = TextField(
        _l("Phần tách ra"),
        _l("Mời chép hoặc tóm tắt phần tách ra."),
        description=_l("Chép nguyên văn đoạn ấy từ thư, hoặc tóm tắt."),
        render_kw={"rows": 5},
    )
    kind = SelectField(_l("Loại"))
    subject = SelectField(_l("Lĩnh vực"))
    about = SelectField(_l("Phần này liên quan đến ai?"))
    about_text = LineField(_l("Cụ thể là ai, lớp nào, quyết định nào?"), longest=200)
    kept = TextField(
        _l("Phần giữ lại ở vụ việc này"),
        _l("Mời ghi phần giữ lại. Nếu thư chỉ có một việc thì phân loại lại, không cần tách."),
        description=_l("Bỏ hết những gì thuộc phần tách ra, kể cả tên người ở đó."),
        render_kw={"rows": 5},
    )
    files = SelectMultipleField(
        _l("Ảnh, tệp ở lại với phần giữ lại"),
        description=_l(
            "Chỉ khi phần tách ra rời khỏi trường: tệp không đánh dấu đi theo nguyên văn thư."
        ),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )

    def offer(self, kinds: Pairs, subjects: Pairs, abouts: Pairs, files: Pairs) -> None:
        """The choices; a letter without files does not ask for them."""
        self.kind.choices = choices([("", _l("Chọn loại…")), *kinds])
        self.subject.choices = choices([("", _l("Chọn lĩnh vực…")), *subjects])
        self.about.choices = choices([("", _l("Chọn…")), *abouts])
        found = choices(files)
        if found:
            self.files.choices = found
        else:
            del self.files

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        for field, missing in (
            (self.kind, _("Mời chọn loại của phần tách ra.")),
            (self.subject, _("Mời chọn lĩnh vực của phần tách ra.")),
            (self.about, _("Mời chọn phần này liên quan đến ai; không rõ thì chọn “Không rõ”.")),
        ):
            if not field.data:
                complain(field, missing)
                good = False
        return self._is_apart() and good

    def _is_apart(self) -> bool:
        """What stays may not say what was taken out: whoever reads it would know all the same."""
        if not said_in_both(self.text.data or "", self.kept.data or ""):
            return True
        complain(
            self.kept,
            _("Phần giữ lại còn nguyên câu của phần tách ra. Mời xóa câu ấy ở một trong hai ô."),
        )
        return False

    def kept_files(self) -> frozenset[int]:
        return frozenset(int(one) for one in self.files.data) if "files" in self else frozenset()
