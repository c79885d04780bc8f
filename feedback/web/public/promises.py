"""By when somebody must answer, and why that day: before a send, on the receipt, on the thread."""

from dataclasses import dataclass
from datetime import date

from feedback import reckoning
from feedback.models.cases import Case
from feedback.models.events import CaseDeadline
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.rules.deadlines import rules_for
from feedback.rules.explanations import Explanation, explain


def ahead(owner: Unit, kind_code: str, on: date, calendar: WorkCalendar) -> Explanation | None:
    """The promise a matter of this kind would get if it came in on that day; thanks get none."""
    rules = (rule.within(owner.answer_days) for rule in rules_for(kind_code, on, signed=False))
    told = [
        explain(r, on, calendar.at(owner.id), step="receive")
        for r in rules
        if "receive" in r.after and "answer" in r.met_by
    ]
    return max(told, key=lambda explanation: explanation.due.on, default=None)


@dataclass(frozen=True, slots=True)
class Promise:
    """The day by which an answer is owed. `why` is none when the law of today counts otherwise."""

    on: date
    why: Explanation | None


def owed(case: Case, calendar: WorkCalendar) -> Promise | None:
    """By when this case is to be answered (again); nothing when no answer is owed."""
    running = [d for d in case.deadlines if d.runs and _by_answer(d, case)]
    last = max(running, key=lambda deadline: deadline.due_on, default=None)
    return Promise(last.due_on, reckoning.why(last, case, calendar)) if last else None


@dataclass(frozen=True, slots=True)
class Term:
    """One running term of a matter as its sender reads it."""

    label: str
    on: date
    why: Explanation | None


def running(case: Case, calendar: WorkCalendar) -> list[Term]:
    """Every term that runs in this matter, but for those that are owed to somebody else."""
    rules = [(one, case.rule_of(one)) for one in reckoning.in_order(case) if one.runs]
    return [
        Term(rule.label, one.due_on, reckoning.why(one, case, calendar))
        for one, rule in rules
        if rule is not None and not (rule.urgent or rule.outlives)
    ]


def _by_answer(deadline: CaseDeadline, case: Case) -> bool:
    rule = case.rule_of(deadline)
    return rule is not None and "answer" in rule.met_by
