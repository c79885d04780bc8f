"""The second đơn from the page of a matter: until when, to whom, and printed to be signed.

What is written here is information. It counts from the day an officer has seen the signature.
"""

from dataclasses import dataclass
from typing import Any

from flask_babel import force_locale
from sqlalchemy import select

from feedback import clock, competence, db, reckoning
from feedback.clock import office_day
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline, Message
from feedback.models.papers import IssuedPaper
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS
from feedback.papers.documents import compose, paper_pdf
from feedback.papers.facts import Denounced
from feedback.papers.petitions import ComplaintPetition, DenunciationPetition
from feedback.rules.results import RESULTS
from feedback.rules.routing import Matter
from feedback.rules.sentences import format_day
from feedback.rules.subjects import SUBJECTS
from feedback.web import here, words
from feedback.web.public import petitions
from feedback.web.public.doors import Letterhead
from feedback.web.public.lookups import Found

COMPLAINT = "KN"
CODES = {"KN": "complaint_petition_again", "TC": "denunciation_petition_again"}
FIRST_PAPERS = {"KN": "complaint_decision", "TC": "denunciation_conclusion"}


@dataclass(frozen=True, slots=True)
class Second:
    """What the page says of a second đơn. `refused`: why it is too late, or not yet the time."""

    kind: str
    lapsed: bool
    refused: str
    deadline: dict[str, Any] | None
    receiver: Letterhead
    addressee: str
    written: bool
    late: bool


def of(case: Case) -> Second | None:
    """None where there is no second instance to turn to from here."""
    above = case.owner.manager
    if above is None or case.lodged_again or not _stands_open(case):
        return None
    told = latest(case)
    return Second(
        kind=case.kind_code,
        lapsed=case.status in ("lapsed", "verifying"),
        refused=words.said(case.why_not("appeal", clock.today())),
        deadline=_deadline(case),
        receiver=Letterhead.of(above),
        addressee=petitions.addressee(authority(case)),
        written=told is not None,
        late=told is not None and not is_fresh(told),
    )


def _stands_open(case: Case) -> bool:
    """A table that knows a second đơn here; while the first is at work, only once it is overdue."""
    move = case.machine.moves.get("appeal")
    if move is None or case.status not in move.paths:
        return False
    return case.status != "verifying" or case.is_overdue(clock.today())


def _deadline(case: Case) -> dict[str, Any] | None:
    running = _to_complain(case)
    if running is None or running.due_on < clock.today():
        return None
    return {
        "day": words.day_alone(running.due_on),
        "distance": words.distance(running.due_on, clock.today()),
        "why": words.lines(reckoning.why(running, case, here.calendar())),
    }


def _to_complain(case: Case) -> CaseDeadline | None:
    return next(iter(case.running("KN2_LODGE")), None)


def authority(case: Case) -> Unit:
    """Who decides the second time: the head of the state body that manages it."""
    matter = Matter(
        case.kind_code, case.subject_code, case.about_code, signed=True, second_instance=True
    )
    return competence.competent_authority(case.owner, matter, clock.today())


def latest(case: Case) -> Message | None:
    """The words of the second đơn as the sender wrote them last."""
    return next((m for m in reversed(case.messages) if m.move_code == "appeal"), None)


def is_fresh(message: Message) -> bool:
    """Whether whoever holds the code is still the one who has just written it."""
    return clock.now() - message.at < petitions.OWN_HANDS


# --- the paper ----------------------------------------------------------------------------------


def printed(found: Found, told: Message) -> bytes:
    """The second đơn as a PDF, in Vietnamese whatever the reader's language."""
    case = found.case
    with force_locale("vi"):
        facts = _complaint if case.kind_code == COMPLAINT else _denunciation
        made = facts(found.submission, case, told)
        return paper_pdf(compose(CODES[case.kind_code], made, petitions.head(authority(case))))


def _complaint(submission: Submission, case: Case, told: Message) -> ComplaintPetition:
    return ComplaintPetition(
        addressee=petitions.addressee(authority(case)),
        citizen=petitions.citizen(submission, is_fresh(told)),
        complained=submission.about_text or submission.unit.name,
        about=SUBJECTS[case.subject_code].label,
        content=f"{told.text}\n\nNội dung khiếu nại lần đầu: {submission.text}",
        request=submission.wish,
        reference=case.reference,
        first=_first(case),
    )


def _denunciation(submission: Submission, case: Case, told: Message) -> DenunciationPetition:
    fresh = is_fresh(told)
    return DenunciationPetition(
        addressee=petitions.addressee(authority(case)),
        citizen=petitions.citizen(submission, fresh),
        denounced=Denounced(
            submission.about_text if fresh else "", workplace=submission.unit.name if fresh else ""
        ),
        content=told.text if fresh else "",
        request=submission.wish if fresh else "",
        reference=case.reference,
        first=_first(case) if fresh else "",
    )


def _first(case: Case) -> str:
    """The first decision by its number and day, and what it found; or the term let pass."""
    result = RESULTS.get(case.result_code or "")
    if result is None:
        term = max((d for d in case.deadlines if _is_term(case, d)), key=lambda d: d.due_on)
        return f"Đã hết thời hạn giải quyết ngày {format_day(term.due_on)} mà chưa được giải quyết."
    return f"{_cited(case)} của {case.owner.name}: {result.label}."


def _is_term(case: Case, deadline: CaseDeadline) -> bool:
    rule = case.rule_of(deadline)
    return rule is not None and rule.stands_still


def _cited(case: Case) -> str:
    """The paper that was issued; without one the day it was decided."""
    code = FIRST_PAPERS[case.kind_code]
    title = PAPERS[code].title
    issued = db.session.scalar(
        select(IssuedPaper)
        .where(IssuedPaper.case_id == case.id, IssuedPaper.code == code)
        .order_by(IssuedPaper.id.desc())
        .limit(1)
    )
    if issued is not None:
        return f"{title} số {issued.full_number} ngày {issued.dated_on:%d/%m/%Y}"
    found = [e.at for e in case.events if e.move_code in ("decide", "conclude")]
    return f"{title} ngày {office_day(found[0]):%d/%m/%Y}"
