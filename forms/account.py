"""How an officer comes in: sign-in, and a new password by mail."""

from flask_babel import lazy_gettext as _l
from wtforms import EmailField, HiddenField, PasswordField, StringField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from forms.guessable import is_guessable
from forms.translations import HouseForm

SHORTEST, LONGEST = 12, 128
SECOND_LONGEST = 40


class SignInForm(HouseForm):
    """E-mail and password; `then` is the page that was asked for."""

    email = EmailField(
        _l("Thư điện tử"), [InputRequired(_l("Mời nhập thư điện tử.")), Length(max=200)]
    )
    password = PasswordField(
        _l("Mật khẩu"), [InputRequired(_l("Mời nhập mật khẩu.")), Length(max=LONGEST)]
    )
    then = HiddenField()


class ForgotForm(HouseForm):
    """The address a link is sent to, if it belongs to somebody."""

    email = EmailField(
        _l("Thư điện tử"), [InputRequired(_l("Mời nhập thư điện tử.")), Length(max=200)]
    )


class NewPasswordForm(HouseForm):
    """A new password, typed twice. Length is asked, not a mix of signs."""

    password = PasswordField(
        _l("Mật khẩu mới"),
        [
            InputRequired(_l("Mời nhập mật khẩu mới.")),
            Length(
                SHORTEST,
                LONGEST,
                _l("Mật khẩu cần từ 12 đến 128 ký tự; một câu ngắn dễ nhớ là tốt."),
            ),
        ],
    )
    again = PasswordField(
        _l("Nhập lại mật khẩu mới"), [EqualTo("password", _l("Hai lần nhập chưa giống nhau."))]
    )

    # Names a password must not be built on: the person's, the schools'. Given by the view.
    about: tuple[str, ...] = ()

    def validate_password(self, field: PasswordField) -> None:
        if is_guessable(field.data or "", self.about):
            raise ValidationError(_l("Mật khẩu này dễ bị đoán. Mời chọn một câu khác."))


class ChangePasswordForm(NewPasswordForm):
    """A new password in place of the one in use."""

    current = PasswordField(
        _l("Mật khẩu hiện tại"),
        [InputRequired(_l("Mời nhập mật khẩu hiện tại.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class CodeForm(HouseForm):
    """A code of the app, or one from the paper: either is taken in the same box."""

    WRONG = _l("Mã chưa đúng hoặc đã dùng rồi. Mời nhập mã mới.")
    proof = StringField(
        _l("Mã xác nhận"),
        [InputRequired(_l("Mời nhập mã.")), Length(max=SECOND_LONGEST)],
        render_kw={"autocomplete": "one-time-code", "spellcheck": "false"},
    )


class PasswordForm(HouseForm):
    """The password once more, of somebody without a second factor."""

    WRONG = _l("Mật khẩu chưa đúng.")
    proof = PasswordField(
        _l("Mật khẩu"),
        [InputRequired(_l("Mời nhập mật khẩu.")), Length(max=LONGEST)],
        render_kw={"autocomplete": "current-password"},
    )


class AppForm(HouseForm):
    """The first code of an app that was just set up."""

    code = StringField(
        _l("Mã 6 số trên ứng dụng"),
        [InputRequired(_l("Mời nhập mã.")), Length(max=SECOND_LONGEST)],
        filters=[lambda typed: "".join((typed or "").split())],
        render_kw={"autocomplete": "one-time-code", "inputmode": "numeric"},
    )


class KeyForm(HouseForm):
    """What a passkey answered, as the browser wrote it down (JSON)."""

    answer = HiddenField(validators=[InputRequired(), Length(max=20_000)])


class NewKeyForm(KeyForm):
    """A new passkey, and what its owner calls it."""

    name = StringField(_l("Tên gợi nhớ"), [Length(max=60)])


class ButtonForm(HouseForm):
    """A lone button: nothing is asked but that it was pressed here."""
