"""What is said when suspected spam turns out to be real, for several at once."""

from flask_babel import lazy_gettext as _l
from wtforms import SelectMultipleField

from forms.move_form import NoteField
from forms.translations import HouseForm


class LetInSeveralForm(HouseForm):
    """The ticked rows of the folder, and one reason for all of them."""

    pick = SelectMultipleField(_l("Phiếu đã chọn"), validate_choice=False)
    note = NoteField(
        _l("Vì sao là phiếu thật?"),
        _l("Mời ghi vì sao là phiếu thật."),
        rows=2,
        default=_l("Đã đọc, là ý kiến thật."),
    )
