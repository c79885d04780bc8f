"""Whom a typed-in matter accuses: who can be picked, what that makes of its way, its record."""

from collections.abc import Sequence
from dataclasses import replace

from flask_babel import gettext as _
from sqlalchemy import select

from analysis.accusing import names_leaders
from analysis.language import fold
from feedback import clock, db, recusing
from feedback.intake import Receipt
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.about import ABOUT
from feedback.rules.recusals import ACCUSED
from feedback.rules.roles import ROLES
from feedback.web import here
from feedback.web.answering.questions import WANT_A_NAME
from forms.accused import OFFICER
from forms.move_form import complain
from forms.petition import PetitionAnswers
from forms.type_in import TypeInForm

# What an accusation makes of “Việc này liên quan đến ai?”: past the school, whatever was ticked.
LEADERS, SCHOOL, UNKNOWN = "leaders", "school", "unknown"
OF_KIND = {"head": LEADERS, "deputy": LEADERS, "school": SCHOOL}


def offer(form: TypeInForm, units: Sequence[Unit]) -> None:
    """The same choice as on the page of a case, with the people of every unit asked for."""
    form.offer_accused(
        [(kind.code, _(kind.label)) for kind in ACCUSED.values()],
        [
            (unit.name, [(str(one.id), one.name) for one in people])
            for unit, people in _people(units)
        ],
        WANT_A_NAME,
    )


def _people(units: Sequence[Unit]) -> list[tuple[Unit, list[Officer]]]:
    """Who works at the desks of these units, in one reading."""
    today = clock.today()
    found = list(db.session.scalars(select(Officer).where(Officer.active).order_by(Officer.name)))
    at = {
        one.id: {r.unit_id for r in one.roles_on(today) if ROLES[r.code].handles} for one in found
    }
    people = [(unit, [one for one in found if unit.id in at[one.id]]) for unit in units]
    return [(unit, those) for unit, those in people if those]


def person(form: TypeInForm, unit: Unit) -> Officer | None:
    """The officer that is meant: picked from the list, or typed by a name of the list."""
    those = next((people for _unit, people in _people([unit])), [])
    if form.accused.data == OFFICER:
        return next((one for one in those if str(one.id) == form.accused_officer.data), None)
    said = f" {fold(form.accused_name.data or '')} "
    return next((one for one in those if f" {fold(one.name)} " in said), None)


def is_of_the_unit(form: TypeInForm, unit: Unit) -> bool:
    """Whether who was picked works where the matter belongs."""
    if form.accused.data != OFFICER or person(form, unit) is not None:
        return True
    complain(form.accused_officer, _("Người này không làm việc ở đơn vị đã chọn. Mời chọn lại."))
    return False


def answers(form: TypeInForm, unit: Unit) -> PetitionAnswers:
    """What was taken down; whoever must not judge it never sees it, whatever was ticked."""
    said = form.answers()
    if ABOUT[said.about_code].past_school:
        return said
    return replace(said, about_code=_about(form, unit) or said.about_code)


def _about(form: TypeInForm, unit: Unit) -> str:
    """Nothing where what was ticked decides."""
    kind = form.accused.data
    if kind in OF_KIND:
        return OF_KIND[kind]
    officer = person(form, unit) if kind else None
    if officer is not None and officer.signs_at(unit.id, clock.today()):
        return LEADERS
    if kind in WANT_A_NAME and names_leaders(form.accused_name.data):
        return LEADERS
    return UNKNOWN if kind and not ACCUSED[kind].clear else ""


def record(receipt: Receipt, form: TypeInForm, unit: Unit) -> None:
    """Named with the matter: an officer is shut out from the first moment on."""
    if not (receipt.fresh and form.accused.data):
        return
    officer = person(form, unit)
    kind = OFFICER if officer else form.accused.data
    told: Officer | str = officer or (form.accused_name.data if kind in WANT_A_NAME else "")
    recusing.accuse(db.session(), receipt.case, here.act(), kind, told)
