"""MOVE_FORMS: one form per move of a case; a move form is given its choices by the door."""

from collections.abc import Collection
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import MultipleFileField, RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from analysis.gaps import gaps
from forms.fields import LineField, SayEnough, TextField, choices, tidied
from forms.move_form import SHORTEST_NOTE, MoveForm, NoteField, complain
from forms.petition import Pairs
from forms.petitioning import PETITION_FORMS

PAPERS = "image/jpeg,image/png,image/webp,.pdf,.docx"


def file_names(field: MultipleFileField) -> list[str]:
    """The names of the files that were chosen."""
    return [upload.filename for upload in field.data or [] if getattr(upload, "filename", "")]


def ask_for_files_again(field: MultipleFileField) -> None:
    """Files are not kept while the form is mended: say by name which to choose again."""
    if names := file_names(field):
        complain(field, _("Mời chọn lại tệp: %(names)s.", names=", ".join(names)))


def unfilled(names: list[str]) -> str:
    """What is said of a text that still has gaps: no parent should read a brace."""
    shown = ", ".join(f"{{{name}}}" for name in names)
    return str(_("Còn chỗ chưa điền: %(names)s. Mời viết thay vào đó.", names=shown))


class AcceptForm(MoveForm):
    """Nothing is asked: a button."""


class AttendForm(MoveForm):
    note = NoteField(
        _l("Ai đã đến với trẻ, đã báo cho ai, lúc nào?"),
        _l("Mời ghi ai đã đến với trẻ và đã báo cho ai."),
    )


class AlertForm(MoveForm):
    note = NoteField(
        _l("Dấu hiệu nào cho thấy trẻ có thể gặp nguy hiểm?"),
        _l("Mời ghi dấu hiệu, dù chỉ một câu."),
    )


class ReclassifyForm(MoveForm):
    kind = SelectField(_l("Loại"))
    subject = SelectField(_l("Lĩnh vực"))
    about = SelectField(_l("Liên quan đến ai"))
    note = NoteField(_l("Lý do (phụ huynh đọc được)"), _l("Mời ghi vì sao phân loại lại."), rows=3)

    def offer(self, kinds: Pairs, subjects: Pairs, abouts: Pairs) -> None:
        self.kind.choices = choices(kinds)
        self.subject.choices = choices(subjects)
        self.about.choices = choices(abouts)

    def codes(self) -> tuple[str, str, str]:
        return self.kind.data, self.subject.data, self.about.data

    def compare_with(self, *now: str) -> None:
        """What it is called now: a form that changes nothing is not sent."""
        self.now = now

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if good and self.codes() == self.now:
            complain(
                self.kind, _l("Loại, lĩnh vực, người liên quan đều như cũ. Mời đổi ít nhất một.")
            )
            return False
        return good


class AssignForm(MoveForm):
    handler = SelectField(_l("Giao cho"))
    note = TextField(_l("Lời nhắn (nội bộ)"), render_kw={"rows": 2})

    def offer(self, handlers: Pairs) -> None:
        self.handler.choices = choices(handlers)


class InternalNoteForm(MoveForm):
    note = NoteField(_l("Nội dung ghi chú"), _l("Mời viết ghi chú trước khi lưu."))


class AskForm(MoveForm):
    note = NoteField(_l("Câu hỏi cho phụ huynh"), _l("Mời viết câu hỏi."))


