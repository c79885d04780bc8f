"""What WTForms itself says, in the reader's language: it ships no Vietnamese of its own."""

from typing import Any

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from werkzeug.datastructures import FileStorage, MultiDict
from wtforms import FileField

_AT_LEAST = _l("Mục này cần ít nhất %(min)d ký tự.")
_AT_MOST = _l("Mục này tối đa %(max)d ký tự.")
_EXACTLY = _l("Mục này cần đúng %(max)d ký tự.")
_NO_SUCH_CHOICE = _l("Lựa chọn này không có. Mời chọn lại.")
_NO_WHOLE_NUMBER = _l("Mục này cần là một số nguyên.")
_NO_NUMBER = _l("Mục này cần là một con số.")
_LATE_PAGE = _l("Trang đã mở quá lâu. Chữ đã gõ vẫn còn, mời bấm gửi lần nữa.")

# Its English message, and ours; a message with a plural is found under the plural.
MESSAGES: dict[str, Any] = {
    "This field is required.": _l("Mời điền mục này."),
    "Invalid input.": _l("Nội dung mục này chưa đúng."),
    "Field must be equal to %(other_name)s.": _l("Hai mục chưa giống nhau."),
    "Field must be at least %(min)d characters long.": _AT_LEAST,
    "Field cannot be longer than %(max)d characters.": _AT_MOST,
    "Field must be exactly %(max)d characters long.": _EXACTLY,
    "Field must be between %(min)d and %(max)d characters long.": _l(
        "Mục này cần từ %(min)d đến %(max)d ký tự."
    ),
    "Number must be at least %(min)s.": _l("Số này cần từ %(min)s trở lên."),
    "Number must be at most %(max)s.": _l("Số này tối đa là %(max)s."),
    "Number must be between %(min)s and %(max)s.": _l("Số này cần từ %(min)s đến %(max)s."),
    "Date must be at least %(min)s.": _l("Ngày này cần từ %(min)s trở đi."),
    "Date must be at most %(max)s.": _l("Ngày này muộn nhất là %(max)s."),
    "Date must be between %(min)s and %(max)s.": _l("Ngày này cần từ %(min)s đến %(max)s."),
    "Invalid email address.": _l("Thư điện tử chưa đúng, ví dụ: mai@example.com."),
    "Invalid URL.": _l("Địa chỉ trang chưa đúng."),
    "Invalid UUID.": _l("Mã này chưa đúng."),
    "Invalid value, must be one of: %(values)s.": _NO_SUCH_CHOICE,
    "Invalid value, can't be any of: %(values)s.": _NO_SUCH_CHOICE,
    "This field cannot be edited.": _l("Mục này không sửa được."),
    "This field is disabled and cannot have a value.": _l("Mục này không điền được."),
    "Invalid CSRF Token.": _LATE_PAGE,
    "CSRF token missing.": _LATE_PAGE,
    "CSRF failed.": _LATE_PAGE,
    "CSRF token expired.": _LATE_PAGE,
    "The CSRF token is missing.": _LATE_PAGE,
    "The CSRF token has expired.": _LATE_PAGE,
    "The CSRF token is invalid.": _LATE_PAGE,
    "The CSRF session token is missing.": _LATE_PAGE,
    "The CSRF tokens do not match.": _LATE_PAGE,
    "Invalid Choice: could not coerce.": _NO_SUCH_CHOICE,
    "Not a valid choice.": _NO_SUCH_CHOICE,
    "Invalid choice(s): one or more data inputs could not be coerced.": _NO_SUCH_CHOICE,
    "'%(value)s' are not valid choices for this field.": _NO_SUCH_CHOICE,
    "Not a valid datetime value.": _l("Ngày giờ chưa đúng."),
    "Not a valid date value.": _l("Ngày chưa đúng, ví dụ: 09/12/2026."),
    "Not a valid time value.": _l("Giờ chưa đúng, ví dụ: 08:30."),
    "Not a valid week value.": _l("Tuần chưa đúng."),
    "Not a valid integer value.": _NO_WHOLE_NUMBER,
    "Not a valid decimal value.": _NO_NUMBER,
    "Not a valid float value.": _NO_NUMBER,
    "File does not have an approved extension.": _l("Loại tệp này không được nhận."),
}


class OurWords:
    """WTForms asks these two; the gaps of a sentence are filled by WTForms afterwards."""

    def gettext(self, string: str) -> str:
        return str(MESSAGES.get(string, string))

    def ngettext(self, singular: str, plural: str, _number: int) -> str:
        return str(MESSAGES.get(plural, singular))


def without_stray_files(form: Any, told: Any) -> Any:
    """What came, but for files where words belong: no browser sends such."""
    pairs = list(told.items(multi=True)) if isinstance(told, MultiDict) else []
    words = {name for name, field in form._fields.items() if not isinstance(field, FileField)}
    if not any(name in words and isinstance(value, FileStorage) for name, value in pairs):
        return told
    return MultiDict([p for p in pairs if not (p[0] in words and isinstance(p[1], FileStorage))])


class HouseForm(FlaskForm):
    """A form whose every sentence is ours."""

    class Meta(FlaskForm.Meta):
        def wrap_formdata(self, form: FlaskForm, formdata: Any) -> Any:
            return without_stray_files(form, super().wrap_formdata(form, formdata))

        def get_translations(self, _form: FlaskForm) -> OurWords:
            return OurWords()

    def validate(self, extra_validators: Any = None) -> bool:
        """As ever; what the library says of a token it says past all translations."""
        good = bool(super().validate(extra_validators))
        if self.meta.csrf and self.meta.csrf_field_name in self:
            token = self[self.meta.csrf_field_name]
            token.errors = [OurWords().gettext(str(error)) for error in token.errors]
        return good
