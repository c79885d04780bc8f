"""The đơn of a complaint or denunciation sent over the web, filled in, to print and to sign."""

from datetime import datetime, timedelta

from flask_babel import force_locale

from feedback import clock, identities
from feedback.issuing import SIGNERS
from feedback.models.cases import Case
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.papers.documents import compose, paper_pdf
from feedback.papers.facts import Citizen, Denounced, Letterhead
from feedback.papers.petitions import ComplaintPetition, DenunciationPetition
from feedback.rules.petitions import SIGNED_KINDS
from feedback.rules.subjects import SUBJECTS
from feedback.web import here
from forms.petition import Contact

# As long as the receipt may still lie before its sender. Later the code may be in other hands, and
# it must tell nobody who wrote, nor what a denunciation says: those lines are left to the pen.
OWN_HANDS = timedelta(hours=2)
COMPLAINT = "KN"
CODES = {"KN": "complaint_petition", "TC": "denunciation_petition"}


def is_offered(case: Case) -> bool:
    """Whether it is still information that a signature would make a đơn."""
    return case.kind_code in SIGNED_KINDS and not case.is_petition and case.is_open


def printed(submission: Submission, case: Case) -> bytes:
    """The đơn as a PDF, in Vietnamese whatever the reader's language."""
    with force_locale("vi"):
        facts = _complaint if case.kind_code == COMPLAINT else _denunciation
        made = facts(submission, case, is_fresh(submission, clock.now()))
        return paper_pdf(compose(CODES[case.kind_code], made, head(case.owner)))


def is_fresh(submission: Submission, now: datetime) -> bool:
    """Whether whoever holds the code is still the one who has just sent it."""
    return now - submission.received_at < OWN_HANDS


def head(receiver: Unit) -> Letterhead:
    """Nobody issues a đơn; the day is left to the pen."""
    return Letterhead("", receiver.name, "", None, "", clock.today())


def addressee(receiver: Unit) -> str:
    return f"{SIGNERS[receiver.kind]} {receiver.name}"


def citizen(submission: Submission, fresh: bool) -> Citizen:
    contact = identities.contact_of(submission, here.keys()) if fresh else Contact()
    reached = ", ".join(filter(None, (contact.phone, contact.email)))
    return Citizen(contact.name, contact.address, contact=reached)


def _enclosed(submission: Submission) -> tuple[str, ...]:
    number = len(submission.attachments)
    return (f"{number:02} ảnh đã gửi qua mạng",) if number else ()


def _complaint(submission: Submission, case: Case, fresh: bool) -> ComplaintPetition:
    return ComplaintPetition(
        addressee=addressee(case.owner),
        citizen=citizen(submission, fresh),
        complained=submission.about_text or submission.unit.name,
        about=SUBJECTS[submission.subject_code].label,
        content=submission.text,
        request=submission.wish,
        enclosures=_enclosed(submission),
        reference=case.reference,
    )


def _denunciation(submission: Submission, case: Case, fresh: bool) -> DenunciationPetition:
    return DenunciationPetition(
        addressee=addressee(case.owner),
        citizen=citizen(submission, fresh),
        denounced=Denounced(
            submission.about_text if fresh else "", workplace=submission.unit.name if fresh else ""
        ),
        content=submission.text if fresh else "",
        request=submission.wish if fresh else "",
        enclosures=_enclosed(submission) if fresh else (),
        reference=case.reference,
    )
