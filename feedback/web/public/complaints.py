"""*Khiếu nại · Tố cáo*: the paper for a kind and a target that the three questions settled."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from flask import abort, url_for
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback import clock, matters
from feedback.models.points import QrPoint
from feedback.rules.about import ABOUT
from feedback.rules.routing import Matter, route
from feedback.web.public import news, opinions, proposals
from feedback.web.public.proposals import COMPLAINT, DENUNCIATION, KINDS, NO_SUBJECT, REPORT
from feedback.web.public.sheets import Door, Paper
from forms.petition import ComplaintForm, PetitionAnswers

TITLES = {COMPLAINT: _l("Khiếu nại"), DENUNCIATION: _l("Tố cáo"), REPORT: _l("Phản ánh")}


def asked_for(args: Mapping[str, str]) -> tuple[str, str] | None:
    """The kind and target whose form the address asks for, if it does."""
    kind, about = args.get("as", ""), args.get("about", "")
    return (kind, about) if kind in KINDS and about in ABOUT else None


def paper_of(kind: str, about: str) -> Door:
    """The paper of this kind about these people."""
    return partial(_paper, kind, about)


def paper_posted(point: QrPoint | None) -> Paper:
    """The paper that a post says it was: kind and target stand in the form itself."""
    return _paper("", "", point)


def _paper(kind: str, about: str, point: QrPoint | None) -> Paper:
    level = point.unit.level if point else None

    def make(data: Any) -> ComplaintForm:
        unit = point.unit.code if point else ""
        form = ComplaintForm(data, unit=unit, kind=kind, about=about)
        if form.kind.data not in KINDS or form.about.data not in ABOUT:
            abort(400)
        form.offer_subjects(opinions.subjects(level))
        return form

    page = "public/complaint_form.html"
    return Paper("public.complaint", page, make, read, partial(_tell, point))


def read(form: ComplaintForm) -> PetitionAnswers:
    return form.answers(form.kind.data, form.about.data, opinions.subject_of(form))


def _tell(point: QrPoint | None, form: ComplaintForm) -> dict[str, Any]:
    """Who will read it and by when, which hang on its kind and target."""
    kind, about = form.kind.data, form.about.data
    told = {"title": TITLES[kind], "about": _(ABOUT[about].label), "formal": kind != REPORT}
    if point is None:
        return told
    way = route(Matter(kind, NO_SUBJECT, about))
    owner = matters.answering_unit(point.unit, way, clock.today())
    reading = {"text": proposals.sees(kind, way, point.unit, owner)}
    return {
        **told,
        "hidden": way.hidden_from_school and owner is not point.unit,
        "owner": owner.name,
        "no_mail": news.none_for(kind, way, owner),
        "questions_url": url_for("public.complaint", code=point.code),
        "after": [reading, *opinions.answering(owner, kind)],
    }
