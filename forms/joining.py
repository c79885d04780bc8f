"""JoinForm: why several matters get one answer; PartForm: the button that undoes it."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from forms.move_form import NoteField
from forms.translations import HouseForm


class JoinForm(HouseForm):
    """`shown` is the fingerprint of what was looked at: nothing else is written."""

    shown = HiddenField()
    note = NoteField(_l("Vì sao gộp (nội bộ)"), _l("Mời ghi một lời: vì sao là cùng một việc?"), 2)


class PartForm(HouseForm):
    """Nothing is asked: a button."""
