"""CHOICES: what can be chosen in the form of a move: kinds, handlers, outcomes, units, reasons."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from sqlalchemy import select

from feedback import clock, db, replies
from feedback.models.cases import Case
from feedback.models.officers import handlers_of
from feedback.models.units import MANAGING, Unit, UnitParent
from feedback.rules.about import ABOUT
from feedback.rules.outcomes import OUTCOMES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.refusals import refusals_for
from feedback.rules.subjects import SUBJECTS, subjects_for
from feedback.web.desk import petitioning


def offer(form: Any, code: str, case: Case) -> None:
    """Put the choices of this move into its form; most moves have none."""
    if code in CHOICES:
        CHOICES[code](form, case)


def _offer_names(form: Any, case: Case) -> None:
    subjects = {s.code: s for s in subjects_for(case.unit.level)}
    subjects |= {case.subject_code: SUBJECTS[case.subject_code]} if case.subject_code else {}
    form.offer(
        [(kind.code, _(kind.label)) for kind in PETITION_KINDS.values()],
        [(subject.code, _(subject.label)) for subject in subjects.values()],
        [(about.code, _(about.label)) for about in ABOUT.values()],
    )
    form.compare_with(case.kind_code, case.subject_code, case.about_code)


def _offer_handlers(form: Any, case: Case) -> None:
    officers = handlers_of(db.session(), case.owner_id, clock.today())
    free = [officer for officer in officers if not case.bars(officer)]
    form.offer([(str(officer.id), officer.name) for officer in free])


def _offer_outcomes(form: Any, case: Case) -> None:
    wanted = PETITION_KINDS[case.kind_code].needs_evidence
    shown = {code for code, outcome in OUTCOMES.items() if outcome.shows and wanted}
    form.offer([(code, _(outcome.label)) for code, outcome in OUTCOMES.items()], shown)
    usable = replies.usable(db.session(), [case.owner], clock.today())
    form.offer_templates([(str(one.id), one.name) for one in usable])


def _offer_units(form: Any, case: Case) -> None:
    form.offer([(unit.code, unit.name) for unit in destinations(case)])


def _offer_reasons(form: Any, case: Case) -> None:
    form.offer([(r.code, _(r.label)) for r in refusals_for(case.kind_code)])


def destinations(case: Case) -> list[Unit]:
    """The unit above the owner, those beside it, and those under it.

    What a school may not see is never handed to a school: receiving it would open it.
    """
    above = case.owner.manager
    parents = {case.owner_id} | ({above.id} if above else set())
    managed = select(UnitParent.unit_id).where(
        UnitParent.parent_id.in_(parents),
        UnitParent.relation == MANAGING,
        UnitParent.valid_to.is_(None),
    )
    found = [above] if above else []
    found += db.session.scalars(
        select(Unit).where(Unit.id.in_(managed), Unit.id != case.owner_id).order_by(Unit.code)
    )
    return [unit for unit in found if not (case.hidden_from_school and unit.is_school)]


CHOICES: dict[str, Callable[[Any, Case], None]] = {
    "reclassify": _offer_names,
    "assign": _offer_handlers,
    "answer": _offer_outcomes,
    "transfer": _offer_units,
    "refuse": _offer_reasons,
    **petitioning.CHOICES,
}
