"""AccusedFields: whom a matter accuses, as the staff take it down with the matter itself."""

from collections.abc import Collection, Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectChoice, SelectField

from forms.fields import LineField, choices
from forms.move_form import complain
from forms.petition import Pairs

OFFICER = "officer"  # of ACCUSED
LONGEST_NAME = 200


class AccusedFields:
    """Nobody; or somebody by office, from the list of officers, or by name."""

    accused = SelectField(_l("Người bị phản ánh, khiếu nại, tố cáo"), default="")
    accused_officer = SelectField(_l("Cán bộ nào trong danh sách"), default="")
    accused_name = LineField(
        _l("Họ tên, chức vụ (nếu không có trong danh sách)"), longest=LONGEST_NAME
    )

    def offer_accused(
        self, kinds: Pairs, officers: Iterable[tuple[str, Pairs]], named: Collection[str]
    ) -> None:
        """The kinds; the officers under the name of their unit; the kinds that want a name."""
        self.accused.choices = choices([("", _l("Không có, hoặc chưa nói")), *kinds])
        self.accused_officer.choices = [
            SelectChoice("", str(_l("Chưa chọn"))),
            *(
                SelectChoice(value, label, optgroup=unit)
                for unit, people in officers
                for value, label in people
            ),
        ]
        self.want_a_name = named

    def is_accused_right(self) -> bool:
        """Who is chosen is said in full, and what is said is of whom was chosen."""
        kind = self.accused.data
        wrong = [
            (
                self.accused_officer,
                kind == OFFICER and not self.accused_officer.data,
                _("Mời chọn cán bộ trong danh sách."),
            ),
            (
                self.accused_name,
                kind in self.want_a_name and not self.accused_name.data,
                _("Mời ghi họ tên hoặc chức vụ, để biết là ai."),
            ),
            (
                self.accused,
                not kind and bool(self.accused_officer.data or self.accused_name.data),
                _("Mời chọn người bị phản ánh, khiếu nại, tố cáo là ai, hoặc để trống cả ba mục."),
            ),
        ]
        return not [_said(field, sentence) for field, holds, sentence in wrong if holds]


def _said(field: Any, sentence: str) -> Any:
    complain(field, sentence)
    return field
