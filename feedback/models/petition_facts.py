"""PetitionFacts: what a signed đơn knows of itself, and what forbids a move beyond the table."""

from collections.abc import Callable
from datetime import date, datetime

from sqlalchemy import String
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.events import CaseDeadline
from feedback.models.progress import Progress
from feedback.rules import petition_limits as limits
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.passages import PASSAGES
from feedback.rules.sentences import Said


def refuse_if(sentence: Said) -> None:
    if sentence:
        raise MoveRefused(sentence)


class PetitionFacts(Progress):
    """The columns of a signed khiếu nại or tố cáo, and the conditions read from them."""

    signed_on: Mapped[date | None]
    # What the first decision (or conclusion) found, and the second.
    result_code: Mapped[str | None] = mapped_column(String(16))
    result_again_code: Mapped[str | None] = mapped_column(String(16))
    # How often the running term was extended.
    extended: Mapped[int] = mapped_column(default=0)
    # The dialogue of the instance that is at work: the day agreed, and the day it was held.
    dialogue_on: Mapped[date | None]
    dialogue_held_on: Mapped[date | None]
    # The sender has written a second đơn, not signed yet: from then on the unit above knows of it.
    appealed_on: Mapped[date | None]
    # Who passed it on to us and must hear what came of it: a code of FORWARDERS, and its name.
    forwarder_code: Mapped[str | None] = mapped_column(String(16))
    forwarder: Mapped[str | None] = mapped_column(String(200))
    # Anonymous information that is concrete: to be inspected or handed on; when it was inspected.
    concrete_on: Mapped[date | None]
    inspected_on: Mapped[date | None]

    # Columns of the case itself that these verbs write.
    answered_again_on: Mapped[date | None]
    reopened_on: Mapped[date | None]
    escalated_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    transferred_on: Mapped[date | None]

    def why_not(self, code: str, on: date) -> Said:
        condition = CONDITIONS.get(code)
        return condition(self, on) if condition else ""

    def _answered(self, on: date) -> None:
        """The first answer stays the first; at a second look this is the one that was owed."""
        self.answered_on = self.answered_on or on
        self.answered_again_on = on if self.reopened_on else None

    @property
    def lodged_again(self) -> bool:
        """Whether the unit above has it, by a second đơn or because it took it up."""
        return any(event.move_code in ("lodge_again", "take_up") for event in self.events)

    @property
    def owes_inspection(self) -> bool:
        """Concrete information that was neither inspected nor handed on since."""
        if self.concrete_on is None or self.inspected_on:
            return False
        return self.transferred_on is None or self.transferred_on < self.concrete_on

    def last_day_to_complain(self) -> date | None:
        """The last day to complain again; nobody's while no decision or lapse has opened it."""
        ends = [d.due_on for d in self.deadlines if d.rule_code == "KN2_LODGE"]
        return ends[-1] if ends else None

    def is_overdue(self, on: date) -> bool:
        """Whether the term of the decision or conclusion itself has passed."""
        term = self.term()
        return term is not None and term.due_on < on

    def arrived_at(self) -> datetime:
        """When the desk that answers got the đơn."""
        steps = ("transfer", "sign", "receive")
        return next(e.at for step in steps for e in reversed(self.events) if e.move_code == step)

    def running(self, *codes: str) -> list[CaseDeadline]:
        """The promises of these rules that are not met."""
        return [d for d in self.deadlines if d.met_on is None and d.rule_code in codes]

    def term(self) -> CaseDeadline | None:
        """The running term of the decision or conclusion itself."""
        rules = ((d, self.rule_of(d)) for d in self.deadlines if d.runs)
        return next((d for d, rule in rules if rule and rule.stands_still), None)


Condition = Callable[[PetitionFacts, date], Said]


def _once(*rule_codes: str) -> Condition:
    """An act that meets a clock is recorded once."""
    return lambda case, _on: "" if case.running(*rule_codes) else limits.ALREADY_DONE


def _lapse(case: PetitionFacts, on: date) -> str:
    ends = [d.due_on for d in case.running(*PASSAGES["lapse"].clocks)]
    return "" if ends and max(ends) < on else limits.NOT_LAPSED


def _take_effect(case: PetitionFacts, on: date) -> Said:
    ends = [d.due_on for d in case.running(*PASSAGES["take_effect"].clocks)]
    return limits.not_in_force(max(ends)) if ends and on <= max(ends) else ""


def _forgo(case: PetitionFacts, on: date) -> str:
    ends = [d.due_on for d in case.running(*PASSAGES["forgo"].clocks)]
    return "" if ends and max(ends) < on else limits.MAY_LODGE_YET


