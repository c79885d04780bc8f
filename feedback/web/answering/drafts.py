"""Trình ký: what the handler may lay before the signer, and what waits there."""

from collections.abc import Mapping
from typing import Any

from flask import g, url_for
from flask_babel import gettext as _

from feedback import clock, permissions
from feedback.models.cases import Case
from feedback.models.signings import SigningRequest
from feedback.papers.catalogue import PAPERS
from feedback.rules.refusals import REFUSALS
from feedback.rules.results import RESULTS
from feedback.rules.signing import LAPSED, RETURNED, SIGNED
from feedback.web import here, words
from feedback.web.desk import offers, papering, rows, steps
from forms.answering import SendBackForm
from forms.move_form import MoveForm

ENDINGS = {SIGNED: "Đã ký", RETURNED: "Đã trả lại", LAPSED: "Không còn dùng"}
# The field of each form that holds what is proposed.
CHOICE_FIELDS = ("result", "reason")


def shown(case: Case) -> list[dict[str, Any]]:
    """The forms that lay a draft before the signer."""
    unit = case.signed_at(clock.today())
    posted: tuple[str, MoveForm] | None = g.get("submitting")
    return [
        {
            "code": f"submit-{move.code}",
            "title": _("Trình ký: %(move)s", move=_(move.label)),
            "consequence": _(
                "Dự thảo chờ người có thẩm quyền của %(unit)s ký; người gửi chưa thấy gì.",
                unit=unit.name,
            ),
            "verb": _("Trình ký"),
            "form": posted[1] if posted and posted[0] == move.code else _blank(move.code, case),
            "action": url_for("answering.submit", move=move.code, **_where(case)),
            "in_words": offers.is_laid_in_words(move.code),
            "papers": _papers(case, move.code),
            "papers_href": url_for("laying.draft", move=move.code, **_where(case)),
        }
        for move in offers.to_prepare(case)
    ]


def _papers(case: Case, code: str) -> list[str]:
    """What may be drawn up with the draft, as the page calls it."""
    found = papering.papers_of_move(case, code)
    return [str(_(PAPERS[one].label)) for one in found.codes] if found else []


def _blank(code: str, case: Case) -> MoveForm:
    """A draft that was sent back is taken up where it stood."""
    before = [one for one in case.signings if one.ended_as == RETURNED and one.move_code == code]
    return offers.blank(code, case, offers.proposed(before[-1]) if before else {})


def choice_of(form: MoveForm) -> str:
    """What a form proposes; nothing where its step asks for words only."""
    found = [getattr(form, name).data for name in CHOICE_FIELDS if hasattr(form, name)]
    return str(found[0]) if found else ""


def waiting(case: Case) -> dict[str, Any] | None:
    """The draft that waits, as everybody at the case reads it."""
    draft = case.draft
    if draft is None:
        return None
    mine = permissions.waits_for(here.scope(), case)
    return told(draft, case) | {
        "reference": case.reference,
        "waits_for": draft.unit.name,
        "mine": mine,
        "href": steps.href(case, draft.move_code, rows.list_arguments()),
        "back": send_back_form(case) if mine else None,
        "back_action": url_for("answering.send_back", **_where(case)),
    }


def send_back_form(case: Case) -> MoveForm:
    posted: MoveForm | None = g.get("sending_back")
    return posted or SendBackForm(formdata=None, data={"seen": offers.stamp(case)})


def earlier(case: Case) -> list[dict[str, Any]]:
    return [told(one, case) for one in reversed(case.signings) if not one.waits]


def told(draft: SigningRequest, case: Case) -> dict[str, Any]:
    label = RESULTS.get(draft.choice_code) or REFUSALS.get(draft.choice_code)
    return {
        "step": _(case.machine.moves[draft.move_code].label)
        if draft.move_code in case.machine.moves
        else "",
        "choice": _(label.label) if label else "",
        "text": draft.text,
        "who": draft.by.name if draft.by else "",
        "at": words.moment(draft.at),
        "became": _(ENDINGS[draft.ended_as]) if draft.ended_as else "",
        "reason": draft.reason,
    }


def _where(case: Case) -> Mapping[str, Any]:
    return {**rows.list_arguments(), "reference": case.reference}
