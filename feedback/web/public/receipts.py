"""The receipt: shown only after the commit, with the code that stands in no address."""

from dataclasses import dataclass
from typing import Any

from flask import make_response, render_template, url_for
from flask_babel import gettext as _
from markupsafe import Markup
from werkzeug.wrappers.response import Response

from feedback import clock, codes, drawings
from feedback.intake import Receipt
from feedback.models.cases import Case
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.web import here, words
from feedback.web.language import chosen
from feedback.web.public import pages, promises
from feedback.web.public.doors import Letterhead

# The receipts of one day and point differ in their codes; the rest is rendered once.
NUMBER, PICTURE, *GROUPS = GAPS = tuple(pages.new_gap() for _group in range(6))


@dataclass(frozen=True, slots=True)
class Slip:
    """What the receipt says, in words."""

    reference: str
    code: str
    shown_code: str
    qr: Markup
    kind: str
    steps: list[dict[str, Any]]
    danger: bool
    hidden: bool
    unsigned: bool
    thanks: bool
    reader: str
    owner: Letterhead
    contact: bool
    sealed: bool
    photos: int


def show(receipt: Receipt, point: QrPoint, photos: int) -> Response:
    """The receipt, as the answer to the post: a redirect would need the code in its address."""

    def render() -> str:
        return _page(slip(receipt, photos), receipt.submission.unit, point)

    if receipt.fresh:
        name = _name(receipt, point, photos)
        blank = pages.keep_blank(name, clock.now(), render, GAPS)
    else:
        blank = pages.Blank.cut(render(), GAPS)
    return make_response(blank.filled(_codes(receipt)))


def _name(receipt: Receipt, point: QrPoint, photos: int) -> tuple[Any, ...]:
    """All that a new receipt says depends on, but for its codes."""
    case, contact = receipt.case, receipt.submission.sender is not None
    told = (case.kind_code, case.is_petition, case.hidden_from_school, case.alarmed, case.is_held)
    where = (point.code, point.place, case.unit_id, case.owner_id)
    kept = (contact, _is_sealed(receipt), photos)
    return ("receipt", told, where, case.promised_on, kept, chosen(), clock.today())


def _is_sealed(receipt: Receipt) -> bool:
    """Whether the sender is in an envelope: no mail will come, and the receipt says so."""
    sender = receipt.submission.sender
    return sender is not None and sender.in_envelope


def _codes(receipt: Receipt) -> dict[str, str]:
    """What is set into the gaps: the random end of the reference, the code and its picture."""
    groups = codes.show_code(receipt.code).split("-")
    picture = drawings.qr_svg(_stem(), receipt.code, _("Mã QR mở trang theo dõi"))
    number = receipt.case.reference.rpartition("-")[2]
    return {NUMBER: number, PICTURE: picture, **dict(zip(GROUPS, groups, strict=True))}


def _page(slip: Slip, unit: Unit, point: QrPoint) -> str:
    return render_template(
        "public/_receipt.html",
        slip=slip,
        unit=Letterhead.of(unit),
        place=point.place,
        back_url=url_for("public.school", code=point.code),
        other_lang_url=None,
    )


def slip(receipt: Receipt, photos: int) -> Slip:
    """What the receipt says, with gaps where this one's own codes belong."""
    case = receipt.case
    return Slip(
        reference=f"{case.reference.rpartition('-')[0]}-{NUMBER}",
        code="".join(GROUPS),
        shown_code="-".join(GROUPS),
        qr=Markup(PICTURE),  # noqa: S704 - a gap, filled with a drawing of our own
        kind=_(PETITION_KINDS[case.kind_code].label),
        steps=_steps(case),
        danger=case.alarmed,
        hidden=case.hidden_from_school,
        unsigned=case.kind_code in SIGNED_KINDS and not case.is_petition,
        thanks=case.promised_on is None,
        reader=Letterhead.of(case.owner).who,
        owner=Letterhead.of(case.owner),
        contact=receipt.submission.sender is not None,
        sealed=_is_sealed(receipt),
        photos=photos,
    )


def _stem() -> str:
    """The code comes after the #: browsers never send that part, so it stands in no log."""
    return f"{here.settings().base_url}{url_for('tracking.look_up')}#"


def _steps(case: Case) -> list[dict[str, Any]]:
    """What happens next: who reads, by when they answer and why, and the sender's own last word."""
    promise = promises.owed(case, here.calendar())
    return [_reading(case), *(_answering(promise) if promise else ())]


def _reading(case: Case) -> dict[str, Any]:
    who = Letterhead.of(case.owner).who
    if case.is_held:
        more = _(
            "Lúc gửi có dấu hiệu gửi tự động nên phiếu được xem lại trước. Phiếu không mất; nếu là "
            "thật, hạn trả lời vẫn tính từ hôm nay."
        )
        return {"text": _("%(who)s kiểm tra phiếu của anh/chị", who=who), "more": more}
    text = _("%(who)s đọc phiếu của anh/chị", who=who)
    if case.hidden_from_school:
        return {"text": text, "more": _("Nhà trường không nhìn thấy phiếu này.")}
    return {"text": text}


def _answering(promise: promises.Promise) -> tuple[dict[str, Any], ...]:
    answered = {
        "text": _("Trả lời chậm nhất %(day)s", day=words.day(promise.on)),
        "more": words.distance(promise.on, clock.today()),
        "why": words.lines(promise.why),
    }
    confirmed = {
        "text": _("Anh/chị đọc trả lời và cho biết đã ổn chưa"),
        "more": _("Mở bằng mã tra cứu ở trên. Chưa ổn thì việc được mở lại."),
    }
    return answered, confirmed
