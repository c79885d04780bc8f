"""The rights of whoever sent something: asked for, done or not done, and who may see and do it."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from feedback import access, erasing, identities, intake, joining, parts
from feedback.erasing import Cause, Gone
from feedback.models.cases import Case
from feedback.models.data_requests import DataRequest
from feedback.models.events import Act
from feedback.models.submissions import Submission
from feedback.rules.data_requests import ALREADY_ASKED, ARCHIVED, DONE, ERASED
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.retention import CONTACT, WORDS
from feedback.scopes import Scope
from feedback.sealing import Keys
from forms.petition import Contact


def of_sender(session: Session, submission: Submission) -> list[DataRequest]:
    """Everything this sender has asked for, the newest first."""
    asked = select(DataRequest).where(DataRequest.submission_id == submission.id)
    return list(session.scalars(asked.order_by(DataRequest.id.desc())))


def ask(
    session: Session, case: Case, submission: Submission, kind_code: str, act: Act
) -> DataRequest:
    """A request begins to run; the same one twice, or of what is gone, is refused."""
    for known in of_sender(session, submission):
        if known.is_open and known.kind_code == kind_code:
            raise MoveRefused(ALREADY_ASKED)
    letter = erasing.letter_of(session, submission)
    if kind_code == "erase" and erasing.is_erased(session, letter, WORDS):
        raise MoveRefused(ERASED)
    request = DataRequest.ask(case, submission, kind_code, act)
    session.add(request)
    return request


def take_back_consent(
    session: Session, case: Case, submission: Submission, act: Act, gone: Gone
) -> DataRequest:
    """Done at once, except in a signed đơn: there a name is part of it, and somebody decides."""
    request = ask(session, case, submission, "consent", act)
    if not case.is_petition:
        silent = replace(act, note="")
        request.settle(silent, DONE)
        erasing.erase(session, submission, CONTACT, _cause(act), gone)
        case.erase_data(silent, CONTACT)
    return request


# --- who may ------------------------------------------------------------------------------------


def _seen(scope: Scope) -> Select[tuple[DataRequest]]:
    return select(DataRequest).join(Case, Case.id == DataRequest.case_id).where(access.sees(scope))


def requests(scope: Scope, *, settled: bool = False) -> Select[tuple[DataRequest]]:
    """Of every case this officer may read; those running first in the order they are owed."""
    which = DataRequest.settled_at.is_not(None) if settled else DataRequest.settled_at.is_(None)
    order = DataRequest.settled_at.desc() if settled else DataRequest.due_on
    return _seen(scope).where(which).order_by(order, DataRequest.id)


def find(session: Session, scope: Scope, request_id: int) -> DataRequest | None:
    """One request, if the officer may know of its case."""
    return session.scalar(_seen(scope).where(DataRequest.id == request_id))


def waiting(session: Session, scope: Scope) -> int:
    """How many this officer can settle now."""
    mine = _seen(scope).where(DataRequest.settled_at.is_(None), _settled_by(scope))
    return session.scalar(mine.with_only_columns(func.count())) or 0


def _settled_by(scope: Scope) -> ColumnElement[bool]:
    """The SQL twin of `may_settle`."""
    erases = DataRequest.kind_code == "erase"
    if not scope.oversees:
        return Case.owner_id.in_(scope.own) & ~erases
    return or_(Case.owner_id.in_(scope.own), erases & Case.owner_id.in_(scope.below))


def may_settle(scope: Scope, request: DataRequest) -> bool:
    """The desk that answers the case; no school erases what was said about a school."""
    owner = request.case.owner_id
    if request.kind_code == "erase":
        return scope.oversees and owner in scope.reads
    return owner in scope.own


# --- settling -----------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Corrected:
    """What is to stand in place of what was left; an empty part stays as it is."""

    name: str = ""
    phone: str = ""
    email: str = ""


@dataclass(frozen=True, slots=True)
class Means:
    """What it takes to do it: the keys of the seals, the right parts, what is left to finish."""

    keys: Keys
    gone: Gone
    right: Corrected = Corrected()


def carry_out(session: Session, request: DataRequest, act: Act, means: Means) -> None:
    """Do what was asked and say so. A rule that forbids it refuses, and nothing has changed."""
    request.settle(act, DONE)
    DOING[request.kind_code](session, request, act, means)


def _erase(session: Session, request: DataRequest, act: Act, means: Means) -> None:
    """What is still open is withdrawn first: without its words nobody could answer it."""
    letter = erasing.letter_of(session, request.submission)
    cases = parts.of_letter(session, frozenset({letter.id}))
    if any(case.is_petition for case in cases):
        raise MoveRefused(ARCHIVED)
    silent = replace(act, note="")
    for case in cases:
        own = case
        if case.is_open:
            own = joining.alone(session, case, request.submission_id, silent)
            own.withdraw(Act(None, act.at, act.calendar, "", as_parent=True))
        own.erase_data(silent, WORDS)
    session.flush()
    erasing.erase(session, request.submission, WORDS, _cause(act), means.gone)


def _erase_contact(session: Session, request: DataRequest, act: Act, means: Means) -> None:
    erasing.erase(session, request.submission, CONTACT, _cause(act), means.gone)
    request.case.erase_data(replace(act, note=""), CONTACT)


def _cause(act: Act) -> Cause:
    return Cause("request", act.at, act.by.id if act.by else None)


def _restrict(_session: Session, request: DataRequest, _act: Act, _means: Means) -> None:
    """No more letters; the desk no longer sees the contact (`is_restricted`)."""
    if request.submission.sender is not None:
        request.submission.sender.has_email = False


def _correct(session: Session, request: DataRequest, _act: Act, means: Means) -> None:
    """Sealed anew with the right parts; the words that came in stay as they came in."""
    submission, right = request.submission, means.right
    case = intake.case_of(session, submission)
    if submission.sender is not None and submission.sender.in_envelope:
        told = Contact(name=right.name, phone=right.phone, email=right.email)
        identities.add_to_envelope(session, case, submission, told)
        return
    known = identities.contact_of(submission, means.keys)
    told = replace(
        known,
        name=right.name or known.name,
        phone=right.phone or known.phone,
        email=right.email or known.email,
    )
    sealed = identities.sealed_sender(means.keys, submission.once_hash, told)
    if submission.sender is not None and sealed is not None:
        submission.sender.sealed, submission.sender.sealed_for = sealed.sealed, None
        submission.sender.has_email = sealed.has_email
        identities.close(session, case, means.keys)


def _shown(_session: Session, _request: DataRequest, _act: Act, _means: Means) -> None:
    """What is kept was handed over, as the answer says."""


DOING: dict[str, Callable[[Session, DataRequest, Act, Means], None]] = {
    "access": _shown,
    "correct": _correct,
    "erase": _erase,
    "restrict": _restrict,
    "consent": _erase_contact,
}


def is_restricted(session: Session, submission: Submission) -> bool:
    """Whether the contact is kept but no longer used."""
    done = select(DataRequest.id).where(
        DataRequest.submission_id == submission.id,
        DataRequest.kind_code == "restrict",
        DataRequest.outcome_code == DONE,
    )
    return session.scalar(done.limit(1)) is not None
