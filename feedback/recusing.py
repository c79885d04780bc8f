"""Who may not handle a case steps aside, and the case finds somebody who may.

Nghị định 31/2019 Đ5.2: when the one who resolves it is concerned, the superior takes the case.
"""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session, object_session

from feedback import identities
from feedback.closed import carried
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer, handlers_of
from feedback.rules import recusals
from feedback.rules.recusals import ACCUSED_RELATION
from feedback.rules.routing import Matter, Route, route


def recuse(session: Session, case: Case, act: Act, officer: Officer, relation_code: str) -> None:
    """At once: no sight of the case any more; another goes on with it, or the superior unit."""
    leads = officer.signs_at(case.owner_id, act.on)
    others = [one for one in free_handlers(session, case, act.on) if one.id != officer.id]
    handled = case.handler_id == officer.id
    case.recuse(act, officer, relation_code, others[0] if others and not leads else None)
    if case.is_open and (leads or (handled and not others)):
        hand_up(case, act)


def accuse(session: Session, case: Case, act: Act, kind_code: str, accused: Officer | str) -> None:
    """Whom it accuses: an officer is shut out, and what the school may not judge leaves it."""
    officer = accused if isinstance(accused, Officer) else None
    case.accuse(act, kind_code, officer, "" if isinstance(accused, Officer) else accused)
    leads = officer is not None and officer.signs_at(case.unit_id, act.on)
    if officer is not None and not case.bars(officer):
        recuse(session, case, act, officer, ACCUSED_RELATION)
    if leads or recusals.past_school(case.accused) or way_of(case).hidden_from_school:
        leave_school(case, act)


def leave_school(case: Case, act: Act) -> None:
    """The managing unit has it from now on, and the school does not know of it."""
    if case.owner.is_school:
        hand_up(case, act)
    if not case.owner.is_school:
        case.hide()
        session = object_session(case)
        if session is not None:
            identities.close(session, case, carried())


def hand_up(case: Case, act: Act) -> bool:
    """The superior unit answers, on the same clocks; at the top there is nobody to ask."""
    above = case.owner.manager_on(act.on)
    if above is None:
        return False
    # Neutral words; and not by somebody who may not act in it any more.
    by = None if case.bars(act.by) else act.by
    case.take_over(replace(act, by=by, note=recusals.TAKEN_OVER, files=()), above)
    return True


def way_of(case: Case) -> Route:
    """The route of the case as it is known now, with whom it accuses."""
    known = recusals.is_clear(case.accused)
    return route(
        Matter(
            kind_code=case.kind_code,
            subject_code=case.subject_code,
            about_code=case.about_code,
            danger=case.alarmed,
            signed=case.is_petition,
            accused_known=known,
        )
    )


def free_handlers(session: Session, case: Case, on: date) -> list[Officer]:
    """Who at the desk that answers may be given the case: who signs comes last."""
    found = [one for one in handlers_of(session, case.owner_id, on) if not case.bars(one)]
    return sorted(found, key=lambda one: one.signs_at(case.owner_id, on))


def signers(session: Session, case: Case, on: date) -> list[Officer]:
    """Who may sign its decision: at the competent unit, and not shut out."""
    unit = case.signed_at(on)
    found = handlers_of(session, unit.id, on)
    return [one for one in found if one.signs_at(unit.id, on) and not case.bars(one)]


def is_alone(session: Session, case: Case, on: date) -> bool:
    """Whether nobody is left to prepare it for another's signature: then the superior takes it."""
    handlers = {one.id for one in free_handlers(session, case, on)}
    signing = {one.id for one in signers(session, case, on)}
    return not any(one != other for one in handlers for other in signing)
