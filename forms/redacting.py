"""RedactForm: what is masked in the words of a copy; PhotoForm: what becomes of one photo."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.validators import Length
from wtforms.widgets import CheckboxInput, ListWidget

from analysis.grid import NoSuchCell, cells_in, every_cell
from forms.fields import LineField, choices, tidied
from forms.move_form import MoveForm, complain
from forms.petition import Pairs
from forms.translations import HouseForm

LEFT_OUT, TAKEN = "out", "in"
LONGEST_MORE = 2_000


class RedactForm(MoveForm):
    """`shown` is the fingerprint of what was looked at: nothing else is kept."""

    shown = HiddenField()
    marks = SelectMultipleField(
        _l("Máy gợi ý che"),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    more = TextAreaField(
        _l("Che thêm"),
        [Length(max=LONGEST_MORE)],
        filters=[tidied],
        description=_l("Mỗi dòng một từ hoặc cụm từ, đúng như trong thư; có dấu hay không dấu."),
        render_kw={"rows": 4},
    )

    def offer(self, marks: Pairs) -> None:
        self.marks.choices = choices(marks)

    def more_words(self) -> list[str]:
        """What was typed, line by line."""
        lines = (line.strip() for line in (self.more.data or "").splitlines())
        return [line for line in lines if line]


class PhotoForm(HouseForm):
    """Left out unless somebody says otherwise: handwriting and faces tell who it was."""

    use = RadioField(
        _l("Ảnh này"),
        choices=choices(
            [
                (LEFT_OUT, _l("Không đưa vào bản che")),
                (TAKEN, _l("Đưa vào, che các ô đã chọn")),
            ]
        ),
        default=LEFT_OUT,
    )
    cells = SelectMultipleField(
        _l("Ô cần che"),
        choices=choices([(cell, cell) for cell in every_cell()]),
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )
    ranges = LineField(
        _l("Hoặc ghi ô cần che"),
        description=_l("Ví dụ B3:D5, F1. Cột từ A đến L, hàng từ 1 đến 12."),
    )

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        try:
            cells_in(self.ranges.data or "")
        except NoSuchCell as unknown:
            complain(
                self.ranges,
                _("Không có ô “%(cell)s”. Mời ghi như B3 hoặc B3:D5.", cell=str(unknown)),
            )
            return False
        return good

    @property
    def is_taken(self) -> bool:
        return bool(self.use.data == TAKEN)

    def covered(self) -> list[str]:
        """Every cell that is black, ticked or typed."""
        ticked = set(self.cells.data or ())
        return [cell for cell in every_cell() if cell in ticked | cells_in(self.ranges.data or "")]

    def paint(self) -> None:
        """What was typed is shown on the photo, where it can be taken back like the rest."""
        self.cells.data, self.ranges.data = self.covered(), ""