def _send_suspension(case: PetitionFacts, on: date) -> Said:
    return "" if case.status == "terminated" else _once("KN_SUSPEND_SEND")(case, on)


def _dialogue(case: PetitionFacts, _on: date) -> str:
    return "" if case.dialogue_on else limits.NEEDS_INVITATION


def _decide_again(case: PetitionFacts, _on: date) -> str:
    return "" if case.dialogue_held_on else limits.NEEDS_DIALOGUE


def _extend(case: PetitionFacts, _on: date) -> str:
    most = 1 if case.kind_code == "KN" else 2
    return limits.most_extensions(case.kind_code) if case.extended >= most else ""


def _told_all(case: PetitionFacts, _on: date) -> str:
    """A denunciation is over only when its conclusion was sent and published."""
    if case.running("TC_SEND"):
        return limits.NOT_SENT
    return limits.NOT_PUBLISHED if case.running("TC_PUBLISH") else ""


def _close(case: PetitionFacts, on: date) -> str:
    return limits.NEEDS_REVIEW if case.running("TC_AGAIN") else _told_all(case, on)


def _second(case: PetitionFacts) -> str:
    return limits.LODGED_ALREADY if case.lodged_again else ""


def _lodge_again(case: PetitionFacts, on: date) -> str:
    return _second(case) or _told_all(case, on)


def _appeal(case: PetitionFacts, on: date) -> Said:
    """In time, once; a denunciation also because its term was let pass."""
    until = case.last_day_to_complain()
    if second := _second(case):
        return second
    if until is not None and until < on:
        return limits.lodged_too_late(until)
    overdue = case.status != "verifying" or case.is_overdue(on)
    return "" if overdue else limits.NOT_OVERDUE


def _overdue_claim(case: PetitionFacts, on: date) -> str:
    if case.running("TC_OVERDUE_ASK", "TC_OVERDUE_REPORT"):
        return limits.CLAIMED_ALREADY
    return "" if case.is_overdue(on) else limits.NOT_OVERDUE


def _take_up(case: PetitionFacts, on: date) -> str:
    if not any(event.move_code == "demand_report" for event in case.events):
        return limits.NEEDS_CLAIM
    waits = [d for d in case.running("TC_OVERDUE_REPORT") if d.due_on >= on]
    return limits.NEEDS_REPORT if waits else ""


def _tell_forwarder(case: PetitionFacts, on: date) -> Said:
    if not case.forwarder_code:
        return limits.NO_FORWARDER
    return _once("FWD_RESULT", "TC_PRESS")(case, on)


def _forwarded(case: PetitionFacts, _on: date) -> str:
    return limits.ALREADY_DONE if case.forwarder_code else ""


def _find_concrete(case: PetitionFacts, _on: date) -> str:
    if case.kind_code != "TC":
        return limits.ONLY_OF_DENUNCIATIONS
    return limits.ALREADY_DONE if case.concrete_on else ""


def _inspect(case: PetitionFacts, _on: date) -> str:
    return "" if case.owes_inspection else limits.ALREADY_DONE


def _inspected(case: PetitionFacts, _on: date) -> str:
    return limits.NEEDS_INSPECTION if case.owes_inspection else ""


def _not_ours(case: PetitionFacts, _on: date) -> str:
    return limits.ALREADY_DONE if case.running("TC_TRANSFER") else ""


CONDITIONS: dict[str, Condition] = {
    "lapse": _lapse,
    "forgo": _forgo,
    "take_effect": _take_effect,
    "send_suspension": _send_suspension,
    "dialogue": _dialogue,
    "decide_again": _decide_again,
    "extend": _extend,
    "lodge_again": _lodge_again,
    "appeal": _appeal,
    "overdue_claim": _overdue_claim,
    "demand_report": _once("TC_OVERDUE_ASK"),
    "report": _once("TC_OVERDUE_REPORT"),
    "take_up": _take_up,
    "forwarded": _forwarded,
    "tell_forwarder": _tell_forwarder,
    "verify_widely": _once("TC_INITIAL"),
    "not_ours": _not_ours,
    "find_concrete": _find_concrete,
    "inspect": _inspect,
    "answer": _inspected,
    "refuse": _inspected,
    "close": _close,
    "review": _once("TC_AGAIN"),
    "notify_acceptance": _once("TC_ACCEPT_NOTICE"),
    "send_conclusion": _once("TC_SEND"),
    "publish_conclusion": _once("TC_PUBLISH"),
}
