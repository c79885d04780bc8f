"""*Gửi ý kiến*: the paper for praise, advice, a report or a proposal."""

from functools import cache, partial
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from analysis.language import fold
from feedback import clock
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.rules.about import ABOUT
from feedback.rules.petitions import kinds_of
from feedback.rules.subjects import subjects_for, suggest
from feedback.web import here, words
from feedback.web.public import news, promises
from feedback.web.public.doors import Letterhead
from feedback.web.public.sheets import Paper
from forms.petition import MatterPart, OpinionForm, Pairs, PetitionAnswers

UNKNOWN_SUBJECT = "KHAC"
# The kind whose term stands on the page before a kind is chosen: the longest of the four.
USUAL_KIND = "PA"
KINDS = tuple((kind.code, _l(kind.label)) for kind in kinds_of("feedback"))


def paper(point: QrPoint | None) -> Paper:
    level = point.unit.level if point else None

    def make(data: Any) -> OpinionForm:
        form = OpinionForm(data, unit=point.unit.code if point else "")
        form.offer(KINDS, abouts(), subjects(level))
        return form

    return Paper("public.fill_in", "public/fill_in.html", make, read, partial(_tell, point))


def read(form: OpinionForm) -> PetitionAnswers:
    return form.answers(form.kind.data, form.about.data, subject_of(form))


@cache
def abouts() -> Pairs:
    """The answers to “Việc này liên quan đến ai?”; translated only when they are shown."""
    return tuple((about.code, _l(about.label)) for about in ABOUT.values())


@cache
def subjects(level: str | None) -> Pairs:
    return tuple((subject.code, _l(subject.label)) for subject in subjects_for(level))


def subject_of(form: MatterPart) -> str:
    """What the sender chose; for who is not sure, what the words name first."""
    suggested = suggest(fold(f"{form.text.data} {form.wish.data}"), 1)
    return form.subject.data or next(iter(suggested), UNKNOWN_SUBJECT)


def _tell(point: QrPoint | None, _form: OpinionForm) -> dict[str, Any]:
    """The hints, and what happens after the send."""
    if point is None:
        return {}
    unit = Letterhead.of(point.unit)
    return {
        "kind_hints": {kind.code: _(kind.hint) for kind in kinds_of("feedback")},
        "about_hints": about_hints(unit),
        "no_mail": news.none_if_hidden(point.unit),
        "after": [_reading(unit), *answering(point.unit, USUAL_KIND), _naming()],
    }


def about_hints(unit: Letterhead) -> dict[str, str]:
    """Whom the school never hears about is said where it is chosen."""
    hidden = _("Nhà trường không thấy.") if unit.is_school else _("Đơn vị này không thấy.")
    return {about.code: hidden for about in ABOUT.values() if about.past_school}


def _reading(unit: Letterhead) -> dict[str, str]:
    return {
        "text": _("%(who)s đọc", who=unit.who),
        "more": _(
            "Việc về ban giám hiệu hoặc chính nhà trường thì chỉ %(manager)s đọc.",
            manager=unit.manager,
        ),
    }


def answering(owner: Unit, kind_code: str) -> list[dict[str, Any]]:
    """By when a matter sent today is answered, and why; nothing for what asks for no answer."""
    today = clock.today()
    told = promises.ahead(owner, kind_code, today, here.calendar())
    if told is None:
        return []
    text = _("Trả lời chậm nhất %(day)s", day=words.day(told.due.on))
    return [{"text": text, "more": words.distance(told.due.on, today), "why": words.lines(told)}]


def _naming() -> dict[str, str]:
    return {
        "text": _("Gửi ẩn danh thì không ai biết tên anh/chị"),
        "more": _("Anh/chị vẫn đọc được trả lời bằng mã tra cứu nhận sau khi gửi."),
    }
