"""What a sender does with the tracking code: look up, write more, say whether it is solved."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField
from wtforms.validators import InputRequired, Optional

from forms.fields import CodeField, PhotosField, PublicForm, SayEnough, TextField, choices

SAME_UNIT, MANAGER = "same", "manager"
# “Chưa sửa” says enough.
SHORTEST_REASON = 5


class LookUpForm(PublicForm):
    """The code from the receipt."""

    code = CodeField(_l("Mã tra cứu"))


class ReasonField(TextField):
    """Why, in a few words at least."""

    def __init__(self, label: Any, missing: Any, **kwargs: Any):
        super().__init__(label, missing, **kwargs)
        self.validators = [SayEnough(missing, SHORTEST_REASON)]


class ReplyForm(PublicForm):
    """More from the sender, with photos if there are any."""

    text = ReasonField(_l("Anh/chị muốn nói thêm điều gì?"), _l("Mời viết vài chữ trước khi gửi."))
    photos = PhotosField()


class ConfirmForm(PublicForm):
    """It is solved: nothing is asked but the one tap."""


class FaceForm(PublicForm):
    """How content the sender is with the answer."""

    face = RadioField(
        _l("Anh/chị thấy cách giải quyết thế nào?"), [InputRequired(_l("Mời chọn một mức."))]
    )

    def offer(self, faces: Iterable[tuple[str, Any]]) -> None:
        self.face.choices = choices(faces)


class DisputeForm(PublicForm):
    """It is not solved: what is still wrong, and from the second time on who shall look again."""

    text = ReasonField(
        _l("Còn vướng ở chỗ nào?"), _l("Mời cho biết còn vướng ở chỗ nào, dù chỉ vài chữ.")
    )
    to = RadioField(_l("Anh/chị muốn ai xem lại?"), [Optional()], default=SAME_UNIT)

    def offer(self, units: Sequence[tuple[str, Any]]) -> None:
        """Who may look again; with no choice there is no question."""
        self.to.choices = choices(units)
        if len(units) == 1:
            del self.to


class EscalateForm(PublicForm):
    """The unit above shall look again at what was closed or refused."""

    text = ReasonField(
        _l("Vì sao anh/chị đề nghị xem lại?"), _l("Mời cho biết vì sao anh/chị đề nghị xem lại.")
    )


class AppealForm(PublicForm):
    """The words of a second đơn: what is not accepted, and what is asked for."""

    text = ReasonField(
        _l("Anh/chị không đồng ý ở điểm nào, và yêu cầu giải quyết thế nào?"),
        _l("Mời cho biết anh/chị không đồng ý ở điểm nào."),
    )


class WithdrawForm(PublicForm):
    """The sender takes the matter back."""

    text = ReasonField(
        _l("Vì sao anh/chị rút phiếu này?"), _l("Mời cho biết vì sao anh/chị rút, dù chỉ vài chữ.")
    )
