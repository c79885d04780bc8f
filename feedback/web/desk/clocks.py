"""The clocks of a case as the staff read them: by when, how far, met or not, and why that day."""

from datetime import date, timedelta
from typing import Any

from flask_babel import gettext as _

from feedback import clock, reckoning
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline
from feedback.rules.explanations import REMAINS, STANDS_STILL
from feedback.rules.sentences import Sentence
from feedback.rules.terms import HOURS, Term
from feedback.web import here, words

SOON = 2  # working days
HOUR = timedelta(hours=1)


def clocks(case: Case) -> list[dict[str, Any]]:
    """Every promise of the case: what still runs first, by its day, then what was kept."""
    return [_clock(deadline, case) for deadline in reckoning.in_order(case)]


def hard_limit(case: Case) -> dict[str, str] | None:
    """The 45-day alarm in words, while a đơn lies unhandled and the day is near or past."""
    deadline = reckoning.hard_limit(case, clock.today())
    if deadline is None:
        return None
    if deadline.due_on < clock.today():
        text = _(
            "Đơn này đã quá 45 ngày mà chưa được xử lý. Để quá hạn không có lý do là vi phạm bị "
            "xem xét kỷ luật (Điều 41 khoản 3 điểm b Nghị định 154/2026/NĐ-CP). Phải xử lý ngay."
        )
        return {"tone": "danger", "text": text}
    told = _(
        "Đơn này phải được xử lý trước khi hết 45 ngày: chậm nhất %(day)s, %(left)s (Điều 41 "
        "khoản 3 điểm b Nghị định 154/2026/NĐ-CP).",
        day=words.day(deadline.due_on),
        left=words.distance(deadline.due_on, clock.today()),
    )
    return {"tone": "warn", "text": told}


def _clock(deadline: CaseDeadline, case: Case) -> dict[str, Any]:
    rule = case.rule_of(deadline)
    why = reckoning.why(deadline, case, here.calendar())
    return {
        "label": _(rule.label) if rule else deadline.rule_code,
        "day": words.moment(deadline.due_at)
        if deadline.due_at
        else words.day_alone(deadline.due_on),
        "state": _state(deadline),
        "distance": _distance(deadline),
        "why": words.lines(why) or [_("Hạn này được tính theo quy định của đơn vị nhận trước đó.")],
    }


def soon_on() -> date:
    """The last day that is soon: two working days from now."""
    return here.calendar().add_working_days(clock.today(), SOON)


def _state(deadline: CaseDeadline) -> str:
    """A clock of hours is over at its hour, not at the end of its day."""
    if deadline.paused_on:
        return "paused"
    if deadline.due_at and not deadline.met_on and deadline.due_at < clock.now():
        return "overdue"
    return state(deadline.due_on, deadline.met_on)


def _distance(deadline: CaseDeadline) -> str:
    if deadline.paused_on:
        return str(_(STANDS_STILL))
    if not deadline.due_at or deadline.met_on:
        return distance(deadline.due_on, deadline.met_on)
    left = deadline.due_at - clock.now()
    hours = Term(max(1, abs(left) // HOUR), HOURS)
    late = left < timedelta(0)  # its chip says so
    return words.term(hours) if late else words.sentence(Sentence(REMAINS, {"term": hours}))


def state(due_on: date | None, met_on: date | None = None) -> str:
    """How a promise stands, in the words of `due_chip`."""
    if due_on is None:
        return "none"
    if met_on is not None:
        return "met" if met_on <= due_on else "met_late"
    if due_on < clock.today():
        return "overdue"
    return "soon" if due_on <= soon_on() else "on_time"


def distance(due_on: date | None, met_on: date | None = None) -> str:
    """How far a running promise is away, beside its chip; when it was kept, the day of that."""
    if due_on is None:
        return ""
    if met_on is not None:
        return str(_("xong %(day)s", day=f"{met_on:%d/%m}"))
    return words.beside(due_on, clock.today())
