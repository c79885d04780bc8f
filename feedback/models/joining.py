"""Joining: one letter split into several matters, several matters joined into one, and undone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from feedback.models.events import Act, CaseEvent
from feedback.models.petitioning import Petitioning
from feedback.models.progress import allowed
from feedback.models.submissions import Submission
from feedback.rules.joining import ANSWERED, NOT_JOINED
from feedback.rules.lifecycle import MoveRefused


class Joining(Petitioning):
    """The columns and verbs of a matter that shares its letter, or its answer, with others."""

    # What of the letter is this matter's own, since other parts were split off.
    own_part_id: Mapped[int | None] = mapped_column(ForeignKey("submission.id"))
    # The matter that answers for this one.
    joined_to_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)

    # Columns of the case itself.
    id: Mapped[int]
    reference: Mapped[str]
    hidden_from_school: Mapped[bool]
    submissions: Mapped[list[Submission]]
    own_part: Mapped[Submission | None]

    @allowed("split")
    def split(self, act: Act, part: str, own: Submission) -> None:
        """A part of the letter has become a matter of its own; `own` is what this one is about."""
        self.own_part = own
        self._move("split", act, part=part)

    # --- several matters, one answer -----------------------------------------------------------

    @allowed("join")
    def join(self, act: Act, into: "Joining") -> None:
        """Its senders and their words go over; `part` brings back exactly what went."""
        gone = list(self.submissions)
        ids = [submission.id for submission in gone]
        running = [d.rule_code for d in self.deadlines if d.met_on is None]
        self._move("join", act, into=into.reference, submissions=ids, running=running)
        self.closed_on, self.joined_to_id = act.on, into.id
        into.gather(act, self.reference, ids)
        common = into.messages  # read now: nothing may be written while a message is nobody's
        for message in list(self.messages):
            message.submission_id = message.submission_id or ids[0]
            self.messages.remove(message)
            common.append(message)
        self.submissions.clear()
        into.submissions.extend(gone)

    @allowed("gather")
    def gather(self, act: Act, joined: str, submission_ids: list[int]) -> None:
        """It answers for another one too. What was said so far stays between those who said it."""
        first = self.submissions[0].id
        for message in self.messages:
            if message.from_parent:
                message.submission_id = message.submission_id or first
        self._move("gather", act, joined=joined, submissions=submission_ids)

    @allowed("part")
    def part(self, act: Act, out_of: "Joining") -> None:
        """By itself again, where the other one now lies, with the clocks it had from its day."""
        if out_of.answered_on:
            raise MoveRefused(ANSWERED)
        if self.joined_to_id != out_of.id:
            raise MoveRefused(NOT_JOINED)
        joined = self._joining()
        ids, on = joined.detail["submissions"], self.closed_on
        self._hand_to(out_of.owner)
        # Once it was kept from the school with the other one, the school does not get it back.
        self.hidden_from_school = self.hidden_from_school or out_of.hidden_from_school
        self._move("part", act, out_of=out_of.reference, submissions=ids)
        self.closed_on = self.joined_to_id = None
        self._run_again(joined.detail["running"], on)
        out_of.release(act, self.reference)
        self._take_back(out_of, set(ids))

    def _joining(self) -> CaseEvent:
        return next(e for e in reversed(self.events) if e.move_code == "join")

    def letters_joined(self) -> set[int]:
        """The submissions that went over when it was joined."""
        return set(self._joining().detail["submissions"])

    def _run_again(self, rule_codes: list[str], on: date | None) -> None:
        for deadline in self.deadlines:
            if deadline.rule_code in rule_codes and deadline.met_on == on:
                deadline.met_on = None
        self._promise()

    def _take_back(self, out_of: "Joining", ids: set[int]) -> None:
        for submission in [s for s in out_of.submissions if s.id in ids]:
            out_of.submissions.remove(submission)
            self.submissions.append(submission)
        own = self.messages  # read now: nothing may be written while a message is nobody's
        for message in [m for m in out_of.messages if m.submission_id in ids]:
            out_of.messages.remove(message)
            own.append(message)

    @allowed("release")
    def release(self, act: Act, joined: str) -> None:
        self._move("release", act, joined=joined)

    # --- one answer, several readers -----------------------------------------------------------

    @allowed("agree")
    def agree(self, act: Act, submission_id: int) -> None:
        """One of several senders says it is solved; it is over when the last one does."""
        self._move("agree", act, submissions=[submission_id])

    def agreed(self) -> set[int]:
        """The senders who said, since the last answer, that it is solved."""
        said: set[int] = set()
        for event in self.events:
            if event.move_code == "answer":
                said = set()
            elif event.move_code == "agree":
                said |= set(event.detail["submissions"])
        return said

    def waits_for(self, submission_id: int) -> set[int]:
        """The others whose senders have not said so."""
        said = self.agreed() | {submission_id}
        return {one.id for one in self.submissions} - said

    def joined_at(self, submission_id: int) -> datetime:
        """Since when this sender is told what all are told."""
        gathered = (
            event.at
            for event in reversed(self.events)
            if event.move_code == "gather" and submission_id in event.detail["submissions"]
        )
        return next(gathered, self.events[0].at)
