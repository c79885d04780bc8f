"""What a view may lean on in this request: settings, keys, shelf, calendar, officer and scope."""

from datetime import datetime, timedelta

from flask import current_app, g

from feedback import clock, db, scopes
from feedback.equipment import basin, keys, settings, shelf
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.submissions import Attachment
from feedback.models.units import load_calendar
from feedback.rules.calendar import WorkCalendar
from feedback.scopes import Scope

__all__ = [
    "act", "basin", "calendar", "forget_calendar", "keys", "officer", "scope", "settings", "shelf",
]  # fmt: skip

CALENDAR_LASTS = timedelta(seconds=30)


def calendar() -> WorkCalendar:
    """The working calendar, read again at most every half minute and after every edit here."""
    kept: tuple[datetime, WorkCalendar] | None = current_app.extensions.get("feedback.calendar")
    now = clock.now()
    if kept is None or not timedelta(0) <= now - kept[0] < CALENDAR_LASTS:
        kept = (now, load_calendar(db.session()))
        current_app.extensions["feedback.calendar"] = kept
    return kept[1]


def forget_calendar() -> None:
    """After an edit of the holidays."""
    current_app.extensions["feedback.calendar"] = None


def officer() -> Officer:
    """Who is signed in; the guard has made sure that somebody is."""
    found: Officer = g.officer
    return found


def scope() -> Scope:
    """What the signed-in officer may see and do today."""
    if "scope" not in g:
        g.scope = scopes.scope_of(db.session(), officer(), clock.today())
    found: Scope = g.scope
    return found


def act(note: str = "", files: tuple[Attachment, ...] = (), as_parent: bool = False) -> Act:
    """This request as an act on a case."""
    by = None if as_parent else officer()
    return Act(by, clock.now(), calendar(), note, as_parent, files)
