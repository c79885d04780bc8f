"""Verdict: what the sender says of an answer, and the second look that may follow."""

from datetime import date

from sqlalchemy.orm import Mapped

from feedback.models.events import Act
from feedback.models.progress import Progress, allowed
from feedback.models.units import Unit


class Verdict(Progress):
    """The sender's taps, and what opens a matter again."""

    # Columns of the case itself that these verbs write.
    solved: Mapped[bool | None]
    face: Mapped[int | None]
    rated_on: Mapped[date | None]
    closed_on: Mapped[date | None]
    refused_on: Mapped[date | None]
    escalated_on: Mapped[date | None]
    reopened: Mapped[int]
    reopened_on: Mapped[date | None]
    answered_again_on: Mapped[date | None]

    @allowed("confirm")
    def confirm(self, act: Act, face: int | None) -> None:
        """The parent's one tap: it is solved."""
        self.solved, self.face, self.rated_on, self.closed_on = True, face, act.on, act.on
        self._move("confirm", act, face=face)

    def rate(self, face: int) -> None:
        """How it went, said after the tap that it is solved."""
        self.face = face

    @allowed("dispute")
    def dispute(self, act: Act, face: int | None) -> None:
        """The parent's other tap: it is not; the matter is open again with a new term."""
        self.solved, self.face, self.rated_on = False, face, act.on
        self._open_again(act.on)
        self._move("dispute", act, face=face)
        self._say(act, "dispute")

    @allowed("reopen")
    def reopen(self, act: Act) -> None:
        self._open_again(act.on)
        self._move("reopen", act)

    @allowed("withdraw")
    def withdraw(self, act: Act) -> None:
        self._move("withdraw", act)
        self.closed_on = None if self.is_open else act.on

    @allowed("escalate")
    def escalate(self, act: Act, to: Unit) -> None:
        """A second look by the managing unit."""
        before = self.owner_id
        self._hand_to(to)
        self._open_again(act.on)
        self.escalated_on = act.on
        self._move("escalate", act, owner=[before, to.id])
        self._say(act, "escalate")

    def _open_again(self, on: date) -> None:
        """An end that was not an answer no longer counts; an answer stays the first answer."""
        self.closed_on = self.refused_on = self.answered_again_on = None
        self.reopened, self.reopened_on = self.reopened + 1, on
