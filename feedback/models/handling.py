"""Handling: what a desk does with a matter, from taking it in hand to closing it."""

from datetime import date

from sqlalchemy.orm import Mapped

from feedback.models.answering import Answering
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.progress import allowed
from feedback.models.units import Unit
from feedback.rules.lifecycle import MoveRefused
from feedback.rules.recusals import BARRED


class Handling(Answering):
    """The everyday verbs: whose it is, what it is, and what is said to the parent."""

    # Columns of the case itself that these verbs write.
    subject_code: Mapped[str]
    about_code: Mapped[str]
    alarmed: Mapped[bool]
    outcome_code: Mapped[str | None]
    refusal_code: Mapped[str | None]
    refused_on: Mapped[date | None]

    # --- in hand -------------------------------------------------------------------------------

    @allowed("attend")
    def attend(self, act: Act) -> None:
        """A person has looked after the child and says who was told."""
        self.alarmed = False
        self._move("attend", act)

    @allowed("accept")
    def accept(self, act: Act) -> None:
        before = self.handler_id
        self.handler = act.by
        self.handler_id = act.by.id if act.by else None
        self._move("accept", act, handler=[before, self.handler_id])

    @allowed("reclassify")
    def reclassify(self, act: Act, kind_code: str, subject_code: str, about_code: str) -> None:
        changed = {
            "kind": [self.kind_code, kind_code],
            "subject": [self.subject_code, subject_code],
            "about": [self.about_code, about_code],
        }
        self._move("reclassify", act, **{k: v for k, v in changed.items() if v[0] != v[1]})
        self.kind_code, self.subject_code, self.about_code = kind_code, subject_code, about_code
        self._refile(act)

    @allowed("assign")
    def assign(self, act: Act, handler: Officer) -> None:
        if self.bars(handler):
            raise MoveRefused(BARRED)
        before, self.handler = self.handler_id, handler
        self.handler_id = handler.id
        self._move("assign", act, handler=[before, handler.id])

    # --- words ---------------------------------------------------------------------------------

    def add_note(self, act: Act) -> None:
        self._move("note", act)
        self._say(act, "note", internal=True)

    def ask(self, act: Act) -> None:
        self._move("ask", act)
        self._say(act, "ask")

    def reply(self, act: Act) -> None:
        self._move("reply", act)
        self._say(act, "reply")

    @allowed("answer")
    def answer(self, act: Act, outcome_code: str, done: str) -> None:
        """An answer says what came of it, what was done, and the words for the parent."""
        self._answered(act.on)
        before, self.outcome_code = self.outcome_code, outcome_code
        self._move("answer", act, outcome=[before, outcome_code], done=done)
        self._say(act, "answer")

    # --- elsewhere, not at all, done ------------------------------------------------------------

    @allowed("transfer")
    def transfer(self, act: Act, to: Unit) -> None:
        before = self.owner_id
        self._hand_to(to)
        self.transferred_on = act.on
        self._move("transfer", act, owner=[before, to.id])
        self._say(act, "transfer")

    @allowed("refuse")
    def refuse(self, act: Act, reason_code: str) -> None:
        self.refusal_code, self.refused_on = reason_code, act.on
        # At a second look it is the answer that was owed.
        self.answered_again_on = act.on if self.reopened_on else None
        self._move("refuse", act, reason=reason_code)
        self._say(act, "refuse")

    @allowed("close")
    def close(self, act: Act) -> None:
        self.closed_on = act.on
        self._move("close", act)
