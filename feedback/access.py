"""What an officer may see: the one filter every staff query passes through."""

from collections.abc import Iterable

from sqlalchemy import (
    ColumnElement,
    Select,
    String,
    and_,
    cast,
    literal,
    not_,
    or_,
    select,
)
from sqlalchemy.orm import Session

from feedback import parts
from feedback.models.cases import Case
from feedback.models.conflicts import barred_from
from feedback.models.events import Message
from feedback.models.ledger import LedgerEntry
from feedback.models.meetings import Reception, Visit
from feedback.models.papers import IssuedPaper
from feedback.models.points import QrPoint
from feedback.models.reports import UnitReport
from feedback.models.signings import handed_up_to
from feedback.models.submissions import Attachment, Submission
from feedback.models.successions import CaseHandover
from feedback.models.surveys import Survey
from feedback.models.units import Unit
from feedback.scopes import Scope


def sees(scope: Scope) -> ColumnElement[bool]:
    """The condition on Case under which this officer knows of it at all."""
    known = known_to(scope.own, scope.below)
    if scope.signs:
        known = or_(known, Case.id.in_(handed_up_to(scope.signs)))
    return and_(known, Case.id.not_in(barred_from(scope.officer.id)))


# What a joined matter says is read, and counted, in the one that answers for it.
BY_ITSELF = Case.joined_to_id.is_(None)


def known_to(own: frozenset[int], below: frozenset[int]) -> ColumnElement[bool]:
    """What units know that answer for themselves and oversee others."""
    overseen = and_(
        Case.hidden_from_school.is_(False),
        or_(Case.owner_id.in_(below), Case.unit_id.in_(below)),
    )
    # A second đơn is the unit above's to receive, also of what is hidden from the school: an owner
    # of such a matter is never a school, so no school comes to see it by this.
    appealed = and_(Case.owner_id.in_(below), Case.appealed_on.is_not(None))
    known = or_(Case.seen_by(set(own)), overseen, appealed) if below else Case.seen_by(set(own))
    return and_(BY_ITSELF, known)


def known(own: frozenset[int], below: frozenset[int]) -> Select[tuple[Case]]:
    """Every case that units know of that answer for themselves and oversee others."""
    return select(Case).where(known_to(own, below))


def cases(scope: Scope) -> Select[tuple[Case]]:
    """Every case this officer may read; all lists, counts, searches and exports start here.

    What waits as suspected spam is in none of them: it has a folder of its own.
    """
    return select(Case).where(sees(scope), Case.held_at.is_(None))


def held(scope: Scope) -> Select[tuple[Case]]:
    """What waits as suspected spam, as far as this officer may know of it."""
    return select(Case).where(sees(scope), Case.held_at.is_not(None))


def find_case(session: Session, scope: Scope, reference: str) -> Case | None:
    """One case by its reference, also while it waits as suspected spam."""
    return session.scalar(select(Case).where(sees(scope), Case.reference == reference))


def find_joined(session: Session, scope: Scope, reference: str) -> Case | None:
    """The matter that answers for the one of this reference, if the officer knows of it."""
    joined = select(Case.joined_to_id).where(Case.reference == reference)
    return session.scalar(cases(scope).where(Case.id.in_(joined)))


def known_references(session: Session, scope: Scope, references: set[str]) -> set[str]:
    """Which of these the officer may know of, joined ones with the matter they are joined to."""
    main = cases(scope).with_only_columns(Case.id)
    named = select(Case.reference).where(
        Case.reference.in_(references), or_(sees(scope), Case.joined_to_id.in_(main))
    )
    return set(session.scalars(named))


def family(session: Session, scope: Scope, case: Case) -> list[Case]:
    """The other matters of the same letters that this officer may read; the rest is not there."""
    kin = cases(scope).where(parts.come_of(case.letter_ids), Case.id != case.id)
    return list(session.scalars(kin.order_by(Case.id)))


def thread(scope: Scope, case: Case) -> list[Message]:
    """The words of a case as this officer may read them: a note stays inside its unit."""
    inside = insiders(scope, case)
    return [m for m in case.messages if not m.internal or m.unit_id in inside]


def insiders(scope: Scope, case: Case) -> frozenset[int]:
    """The units whose inner words this officer reads here: its own, and whom they succeed."""
    found = set(scope.reads)
    found |= {one.from_id for one in case.signings if one.unit_id in scope.signs}
    for event in reversed(case.events):
        if event.move_code == "succeed" and event.detail["owner"][1] in found:
            found.add(event.detail["owner"][0])
    return frozenset(found)


