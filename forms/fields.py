"""Fields more than one form uses: tidy text, phone, e-mail, code, photos, the trap."""

import re
from collections.abc import Iterable, Iterator
from typing import Any, ClassVar

from flask_babel import format_decimal
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    EmailField,
    Field,
    HiddenField,
    MultipleFileField,
    SelectChoice,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import Email, Optional, StopValidation, ValidationError

from analysis.language import tidy
from forms.translations import HouseForm

SHORTEST_TEXT, LONGEST_TEXT = 10, 10_000
LONGEST_LINE = 120
PICTURES = "image/jpeg,image/png,image/webp"  # so that an iPhone turns HEIC into JPEG by itself

# +84 or 0 before nine digits of a mobile or ten of a landline; 1800 and 1900 numbers are shorter.
PHONE = re.compile(r"0\d{9,10}|1[89]00\d{4,6}")
BETWEEN_DIGITS = re.compile(r"[\s().\-–]+")


def tidied(value: str | None) -> str:
    """A filter: whatever was typed, as it is kept."""
    return tidy(value or "")


def choices(pairs: Iterable[tuple[str, Any]]) -> list[SelectChoice]:
    """Values and labels as WTForms 3.3 wants them."""
    return [SelectChoice(value, label) for value, label in pairs]


class SayEnough:
    """A text long enough to act on, and short enough to read; both limits count letters."""

    def __init__(self, missing: Any, shortest: int = SHORTEST_TEXT, longest: int = LONGEST_TEXT):
        self.missing, self.shortest, self.longest = missing, shortest, longest

    def __call__(self, _form: HouseForm, field: TextAreaField) -> None:
        length = len(field.data)
        if not length:
            raise StopValidation(str(self.missing))
        if length < self.shortest:
            raise ValidationError(
                _("Mới có %(n)s ký tự. Mời viết thêm vài chữ để người đọc hiểu việc gì.", n=length)
            )
        if length > self.longest:
            raise ValidationError(
                _(
                    "Đoạn này dài %(n)s ký tự, nhiều nhất là %(most)s. Mời rút gọn, "
                    "hoặc gửi phần còn lại bằng một phiếu nữa.",
                    n=format_decimal(length),
                    most=format_decimal(self.longest),
                )
            )


class NotLong:
    """A line that may be empty but not longer than its place."""

    def __init__(self, longest: int = LONGEST_LINE):
        self.longest = longest

    def __call__(self, _form: HouseForm, field: StringField) -> None:
        if len(field.data or "") > self.longest:
            raise ValidationError(
                _(
                    "Mục này dài %(n)s ký tự, nhiều nhất là %(most)s.",
                    n=format_decimal(len(field.data)),
                    most=format_decimal(self.longest),
                )
            )


class LineField(StringField):
    """One line of tidy text."""

    def __init__(self, label: Any = None, longest: int = LONGEST_LINE, **kwargs: Any):
        super().__init__(label, [NotLong(longest)], filters=[tidied], **kwargs)


class TextField(TextAreaField):
    """Several lines of tidy text; `missing` is what to say when nothing was written."""

    def __init__(self, label: Any = None, missing: Any = None, **kwargs: Any):
        optional = [Optional(), SayEnough("", shortest=1)]
        super().__init__(
            label,
            [SayEnough(missing)] if missing is not None else optional,
            filters=[tidied],
            **kwargs,
        )


def plain_phone(value: str | None) -> str:
    """A filter: 090 123.4567 and +84 90 1234567 are the same number, 0901234567."""
    bare = BETWEEN_DIGITS.sub("", tidied(value))
    return f"0{bare[3:].removeprefix('0')}" if bare.startswith("+84") else bare


def _is_phone(_form: HouseForm, field: TelField) -> None:
    if not PHONE.fullmatch(field.data):
        raise ValidationError(_("Số điện thoại chưa đúng, ví dụ: 0901 234 567."))


class PhoneField(TelField):
    """A Vietnamese phone number, however its digits are grouped; may be empty."""

    def __init__(self, label: Any = _l("Số điện thoại"), **kwargs: Any):
        super().__init__(label, [Optional(), _is_phone], filters=[plain_phone], **kwargs)


class MailField(EmailField):
    """An e-mail address; may be empty."""

    def __init__(self, label: Any = _l("Thư điện tử"), **kwargs: Any):
        super().__init__(label, [Optional(), NotLong(200), Email()], filters=[tidied], **kwargs)


class CodeField(StringField):
    """A code typed from paper: no keyboard may correct it. Whether it is one, the door knows."""

    def __init__(self, label: Any = None, **kwargs: Any):
        keys = {"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}
        super().__init__(label, [NotLong(80)], filters=[tidied], render_kw=keys, **kwargs)


class PhotosField(MultipleFileField):
    """Photos from the camera or the album. They are looked into at the door, not here."""

    def __init__(self, label: Any = _l("Thêm ảnh"), **kwargs: Any):
        super().__init__(label, render_kw={"accept": PICTURES}, **kwargs)


class TrapField(StringField):
    """Nobody sees it; what fills it in is a program. Its send is kept all the same."""

    def __init__(self, **kwargs: Any):
        keys = {"tabindex": "-1", "autocomplete": "off"}
        super().__init__(_l("Để trống ô này"), render_kw=keys, **kwargs)


class PublicForm(HouseForm):
    """A form of the open doors: no session and no cookie, so no token but the once-key.

    That the browser came from our own page is asked by the guard; the once-key makes a repeated
    send one submission.
    """

    # The fields in the order of the page, for the list of errors above it; the rest follows.
    page_order: ClassVar[tuple[str, ...]] = ()

    once = HiddenField()
    website = TrapField()

    class Meta(HouseForm.Meta):
        csrf = False

    def __iter__(self) -> Iterator[Field]:
        first = [self[name] for name in self.page_order]
        return iter([*first, *(field for field in self._fields.values() if field not in first)])
