"""The papers of the demo: written with the move that asks for them, numbered, printed, filed."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import select

from feedback import identities, issuing, reckoning
from feedback.clock import office_day
from feedback.demo.course import Course
from feedback.issuing import SIGNERS, Sheet
from feedback.models.papers import IssuedPaper
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS
from feedback.papers.complaints import ComplaintAccepted, ComplaintDecision
from feedback.papers.denunciations import (
    DenouncedNotice,
    DenunciationAccepted,
    DenunciationNotice,
)
from feedback.papers.duties import outgoing
from feedback.papers.facts import Cited, Citizen, Denounced, DueDay, Matter, Redacted, Signer

VERDICTS = {"kn_right": "right", "kn_partly": "partly", "kn_wrong": "wrong"}
REPORT = "Báo cáo kết quả xác minh"
TERMS = ("KN1_RESOLVE", "TC_RESOLVE")

Make = Callable[[Course], Any]


def send(course: Course, move: str) -> None:
    """The papers this move owes, as far as the demo writes them, in the order of the table."""
    case = course.case
    owed = outgoing(case.machine, move, case.kind_code, case.is_petition)
    signed = case.machine.moves[move].signed
    unit = case.signed_at(office_day(course.at)) if signed else case.owner
    for code in owed.codes if owed else ():
        if code in MADE:
            facts = MADE[code](course)
            _issue(course, Sheet(case, unit, code, facts, _signer(course, unit), _on(course)))


def _issue(course: Course, sheet: Sheet) -> IssuedPaper:
    place = course.place
    # Whoever writes it is the clerk, also when the head has just signed.
    return issuing.issue(place.session, place.shelf, sheet, course.staff())


def _on(course: Course) -> date:
    return office_day(course.at)


def _signer(course: Course, unit: Unit) -> Signer:
    head = course.place.officer(unit, "principal", "chair", "office_head")
    # Without the post that stands behind a demo officer's name.
    return Signer(SIGNERS[unit.kind], head.name.partition(" (")[0])


# --- the facts --------------------------------------------------------------------------------


def _citizen(course: Course) -> Citizen:
    contact = identities.contact_of(course.case.submission, course.place.keys)
    return Citizen(contact.name, contact.address)


def _matter(course: Course) -> Matter:
    case = course.case
    return Matter(case.kind_code, case.submission.text, case.received_on, case.reference)


def _due(course: Course) -> DueDay:
    """The term of the finding, and the sentences that explain it on the screen as well."""
    case = course.case
    term = next(d for d in case.deadlines if d.rule_code in TERMS)
    told = reckoning.why(term, case, course.place.calendar)
    return DueDay(term.due_on, told.lines if told else ())


def _complaint_accepted(course: Course) -> ComplaintAccepted:
    return ComplaintAccepted(_citizen(course), _matter(course), _due(course))


def _complaint_decision(course: Course) -> ComplaintDecision:
    told, case = course.story["paper"], course.case
    return ComplaintDecision(
        citizen=_citizen(course),
        complained=told["complained"],
        matter=_matter(course),
        report=Cited(REPORT, "03/BC-TXM", _on(course)),
        findings=told["findings"],
        dialogue="",
        basis=told["basis"],
        verdict_code=VERDICTS[case.result_code or ""],
        conclusion=told["conclusion"],
        orders=tuple(told["orders"]),
        carried_out_by=told["carried_out_by"],
        next_level=f"{SIGNERS['office']} {case.owner.manager_name}",
    )


def _denounced(course: Course) -> Denounced:
    return Denounced(course.story["paper"]["denounced"], workplace=course.case.unit.name)


def _points(course: Course) -> Redacted:
    return Redacted(tuple(course.story["paper"]["points"]))


def _denunciation_accepted(course: Course) -> DenunciationAccepted:
    told = course.story["paper"]
    return DenunciationAccepted(
        _denounced(course), _points(course), told["days"], _due(course), told["carried_out_by"]
    )


def _accepted_by(course: Course) -> Cited:
    """The decision to take it up, which the notices cite."""
    code = "denunciation_accepted"
    of_case = select(IssuedPaper).filter_by(case_id=course.case.id, code=code)
    paper = course.place.session.scalars(of_case).one()
    return Cited(PAPERS[code].title, paper.full_number, paper.dated_on)


def _denunciation_notice(course: Course) -> DenunciationNotice:
    return DenunciationNotice(_citizen(course), _matter(course), _accepted_by(course), _due(course))


def _denounced_notice(course: Course) -> DenouncedNotice:
    return DenouncedNotice(_denounced(course), _points(course), _accepted_by(course), _due(course))


MADE: dict[str, Make] = {
    "complaint_accepted": _complaint_accepted,
    "complaint_decision": _complaint_decision,
    "denunciation_accepted": _denunciation_accepted,
    "denunciation_notice": _denunciation_notice,
    "denounced_notice": _denounced_notice,
}
