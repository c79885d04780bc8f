"""Matters: a submission routed and opened as a case, signed, and given its right name."""

from dataclasses import replace
from datetime import date

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session, object_session

from analysis.language import fold
from analysis.urgency import alarms
from feedback import codes, competence, identities, leaders, parts, recusing
from feedback.closed import carried
from feedback.identities import contact_of, sealed_group, sealed_sender
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.rules.routing import Matter, Route, route
from feedback.sealing import Keys
from forms.petition import Contact, Group

REFERENCE_TRIES = 20

# Asked for every matter: putting a statement together costs more than running it.
MATTERS = Case.__table__
TAKEN = select(MATTERS.c.id).where(MATTERS.c.reference == bindparam("reference"))


def open_case(
    session: Session,
    submission: Submission,
    calendar: WorkCalendar,
    reference: str,
    owner: Unit | None = None,
) -> Case:
    """Route it and open the matter, not written yet; danger raises the alarm with it.

    `owner` is named when it is the rest of a matter that somebody already answers.
    """
    found = alarms(f"{submission.text}\n{submission.wish}")
    named = leaders.are_accused(session, submission)
    way = route(_matter(submission, submission.danger or bool(found), named))
    act = Act(
        submission.taken_by, submission.received_at, calendar, as_parent=not submission.taken_by
    )
    answers = owner or owner_of(session, submission.unit, way, submission.received_on)
    matter = Case.receive(submission, way, answers, act)
    matter.reference = reference
    matter.folded = fold(f"{reference} {submission.text} {submission.wish}")
    if way.alert:
        cause = "tick" if submission.danger else "words"
        matter.alert(
            replace(act, note=""),
            cause=cause,
            categories=sorted({alarm.category for alarm in found}),
        )
    return matter


def reclassify(case: Case, act: Act, kind_code: str, subject_code: str, about_code: str) -> None:
    """Give it its right name; when that makes it a matter about the head, it leaves the school."""
    case.reclassify(act, kind_code, subject_code, about_code)
    way = recusing.way_of(case)
    if way.hidden_from_school and case.owner.is_school and case.unit.manager:
        case.transfer(replace(act, note=" ".join(way.reasons)), case.unit.manager)
    if way.hidden_from_school:
        case.hide()
        parts.take_letter(case)
    identities.close(session_of(case), case, carried())


def owner_of(session: Session, unit: Unit, way: Route, on: date) -> Unit:
    """Competent on the day of receipt; if it has ended since then, whoever took over from it."""
    return competence.in_force(session, answering_unit(unit, way, on), unit)


def answering_unit(unit: Unit, way: Route, on: date) -> Unit:
    """The unit itself, or the one that manages it on that day when the route goes past it.

    At the counter of an office only what is about its own leaders goes past it.
    """
    past = way.owner == "office" and (unit.is_school or way.hidden_from_school)
    return (unit.manager_on(on) or unit) if past else unit


def _matter(submission: Submission, danger: bool, accuses: bool) -> Matter:
    named = (submission.kind_code, submission.subject_code, submission.about_code)
    signed = submission.is_petition
    return Matter(*named, danger=danger, signed=signed, accuses_leaders=accuses)


def free_reference(session: Session, unit: Unit, on: date) -> str:
    """Random within unit and year: numbers must not let a school count what it may not see."""
    for _ in range(REFERENCE_TRIES):
        reference = codes.new_reference(unit.code, on.year)
        if session.connection().execute(TAKEN, {"reference": reference}).scalar() is None:
            return reference
    raise RuntimeError(f"No free reference for {unit.code} after {REFERENCE_TRIES} tries.")


def sign(case: Case, act: Act, keys: Keys, signer: Contact, group: Group | None = None) -> None:
    """Who signed is sealed with what was left before; from now on the matter is a đơn."""
    case.sign(act)
    submission = case.submission
    if group and submission.group is None:
        submission.group = sealed_group(keys, submission.once_hash, group)
    if submission.sender is not None and submission.sender.in_envelope:
        identities.add_to_envelope(session_of(case), case, submission, signer)
        return
    known = contact_of(submission, keys)
    told = replace(known, name=signer.name, address=signer.address, identity=signer.identity)
    sealed = sealed_sender(keys, submission.once_hash, told)
    if submission.sender is None:
        submission.sender = sealed
    elif sealed is not None:
        submission.sender.sealed, submission.sender.sealed_for = sealed.sealed, None
    identities.close(session_of(case), case, keys)


def session_of(case: Case) -> Session:
    """The session a written case belongs to."""
    session = object_session(case)
    if session is None:
        raise RuntimeError("The case was not written yet.")
    return session
