"""Progress: the engine under a case's verbs. It records, meets the clocks and starts them."""

from collections.abc import Callable
from datetime import date, datetime
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Mapped

from feedback.clock import OFFICE_ZONE
from feedback.closed import Shut
from feedback.models.events import Act, CaseDeadline, CaseEvent, CasePause, Message
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.calendar import WorkCalendar
from feedback.rules.deadlines import DeadlineRule, rule_on, rules_for
from feedback.rules.forwarders import FORWARDERS
from feedback.rules.lifecycle import (
    CASE_STATUSES,
    Machine,
    MoveRefused,
    machine_of,
    next_status,
)
from feedback.rules.petitions import DENUNCIATION, PETITION_KINDS
from feedback.rules.sentences import Said
from feedback.rules.terms import Due, due

P = ParamSpec("P")
Self = TypeVar("Self", bound="Progress")
Verb = Callable[Concatenate[Self, Act, P], None]


def allowed(code: str) -> Callable[[Verb[Self, P]], Verb[Self, P]]:
    """A verb that asks the table first, so that a refused move has changed nothing."""

    def ask_first(verb: Verb[Self, P]) -> Verb[Self, P]:
        @wraps(verb)
        def checked(case: Self, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> None:
            next_status(case.machine, case.status, code, act.actor)
            refusal = case.why_not(code, act.on) or case.who_may_not(code, act.by, act.on)
            if refusal:
                raise MoveRefused(refusal)
            verb(case, act, *args, **kwargs)

        return checked

    return ask_first


class Progress:
    """What every verb of a case goes through; the whole deadline engine, for every kind."""

    status: Mapped[str]
    forwarder_code: Mapped[str | None]
    kind_code: Mapped[str]
    is_petition: Mapped[bool]
    hidden_from_school: Mapped[bool]
    received_on: Mapped[date]
    signed_on: Mapped[date | None]
    promised_on: Mapped[date | None]
    due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    owner_id: Mapped[int]
    handler_id: Mapped[int | None]
    owner: Mapped[Unit]
    handler: Mapped[Officer | None]
    events: Mapped[list[CaseEvent]]
    deadlines: Mapped[list[CaseDeadline]]
    messages: Mapped[list[Message]]
    pauses: Mapped[list[CasePause]]

    @property
    def machine(self) -> Machine:
        """The table this matter follows."""
        return machine_of(self.kind_code, self.is_petition)

    @property
    def law_on(self) -> date:
        """The day whose law holds: a đơn counts as received on the day it was signed."""
        return self.signed_on or self.received_on

    @property
    def is_closed(self) -> bool:
        """Whether its words lie sealed: a denunciation, and all that the school may not see."""
        return self.hidden_from_school or self.kind_code == DENUNCIATION

    def kept(self, words: str) -> str:
        """Words as this matter keeps them."""
        return Shut.of(words, self.owner.code) if words and self.is_closed else words

    def why_not(self, _code: str, _on: date) -> Said:
        """What the table cannot know: the sentence that forbids a move today, or nothing."""
        return ""

    def who_may_not(self, _code: str, _officer: Officer | None, _on: date) -> str:
        """Why this officer may not make a move that others may; nothing when it is right."""
        return ""

    @property
    def is_open(self) -> bool:
        return CASE_STATUSES[self.status].open

    def _move(self, code: str, act: Act, **detail: Any) -> None:
        """Record the event, meet the deadlines it meets and start those it starts."""
        before = self.status
        self.status = next_status(self.machine, before, code, act.actor)
        event = CaseEvent(
            seq=len(self.events) + 1,
            at=act.at,
            move_code=code,
            actor=act.actor,
            officer_id=act.by.id if act.by else None,
            unit_id=self.owner_id,
            from_status=before,
            to_status=self.status,
            # The sender's words live in the thread, once.
            note="" if act.as_parent else self.kept(act.note),
            detail=detail,
        )
        self.events.append(event)
        self._meet(code, act.on)
        self._start(code, act)
        self._promise()

    @property
    def codes(self) -> tuple[str, ...]:
        """The clocks that a matter of this kind can have."""
        kind = PETITION_KINDS[self.kind_code]
        return kind.signed_codes if self.is_petition else kind.deadline_codes

    def _rules(self) -> tuple[DeadlineRule, ...]:
        """Those that its kind runs by itself, and those that somebody who passed it on is owed."""
        usual = rules_for(self.kind_code, self.law_on, self.is_petition)
        known = FORWARDERS.get(self.forwarder_code or "")
        owed = known.clocks.intersection(self.codes) if known else ()
        told = (rule_on(code, self.law_on) for code in sorted(owed))
        return (*usual, *(rule for rule in told if rule is not None))

    def rule_of(self, deadline: CaseDeadline) -> DeadlineRule | None:
        """The rule of a promise, as the law stood on the day that counts for this matter."""
        return rule_on(deadline.rule_code, self.law_on)

    def _meet(self, code: str, on: date) -> None:
        # A finished matter owes nothing more, save a look at a child in danger.
        for deadline in self.deadlines:
            rule = self.rule_of(deadline)
            over = not self.is_open and not (rule and (rule.urgent or rule.outlives))
            if deadline.met_on is None and (over or (rule and code in rule.met_by)):
                deadline.met_on = on

    def _start(self, code: str, act: Act) -> None:
        running = {d.rule_code for d in self.deadlines if d.met_on is None}
        for rule in self._rules():
            # What counts backwards is no promise but a condition of the act itself.
            if code in rule.after and rule.code not in running and not rule.backwards:
                self._begin(rule, code, act.at, act.calendar)

    def _begin(self, rule: DeadlineRule, step: str, at: datetime, calendar: WorkCalendar) -> None:
        end = self._count(rule, at, calendar)
        self.deadlines.append(
            CaseDeadline(
                rule_code=rule.code, started_by=step, started_at=at, due_on=end.on, due_at=end.at
            )
        )

    def _count(self, rule: DeadlineRule, at: datetime, calendar: WorkCalendar) -> Due:
        term = rule.within(self.owner.answer_days).term
        start = at.astimezone(OFFICE_ZONE)
        pauses = [pause.span for pause in self.pauses] if rule.stands_still else []
        return due(term, start, calendar.at(self.owner_id), pauses, roll=rule.roll)

    def _promise(self) -> None:
        """`due_on`: what is owed next. `promised_on`: the day of the first answer, fixed by it."""
        rules = [(d, self.rule_of(d)) for d in self.deadlines]
        owed = (d.due_on for d, rule in rules if d.runs and not (rule and not rule.owed))
        self.due_on = min(owed, default=None)
        if self.answered_on is None and self.is_open:
            ends = (d.due_on for d, rule in rules if rule and "answer" in rule.met_by)
            self.promised_on = max(ends, default=None)

    def _refile(self, act: Act) -> None:
        """It has become another thing: other clocks, and the first step of another table."""
        if self.status not in self.machine.statuses:
            self.status = self.events[-1].to_status = "new"
        for deadline in self.deadlines:
            if deadline.met_on is None and deadline.rule_code not in self.codes:
                deadline.met_on = act.on
        self._catch_up(act.calendar)
        self._promise()

    def _catch_up(self, calendar: WorkCalendar) -> None:
        """The clocks a matter of this kind has from its first day, counted from that day."""
        signed = (event for event in self.events if event.move_code == "sign")
        first = next(signed, self.events[0])
        known = {deadline.rule_code for deadline in self.deadlines}
        for rule in self._rules():
            if first.move_code in rule.after and rule.code not in known:
                self._begin(rule, first.move_code, first.at, calendar)

    def _hand_to(self, to: Unit) -> None:
        self.owner, self.owner_id = to, to.id
        self.handler, self.handler_id = None, None

    def _say(self, act: Act, move_code: str, internal: bool = False) -> None:
        if not act.note:
            return
        message = Message(
            at=act.at,
            move_code=move_code,
            from_parent=act.as_parent,
            internal=internal,
            officer_id=act.by.id if act.by else None,
            unit_id=self.owner_id,
            text=self.kept(act.note),
        )
        message.attachments.extend(act.files)
        self.messages.append(message)
