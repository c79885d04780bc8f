"""TypeInForm: what somebody said at the desk, by telephone or on paper, typed in by the staff."""

from collections.abc import Collection
from datetime import date, datetime, time
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    TimeField,
)
from wtforms.validators import InputRequired

from forms.accused import AccusedFields
from forms.casework import PAPERS, ask_for_files_again
from forms.fields import LineField, MailField, PhoneField, TextField, choices
from forms.groups import GroupFields
from forms.move_form import complain
from forms.petition import CONSENT, Contact, Pairs, PetitionAnswers
from forms.translations import HouseForm


class TypeInForm(AccusedFields, GroupFields, HouseForm):
    """One submission as the staff took it down; `once` makes a repeated send the same one."""

    once = HiddenField()
    unit = SelectField(_l("Việc của đơn vị nào?"))
    channel = RadioField(
        _l("Đến bằng cách nào?"), [InputRequired(_l("Mời chọn việc này đến bằng cách nào."))]
    )
    received_on = DateField(_l("Ngày nhận"), [InputRequired(_l("Mời ghi ngày nhận."))])
    received_time = TimeField(_l("Giờ nhận"), [InputRequired(_l("Mời ghi giờ nhận."))])
    kind = RadioField(_l("Loại"), [InputRequired(_l("Mời chọn loại."))])
    subject = SelectField(_l("Lĩnh vực"))
    about = RadioField(
        _l("Việc này liên quan đến ai?"),
        [InputRequired(_l("Mời chọn việc này liên quan đến ai; không rõ thì chọn “Không rõ”."))],
    )
    about_text = LineField(_l("Cụ thể là ai, lớp nào, quyết định nào?"), longest=200)
    text = TextField(
        _l("Nội dung, theo lời người gửi"),
        _l("Mời ghi lại việc gì đã xảy ra."),
        render_kw={"rows": 7},
    )
    wish = TextField(_l("Người gửi mong muốn điều gì?"), render_kw={"rows": 2})
    danger = BooleanField(_l("Trẻ đang gặp nguy hiểm"))
    name = LineField(_l("Họ tên người gửi"))
    address = LineField(_l("Địa chỉ"), longest=200)
    phone = PhoneField()
    email = MailField()
    consent = BooleanField(
        _l("Người gửi đồng ý cho nơi trả lời giữ tên và cách liên lạc này, chỉ để trả lời việc này")
    )
    signed = BooleanField(_l("Có đơn ký tên của người gửi"))
    forwarder = SelectField(_l("Nơi khác chuyển đến?"), default="")
    forwarded_by = LineField(_l("Tên nơi chuyển; số, ngày văn bản"), longest=200)
    files = MultipleFileField(
        _l("Ảnh hoặc giấy tờ kèm theo"),
        description=_l(
            "Ảnh chụp thư, đơn giấy; PDF hoặc Word (.docx). Tối đa 5 tệp, mỗi tệp 8 MB."
        ),
        render_kw={"accept": PAPERS},
    )

    def offer(self, **catalogues: Pairs) -> None:
        """The choices of each field, by its name; one unit alone is not asked for."""
        for name, pairs in catalogues.items():
            self[name].choices = choices(pairs)

    def know(self, now: datetime, signable: Collection[str], named: Collection[str]) -> None:
        """The moment of typing; the kinds that a signature makes a đơn, and those with a name."""
        self.now, self.signable, self.named = now, signable, named

    def received_at(self) -> datetime:
        """The moment it was said or handed in, on the office's clock."""
        day: date = self.received_on.data
        hour: time = self.received_time.data
        return datetime.combine(day, hour, self.now.tzinfo)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        checks = (
            self._came_already,
            self._may_be_reached,
            self._is_signed_right,
            self._is_forwarded_right,
            self.is_accused_right,
        )
        good = all([good, *(check() for check in checks), self.is_represented()])
        if not good:
            ask_for_files_again(self.files)
        return good

    def _came_already(self) -> bool:
        if not (self.received_on.data and self.received_time.data):
            return False
        field = self.received_on
        if field.data <= self.now.date() and self.received_at() > self.now:
            field = self.received_time
        if self.received_at() > self.now:
            complain(field, _("Ngày giờ nhận không thể ở sau lúc này. Mời xem lại."))
            return False
        return True

    def _may_be_reached(self) -> bool:
        """Whoever left a name or a way to reach them has agreed to it; who wants to meet has."""
        if self.kind.data in self.named and not self.contact():
            complain(self.name, _("Để hẹn gặp, mời ghi tên và cách liên lạc của người gửi."))
            return False
        if self.contact() and not self.consent.data:
            complain(
                self.consent, _("Mời hỏi và đánh dấu đồng ý, hoặc để trống tên và cách liên lạc.")
            )
            return False
        return True

    def _is_signed_right(self) -> bool:
        """A đơn is a complaint or denunciation with a name under it."""
        if not self.signed.data:
            return True
        if self.kind.data not in self.signable:
            complain(
                self.signed, _("Chỉ khiếu nại và tố cáo mới là đơn. Mời bỏ dấu, hoặc đổi loại.")
            )
            return False
        if not self.name.data:
            complain(self.name, _("Đơn có ký tên thì mời ghi họ tên người gửi."))
            return False
        return True

    def _is_forwarded_right(self) -> bool:
        """Whoever passed it on is named, for somebody must write to them."""
        if self.forwarder.data and not self.forwarded_by.data:
            complain(self.forwarded_by, _("Mời ghi tên nơi chuyển và số, ngày văn bản."))
            return False
        return True

    def existed(self, began_on: date | None, ended_on: date | None) -> bool:
        """Whether the unit existed on the day it is said to have received this."""
        day = self.received_on.data
        if began_on and day < began_on:
            told = _(
                "Đơn vị này có từ ngày %(day)s; ngày nhận ở trước đó.", day=f"{began_on:%d/%m/%Y}"
            )
        elif ended_on and day > ended_on:
            told = _("Đơn vị này đã kết thúc ngày %(day)s.", day=f"{ended_on:%d/%m/%Y}")
        else:
            return True
        complain(self.received_on, told)
        ask_for_files_again(self.files)
        return False

    def contact(self) -> Contact:
        return Contact(
            self.name.data, self.phone.data, self.email.data, self.address.data, self._consent()
        )

    def _consent(self) -> str:
        return CONSENT if self.consent.data else ""

    def answers(self) -> PetitionAnswers:
        """The clean document, in the shape it is kept."""
        return PetitionAnswers(
            kind_code=self.kind.data,
            subject_code=self.subject.data,
            about_code=self.about.data,
            text=self.text.data,
            wish=self.wish.data,
            about_text=self.about_text.data,
            danger=self.danger.data,
            signed=self.signed.data,
            contact=self.contact(),
            group=self.group(),
        )


class ReceiptForm(HouseForm):
    """The button that prints: it carries the key of the form that was just kept."""

    once = HiddenField()
