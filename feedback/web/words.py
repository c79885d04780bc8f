"""Days, moments and the sentences of the rules, in the language of the reader."""

from collections.abc import Callable, Iterable
from datetime import date, datetime
from typing import Any

from flask_babel import format_date, get_locale, ngettext
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from feedback.clock import OFFICE_ZONE
from feedback.rules.explanations import OVERDUE, Explanation, how_far
from feedback.rules.retention import DAYS, FOREVER, MONTHS, PERIOD_UNITS, YEARS
from feedback.rules.sentences import Refusal, Said, Sentence, Value, format_day
from feedback.rules.terms import CALENDAR_DAYS, HOURS, WORKING_DAYS, Term
from feedback.web import here

VIETNAMESE = "vi"


def day(value: date) -> str:
    """Inside a sentence: “thứ Tư, 09/12/2026”, “Wednesday, 09/12/2026”."""
    # The rules have the names of the days as the law writes them; the library has not.
    if str(get_locale()) == VIETNAMESE:
        return format_day(value)
    return str(format_date(value, "EEEE, dd/MM/yyyy"))


def day_alone(value: date) -> str:
    """At the head of a line: “Thứ Tư, 09/12/2026”."""
    return capital(day(value))


def capital(said: str) -> str:
    return said[:1].upper() + said[1:]


def moment(value: datetime) -> str:
    """“09:30, 24/11/2026” by the office's clock."""
    return f"{value.astimezone(OFFICE_ZONE):%H:%M, %d/%m/%Y}"


# What happens to a QR point, in its history and in the ledger.
POINT_ACTS: dict[str, Any] = {
    "make": _l("Tạo mã"),
    "revoke": _l("Thu hồi"),
    "restore": _l("Dùng lại"),
    "move": _l("Đổi chỗ, tờ in mang số mới"),
    "pause": _l("Tạm dừng nhận phiếu"),
    "resume": _l("Nhận phiếu lại"),
    "gather": _l("Ghi buổi đông người"),
    "call_off": _l("Bỏ buổi đông người"),
}
# English has a plural; Vietnamese says both alike.
COUNTED: dict[str, Callable[[int], Any]] = {
    WORKING_DAYS: lambda n: ngettext("%(num)s ngày làm việc", "%(num)s ngày làm việc", n),
    CALENDAR_DAYS: lambda n: ngettext("%(num)s ngày", "%(num)s ngày", n),
    HOURS: lambda n: ngettext("%(num)s giờ", "%(num)s giờ", n),
}

# How long something is kept.
PERIODS: dict[str, Callable[[int], Any]] = {
    DAYS: lambda n: ngettext("%(num)s ngày", "%(num)s ngày", n),
    MONTHS: lambda n: ngettext("%(num)s tháng", "%(num)s tháng", n),
    YEARS: lambda n: ngettext("%(num)s năm", "%(num)s năm", n),
    FOREVER: lambda _n: _(PERIOD_UNITS[FOREVER]),
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


def beside(until: date, today: date) -> str:
    """The same beside a chip that has said “Quá hạn” already: then only by how much."""
    far = how_far(until, today, here.calendar())
    return str(_filled(far.values["term"])) if far.text == OVERDUE else sentence(far)


def listed(parts: Iterable[str]) -> str:
    return ", ".join(parts)


def _filled(value: Value) -> str | int:
    if isinstance(value, datetime):
        return f"{value:%H:%M} {day(value)}"
    if isinstance(value, date):
        return day(value)
    return term(value) if isinstance(value, Term) else _(value) if isinstance(value, str) else value
