"""SecondInstance: what follows a first decision, a conclusion, or a term that was let pass."""

from feedback.models.events import Act
from feedback.models.petition_facts import PetitionFacts, refuse_if
from feedback.models.progress import allowed
from feedback.models.units import Unit
from feedback.models.verdicts import Verdict
from feedback.rules.petition_limits import lodged_too_late

TERMS_OF_A_DENUNCIATION = ("TC_RESOLVE", "TC_EXT1", "TC_EXT2")


class SecondInstance(PetitionFacts, Verdict):
    """The second đơn, from the sender's words to the desk above that answers it."""

    @allowed("lapse")
    def lapse(self, act: Act) -> None:
        """The first instance has let its term pass: that opens the second."""
        self._move("lapse", act)

    @allowed("forgo")
    def forgo(self, act: Act) -> None:
        """Nobody complained again in time; the first decision is still owed."""
        self._move("forgo", act)

    @allowed("appeal")
    def appeal(self, act: Act) -> None:
        """The sender's words for a second đơn: information, until somebody records a signature."""
        self.appealed_on = self.appealed_on or act.on
        self._move("appeal", act)
        self._say(act, "appeal")

    @allowed("lodge_again")
    def lodge_again(self, act: Act, to: Unit, obstacle: str = "") -> None:
        """The signed second đơn: the managing office answers, from a clean page.

        `obstacle`: what kept the sender from complaining in time.
        """
        until = self.last_day_to_complain()
        if until and until < act.on and not obstacle:
            refuse_if(lodged_too_late(until))
        before = self.owner_id
        self._hand_to(to)
        self._open_again(act.on)
        self.escalated_on = act.on
        self.extended, self.dialogue_on, self.dialogue_held_on = 0, None, None
        detail = {"obstacle": obstacle} if obstacle else {}
        self._move("lodge_again", act, owner=[before, to.id], **detail)

    @allowed("review")
    def review(self, act: Act) -> None:
        self._move("review", act)

    # --- a denunciation that is overdue (Luật Tố cáo 2018 Đ38) ---------------------------------

    @allowed("overdue_claim")
    def overdue_claim(self, act: Act) -> None:
        """The desk above has a signed đơn that says the term was let pass."""
        self.appealed_on = self.appealed_on or act.on
        self._move("overdue_claim", act)

    @allowed("demand_report")
    def demand_report(self, act: Act) -> None:
        self._move("demand_report", act)

    @allowed("report")
    def report(self, act: Act) -> None:
        self._move("report", act)

    @allowed("take_up")
    def take_up(self, act: Act, to: Unit) -> None:
        """The unit above decides it itself, within a term of its own."""
        for deadline in self.running(*TERMS_OF_A_DENUNCIATION):
            deadline.met_on = act.on
        before = self.owner_id
        self._hand_to(to)
        self.escalated_on, self.extended = act.on, 0
        self.handler, self.handler_id = act.by, act.by.id if act.by else None
        self._move("take_up", act, owner=[before, to.id])
