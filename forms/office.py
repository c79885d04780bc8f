"""The Office's settings: a special day of the calendar."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    DateField,
    Field,
    HiddenField,
    SelectField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, ValidationError

from forms.fields import LineField, choices
from forms.translations import HouseForm

FIRST_YEAR, LAST_YEAR = 2020, 2100
SATURDAY = 5  # of `date.weekday()`
LONGEST_SOURCE = 300
LONGEST_SHEET = 200_000


class UnitsForm(HouseForm):
    """For whom a day holds."""

    unit = SelectField(_l("Áp dụng cho"), default="")

    def offer_units(self, units: Iterable[tuple[str, Any]]) -> None:
        """The whole country, or one of these units with all below it."""
        every = [(code, _("%(unit)s và các đơn vị trực thuộc", unit=name)) for code, name in units]
        self.unit.choices = choices([("", _l("Cả nước")), *every])


class HolidayForm(UnitsForm):
    """A day, what it is, its name, and the paper that says so."""

    day = DateField(_l("Ngày"), [InputRequired(_l("Mời chọn ngày."))])
    kind = SelectField(_l("Loại ngày"))
    name = LineField(_l("Tên gọi"))
    source = LineField(_l("Căn cứ"), longest=LONGEST_SOURCE)
    confirmed = BooleanField(_l("Đã đối chiếu với quyết định của năm"))

    def __init__(self, kinds: Iterable[tuple[str, Any]], working_kind: str, **kwargs: Any):
        super().__init__(**kwargs)
        self.kind.choices = choices(kinds)
        self.working_kind = working_kind

    def validate_day(self, field: Field) -> None:
        if field.data is None:
            return  # that it is no date has been said
        if not FIRST_YEAR <= field.data.year <= LAST_YEAR:
            raise ValidationError(
                _("Năm cần từ %(first)s đến %(last)s.", first=FIRST_YEAR, last=LAST_YEAR)
            )
        if self.kind.data == self.working_kind and not _is_weekend(field.data):
            raise ValidationError(_("Ngày đi làm bù là thứ Bảy hoặc Chủ nhật."))

    def validate_name(self, field: Field) -> None:
        if not field.data:
            raise ValidationError(_("Mời ghi tên gọi, ví dụ: Giỗ Tổ Hùng Vương."))


class CalendarFileForm(UnitsForm):
    """A sheet of days: chosen as a file, then kept as words so that a row can be mended here."""

    file = FileField(_l("Tệp lịch (.csv)"), render_kw={"accept": ".csv,text/csv"})
    text = TextAreaField(_l("Nội dung tệp"), render_kw={"rows": 12, "spellcheck": "false"})
    # What the rows were when they were shown last.
    seen = HiddenField()
    check = SubmitField(_l("Kiểm tra tệp"))
    write = SubmitField(_l("Ghi vào lịch"))

    def validate_text(self, field: Field) -> None:
        if not (field.data or "").strip():
            raise ValidationError(_("Mời chọn tệp, hoặc dán nội dung tệp vào ô này."))
        if len(field.data) > LONGEST_SHEET:
            raise ValidationError(_("Tệp quá lớn để là một lịch ngày nghỉ."))

    def complain(self, sentence: str) -> None:
        """Beside the words of the file, where it can be mended."""
        self.text.errors = [*self.text.errors, sentence]


def _is_weekend(day: date) -> bool:
    return day.weekday() >= SATURDAY