def _inside(scope: Scope) -> ColumnElement[bool]:
    """The SQL twin of `insiders`, as far as one succession goes."""
    handed = select(CaseHandover.case_id).where(
        CaseHandover.case_id == Message.case_id,
        CaseHandover.old_id == Message.unit_id,
        CaseHandover.new_id.in_(scope.reads),
    )
    return or_(Message.internal.is_(False), Message.unit_id.in_(scope.reads), handed.exists())


def find_attachment(session: Session, scope: Scope, name: str) -> Attachment | None:
    """A file of a case this officer may read; anything else does not exist."""
    in_submission = select(Attachment).where(
        Attachment.name == name,
        Attachment.submission_id.in_(
            select(Submission.id).join(Case.submissions).where(sees(scope))
        ),
    )
    in_thread = select(Attachment).where(
        Attachment.name == name,
        Attachment.id.in_(
            select(Attachment.id)
            .join(Message.attachments)
            .join(Case, Case.id == Message.case_id)
            .where(sees(scope), _inside(scope))
        ),
    )
    return session.scalar(in_submission) or session.scalar(in_thread)


def units(ids: Iterable[int]) -> Select[tuple[Unit]]:
    return select(Unit).where(Unit.id.in_(ids)).order_by(Unit.kind, Unit.level, Unit.code)


def points(scope: Scope) -> Select[tuple[QrPoint]]:
    return (
        select(QrPoint)
        .where(QrPoint.unit_id.in_(scope.manages))
        .order_by(QrPoint.unit_id, QrPoint.id)
    )


def receptions(scope: Scope) -> Select[tuple[Reception]]:
    return select(Reception).where(Reception.unit_id.in_(scope.reads)).order_by(Reception.held_on)


def visits(scope: Scope) -> Select[tuple[Visit]]:
    """Rows of the register of the officer's own units: it holds names, so no one else's."""
    return (
        select(Visit)
        .where(Visit.unit_id.in_(scope.own))
        .order_by(Visit.received_on.desc(), Visit.id.desc())
    )


def reports(scope: Scope) -> Select[tuple[UnitReport]]:
    return select(UnitReport).where(UnitReport.unit_id.in_(scope.reads))


def surveys(scope: Scope) -> Select[tuple[Survey]]:
    """The surveys of every unit whose ordinary matters this officer may read."""
    return select(Survey).where(Survey.unit_id.in_(scope.reads)).order_by(Survey.id)


def papers(scope: Scope) -> Select[tuple[IssuedPaper]]:
    """Papers of cases this officer may read, at the desk that issued them or answers the case.

    They name the sender, so an Office that only oversees the case has them no more than the
    contact itself. A desk keeps its copy of what it issued (“Lưu: VT”) also when it has handed a
    sealed matter on, unless the matter is about itself.
    """
    at_the_desk = or_(IssuedPaper.unit_id.in_(scope.own), Case.owner_id.in_(scope.own))
    own_copy = and_(
        IssuedPaper.unit_id.in_(scope.own),
        Case.unit_id.not_in(scope.own),
        Case.id.not_in(barred_from(scope.officer.id)),
    )
    found = select(IssuedPaper).join(Case, Case.id == IssuedPaper.case_id)
    return found.where(or_(and_(sees(scope), at_the_desk), own_copy)).order_by(IssuedPaper.id)


def find_paper(session: Session, scope: Scope, name: str) -> IssuedPaper | None:
    """A paper by the name of one of its files; anybody else's does not exist."""
    named = or_(IssuedPaper.docx_name == name, IssuedPaper.pdf_name == name)
    return session.scalar(papers(scope).where(named))


# What a school's auditor may read of matters: that something was done to one it knows of.
OF_CASES = ("case_", "issued_paper/", "submission/", "sender/", "message/", "attachment/")


def ledger(scope: Scope) -> Select[tuple[LedgerEntry]]:
    """The acts an auditor may read of; at a school nothing of what is hidden from it."""
    at_home = LedgerEntry.unit_id.in_(scope.audits)
    found = select(LedgerEntry)
    if scope.audits_all:
        return found.where(or_(at_home, LedgerEntry.unit_id.is_(None)))
    known = select(literal("case_file/").concat(cast(Case.id, String))).where(
        Case.hidden_from_school.is_(False), Case.unit_id.in_(scope.audits)
    )
    of_cases = or_(*(LedgerEntry.object.startswith(name, autoescape=True) for name in OF_CASES))
    return found.where(at_home, or_(not_(of_cases), LedgerEntry.object.in_(known)))
