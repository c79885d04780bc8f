"""What a desk has beside its cases: reply templates, a kept view, somebody who stands in."""

from datetime import timedelta

from feedback.demo.place import Place, at
from feedback.demo.tree import SHOWN
from feedback.models.officers import Delegation, SavedView
from feedback.models.replies import ReplyTemplate
from feedback.models.units import Unit
from feedback.shipped import read

WRITTEN_BEFORE, AWAY_FROM, AWAY_TO = 60, -1, 3
KEPT_VIEW = {"folder": "overdue", "subject": "BAN_TRU"}


def build(place: Place) -> None:
    """At the shown school and at its office, as their people would have made it."""
    told, shown = read("desks"), place.units[SHOWN]
    _write_templates(place, place.office, told["templates"]["office"])
    _write_templates(place, shown, told["templates"]["school"])
    clerk = place.officer(shown, "clerk")
    place.session.add(SavedView(officer_id=clerk.id, name=told["view"], where=KEPT_VIEW))
    _stand_in(place)
    place.session.flush()


def _write_templates(place: Place, unit: Unit, rows: list[dict[str, str]]) -> None:
    """What the office writes it lends to its schools."""
    moment = at(place.wishes.today - timedelta(days=WRITTEN_BEFORE), 9)
    for row in rows:
        one = ReplyTemplate(unit=unit, unit_id=unit.id)
        one.rewrite(row["name"], row["text"], not unit.is_school, moment)
        place.session.add(one)


def _stand_in(place: Place) -> None:
    """One of the office's two is away these days; the other looks after both desks."""
    away, stays = (
        place.staff[place.office.id, "office"][-1],
        place.staff[place.office.id, "office"][0],
    )
    today, calendar = place.wishes.today, place.calendar
    made = Delegation(unit_id=place.office.id, officer_id=away.id, delegate_id=stays.id)
    made.from_on = calendar.add_working_days(today, AWAY_FROM)
    made.to_on = calendar.add_working_days(today, AWAY_TO)
    made.made_at = at(made.from_on, 8)
    place.session.add(made)
