"""Days, moments and the sentences of the rules, in the language of the reader."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from flask_babel import format_date, ngettext
from flask_babel import gettext as _

from feedback.clock import OFFICE_ZONE
from feedback.rules.explanations import Explanation, how_far
from feedback.rules.sentences import Refusal, Said, Sentence, Value
from feedback.rules.terms import CALENDAR_DAYS, HOURS, WORKING_DAYS, Term
from feedback.web import here


def day(value: date) -> str:
    """“Thứ Tư, 09/12/2026”, “Wednesday, 09/12/2026”."""
    return str(format_date(value, "EEEE, dd/MM/yyyy"))


def moment(value: datetime) -> str:
    """“09:30, 24/11/2026” by the office's clock."""
    return f"{value.astimezone(OFFICE_ZONE):%H:%M, %d/%m/%Y}"


# English has a plural; Vietnamese says both alike.
COUNTED: dict[str, Callable[[int], Any]] = {
    WORKING_DAYS: lambda n: ngettext("%(num)s ngày làm việc", "%(num)s ngày làm việc", n),
    CALENDAR_DAYS: lambda n: ngettext("%(num)s ngày", "%(num)s ngày", n),
    HOURS: lambda n: ngettext("%(num)s giờ", "%(num)s giờ", n),
}


def term(value: Term) -> str:
    """“10 ngày làm việc”."""
    if not value.quantity:
        return str(_("ngay lập tức"))
    return str(COUNTED[value.unit](value.quantity))


def sentence(said: Sentence) -> str:
    """A sentence of the rules, translated before its gaps are filled."""
    return str(_(said.text, **{name: _filled(value) for name, value in said.values.items()}))


def said(words: Said) -> str:
    """What a rule says, with gaps or without; nothing where it says nothing."""
    if isinstance(words, Sentence):
        return sentence(words)
    return str(_(words)) if words else ""


def refused(refusal: Refusal) -> str:
    """Which rule refuses it."""
    return said(refusal.said)


def lines(explanation: Explanation | None) -> list[str]:
    """Why a date is that date, line by line; none when there is nothing to explain."""
    return [sentence(said) for said in explanation.sentences] if explanation else []


def distance(until: date, today: date) -> str:
    """“còn 3 ngày làm việc”, “hôm nay”, “quá hạn 2 ngày làm việc”."""
    return sentence(how_far(until, today, here.calendar()))


def listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _filled(value: Value) -> str | int:
    if isinstance(value, datetime):
        return f"{value:%H:%M} {day(value)}"
    if isinstance(value, date):
        return day(value)
    return term(value) if isinstance(value, Term) else _(value) if isinstance(value, str) else value
