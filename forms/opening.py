"""The forms of opening a sealed identity: why, and whether another officer consents."""

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.validators import InputRequired

from forms.fields import SayEnough, choices, tidied
from forms.move_form import MoveForm
from forms.petition import Pairs

LEAST_REASON = 20
SHORT = _l("Lý do cần ít nhất 20 ký tự, nói rõ cần gặp ai, để làm gì.")


class AskOpeningForm(MoveForm):
    letter = RadioField(_l("Mở phong bì của thư nào?"), [InputRequired(_l("Mời chọn thư."))])
    ground = RadioField(_l("Căn cứ"), [InputRequired(_l("Mời chọn căn cứ mở danh tính."))])
    note = TextAreaField(
        _l("Lý do (ít nhất 20 ký tự)"),
        [SayEnough(SHORT, shortest=LEAST_REASON)],
        filters=[tidied],
        render_kw={"rows": 3},
    )

    def offer(self, letters: Pairs, grounds: Pairs) -> None:
        """The sealed letters of this matter and the grounds of the law."""
        self.letter.choices, self.ground.choices = choices(letters), choices(grounds)


class DecideForm(MoveForm):
    """Nothing is asked: a button, to consent, to refuse or to receive."""
