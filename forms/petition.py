"""The petition forms, given their kinds; `PetitionAnswers` is the clean document they make."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField
from wtforms.validators import InputRequired

from forms.fields import (
    LineField,
    MailField,
    PhoneField,
    PhotosField,
    PublicForm,
    TextField,
    choices,
)

ANONYMOUS, CONTACT = "anonymous", "contact"
# Which wording of the consent was ticked (Luật 91/2025/QH15 Đ9: the proof is kept with the data).
CONSENT = "reply-1"
REPLY_ORDER = ("reply", "name", "phone", "email", "consent")

Pairs = Iterable[tuple[str, Any]]


@dataclass(frozen=True, slots=True)
class Contact:
    """How to reach the sender; every part may be empty. `consent` names the wording agreed to.

    `identity` is the number of the identity paper, which only who signs a đơn shows.
    """

    name: str = ""
    phone: str = ""
    email: str = ""
    address: str = ""
    consent: str = ""
    identity: str = ""

    def __bool__(self) -> bool:
        return any((self.name, self.phone, self.email, self.address))


@dataclass(frozen=True, slots=True)
class Group:
    """How many people stand behind it, who speaks for them, and whether all signed for that."""

    people: int = 1
    speakers: tuple[str, ...] = ()
    appointed: bool = False

    def __bool__(self) -> bool:
        return self.people > 1


@dataclass(frozen=True, slots=True)
class PetitionAnswers:
    """What the sender said, in the shape it is kept: codes of the catalogues and tidy text."""

    kind_code: str
    subject_code: str
    about_code: str
    text: str
    wish: str = ""
    about_text: str = ""
    danger: bool = False
    signed: bool = False
    contact: Contact = Contact()
    group: Group = Group()


class ContactPart(PublicForm):
    """Name, phone and e-mail, each free to leave out, and the consent that goes with them."""

    name = LineField(_l("Tên anh/chị"))
    phone = PhoneField()
    email = MailField()
    consent = BooleanField(
        _l("Tôi đồng ý để nơi trả lời dùng tên và cách liên lạc này, chỉ để trả lời việc này.")
    )

    def contact(self) -> Contact:
        return Contact(self.name.data, self.phone.data, self.email.data, consent=CONSENT)

    def ask_reachable(self) -> bool:
        """Whether there is a way to reach the sender, and the consent; says what is missing."""
        reachable = bool(
            self.phone.data or self.email.data or self.phone.errors or self.email.errors
        )
        if not reachable:
            self._complain(
                self.phone, _l("Mời ghi số điện thoại hoặc thư điện tử để trả lời anh/chị.")
            )
        if not self.consent.data:
            self._complain(
                self.consent, _l("Mời đánh dấu đồng ý để nơi trả lời được dùng cách liên lạc này.")
            )
        return reachable and bool(self.consent.data)

    @staticmethod
    def _complain(field: Any, sentence: Any) -> None:
        field.errors = [*field.errors, str(sentence)]


class MatterPart(ContactPart):
    """What every sender of a matter is asked, whichever door it goes through."""

    # The unit the page was made for: a code may be moved to another school while it is open.
    unit = HiddenField()
    text = TextField(
        _l("Chuyện gì, ở đâu, khi nào?"), _l("Mời kể việc gì đã xảy ra, dù chỉ một hai câu.")
    )
    wish = TextField(_l("Anh/chị mong muốn điều gì?"))
    danger = BooleanField(_l("Trẻ đang gặp nguy hiểm"))
    photos = PhotosField()
    subject = SelectField(_l("Việc này thuộc lĩnh vực nào?"), default="")
    reply = RadioField(
        _l("Anh/chị muốn gửi thế nào?"),
        choices=choices(
            [
                (ANONYMOUS, _l("Ẩn danh")),
                (CONTACT, _l("Để lại tên hoặc cách liên lạc")),
            ]
        ),
        default=ANONYMOUS,
    )

    def offer_subjects(self, subjects: Pairs) -> None:
        self.subject.choices = choices([("", _l("Tôi không chắc")), *subjects])

    def validate(self, extra_validators: Any = None) -> bool:
        """Field by field; and a contact that was left needs a way to reach it and a consent."""
        good = bool(super().validate(extra_validators))
        return (self.reply.data != CONTACT or self.ask_reachable()) and good

    def answers(self, kind_code: str, about_code: str, subject_code: str) -> PetitionAnswers:
        """The clean document. Who chose to stay unknown leaves no contact, whatever was typed."""
        about_text = getattr(self, "about_text", None)
        return PetitionAnswers(
            kind_code=kind_code,
            subject_code=subject_code,
            about_code=about_code,
            text=self.text.data,
            wish=self.wish.data,
            about_text=about_text.data if about_text else "",
            danger=self.danger.data,
            contact=self.contact() if self.reply.data == CONTACT else Contact(),
        )


class OpinionForm(MatterPart):
    """*Gửi ý kiến*: praise, advice, report or proposal."""

    page_order = ("text", "wish", "kind", "subject", "danger", "photos", "about", *REPLY_ORDER)

    kind = RadioField(
        _l("Anh/chị gửi để"),
        [InputRequired(_l("Mời chọn anh/chị gửi để khen, góp ý hay báo một việc."))],
    )
    about = RadioField(
        _l("Việc này liên quan đến ai?"),
        [InputRequired(_l("Mời chọn việc này liên quan đến ai; không rõ thì chọn “Không rõ”."))],
    )

    def offer(self, kinds: Pairs, abouts: Pairs, subjects: Pairs) -> None:
        """The choices, as the catalogues have them."""
        self.kind.choices = choices(kinds)
        self.about.choices = choices(abouts)
        self.offer_subjects(subjects)


class ComplaintForm(MatterPart):
    """*Khiếu nại · Tố cáo*: kind and target are settled by the three questions before it."""

    page_order = ("text", "about_text", "wish", "subject", "danger", "photos", *REPLY_ORDER)

    kind = HiddenField()
    about = HiddenField()
    about_text = LineField(_l("Cụ thể là ai, quyết định nào?"), longest=200)


class QuestionsForm(PublicForm):
    """The three plain questions; they come in the address, so that no script is needed."""

    harmed = RadioField(
        _l(
            "1. Có quyết định hay việc làm nào của nhà trường gây thiệt hại cho chính anh/chị "
            "hoặc con anh/chị không?"
        ),
        [InputRequired(_l("Mời chọn một câu trả lời cho câu 1."))],
        choices=choices([("yes", _l("Có")), ("no", _l("Không"))]),
    )
    unlawful = RadioField(
        _l("2. Có người nào làm trái pháp luật không?"),
        [InputRequired(_l("Mời chọn một câu trả lời cho câu 2."))],
        choices=choices([("yes", _l("Có")), ("no", _l("Không, hoặc tôi không chắc"))]),
    )
    about = RadioField(
        _l("3. Việc này liên quan đến ai?"),
        [InputRequired(_l("Mời chọn một câu trả lời cho câu 3; không rõ thì chọn “Không rõ”."))],
    )

    def offer(self, abouts: Pairs) -> None:
        self.about.choices = choices(abouts)


class AppointmentForm(ContactPart):
    """*Gặp nhà trường*: what about, when, and how to confirm it."""

    page_order = ("text", "session", "day")

    unit = HiddenField()
    text = TextField(
        _l("Anh/chị muốn gặp về việc gì?"),
        _l("Mời ghi anh/chị muốn gặp về việc gì, dù chỉ một câu."),
    )
    session = RadioField(
        _l("Anh/chị muốn gặp vào buổi nào?"), [InputRequired(_l("Mời chọn một buổi."))]
    )
    day = LineField(_l("Ngày, giờ anh/chị thấy tiện"))

    def offer(self, sessions: Pairs) -> None:
        self.session.choices = choices(sessions)

    def validate(self, extra_validators: Any = None) -> bool:
        good = bool(super().validate(extra_validators))
        return self.ask_reachable() and good


class PointCodeForm(PublicForm):
    """The code under the QR of a poster, typed by hand."""

    code = LineField(_l("Mã trên áp phích của trường"), longest=40)
