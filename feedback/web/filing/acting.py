"""A move and its papers as one act: one form, one day, one transaction."""

from datetime import datetime
from typing import Any

from flask import request
from flask_babel import force_locale
from flask_babel import gettext as _
from werkzeug.datastructures import MultiDict
from wtforms import Field

from feedback import clock, db
from feedback.models.cases import Case
from feedback.models.papers import IssuedPaper, OutsidePaper
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS, PaperKind
from feedback.papers.facts import PaperRefused
from feedback.rules.lifecycle import MoveRefused
from feedback.web import here, words
from feedback.web.desk import choices, moves, offers
from feedback.web.filing import bound, issuing, prefill
from feedback.web.filing.issuing import Draft
from feedback.web.filing.prefill import Ground
from feedback.web.filing.questions import Lacking, by_place, questions
from forms.acting import PaperedForm, outside_names, papered
from forms.casework import MOVE_FORMS
from forms.move_form import complain
from forms.papers import Question

Made = list[IssuedPaper | OutsidePaper]
Places = list[tuple[str, list[Any]]]


# --- the form ---------------------------------------------------------------------------------


def form_for(case: Case, move: str, codes: tuple[str, ...]) -> PaperedForm:
    """The form of this request; for who signs, the whole draft is in it already."""
    draft = case.draft
    told = draft.filled_in if draft and draft.move_code == move else {}
    return form_of(case, move, codes, MultiDict(told) if told else None)


def form_of(
    case: Case,
    move: str,
    codes: tuple[str, ...],
    told: MultiDict[str, str] | None = None,
    of_a_page: bool = True,
) -> PaperedForm:
    """The move's own questions, then those of its papers, each once.

    `told` fills it in where nothing is posted; without a page there is no token either.
    """
    asked = {q.path: q for code in codes for q in asked_for(case, move, code)}
    made = papered(MOVE_FORMS[move], asked.values(), codes)
    given: dict[str, Any] = {} if of_a_page else {"meta": {"csrf": False}, "formdata": told}
    if of_a_page and told and request.method != "POST":
        given = {"formdata": MultiDict([*told.items(multi=True), ("seen", offers.stamp(case))])}
    data = {"seen": offers.stamp(case), **_usual(case, move, codes), **_draft(case, move)}
    form = made(**given, data=data)
    choices.offer(form, move, case)
    if "template" in form:  # a template is put in on the page of the case
        del form["template"]
    form.earliest, form.latest = case.received_on, clock.today()
    return form


def own_fields(form: PaperedForm) -> list[Field]:
    """The questions of the move itself, without where its paper is made."""
    outside = {name for code in form.papers for name in outside_names(code)}
    return [item for item in form if item.name not in {"way", *form.asked, *outside}]


def asked_for(case: Case, move: str, code: str) -> list[Question]:
    """What this paper asks for that the move does not say already."""
    known = bound.known_by_the_move(move, code)
    every = questions(code, PAPERS[code].made_of, case.kind_code)
    return [one for one in every if one.path not in known]


def _draft(case: Case, move: str) -> dict[str, str]:
    """For who signs, what was laid before them is in the form already."""
    draft = case.draft
    return offers.proposed(draft) if draft and draft.move_code == move else {}


def ground_of(case: Case, move: str, code: str) -> Ground:
    return Ground(case, _issuer(case, move), code)


def _issuer(case: Case, move: str) -> Unit:
    """Whose paper it is: of who signs a decision; of the superior, where it is not its own case."""
    if case.machine.moves[move].signed:
        return case.signed_at(clock.today())
    above = case.owner.manager
    return case.owner if case.owner_id in here.scope().own or above is None else above


def _usual(case: Case, move: str, codes: tuple[str, ...]) -> dict[str, Any]:
    """What nobody has to type; the first paper's words before those of the others."""
    with force_locale("vi"):  # what stands in a paper is Vietnamese whatever the reader's
        each = [prefill.prefill(ground_of(case, move, code)) for code in reversed(codes)]
    return {path: value for usual in each for path, value in usual.items()}


