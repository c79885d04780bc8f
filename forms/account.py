"""How an officer comes in: sign-in, and a new password by mail."""

from flask_babel import lazy_gettext as _l
from flask_wtf import FlaskForm
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import EqualTo, InputRequired, Length, ValidationError

from analysis.language import fold

SHORTEST, LONGEST = 12, 128
# A password of one sign over and over is long, and no secret.
FEWEST_SIGNS = 5
# What people here really choose when they are asked for a password.
GUESSED = (
    "matkhau",
    "password",
    "12345678",
    "giaovien",
    "truonghoc",
    "hieutruong",
    "anhyeuem",
    "qwerty",
)


class SignInForm(FlaskForm):
    """E-mail and password; `then` is the page that was asked for."""

    email = EmailField(
        _l("Thư điện tử"), [InputRequired(_l("Mời nhập thư điện tử.")), Length(max=200)]
    )
    password = PasswordField(
        _l("Mật khẩu"), [InputRequired(_l("Mời nhập mật khẩu.")), Length(max=LONGEST)]
    )
    then = HiddenField()


class ForgotForm(FlaskForm):
    """The address a link is sent to, if it belongs to somebody."""

    email = EmailField(
        _l("Thư điện tử"), [InputRequired(_l("Mời nhập thư điện tử.")), Length(max=200)]
    )


class NewPasswordForm(FlaskForm):
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

    def validate_password(self, field: PasswordField) -> None:
        plain = fold(field.data or "").replace(" ", "")
        if any(guess in plain for guess in GUESSED) or len(set(plain)) < FEWEST_SIGNS:
            raise ValidationError(_l("Mật khẩu này dễ bị đoán. Mời chọn một câu khác."))


class ButtonForm(FlaskForm):
    """A lone button: nothing is asked but that it was pressed here."""
