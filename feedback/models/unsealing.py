"""Unsealing: two officers open an identity, and every step of it is an event of the case."""

from datetime import datetime

from sqlalchemy.orm import Mapped

from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.openings import Opening
from feedback.models.progress import Progress, allowed
from feedback.models.submissions import Submission
from feedback.rules import openings as rules
from feedback.rules.lifecycle import MoveRefused


class Unsealing(Progress):
    """What holds for a case with a sealed sender, whatever its kind."""

    openings: Mapped[list[Opening]]
    submissions: Mapped[list[Submission]]

    def sealed_letters(self) -> list[Submission]:
        """The letters whose sender is in an envelope."""
        return [one for one in self.submissions if one.sender and one.sender.in_envelope]

    def opened_at(self) -> list[datetime]:
        """When an envelope left the server: its sender is told."""
        return [one.handed_out_at for one in self.openings if one.handed_out_at]

    @allowed("ask_opening")
    def ask_opening(self, act: Act, letter: Submission, ground_code: str) -> None:
        """Ask to learn who sent a letter, on which ground and for what."""
        rules.check_request(ground_code, act.note)
        if letter not in self.sealed_letters():
            raise MoveRefused(rules.NOTHING_SEALED)
        if any(one.waits(act.at) or one.is_ready(act.at) for one in self.openings):
            raise MoveRefused(rules.WAITS_ALREADY)
        by = _somebody(act)
        self.openings.append(
            Opening(
                submission_id=letter.id,
                ground_code=ground_code,
                reason=self.kept(act.note),
                asked_by=by,
                asked_by_id=by.id,
                asker_signs=self._signs(act),
                asked_at=act.at,
                allowed=False,
            )
        )
        self._move("ask_opening", act, ground=ground_code)

    @allowed("allow_opening")
    def allow_opening(self, act: Act, opening: Opening) -> None:
        """Another officer consents."""
        self._decide(act, opening)
        opening.allowed = True
        self._move("allow_opening", act, opening=opening.id)

    @allowed("refuse_opening")
    def refuse_opening(self, act: Act, opening: Opening) -> None:
        """Another officer does not."""
        self._decide(act, opening)
        self._move("refuse_opening", act, opening=opening.id)

    @allowed("hand_out")
    def hand_out(self, act: Act, opening: Opening) -> None:
        """The envelope leaves the server, once, still sealed."""
        refusal = rules.why_not_hand_out(opening.asked, _somebody(act).id, act.at)
        if refusal:
            raise MoveRefused(refusal)
        opening.handed_out_at = act.at
        self._move("hand_out", act, opening=opening.id)

    def _decide(self, act: Act, opening: Opening) -> None:
        by = _somebody(act)
        refusal = rules.why_not_decide(opening.asked, by.id, self._signs(act), act.at)
        if refusal:
            raise MoveRefused(refusal)
        opening.decided_by, opening.decided_by_id, opening.decided_at = by, by.id, act.at

    def _signs(self, act: Act) -> bool:
        return _somebody(act).signs_at(self.owner_id, act.on)


def _somebody(act: Act) -> Officer:
    if act.by is None:
        raise MoveRefused(rules.NOT_ALLOWED)
    return act.by
