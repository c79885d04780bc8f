"""What a person decides about a file in which a virus scanner found something."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired

from forms.fields import choices
from forms.move_form import NoteField
from forms.petition import Pairs
from forms.translations import HouseForm


class HeldFileForm(HouseForm):
    """Let it go or destroy it, and why."""

    decision = RadioField(_l("Quyết định"), [InputRequired(_l("Mời chọn một cách xử lý."))])
    note = NoteField(_l("Lý do"), _l("Mời ghi lý do."), rows=3)

    def offer(self, decisions: Pairs) -> None:
        self.decision.choices = choices(decisions)
