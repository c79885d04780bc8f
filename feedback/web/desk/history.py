"""What happened to a case: who, when, before and after, in words instead of codes."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from sqlalchemy import select

from analysis.urgency import CATEGORIES
from feedback import access, db
from feedback.models.cases import Case
from feedback.models.events import CaseEvent
from feedback.models.ledger import LedgerEntry
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.papers.catalogue import PAPERS
from feedback.rules.about import ABOUT
from feedback.rules.lifecycle import CASE_STATUSES, MOVES, PARENT, SYSTEM
from feedback.rules.openings import OPENING_GROUNDS
from feedback.rules.outcomes import FACES, OUTCOMES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.recusals import ACCUSED, RELATIONS
from feedback.rules.refusals import REFUSALS
from feedback.rules.results import EXTENSION_GROUNDS, RESULTS
from feedback.rules.subjects import SUBJECTS
from feedback.web import contacts, here, words

SEEN = {
    contacts.LOOKED: _l("Xem liên hệ của người gửi"),
    contacts.FETCHED: _l("Mở văn bản, tệp của vụ việc được niêm phong"),
}
# Another matter by its reference.
KIN = ("part", "into", "joined", "out_of")
# Their words are for the desk that wrote them.
INSIDE = frozenset(
    {"note", "attend", "alert", "assign", "accept", "recuse", "lift_recusal", "send_back"}
) | {"hold_back", "let_in", "ask_opening"}


def history(case: Case) -> list[dict[str, Any]]:
    """The events, the newest first. What one desk wrote for itself stays with it."""
    names = _Names(case)
    told = [(event.at, _told(event, names)) for event in case.events if _is_shown(event, names)]
    told = sorted([*_looks(case), *told], key=lambda one: one[0])
    return [line for _at, line in reversed(told)]


def _looks(case: Case) -> list[tuple[datetime, dict[str, Any]]]:
    """Who saw the contact or took sealed files, for the head of the unit they did it at."""
    signs = here.scope().signs
    if case.owner_id not in signs:
        return []
    found = db.session.scalars(contacts.looks(case).where(LedgerEntry.unit_id.in_(signs))).all()
    names = _read(Officer, {look.officer_id for look in found if look.officer_id}, _name)
    return [(look.at, _look(look, names)) for look in found]


def _look(look: LedgerEntry, names: Mapping[int, str]) -> dict[str, Any]:
    return {
        "at": words.moment(look.at),
        "who": names.get(look.officer_id or 0, ""),
        "what": str(SEEN[look.action]),
        "before": "",
        "after": "",
        "note": "",
    }


def _name(officer: Officer) -> str:
    return officer.name


def _is_shown(event: CaseEvent, names: "_Names") -> bool:
    # Who stepped aside and is back does not read what was said of that.
    if event.detail.get("recused") == here.officer().id:
        return False
    if event.move_code == "note":
        return event.unit_id in names.inside
    return _kin(event) <= names.known


def _kin(event: CaseEvent) -> set[str]:
    """The other matters an event names: whoever may not know of one does not read of it."""
    return {event.detail[field] for field in KIN if field in event.detail}


class _Names:
    """The people and units that the events of one case speak of, each read once."""

    def __init__(self, case: Case) -> None:
        self.inside = access.insiders(here.scope(), case)
        named = {reference for event in case.events for reference in _kin(event)}
        self.known = access.known_references(db.session(), here.scope(), named) if named else set()
        officers, units = _ids(case, "handler"), _ids(case, "owner")
        self.officers: dict[int, str] = _read(Officer, officers, lambda o: o.name)
        self.units: dict[int, str] = _read(Unit, units, lambda u: u.short_name)


def _ids(case: Case, field: str) -> set[int]:
    found = (event.detail.get(field) or () for event in case.events)
    return {id_ for pair in found for id_ in pair if id_ is not None}


def _read(model: Any, ids: set[int], name: Callable[[Any], str]) -> dict[int, str]:
    if not ids:
        return {}
    return {row.id: name(row) for row in db.session.scalars(select(model).where(model.id.in_(ids)))}


def _told(event: CaseEvent, names: _Names) -> dict[str, Any]:
    before, after = _change(event, names)
    return {
        "at": words.moment(event.at),
        "who": _who(event),
        "what": _(MOVES[event.move_code].label),
        "before": before,
        "after": after,
        "note": _note(event, names),
    }


def _who(event: CaseEvent) -> str:
    if event.actor == PARENT:
        return str(_("Phụ huynh"))
    if event.actor == SYSTEM or event.officer is None:
        return str(_("Hệ thống"))
    return event.officer.name


# --- before and after -------------------------------------------------------------------------

LABELS: dict[str, Mapping[str, Any]] = {
    "kind": PETITION_KINDS,
    "subject": SUBJECTS,
    "about": ABOUT,
    "outcome": OUTCOMES,
}


def _change(event: CaseEvent, names: _Names) -> tuple[str, str]:
    """What changed, as it was and as it is; the step of the case where nothing else did."""
    pairs = [_pair(field, value, names) for field, value in event.detail.items()]
    said = [pair for pair in pairs if pair]
    if not said and event.from_status and event.from_status != event.to_status:
        said = [(_status(event.from_status), _status(event.to_status))]
    return " · ".join(b for b, _after in said if b), " · ".join(a for _before, a in said if a)


def _pair(field: str, value: Any, names: _Names) -> tuple[str, str] | None:
    if field in LABELS:
        return _label(LABELS[field], value[0]), _label(LABELS[field], value[1])
    known = {"handler": names.officers, "owner": names.units}.get(field)
    if known is None or value[0] == value[1]:
        return None
    return known.get(value[0], ""), known.get(value[1], "")


def _label(catalogue: Mapping[str, Any], code: str | None) -> str:
    return str(_(catalogue[code].label)) if code and code in catalogue else code or ""


def _status(code: str) -> str:
    return str(_(CASE_STATUSES[code].label))


# --- what goes with it ------------------------------------------------------------------------


def _note(event: CaseEvent, names: _Names) -> str:
    """The words of the event, and what its codes say besides."""
    own = event.note if event.move_code not in INSIDE or event.unit_id in names.inside else ""
    said = [
        own,
        *(say(event.detail[field]) for field, say in DETAILS.items() if event.detail.get(field)),
    ]
    if event.unit_id in names.inside and event.detail.get("unshown"):
        said.append(_("Không kèm ảnh, giấy tờ vì: %(why)s", why=event.detail["unshown"]))
    return " · ".join(text for text in said if text)


DETAILS: dict[str, Callable[[Any], str]] = {
    "done": lambda value: _("Đã làm: %(what)s", what=value),
    "paper": lambda code: _label(PAPERS, code),
    "ground": lambda code: _label(OPENING_GROUNDS, code),
    "number": lambda number: _("số %(number)s", number=number),
    "step": lambda code: _label(MOVES, code),
    "relation": lambda code: _(RELATIONS[code]) if code in RELATIONS else "",
    "accused": lambda code: _label(ACCUSED, code),
    "part": lambda reference: _("phần tách ra mang mã %(reference)s", reference=reference),
    "joined": lambda reference: _("mã %(reference)s", reference=reference),
    "into": lambda reference: _("gộp vào %(reference)s", reference=reference),
    "out_of": lambda reference: _("tách khỏi %(reference)s", reference=reference),
    "reason": lambda code: _label(REFUSALS, code),
    "result": lambda code: _label(RESULTS, code),
    "grounds": lambda codes: ", ".join(
        _(EXTENSION_GROUNDS[code]) for code in codes if code in EXTENSION_GROUNDS
    ),
    "day": lambda day: words.day_alone(date.fromisoformat(day)),
    "face": lambda face: _(FACES[face]) if face in FACES else "",
    "categories": lambda codes: ", ".join(_(CATEGORIES[c]) for c in codes if c in CATEGORIES),
}
