"""Splitting a mixed letter (Điều 14 khoản 4 Nghị định 154/2026/NĐ-CP): a part becomes a matter.

A part of which the school may not know takes the whole matter with it: letter, talk and history
leave the school, and what remains there comes in anew, as if nothing else had ever been written.
"""

import secrets
from collections.abc import Collection
from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from feedback import codes, identities, matters, parts
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.submissions import Submission
from feedback.models.units import Unit
from feedback.rules.petitions import SIGNED_KINDS
from feedback.rules.routing import Matter, Route, route
from feedback.sealing import Keys

# What a part has from the letter it was cut out of.
AS_THE_LETTER = (
    "received_at", "received_on", "unit", "unit_id", "point_id",
    "taken_by", "taken_by_id", "channel_code", "lang",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Part:
    """A part split off, as the desk tells it; `kept` is what stays, `kept_files` its pictures.

    The matter that is new with it gets a random reference, unless `reference` names one.
    """

    kind_code: str
    subject_code: str
    about_code: str
    text: str
    kept: str
    about_text: str = ""
    kept_files: Collection[int] = ()
    reference: str = ""

    @property
    def codes(self) -> tuple[str, str, str]:
        return self.kind_code, self.subject_code, self.about_code


@dataclass(frozen=True, slots=True)
class Way:
    """Where the part will go. `leaves`: it takes the letter out of the school's sight."""

    route: Route
    owner: Unit
    leaves: bool


def may_be_split(case: Case) -> bool:
    """One letter is cut at a time: joined matters are parted first."""
    return len(case.letter_ids) == 1


def way_of(session: Session, case: Case, codes_: tuple[str, str, str]) -> Way:
    """Where a part with these codes would go; nothing is written."""
    kind, subject, about = codes_
    signed = case.is_petition and kind in SIGNED_KINDS
    way = route(Matter(kind, subject, about, case.alarmed, signed))
    owner = matters.owner_of(session, case.unit, way, case.received_on)
    secret = way.hidden_from_school or owner is not case.unit
    return Way(way, owner, secret and not case.hidden_from_school)


def split(session: Session, case: Case, part: Part, act: Act, keys: Keys) -> Case:
    """Split it off; the matter that is new with it. The caller commits."""
    desk = _Desk(session, case, act, keys)
    way = way_of(session, case, part.codes)
    new = desk.let_go(part, way) if way.leaves else desk.take_out(part)
    session.flush()
    identities.close(session, case, keys)
    session.flush()
    return new


@dataclass(frozen=True, slots=True)
class _Desk:
    """Where a letter is being cut: whose, by whom, and the keys that seal the contact anew."""

    session: Session
    case: Case
    act: Act
    keys: Keys

    @property
    def codes(self) -> tuple[str, str, str]:
        """What the matter is called so far, and what stays of it still is."""
        return self.case.kind_code, self.case.subject_code, self.case.about_code

    def take_out(self, part: Part) -> Case:
        """The part is received where it belongs; letter and matter stay where they are."""
        own = self._cut(part.kept, self.codes)
        new = self._open(self._cut(part.text, part.codes, part.about_text), part)
        self.case.split(self.act, new.reference, own)
        return new

    def let_go(self, part: Part, way: Way) -> Case:
        """The matter goes where the part belongs; the rest is received at the desk it was at."""
        rest = self._cut(part.kept, self.codes)
        own = self._cut(part.text, part.codes, part.about_text)
        new = self._open(rest, part, self.case.owner)
        self._leave_files(rest, part.kept_files)
        new.hidden_from_school = False
        self.case.split(self.act, new.reference, own)
        self._become(part, way)
        parts.take_letter(self.case)
        return new

    def _become(self, part: Part, way: Way) -> None:
        """Another kind, another desk, and no longer the school's to know of."""
        case, act = self.case, self.act
        if part.codes != self.codes:
            case.reclassify(act, *part.codes)
        case.priority = "P0" if case.alarmed else way.route.priority
        if way.owner is not case.owner:
            case.transfer(replace(act, note=" ".join(way.route.reasons)), way.owner)
        case.hide()
        if way.route.alert and not case.alarmed:
            case.alert(replace(act, note=""), cause="words")

    def _open(self, came_off: Submission, part: Part, owner: Unit | None = None) -> Case:
        """Received on the day of the letter, and signed on the day the letter was signed."""
        with self.session.no_autoflush:  # its files are on the way from the letter
            new = self._received(came_off, part, owner)
        self.session.add(new)
        self.session.flush()
        return new

    def _received(self, came_off: Submission, part: Part, owner: Unit | None) -> Case:
        unit, on = came_off.unit, came_off.received_on
        reference = part.reference or matters.free_reference(self.session, unit, on)
        new = matters.open_case(self.session, came_off, self.act.calendar, reference, owner)
        signing = next((e for e in self.case.events if e.move_code == "sign"), None)
        if signing and self.case.is_petition and new.kind_code in SIGNED_KINDS:
            new.sign(Act(signing.officer, signing.at, self.act.calendar))
        identities.close(self.session, new, self.keys)
        return new

    def _leave_files(self, rest: Submission, kept: Collection[int]) -> None:
        """Only the files that were ticked stay behind; any other belongs to the letter."""
        for letter in self.case.submissions:
            for file in [f for f in letter.attachments if f.id in kept]:
                letter.attachments.remove(file)
                rest.attachments.append(file)

    def _cut(self, text: str, codes_: tuple[str, str, str], about_text: str = "") -> Submission:
        """Looks as if it had come in by itself that day: nothing in it tells of the rest."""
        letter, once_hash = self.case.submission, secrets.token_bytes(32)
        contact = identities.contact_of(letter, self.keys)
        group = identities.group_of(letter, self.keys)
        kind, subject, about = codes_
        cut = Submission(
            **{name: getattr(letter, name) for name in AS_THE_LETTER},
            once_hash=once_hash,
            fingerprint=codes.fingerprint(self.keys.track, {"part": once_hash.hex()}),
            part_of_id=letter.part_of_id or letter.id,
            kind_code=kind,
            subject_code=subject,
            about_code=about,
            about_text=about_text,
            text=text,
            danger=letter.danger and self.case.alarmed,
            is_petition=letter.is_petition and kind in SIGNED_KINDS,
            sender=identities.sealed_sender(self.keys, once_hash, contact),
            group=identities.sealed_group(self.keys, once_hash, group),
        )
        if self.case.is_closed:
            identities.close_words(cut, self.case.owner.code)
        return cut
