"""Several cases moved at once: what would happen to each, what each parent reads, and why not."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from analysis.gaps import gaps
from feedback import access, clock, db, permissions, replies
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer, handlers_of
from feedback.models.replies import ReplyTemplate
from feedback.models.units import Unit
from feedback.rules.lifecycle import CASE_STATUSES, MOVES
from feedback.rules.outcomes import OUTCOMES
from feedback.rules.petitions import PETITION_KINDS, SIGNED_KINDS
from feedback.web import here
from feedback.web.desk import papering
from feedback.web.desk.offers import stamp
from forms.bulk import BULK_FORMS, BulkForm
from forms.casework import unfilled

# More at once nobody reads through.
MOST = 50


@dataclass(frozen=True, slots=True)
class Step:
    """One case of the heap: `why_not` says what keeps it back, `reads` what its parent will see."""

    case: Case
    why_not: str
    reads: str
    mailed: bool


@dataclass(frozen=True, slots=True)
class Plan:
    """What a bulk move would do, before anything is done."""

    move: str
    steps: list[Step]
    fingerprint: str

    @property
    def able(self) -> list[Step]:
        return [step for step in self.steps if not step.why_not]


def picked(references: Sequence[str]) -> list[Case]:
    """The cases ticked, as far as this officer knows of them: the others are not there."""
    known = access.cases(here.scope()).where(Case.reference.in_(set(references)))
    return list(db.session.scalars(known.order_by(Case.due_on, Case.id).limit(MOST)))


# --- the form ---------------------------------------------------------------------------------


def form_for(move: str, cases: Sequence[Case]) -> BulkForm:
    """The form of this request, with the choices these cases leave."""
    form = BULK_FORMS[move]()
    CHOICES.get(move, _none)(form, cases)
    return form


def _none(_form: Any, _cases: Sequence[Case]) -> None:
    """Most moves offer no choice."""


def _own(cases: Sequence[Case]) -> list[Unit]:
    """The officer's own units among those that answer these cases."""
    units = {case.owner_id: case.owner for case in cases if case.owner_id in here.scope().own}
    return list(units.values())


def _offer_handlers(form: Any, cases: Sequence[Case]) -> None:
    found = {
        officer.id: officer
        for unit in _own(cases)
        for officer in handlers_of(db.session(), unit.id, clock.today())
    }
    form.offer([(str(id_), officer.name) for id_, officer in found.items()])


def _offer_answers(form: Any, cases: Sequence[Case]) -> None:
    usable = replies.usable(db.session(), _own(cases), clock.today())
    form.offer(
        [(str(one.id), one.name) for one in usable],
        [(code, _(outcome.label)) for code, outcome in OUTCOMES.items()],
    )


CHOICES: dict[str, Callable[[Any, Sequence[Case]], None]] = {
    "assign": _offer_handlers,
    "answer": _offer_answers,
}


# --- looking ahead ----------------------------------------------------------------------------


def plan(move: str, cases: Sequence[Case], form: BulkForm) -> Plan:
    """What would happen to each case; `form` must be good."""
    steps = [_step(move, case, form) for case in cases]
    return Plan(move, steps, _fingerprint(move, steps, form))


def _step(move: str, case: Case, form: Any) -> Step:
    why_not = _why_not(move, case) or WHY_NOT.get(move, _nothing)(case, form)
    reached = any(one.sender and one.sender.has_email for one in case.submissions)
    mailed = MOVES[move].tells_parent and reached
    return Step(case, why_not, READS[move](case, form) if not why_not else "", mailed)


def _nothing(_case: Case, _form: Any) -> str:
    """Nothing more keeps it back."""
    return ""


def _why_not(move: str, case: Case) -> str:
    if papering.must_have_paper(case, move):
        return str(_("Bước này phải kèm văn bản: mời mở ra làm riêng."))
    if permissions.may(here.scope(), case, move):
        return ""
    if case.owner_id not in here.scope().own:
        return str(_("Đang do %(unit)s giải quyết.", unit=case.owner.name))
    stage, label = _(CASE_STATUSES[case.status].label), _(MOVES[move].label)
    return str(_("Đang ở bước “%(stage)s” nên không thể “%(move)s”.", stage=stage, move=label))


