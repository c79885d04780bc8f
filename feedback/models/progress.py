"""Progress: the engine under a case's verbs. It records, meets the clocks and starts them."""

from collections.abc import Callable
from datetime import date
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy.orm import Mapped

from feedback.models.events import Act, CaseDeadline, CaseEvent, Message
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.deadlines import DeadlineRule, rules_for
from feedback.rules.lifecycle import CASE_STATUSES, next_status
from feedback.rules.terms import due

P = ParamSpec("P")
Self = TypeVar("Self", bound="Progress")
Verb = Callable[Concatenate[Self, Act, P], None]


def allowed(code: str) -> Callable[[Verb[Self, P]], Verb[Self, P]]:
    """A verb that asks the table first, so that a refused move has changed nothing."""

    def ask_first(verb: Verb[Self, P]) -> Verb[Self, P]:
        @wraps(verb)
        def checked(case: Self, act: Act, /, *args: P.args, **kwargs: P.kwargs) -> None:
            next_status(case.status, code, act.actor)
            verb(case, act, *args, **kwargs)

        return checked

    return ask_first


class Progress:
    """What every verb of a case goes through; the whole deadline engine, for every kind."""

    status: Mapped[str]
    kind_code: Mapped[str]
    is_petition: Mapped[bool]
    received_on: Mapped[date]
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

    @property
    def is_open(self) -> bool:
        return CASE_STATUSES[self.status].open

    def _move(self, code: str, act: Act, **detail: Any) -> None:
        """Record the event, meet the deadlines it meets and start those it starts."""
        before, self.status = self.status, next_status(self.status, code, act.actor)
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
            note="" if act.as_parent else act.note,
            detail=detail,
        )
        self.events.append(event)
        self._meet(code, act.on)
        self._start(code, act)
        self._promise()

    def _rules(self) -> tuple[DeadlineRule, ...]:
        return rules_for(self.kind_code, self.received_on, self.is_petition)

    def _meet(self, code: str, on: date) -> None:
        met = {rule.code for rule in self._rules() if code in rule.met_by}
        # A finished matter owes nothing more, save a look at a child in danger.
        kept = {rule.code for rule in self._rules() if rule.urgent}
        for deadline in self.deadlines:
            over = not self.is_open and deadline.rule_code not in kept
            if deadline.met_on is None and (deadline.rule_code in met or over):
                deadline.met_on = on

    def _start(self, code: str, act: Act) -> None:
        running = {d.rule_code for d in self.deadlines if d.met_on is None}
        for rule in self._rules():
            if code in rule.after and rule.code not in running:
                term = rule.within(self.owner.answer_days).term
                end = due(term, act.at, act.calendar, roll=rule.roll)
                self.deadlines.append(
                    CaseDeadline(
                        rule_code=rule.code,
                        started_by=code,
                        started_at=act.at,
                        due_on=end.on,
                        due_at=end.at,
                    )
                )

    def _promise(self) -> None:
        """`due_on`: what is owed next. `promised_on`: the day of the first answer, fixed by it."""
        self.due_on = min((d.due_on for d in self.deadlines if d.met_on is None), default=None)
        if self.answered_on is None and self.is_open:
            answered_by = {rule.code for rule in self._rules() if "answer" in rule.met_by}
            ends = [d.due_on for d in self.deadlines if d.rule_code in answered_by]
            self.promised_on = max(ends, default=None)

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
            text=act.note,
        )
        message.attachments.extend(act.files)
        self.messages.append(message)
