"""Three plain questions propose a kind, and say what follows from each way to send it.

The kind decides who may see the matter and which clocks run, so nobody is left to guess it from
legal names (Luật Khiếu nại 2011 Đ2, Luật Tố cáo 2018 Đ2; a mixed matter is split: NĐ 154/2026
Đ14.4).
"""

from dataclasses import dataclass
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from werkzeug.wrappers.response import Response

from feedback import clock, matters
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.rules.deadlines import rule_on
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.routing import Matter, Route, route
from feedback.web import here, words
from feedback.web.public import doors, opinions, pages, promises
from feedback.web.public.doors import Letterhead
from forms.petition import QuestionsForm

COMPLAINT, DENUNCIATION, REPORT = "KN", "TC", "PA"
KINDS = (COMPLAINT, DENUNCIATION, REPORT)
QUESTIONS = ("harmed", "unlawful", "about")
# The two clocks of a signed đơn that a sender asks for: until it is taken up, and until the end.
SIGNED_CLOCKS = {
    COMPLAINT: ("KN_ACCEPT", "KN1_RESOLVE"),
    DENUNCIATION: ("TC_INITIAL", "TC_RESOLVE"),
}
# Before a subject is known the route is that of no special subject.
NO_SUBJECT = opinions.UNKNOWN_SUBJECT

TITLES = {
    COMPLAINT: _l("Gửi như một khiếu nại"),
    DENUNCIATION: _l("Gửi như một tố cáo"),
    REPORT: _l("Gửi như một phản ánh, không cần tên"),
}
BUTTONS = {
    COMPLAINT: _l("Viết khiếu nại"),
    DENUNCIATION: _l("Viết tố cáo"),
    REPORT: _l("Viết phản ánh"),
}
BECAUSE = {
    COMPLAINT: _l("Việc này ảnh hưởng đến quyền lợi của chính anh/chị hoặc con anh/chị."),
    DENUNCIATION: _l("Anh/chị báo một người hoặc một đơn vị làm trái pháp luật."),
    REPORT: _l("Việc này không cần thủ tục khiếu nại hay tố cáo: anh/chị chỉ cần kể lại."),
}


@dataclass(frozen=True, slots=True)
class Option:
    """One way to send it, and what follows from it."""

    title: Any
    button: Any
    law: str
    sees: str
    hidden: bool
    names: str
    takes: list[str]
    href: str


def ask(point: QrPoint) -> Response:
    """The three questions; once they are answered, what is proposed."""
    answered = _answered()
    form = QuestionsForm(request.args if answered else None)
    form.offer(opinions.abouts())
    if answered and form.validate():
        return _page("public/complaint_proposal.html", point, proposal=_proposal(form, point))
    hints = opinions.about_hints(Letterhead.of(point.unit))
    return _page("public/complaint.html", point, form=form, hints=hints)


def kind_of(harmed: bool, unlawful: bool) -> str:
    """What the answers amount to. When both are true the denunciation goes first: it is secret."""
    if unlawful:
        return DENUNCIATION
    return COMPLAINT if harmed else REPORT


def sees(kind: str, way: Route, unit: Unit, owner: Unit) -> str:
    """Who will read it, said plainly."""
    if way.hidden_from_school and owner is not unit:
        said = _("Nhà trường không nhìn thấy. Chỉ %(owner)s đọc và giải quyết.", owner=owner.name)
    elif kind == DENUNCIATION:
        said = _(
            "Hiệu trưởng %(unit)s đọc và giải quyết. Người bị tố cáo không được xem.",
            unit=unit.name,
        )
    else:
        said = _("%(unit)s đọc và trả lời.", unit=unit.name)
    return str(said)


def _answered() -> dict[str, str]:
    return {name: request.args[name] for name in QUESTIONS if name in request.args}


def _page(template: str, point: QrPoint, **facts: Any) -> Response:
    html = render_template(
        template,
        unit=Letterhead.of(point.unit),
        place=point.place,
        code=point.code,
        other_lang_url=doors.other_language("public.complaint", code=point.code, **_answered()),
        **facts,
    )
    return pages.serve(pages.Page.cut(html))


def _proposal(form: QuestionsForm, point: QrPoint) -> dict[str, Any]:
    harmed, unlawful = form.harmed.data == "yes", form.unlawful.data == "yes"
    kind = kind_of(harmed, unlawful)
    offered = dict.fromkeys((kind, REPORT))
    return {
        "options": [_option(code, form.about.data, point) for code in offered],
        "because": BECAUSE[kind],
        "mixed": harmed and unlawful,
        "again": url_for("public.complaint", code=point.code),
    }


def _option(kind: str, about: str, point: QrPoint) -> Option:
    way = route(Matter(kind, NO_SUBJECT, about))
    owner = matters.answering_unit(point.unit, way, clock.today())
    chosen: dict[str, Any] = {"code": point.code, "about": about, "as": kind}
    return Option(
        title=TITLES[kind],
        button=BUTTONS[kind],
        law=_(PETITION_KINDS[kind].law),
        sees=sees(kind, way, point.unit, owner),
        hidden=way.hidden_from_school and owner is not point.unit,
        names=_names(kind),
        takes=_takes(kind, owner),
        href=url_for("public.complaint", **chosen),
    )


def _names(kind: str) -> str:
    if kind == REPORT:
        return str(_("Không cần tên, không cần chữ ký."))
    return str(
        _(
            "Gửi ở đây không cần tên, và được tiếp nhận là thông tin. Để thành đơn theo luật cần "
            "họ tên, địa chỉ và chữ ký của anh/chị: ký trực tiếp tại nơi giải quyết."
        )
    )


def _takes(kind: str, owner: Unit) -> list[str]:
    """How long: as information from today, and as a signed đơn."""
    today = clock.today()
    told = promises.ahead(owner, kind, today, here.calendar())
    lines = []
    if told:
        until = words.day(told.due.on)
        lines.append(_("Gửi hôm nay: được trả lời chậm nhất %(day)s.", day=until))
    rules = [rule_on(code, today) for code in SIGNED_CLOCKS.get(kind, ())]
    terms = [words.term(rule.term) for rule in rules if rule]
    if len(terms) == len(SIGNED_CLOCKS[COMPLAINT]):
        lines.append(
            _(
                "Khi đã ký đơn: %(accept)s để thụ lý, rồi %(resolve)s để giải quyết.",
                accept=terms[0],
                resolve=terms[1],
            )
        )
    return lines
