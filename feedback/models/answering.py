"""Answering: who may not handle a case, who signs in it, and how it goes up when nobody may."""

from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy.orm import Mapped

from feedback.models.conflicts import Accused, Recusal
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.petitioning import Petitioning
from feedback.models.progress import allowed
from feedback.models.signings import SigningRequest
from feedback.models.units import Unit, signing_unit
from feedback.rules import recusals, signing
from feedback.rules.lifecycle import MoveRefused, next_status


class Answering(Petitioning):
    """What holds for the people around a case, whatever its kind."""

    recusals: Mapped[list[Recusal]]
    accused: Mapped[list[Accused]]
    signings: Mapped[list[SigningRequest]]

    # --- reading -------------------------------------------------------------------------------

    def bars(self, officer: Officer | None) -> bool:
        """Whether the case does not exist for this officer."""
        return officer is not None and any(
            one.stands and one.officer_id == officer.id for one in self.recusals
        )

    @property
    def draft(self) -> SigningRequest | None:
        """The draft that waits for a signature."""
        return next((one for one in self.signings if one.waits), None)

    @property
    def preparers(self) -> frozenset[int]:
        """Who has prepared it as it stands: the handler, and whoever laid the draft before."""
        draft = self.draft
        found = {self.handler_id, draft.by_id if draft else None}
        return frozenset(id_ for id_ in found if id_ is not None)

    def signed_at(self, on: date) -> Unit:
        """Whose head signs its decision on that day."""
        return signing_unit(self.owner, on)

    def who_may_not(self, code: str, officer: Officer | None, on: date) -> str:
        """Why this officer may not make a move that others may; nothing when it is right."""
        if officer is None:
            return ""
        if self.bars(officer):
            return recusals.BARRED
        if not self.machine.moves[code].signed:
            return ""
        signs = officer.signs_at(self.signed_at(on).id, on)
        return signing.why_not(signs, officer.id in self.preparers, bool(self.preparers))

    # --- who may not ---------------------------------------------------------------------------

    @allowed("recuse")
    def recuse(self, act: Act, officer: Officer, relation_code: str, heir: Officer | None) -> None:
        """From now on the case does not exist for this officer; `heir` goes on in their place."""
        if self.bars(officer):
            raise MoveRefused(recusals.ALREADY)
        self.recusals.append(
            Recusal(
                officer=officer,
                officer_id=officer.id,
                relation_code=relation_code,
                declared_by=act.by,
                declared_by_id=act.by.id if act.by else None,
                declared_at=act.at,
            )
        )
        detail: dict[str, Any] = {"recused": officer.id, "relation": relation_code}
        if self.handler_id == officer.id:
            self.handler, self.handler_id = heir, heir.id if heir else None
            detail["handler"] = [officer.id, self.handler_id]
        self._move("recuse", act, **detail)

    @allowed("lift_recusal")
    def lift_recusal(self, act: Act, recusal: Recusal) -> None:
        """Another officer has looked at it: neither the one concerned nor the one who said it."""
        if not recusal.stands:
            raise MoveRefused(recusals.NOT_STANDING)
        if act.by is None or act.by.id in (recusal.officer_id, recusal.declared_by_id):
            raise MoveRefused(recusals.NOT_ALONE)
        recusal.lifted_at, recusal.lifted_by_id = act.at, act.by.id
        self._move("lift_recusal", act, recused=recusal.officer_id)

    @allowed("accuse")
    def accuse(self, act: Act, kind_code: str, officer: Officer | None, name: str = "") -> None:
        """Whom it accuses. The name stays in its own row: no event and no letter repeats it."""
        self.accused.append(
            Accused(
                kind_code=kind_code,
                officer=officer,
                officer_id=officer.id if officer else None,
                name=self.kept(name),
                recorded_by_id=act.by.id if act.by else None,
                recorded_at=act.at,
            )
        )
        self._move("accuse", replace(act, note=""), accused=kind_code)

    @allowed("take_over")
    def take_over(self, act: Act, to: Unit) -> None:
        """The superior unit answers from here; the clocks go on as they are."""
        before = self.owner_id
        self._hand_to(to)
        self._move("take_over", act, owner=[before, to.id])
        self._say(act, "take_over")

    # --- who signs -----------------------------------------------------------------------------

    @allowed("submit")
    def submit(self, act: Act, code: str, choice_code: str = "", facts: str = "") -> None:
        """Lay a draft before whoever signs: the step, the finding, the words, all of its papers."""
        self._must_be_possible(code, act)
        self.signings.append(
            SigningRequest(
                move_code=code,
                choice_code=choice_code,
                text=self.kept(act.note),
                facts=self.kept(facts),
                from_id=self.owner_id,
                unit=self.signed_at(act.on),
                unit_id=self.signed_at(act.on).id,
                by=act.by,
                by_id=act.by.id if act.by else None,
                at=act.at,
                ended_as="",
                reason="",
            )
        )
        self._move("submit", replace(act, note=""), step=code)

    def _must_be_possible(self, code: str, act: Act) -> None:
        next_status(self.machine, self.status, code, act.actor)
        refusal = self.why_not(code, act.on)
        if not self.machine.moves[code].signed or code == "send_back":
            refusal = signing.NOT_SIGNED
        if self.draft:
            refusal = signing.WAITS_ALREADY
        if refusal:
            raise MoveRefused(refusal)

    @allowed("send_back")
    def send_back(self, act: Act) -> None:
        """The signer wants it otherwise, and says how."""
        if self.draft is None:
            raise MoveRefused(signing.NOTHING_WAITS)
        self._move("send_back", act, step=self.draft.move_code)

    def _move(self, code: str, act: Act, **detail: Any) -> None:
        super()._move(code, act, **detail)
        if self.draft is not None and (ended_as := self._became(self.draft, code, act.on)):
            self._end_draft(self.draft, ended_as, act)

    def _became(self, draft: SigningRequest, code: str, on: date) -> str:
        """What this move makes of a draft; nothing when it goes on waiting."""
        if code == draft.move_code:
            return signing.SIGNED
        if code == "send_back":
            return signing.RETURNED
        move = self.machine.moves.get(draft.move_code)
        waits = move is not None and self.status in move.paths
        good = draft.unit_id == self.signed_at(on).id and not self.bars(draft.by)
        return "" if waits and good else signing.LAPSED

    def _end_draft(self, draft: SigningRequest, ended_as: str, act: Act) -> None:
        draft.ended_as, draft.ended_at = ended_as, act.at
        draft.ended_by_id = act.by.id if act.by else None
        draft.reason = self.kept(act.note) if ended_as == signing.RETURNED else ""