class AnswerForm(MoveForm):
    """An answer says what came of it and what was done, and shows it where the kind asks."""

    outcome = RadioField(
        _l("Kết quả"), [InputRequired(_l("Mời chọn kết quả: việc này đã đến đâu?"))]
    )
    done = StringField(
        _l("Đã làm gì (một dòng)"),
        [SayEnough(_l("Mời ghi một dòng: đã làm gì?"), SHORTEST_NOTE, longest=200)],
        filters=[tidied],
    )
    template = SelectField(_l("Mẫu trả lời"), validate_choice=False)
    note = TextField(
        _l("Lời trả lời phụ huynh"),
        _l("Mời viết lời trả lời cho phụ huynh."),
        render_kw={"rows": 7},
    )
    files = MultipleFileField(
        _l("Ảnh hoặc giấy tờ cho thấy việc đã làm"),
        description=_l("Ảnh JPEG, PNG, WebP; PDF hoặc Word (.docx). Tối đa 5 tệp, mỗi tệp 8 MB."),
        render_kw={"accept": PAPERS},
    )
    unshown = LineField(
        _l("Nếu không thể có ảnh hay giấy tờ: vì sao?"), longest=200, description=_l("Chỉ nội bộ.")
    )

    def offer(self, outcomes: Pairs, shown: Collection[str]) -> None:
        """The outcomes, and those among them that must be shown by a photo or a document."""
        self.outcome.choices = choices(outcomes)
        self.shown = shown

    def offer_templates(self, templates: Pairs) -> None:
        """The templates that may be put in; without any the field goes."""
        if templates:
            self.template.choices = choices([("", _l("Chọn mẫu…")), *templates])
        else:
            del self.template

    def insert(self, text: str) -> None:
        """Words of a template, after what was typed; gaps left open are named at once."""
        self.note.data = "\n\n".join(part for part in (self.note.data, text) if part)
        if open_gaps := gaps(self.note.data):
            complain(self.note, unfilled(open_gaps))
        ask_for_files_again(self.files)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        if self.outcome.data in self.shown and not (file_names(self.files) or self.unshown.data):
            sentence = _l(
                "Mời kèm ảnh hoặc giấy tờ cho thấy việc đã làm. Nếu không thể có, "
                "mời ghi vì sao ở mục dưới."
            )
            complain(self.files, sentence)
            good = False
        if open_gaps := gaps(self.note.data or ""):
            complain(self.note, unfilled(open_gaps))
            good = False
        if not good:
            ask_for_files_again(self.files)
        return good


class TransferForm(MoveForm):
    unit = SelectField(_l("Chuyển đến"))
    note = NoteField(
        _l("Lý do chuyển (phụ huynh đọc được)"), _l("Mời ghi vì sao việc này thuộc đơn vị kia.")
    )

    def offer(self, units: Pairs) -> None:
        self.unit.choices = choices(units)


class RefuseForm(MoveForm):
    reason = RadioField(_l("Căn cứ"), [InputRequired(_l("Mời chọn căn cứ không xử lý."))])
    note = NoteField(
        _l("Nói với phụ huynh: vì sao, và có thể làm gì tiếp"),
        _l("Mời viết vài lời để phụ huynh hiểu và biết làm gì tiếp."),
    )

    def offer(self, reasons: Pairs) -> None:
        self.reason.choices = choices(reasons)


class CloseForm(MoveForm):
    note = NoteField(
        _l("Vì sao kết thúc"), _l("Mời ghi vì sao kết thúc, ví dụ: phụ huynh báo đã ổn."), rows=3
    )


class ReopenForm(MoveForm):
    note = NoteField(_l("Vì sao mở lại"), _l("Mời ghi vì sao mở lại."), rows=3)


class EscalateForm(MoveForm):
    note = NoteField(
        _l("Vì sao đề nghị cấp trên xem lại"), _l("Mời ghi vì sao cần cấp trên xem lại."), rows=3
    )


# By the code of the move; a test holds these against MOVES and the verbs of a case.
class HoldBackForm(MoveForm):
    note = NoteField(_l("Vì sao nghi là tin rác?"), _l("Mời ghi vì sao nghi là tin rác."), rows=2)


class LetInForm(MoveForm):
    note = NoteField(
        _l("Vì sao là phiếu thật?"),
        _l("Mời ghi vì sao là phiếu thật."),
        rows=2,
        default=_l("Đã đọc, là ý kiến thật."),
    )


MOVE_FORMS: dict[str, type[MoveForm]] = {
    "attend": AttendForm,
    "alert": AlertForm,
    "accept": AcceptForm,
    "reclassify": ReclassifyForm,
    "assign": AssignForm,
    "note": InternalNoteForm,
    "ask": AskForm,
    "answer": AnswerForm,
    "transfer": TransferForm,
    "refuse": RefuseForm,
    "close": CloseForm,
    "reopen": ReopenForm,
    "escalate": EscalateForm,
    "hold_back": HoldBackForm,
    "let_in": LetInForm,
    **PETITION_FORMS,
}