def sheets(form: PaperedForm, case: Case, move: str) -> list[tuple[PaperKind, Places]]:
    """Each paper with its fields by their place; what two papers ask stands with the first."""
    shown: set[str] = set()
    found = []
    for code in form.papers:
        paths = [q.path for q in asked_for(case, move, code) if q.path not in shown]
        shown |= set(paths)
        found.append((PAPERS[code], by_place(form[path] for path in paths)))
    return found


# --- the act ----------------------------------------------------------------------------------


def make(case: Case, move: str, form: PaperedForm) -> Made | None:
    """The move and its papers. None when the form must be mended. The caller commits.

    `MoveRefused` says which rule forbids it; then, and at None, nothing must be kept.
    """
    grounds = [ground_of(case, move, code) for code in form.papers]
    if not agrees(form, move) or not moves.carry_out(case, move, form):
        return None
    if not form.made_here:
        return [_recorded(ground, form) for ground in grounds]
    return _issued(grounds, move, form)


def preview(case: Case, move: str, form: PaperedForm, code: str) -> bytes | None:
    """One of the papers as it would look if the move were made now; the caller takes all back."""
    ground = ground_of(case, move, code)
    if not agrees(form, move):
        return None
    moves.rehearse(case, move, form)
    draft = drawn_up(ground, move, form, None)
    with force_locale("vi"):
        return issuing.preview(draft) if draft else None


def agrees(form: PaperedForm, move: str) -> bool:
    """The form is good, and paper and move speak of the same day."""
    if not form.validate():
        return False
    if form.made_here and bound.is_another_day(move, form):
        sentence = _("Ngày ở đây phải là ngày đã ghi cho bước này ở trên.")
        complain(form[bound.SAME_DAY[move]], sentence)
        return False
    return True


def _issued(grounds: list[Ground], move: str, form: PaperedForm) -> Made | None:
    made: list[IssuedPaper] = []
    try:
        for ground in grounds:
            draft = drawn_up(ground, move, form, made[0] if made else None)
            if draft is None:
                issuing.take_back(made)
                return None
            with force_locale("vi"):
                made.append(issuing.issue(draft))
    except Exception:
        issuing.take_back(made)
        raise
    return [*made]


def drawn_up(
    ground: Ground, move: str, form: PaperedForm, first: IssuedPaper | None
) -> Draft | None:
    """The draft of one paper of the act; None when something in the form forbids it."""
    try:
        return issuing.draw_up(ground, _typed(ground, move, form, first), _moment(ground, move))
    except PaperRefused as refusal:
        form.form_errors.append(words.refused(refusal))
    except Lacking as lacking:
        _miss(form, lacking.path)
    return None


def _moment(ground: Ground, move: str) -> datetime | None:
    """When the move was made: its papers bear the same day."""
    event = prefill.last(ground.case, move)
    return event.at if event else None


def _miss(form: PaperedForm, path: str) -> None:
    if path in form:
        complain(form[path], _("Mời điền mục này."))
        return
    raise MoveRefused(
        _("Chưa tính được hạn để ghi lên văn bản. Mời ghi văn bản đã làm ở nơi khác.")
    )


def _typed(
    ground: Ground, move: str, form: PaperedForm, first: IssuedPaper | None
) -> dict[str, Any]:
    """The facts of this paper alone: what was typed, what the move says, what the clock says."""
    asked = {q.path: form[q.path].data for q in asked_for(ground.case, move, ground.code)}
    clocks = prefill.due(ground) if ground.code in prefill.CLOCKS else {}
    told = {**bound.taken(move, form), **clocks, **bound.cited(first, form.papers[0])}
    return {**asked, **told, "times": max(ground.case.extended, 1)}


def _recorded(ground: Ground, form: PaperedForm) -> OutsidePaper:
    """A paper made elsewhere: its number and day, with the case."""
    number, dated_on = form.outside(ground.code)
    paper = OutsidePaper(
        case_id=ground.case.id,
        unit_id=ground.unit.id,
        officer_id=here.officer().id,
        code=ground.code,
        number=number,
        dated_on=dated_on,
        made_at=clock.now(),
    )
    db.session.add(paper)
    ground.case.issue(here.act(), ground.code, number)
    return paper
