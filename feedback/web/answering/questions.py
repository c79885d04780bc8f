"""The forms of who answers, with the people and the words they offer."""

from flask_babel import gettext as _

from feedback import clock, db, permissions
from feedback.models.cases import Case
from feedback.models.officers import Officer, handlers_of
from feedback.rules.recusals import ACCUSED, ACCUSED_RELATION, RELATIONS
from feedback.web import here
from feedback.web.desk.offers import stamp
from forms.answering import AccuseForm, LiftForm, RecuseForm, TakeOverForm

WANT_A_NAME = frozenset({"staff", "outside"})


def recuse_form(case: Case) -> RecuseForm:
    form = RecuseForm(prefix="recuse-", seen=stamp(case), officer=str(here.officer().id))
    form.offer(
        [(str(one.id), one.name) for one in possible(case)],
        [(code, _(label)) for code, label in RELATIONS.items() if code != ACCUSED_RELATION]
        + [(ACCUSED_RELATION, _(RELATIONS[ACCUSED_RELATION]))],
    )
    return form


def possible(case: Case) -> list[Officer]:
    """Oneself, and for who may say it of others, everybody at the desks of this case."""
    me = here.officer()
    others: list[Officer] = []
    if permissions.may_recuse_others(here.scope(), case):
        others = at_desks(case, case.owner_id, case.signed_at(clock.today()).id)
    return [me, *(one for one in others if one.id != me.id)]


def at_desks(case: Case, *unit_ids: int) -> list[Officer]:
    """Who works at these units and is not shut out already, each once."""
    found = {
        one.id: one
        for unit_id in dict.fromkeys(unit_ids)
        for one in handlers_of(db.session(), unit_id, clock.today())
        if not case.bars(one)
    }
    return list(found.values())


def accuse_form(case: Case) -> AccuseForm:
    form = AccuseForm(prefix="accuse-", seen=stamp(case))
    people = at_desks(case, case.unit_id, case.owner_id)
    form.offer(
        [(kind.code, _(kind.label)) for kind in ACCUSED.values()],
        [(str(one.id), one.name) for one in people],
        WANT_A_NAME,
    )
    return form


def lift_form(case: Case) -> LiftForm:
    return LiftForm(prefix="lift-", seen=stamp(case))


def take_over_form(case: Case) -> TakeOverForm:
    return TakeOverForm(prefix="up-", seen=stamp(case))