def _not_assigned(case: Case, form: Any) -> str:
    officers = handlers_of(db.session(), case.owner_id, clock.today())
    if form.handler.data in {str(one.id) for one in officers if not case.bars(one)}:
        return ""
    return str(_("Người này không làm việc ở %(unit)s.", unit=case.owner.name))


def _not_answered(case: Case, form: Any) -> str:
    """What wants an answer of its own, and a template that this case cannot fill."""
    if case.alarmed:
        return str(_("Đang báo khẩn: mời mở ra xử lý riêng."))
    if case.kind_code in SIGNED_KINDS:
        return str(_("Khiếu nại, tố cáo phải trả lời riêng từng việc."))
    if _lacks_evidence(case, form):
        return str(
            _("Kết quả này cần ảnh hoặc giấy tờ: mời trả lời riêng, hoặc ghi vì sao không thể có.")
        )
    template = _template(case, form)
    if template is None:
        return str(_("Mẫu này không dùng được ở %(unit)s.", unit=case.owner.name))
    left = gaps(_text(template, case))
    return unfilled(left) if left else ""


def _lacks_evidence(case: Case, form: Any) -> bool:
    wanted = PETITION_KINDS[case.kind_code].needs_evidence and OUTCOMES[form.outcome.data].shows
    return bool(wanted and not form.unshown.data)


def _template(case: Case, form: Any) -> ReplyTemplate | None:
    usable = replies.usable(db.session(), [case.owner], clock.today())
    return next((one for one in usable if str(one.id) == form.template.data), None)


def _text(template: ReplyTemplate, case: Case) -> str:
    return replies.filled(template.text, case, here.officer(), clock.today())


def _answer(case: Case, form: Any) -> str:
    """The words as they stand in the parent's thread."""
    template = _template(case, form)
    return _text(template, case) if template else ""


def _read_answer(case: Case, form: Any) -> str:
    outcome = _("Kết quả: %(outcome)s", outcome=_(OUTCOMES[form.outcome.data].label))
    done = _("Đã làm: %(done)s", done=form.done.data)
    return f"{outcome}\n{done}\n\n{_answer(case, form)}"


def _read_stage(move: str) -> Callable[[Case, Any], str]:
    def reads(case: Case, _form: Any) -> str:
        to = CASE_STATUSES[MOVES[move].paths[case.status]]
        return str(_("Không có lời nào; trang theo dõi ghi “%(stage)s”.", stage=_(to.label)))

    return reads


WHY_NOT: dict[str, Callable[[Case, Any], str]] = {
    "assign": _not_assigned,
    "answer": _not_answered,
}
READS: dict[str, Callable[[Case, Any], str]] = {
    "accept": _read_stage("accept"),
    "assign": _read_stage("assign"),
    "close": _read_stage("close"),
    "answer": _read_answer,
}


def _fingerprint(move: str, steps: Sequence[Step], form: BulkForm) -> str:
    """Changes with everything the preview shows: words, cases, and how each case stands."""
    typed = {item.name: item.data for item in form if item.name not in ("shown", "csrf_token")}
    seen = [[s.case.reference, stamp(s.case), s.why_not, s.reads] for s in steps]
    said = json.dumps([move, typed, seen], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(said.encode()).hexdigest()[:32]


# --- doing it ---------------------------------------------------------------------------------


def make(looked_at: Plan, form: Any) -> int:
    """Each case its own verb; how many were moved. The caller commits, all or none."""
    for step in looked_at.able:
        VERBS[looked_at.move](step.case, form)
    return len(looked_at.able)


def _make_assign(case: Case, form: Any) -> None:
    case.assign(_act(form), db.session.get_one(Officer, int(form.handler.data)))


def _make_answer(case: Case, form: Any) -> None:
    case.answer(here.act(_answer(case, form)), form.outcome.data, form.done.data)
    if form.unshown.data:
        event = case.events[-1]
        event.detail = {**event.detail, "unshown": form.unshown.data}


def _act(form: BulkForm) -> Act:
    return here.act(form.says())


VERBS: dict[str, Callable[[Case, Any], None]] = {
    "accept": lambda case, form: case.accept(_act(form)),
    "assign": _make_assign,
    "close": lambda case, form: case.close(_act(form)),
    "answer": _make_answer,
}
