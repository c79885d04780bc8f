"""Intake: a send is kept once, with the matter that it opens."""

from dataclasses import asdict, dataclass
from datetime import datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from feedback import codes, identities, inserts, ledger, matters
from feedback.clock import office_day
from feedback.generations import every
from feedback.identities import sealed_group, sealed_sender
from feedback.models.cases import Case, case_submission
from feedback.models.consents import Consent
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.points import QrPoint
from feedback.models.sifting import FloodMark
from feedback.models.submissions import Attachment, Sender, SenderGroup, Submission
from feedback.models.units import Unit
from feedback.rules import flood
from feedback.rules.calendar import WorkCalendar
from feedback.sealing import Keys
from feedback.shelf import StoredFile
from forms.petition import PetitionAnswers

# What is noted of a send beside its words.
Note = FloodMark | Consent

# Asked for every send: putting a statement together costs more than running it.
SENT = Submission.__table__
KEPT = select(SENT.c.id).where(SENT.c.once_hash == bindparam("once_hash"))


class OtherContent(ValueError):
    """The same form came again with other words: it is not the same submission."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """One send: where it came in, what it says, and the key that makes it one."""

    unit: Unit
    point: QrPoint | None
    answers: PetitionAnswers
    once_id: str
    at: datetime
    files: tuple[StoredFile, ...] = ()
    channel_code: str = "qr"
    taken_by: Officer | None = None
    lang: str = "vi"
    # The caller has just looked for an earlier send, in vain: should there be one all the same, or
    # the reference be taken, the database refuses (IntegrityError) and the caller tries again.
    looked: bool = False
    # What looks like a flood or a program about it, and the submission whose words it repeats.
    signs: tuple[str, ...] = ()
    like_id: int | None = None


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender keeps. `fresh` is false when the same form had already been kept."""

    submission: Submission
    case: Case
    code: str
    fresh: bool


def receive(session: Session, arrival: Arrival, keys: Keys, calendar: WorkCalendar) -> Receipt:
    """Keep it once and open its case. The caller commits, and only then shows the receipt."""
    kept = None if arrival.looked else _kept(session, arrival, keys)
    if kept is not None:
        known = code_of(kept, keys, arrival.once_id)
        return Receipt(kept, case_of(session, kept), known, fresh=False)
    code = codes.tracking_code(keys.code, arrival.once_id)
    submission = _submission(arrival, keys, code)
    matter = matters.open_case(session, submission, calendar, _reference(session, arrival))
    _hold(matter, arrival, calendar)
    identities.close(session, matter, keys)
    _write(session, submission, matter, [*_marks(arrival), *_consents(arrival)])
    return Receipt(submission, matter, code, fresh=True)


def _hold(matter: Case, arrival: Arrival, calendar: WorkCalendar) -> None:
    """What shows such signs waits to be looked at; never a petition, never a child in danger."""
    if flood.holds(arrival.signs) and not matter.why_never_held():
        matter.hold_back(Act(None, arrival.at, calendar), arrival.signs)


def _marks(arrival: Arrival) -> list[FloodMark]:
    like = {"same_text": arrival.like_id}
    return [FloodMark(code=code, like_id=like.get(code)) for code in arrival.signs]


def _consents(arrival: Arrival) -> list[Consent]:
    """The box that was ticked with a contact; at the counter nobody ticks one."""
    contact = arrival.answers.contact
    if not contact or not contact.consent:
        return []
    return [Consent.given(contact.consent, arrival.channel_code, arrival.at)]


def _write(session: Session, submission: Submission, matter: Case, notes: list[Note]) -> None:
    """The rows of a send, each after those it points to: as adding both and flushing would."""
    connection = session.connection()
    written = inserts.write(connection, submission)
    parts: list[Attachment | Sender | SenderGroup | Note] = [*submission.attachments, *notes]
    parts += [one for one in (submission.sender, submission.group) if one is not None]
    for part in parts:
        part.submission_id = submission.id
        written += inserts.write(connection, part)
    written += inserts.write(connection, matter, deadlines="case_id", events="case_id")
    link = {"case_id": matter.id, "submission_id": submission.id}
    inserts.put(connection, case_submission, link)
    session.add_all([submission, matter])
    ledger.wrote(session, written)


def find_kept(session: Session, keys: Keys, once_id: str) -> Submission | None:
    """The submission an earlier send of this same form made, if it did."""
    for hashed in codes.once_hashes(keys.track, once_id):
        found = session.connection().execute(KEPT, {"once_hash": hashed}).scalar()
        if found:
            return session.get(Submission, found)
    return None


def code_of(kept: Submission, keys: Keys, once_id: str) -> str:
    """The tracking code it was given, also by the secret before a change that is under way."""
    made_with = codes.once_hashes(keys.track, once_id).index(kept.once_hash)
    return codes.tracking_code(every(keys.code)[made_with], once_id)


def case_of(session: Session, submission: Submission) -> Case:
    """The matter this submission belongs to."""
    return session.scalars(
        select(Case).join(Case.submissions).where(Submission.id == submission.id)
    ).one()


def _kept(session: Session, arrival: Arrival, keys: Keys) -> Submission | None:
    kept = find_kept(session, keys, arrival.once_id)
    if kept is not None and kept.fingerprint not in {
        _fingerprint(arrival, key) for key in every(keys.track)
    }:
        raise OtherContent
    return kept


def _fingerprint(arrival: Arrival, key: bytes) -> bytes:
    return codes.fingerprint(key, {"unit": arrival.unit.code, **asdict(arrival.answers)})


def _submission(arrival: Arrival, keys: Keys, code: str) -> Submission:
    answers = arrival.answers
    once_hash = codes.once_hash(keys.track, arrival.once_id)
    return Submission(
        once_hash=once_hash,
        fingerprint=_fingerprint(arrival, keys.track),
        track_quick=codes.quick_track(keys.track, code),
        received_at=arrival.at,
        received_on=office_day(arrival.at),
        unit=arrival.unit,
        unit_id=arrival.unit.id,
        point=arrival.point,
        point_id=arrival.point.id if arrival.point else None,
        taken_by=arrival.taken_by,
        taken_by_id=arrival.taken_by.id if arrival.taken_by else None,
        channel_code=arrival.channel_code,
        kind_code=answers.kind_code,
        subject_code=answers.subject_code,
        about_code=answers.about_code,
        about_text=answers.about_text,
        text=answers.text,
        wish=answers.wish,
        danger=answers.danger,
        is_petition=answers.signed,
        lang=arrival.lang,
        sender=sealed_sender(keys, once_hash, answers.contact),
        group=sealed_group(keys, once_hash, answers.group),
        attachments=[attachment(stored) for stored in arrival.files],
    )


def attachment(stored: StoredFile) -> Attachment:
    """The row of a file that already lies on the shelf."""
    return Attachment(
        name=stored.name, media_type=stored.media_type, size=stored.size, sha256=stored.sha256
    )


def _reference(session: Session, arrival: Arrival) -> str:
    on = office_day(arrival.at)
    if arrival.looked:
        return codes.new_reference(arrival.unit.code, on.year)
    return matters.free_reference(session, arrival.unit, on)
