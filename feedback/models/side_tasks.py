"""SideTasks: what a matter asks for besides its answer: whom to tell of it, what to inspect."""

from feedback.models.events import Act
from feedback.models.petition_facts import PetitionFacts
from feedback.models.progress import allowed
from feedback.rules.deadlines import rule_on
from feedback.rules.forwarders import FORWARDERS


class SideTasks(PetitionFacts):
    """Facts that an officer finds out and says, and the clock each of them starts."""

    @allowed("forwarded")
    def forwarded(self, act: Act, code: str, name: str) -> None:
        """Another body passed it on; from the day we got it we owe that body the result."""
        self.forwarder_code, self.forwarder = code, name
        self._move("forwarded", act, forwarder=code)
        if "TC_PRESS" in FORWARDERS[code].clocks:
            self._run("TC_PRESS", "forwarded", act)

    @allowed("tell_forwarder")
    def tell_forwarder(self, act: Act) -> None:
        self._move("tell_forwarder", act)

    @allowed("verify_widely")
    def verify_widely(self, act: Act) -> None:
        """Ten working days instead of seven, from the same day."""
        self._move("verify_widely", act)
        for deadline in self.running("TC_INITIAL"):
            deadline.met_on = act.on
        self._run("TC_INITIAL_EXT", "verify_widely", act)

    @allowed("not_ours")
    def not_ours(self, act: Act) -> None:
        self._move("not_ours", act)
        self._run("TC_TRANSFER", "not_ours", act)

    @allowed("find_concrete")
    def find_concrete(self, act: Act) -> None:
        """It names who did what, with evidence: to be inspected, or handed on."""
        self.concrete_on = act.on
        self._move("find_concrete", act)

    @allowed("inspect")
    def inspect(self, act: Act) -> None:
        self.inspected_on = act.on
        self._move("inspect", act)

    def _run(self, code: str, step: str, act: Act) -> None:
        """A clock that only a person can start, counted from the day this desk got the đơn."""
        rule = rule_on(code, self.law_on)
        if rule is not None and code in self.codes:
            self._begin(rule, step, self.arrived_at(), act.calendar)
            self._promise()
