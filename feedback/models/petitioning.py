"""Petitioning: the verbs of a signed đơn, from the signature to what a decision leaves behind."""

from collections.abc import Collection
from datetime import date, datetime
from datetime import time as time_of_day

from feedback.clock import OFFICE_ZONE
from feedback.models.events import Act, CaseDeadline, CasePause
from feedback.models.petition_facts import refuse_if
from feedback.models.progress import allowed
from feedback.models.second_instance import SecondInstance
from feedback.models.side_tasks import SideTasks
from feedback.rules.deadlines import DeadlineRule, rule_on
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.petition_limits import (
    ENDED_BEFORE,
    dialogue_day,
    invitation_day,
    longer_code,
    too_few,
)


class Petitioning(SecondInstance, SideTasks):
    """What only a signed khiếu nại or tố cáo goes through."""

    # --- from information to đơn ---------------------------------------------------------------

    @allowed("sign")
    def sign(self, act: Act) -> None:
        """Signature and identity are recorded: from today the law's own clocks run."""
        self._move("sign", act)
        self.is_petition, self.signed_on = True, act.on
        self._refile(act)

    # --- the way to a decision -----------------------------------------------------------------

    @allowed("accept_again")
    def accept_again(self, act: Act) -> None:
        before, self.handler = self.handler_id, act.by
        self.handler_id = act.by.id if act.by else None
        self._move("accept_again", act, handler=[before, self.handler_id])

    @allowed("notify_acceptance")
    def notify_acceptance(self, act: Act) -> None:
        self._move("notify_acceptance", act)

    @allowed("invite")
    def invite(self, act: Act, day: date) -> None:
        """The letter for the dialogue goes out: early enough, or not at all."""
        rule = rule_on("KN_DIALOG_NOTICE", self.law_on)
        refuse_if(invitation_day(rule, day, act.on, act.calendar.at(self.owner_id)))
        self.dialogue_on = day
        self._move("invite", act, day=day.isoformat())
        self._say(act, "invite")

    @allowed("dialogue")
    def dialogue(self, act: Act, day: date) -> None:
        """The dialogue was held on that day; the note is what was agreed and what was not."""
        refuse_if(dialogue_day(day, self.dialogue_on, act.on))
        self.dialogue_held_on = day
        self._move("dialogue", act, day=day.isoformat())

    @allowed("decide")
    def decide(self, act: Act, result_code: str) -> None:
        # After a lapse the term to complain again starts anew, with the decision.
        for deadline in self.running("KN2_LODGE"):
            deadline.met_on = act.on
        self._find("decide", act, result_code)

    @allowed("decide_again")
    def decide_again(self, act: Act, result_code: str) -> None:
        self._find("decide_again", act, result_code)

    @allowed("conclude")
    def conclude(self, act: Act, result_code: str) -> None:
        self._find("conclude", act, result_code)

    def _find(self, code: str, act: Act, result_code: str) -> None:
        """The finding is the answer to the sender; the second one never replaces the first."""
        self._answered(act.on)
        if self.status == "verifying_again":
            self.result_again_code = result_code
        else:
            self.result_code = result_code
        self._move(code, act, result=result_code)
        self._say(act, code)

    # --- what follows it -----------------------------------------------------------------------

    @allowed("send_decision")
    def send_decision(self, act: Act) -> None:
        first = self.status == "decided"
        self._move("send_decision", act)
        if first:
            self._count_from_sending(act)

    def _count_from_sending(self, act: Act) -> None:
        """The days to complain again begin for the sender with the letter, not with the ink."""
        rule = rule_on("KN2_LODGE", self.law_on)
        for deadline in self.running("KN2_LODGE"):
            if rule is not None:
                end = self._count(rule, act.at, act.calendar)
                deadline.started_by, deadline.started_at = "send_decision", act.at
                deadline.due_on = end.on

    @allowed("send_conclusion")
    def send_conclusion(self, act: Act) -> None:
        self._move("send_conclusion", act)

    @allowed("publish_conclusion")
    def publish_conclusion(self, act: Act) -> None:
        self._move("publish_conclusion", act)

    @allowed("take_effect")
    def take_effect(self, act: Act) -> None:
        self.closed_on = act.on
        self._move("take_effect", act)

    # --- longer, not now, not at all -----------------------------------------------------------

    @allowed("extend")
    def extend(self, act: Act, grounds: Collection[str]) -> None:
        """One of the seven grounds makes the term longer; the shorter one is replaced."""
        refuse_if(too_few(grounds, self.extended))
        term = self.term()
        if term is None or term.due_on < act.on:
            raise MoveRefused(ENDED_BEFORE)
        rule = rule_on(longer_code(term.rule_code, len(grounds)), self.law_on)
        if rule is None:
            raise MoveRefused(ENDED_BEFORE)
        self.extended += 1
        self._move("extend", act, grounds=sorted(grounds))
        term.met_on = act.on
        self._lengthen(rule, term, act)
        self._promise()

    def _lengthen(self, rule: DeadlineRule, term: CaseDeadline, act: Act) -> None:
        """A complaint's longer term counts from thụ lý, a denunciation's from the old end."""
        if self.kind_code == "KN":
            self._begin(rule, term.started_by, term.started_at, act.calendar)
            return
        end = datetime.combine(term.due_on, time_of_day.min, OFFICE_ZONE)
        self._begin(rule, "extend", end, act.calendar)

    @allowed("suspend")
    def suspend(self, act: Act) -> None:
        self._move("suspend", act)
        self.pauses.append(CasePause(from_on=act.on))
        for deadline in self.deadlines:
            rule = self.rule_of(deadline)
            if deadline.runs and rule and rule.stands_still:
                deadline.paused_on = act.on
        self._promise()

    @allowed("resume")
    def resume(self, act: Act) -> None:
        """The days that stood still are given back; a term never gets shorter by that."""
        self._move("resume", act)
        self._end_pause(act)
        self._promise()

    def _end_pause(self, act: Act) -> None:
        for pause in self.pauses:
            pause.to_on = pause.to_on or act.on
        for deadline in self.deadlines:
            rule = self.rule_of(deadline)
            if deadline.paused_on and rule and deadline.met_on is None:
                end = self._count(rule, deadline.started_at, act.calendar)
                deadline.due_on = max(deadline.due_on, end.on)
            deadline.paused_on = None

    @allowed("terminate")
    def terminate(self, act: Act) -> None:
        self._move("terminate", act)
        self._end_pause(act)
        self.closed_on = None if self.is_open else act.on

    @allowed("send_suspension")
    def send_suspension(self, act: Act) -> None:
        self._move("send_suspension", act)
        self.closed_on = None if self.is_open else act.on

    @allowed("carry_on")
    def carry_on(self, act: Act) -> None:
        """The denouncer has withdrawn; there are signs of a violation, so it goes on."""
        self._move("carry_on", act)
