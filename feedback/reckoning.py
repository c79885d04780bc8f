"""Why a day is the day: the explanation of a promise, the same on every page and at the prompt."""

from collections.abc import Iterator
from datetime import date, timedelta

from feedback.clock import OFFICE_ZONE
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline
from feedback.rules.calendar import WorkCalendar
from feedback.rules.deadlines import DEADLINE_RULES, rule_on
from feedback.rules.explanations import Explanation, explain
from feedback.rules.sentences import format_day

HARD_LIMIT_IS_NEAR = timedelta(days=10)


def why(deadline: CaseDeadline, case: Case, calendar: WorkCalendar) -> Explanation | None:
    """How this promise was counted; None when today's tables would count it otherwise.

    The matter may have come from an office with a term of its own, or a holiday may have been
    entered since: better silent than wrong.
    """
    rule = case.rule_of(deadline)
    if rule is None:
        return None
    start = deadline.started_at.astimezone(OFFICE_ZONE)
    pauses = [pause.span for pause in case.pauses] if rule.stands_still else []
    counted_rule = rule.within(case.owner.answer_days)
    at_home = calendar.at(case.owner_id)
    told = explain(counted_rule, start, at_home, pauses, deadline.started_by)
    return told if deadline.paused_on or told.due.on == deadline.due_on else None


def in_order(case: Case) -> list[CaseDeadline]:
    """Every promise of the case, what still runs first, by its day."""
    return sorted(case.deadlines, key=lambda d: (d.met_on is not None, d.due_on, d.id))


def hard_limit(case: Case, today: date) -> CaseDeadline | None:
    """The 45 days after which a đơn that nobody has dealt with is a fault, once they are near."""
    near = today + HARD_LIMIT_IS_NEAR
    return next((d for d in case.running("ANY_45") if d.due_on <= near), None)


def explained(case: Case, calendar: WorkCalendar) -> Iterator[str]:
    """Every promise of the case in lines of plain text, what still runs first."""
    for deadline in in_order(case):
        rule = case.rule_of(deadline)
        kept = f"; xong {format_day(deadline.met_on)}" if deadline.met_on else ""
        label = rule.label if rule else deadline.rule_code
        yield f"{label}: {format_day(deadline.due_on)}{kept}"
        told = why(deadline, case, calendar)
        yield from (f"  {line}" for line in (told.lines if told else ()))


def counted(
    rule_code: str, start: date, calendar: WorkCalendar
) -> tuple[date, tuple[str, ...]] | None:
    """The due day of a rule for a start day, and the lines that explain it."""
    rule = rule_on(rule_code, start) if rule_code in DEADLINE_RULES else None
    if rule is None:
        return None
    told = explain(rule, start, calendar)
    return told.due.on, told.lines
