"""Reply templates: which ones a desk may use, and one of them filled from a case."""

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import Session

from analysis.gaps import fill
from feedback.models.cases import Case
from feedback.models.officers import Officer
from feedback.models.replies import ReplyTemplate
from feedback.models.units import Unit
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.subjects import SUBJECTS


def of_units(unit_ids: Collection[int]) -> Select[tuple[ReplyTemplate]]:
    """The templates these units wrote themselves, retired ones included."""
    return (
        select(ReplyTemplate)
        .where(ReplyTemplate.unit_id.in_(unit_ids))
        .order_by(ReplyTemplate.name, ReplyTemplate.id)
    )


def usable(session: Session, units: Collection[Unit], on: date) -> Sequence[ReplyTemplate]:
    """What desks of these units may use on a day: their own, and what is shared from above."""
    above = {id_ for unit in units for id_ in _above(unit, on)}
    lent = ReplyTemplate.unit_id.in_(above) & ReplyTemplate.shared.is_(True)
    own = ReplyTemplate.unit_id.in_({unit.id for unit in units})
    return session.scalars(
        select(ReplyTemplate)
        .where(ReplyTemplate.retired_at.is_(None), or_(own, lent))
        .order_by(ReplyTemplate.name, ReplyTemplate.id)
    ).all()


def _above(unit: Unit, on: date) -> set[int]:
    """The ids of every unit over this one; a ring in the tree ends the walk."""
    found: set[int] = set()
    manager = unit.manager_on(on)
    while manager is not None and manager.id not in found:
        found.add(manager.id)
        manager = manager.manager_on(on)
    return found


def filled(text: str, case: Case, by: Officer, on: date) -> str:
    """The words for this case; a gap for which it has nothing stays open, to be seen."""
    return fill(text, values(case, by, on))


def values(case: Case, by: Officer, on: date) -> dict[str, str]:
    """What stands for each of REPLY_FIELDS in this case; empty when there is nothing.

    In Vietnamese whoever looks: it is what the parent reads.
    """
    subject = SUBJECTS.get(case.subject_code)
    return {
        "mã hồ sơ": case.reference,
        "trường": case.unit.name,
        "đơn vị trả lời": case.owner.name,
        "người trả lời": by.name,
        "hạn": _day(case.promised_on),
        "ngày nhận": _day(case.received_on),
        "hôm nay": _day(on),
        "loại": PETITION_KINDS[case.kind_code].label.lower(),
        "lĩnh vực": subject.label.lower() if subject else "",
    }


def _day(value: date | None) -> str:
    return f"{value:%d/%m/%Y}" if value else ""
