"""Quyền riêng tư of one unit: who is responsible, what is kept and how long, and one's rights."""

from typing import Any

from flask_babel import gettext as _

from feedback import clock, db
from feedback.disposing import term_of
from feedback.models.points import QrPoint
from feedback.models.units import Unit
from feedback.rules.consents import CONSENTS, PURPOSES
from feedback.rules.data_requests import DATA_REQUESTS
from feedback.rules.deadlines import DEADLINE_RULES
from feedback.rules.inventory import DATA_CLASSES
from feedback.rules.retention import RETENTION
from feedback.web import words
from feedback.web.public.doors import Site
from feedback.web.rights.keeping import in_words

# What parents leave: these classes of the inventory, and how long each kind of record lives.
THEIRS = ("words", "file", "contact")
SHOWN = ("spam", "contact", "opinion", "information", "petition", "visit", "survey")


def general() -> dict[str, Any]:
    """What holds everywhere, from the catalogues."""
    return {
        "kept": [_kept(code) for code in THEIRS],
        "rights": [
            {
                "label": _(kind.label),
                "hint": _(kind.hint),
                "term": _("làm ngay")
                if kind.at_once
                else words.term(DEADLINE_RULES[kind.rule_code][-1].term),
            }
            for kind in DATA_REQUESTS.values()
        ],
        "consents": [
            {"purpose": _(PURPOSES[one.purpose]), "text": _(one.text)} for one in CONSENTS.values()
        ],
        "periods": [_period(code, None) for code in SHOWN],
    }


def of(point: QrPoint) -> dict[str, Any]:
    """The same for one unit, with its own periods and whom to ask."""
    periods = [_period(code, point.unit) for code in SHOWN]
    site = Site.of(point)
    return {**general(), "periods": periods, "unit": site.unit, "code": site.code}


def _kept(code: str) -> dict[str, str]:
    one = DATA_CLASSES[code]
    return {"label": _(one.label), "kept": _(one.kept)}


def _period(code: str, unit: Unit | None) -> dict[str, str]:
    term = term_of(db.session(), unit, code, clock.today()) if unit else RETENTION[code]
    period = term.period
    return {"label": _(term.label), "period": in_words(period.quantity, period.unit)}
