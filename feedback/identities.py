"""Who sent it: sealed on arrival, for the desk that may know, or in an envelope for its Office."""

import json
from dataclasses import asdict
from typing import Any

from sqlalchemy.orm import Session

from analysis.language import fold
from feedback import envelopes, sealing
from feedback.closed import Shut
from feedback.models.cases import Case
from feedback.models.submissions import Sender, SenderGroup, Submission
from feedback.models.unit_keys import UnitKey, current_key
from feedback.rules.petitions import COMPLAINT
from feedback.sealing import Keys
from forms.petition import Contact, Group


def sealed_sender(keys: Keys, once_hash: bytes, contact: Contact) -> Sender | None:
    """How to reach the sender, bound to this one submission; none when nothing was left."""
    if not contact:
        return None
    sealed = sealing.seal(keys.contact, _plain(asdict(contact)), sender_context(once_hash))
    return Sender(sealed=sealed, has_email=bool(contact.email))


def contact_of(submission: Submission, keys: Keys) -> Contact:
    """The sender's contact, opened. An empty one when none was left, or it is in an envelope."""
    sender = submission.sender
    if sender is None or sender.in_envelope:
        return Contact()
    key, context = _key(keys, sender.sealed_for), sender_context(submission.once_hash)
    return Contact(**json.loads(sealing.unseal(key, sender.sealed, context)))


def sealed_group(keys: Keys, once_hash: bytes, told: Group) -> SenderGroup | None:
    """How many they are, and the sealed names of who speaks for them; none for one person."""
    if not told:
        return None
    return SenderGroup(
        people=told.people,
        speakers=len(told.speakers),
        appointed=told.appointed,
        sealed=sealing.seal(keys.contact, _plain(told.speakers), group_context(once_hash)),
    )


def group_of(submission: Submission, keys: Keys) -> Group:
    """The people behind a submission, with the names of who speaks for them if they may open."""
    kept = submission.group
    if kept is None:
        return Group()
    if kept.sealed is None or envelopes.is_closed(kept.sealed):
        return Group(kept.people, (), kept.appointed)
    key, context = _key(keys, kept.sealed_for), group_context(submission.once_hash)
    names = json.loads(sealing.unseal(key, kept.sealed, context))
    return Group(kept.people, tuple(names), kept.appointed)


def sender_context(once_hash: bytes) -> str:
    return f"sender:{once_hash.hex()}"


def group_context(once_hash: bytes) -> str:
    return f"group:{once_hash.hex()}"


# --- what the school may not see --------------------------------------------------------------


def close(session: Session, case: Case, keys: Keys) -> None:
    """Seal the words and the senders of a matter for the unit that answers it.

    Called when it is received, and again when it turns into such a matter. A case that need not be
    closed stays as it is; what is in an envelope stays there.
    """
    if not case.is_closed:
        return
    with session.no_autoflush:  # it may be about to be written
        key = current_key(session, case.owner_id) if _wants_envelope(case) else None
    for letter in filter(None, [*case.submissions, case.own_part]):
        close_words(letter, case.owner.code)
        _close_sender(letter, _For(case.owner.code, key, keys))
        _close_group(letter, _For(case.owner.code, key, keys))
    # The search index would tell what the letter hides: it is found by its reference alone.
    case.folded = fold(case.reference)


def close_words(letter: Submission, unit_code: str) -> None:
    """Seal what was written."""
    for name in ("text", "wish", "about_text"):
        words = getattr(letter, name)
        if words:
            setattr(letter, name, Shut.of(words, unit_code))


def _wants_envelope(case: Case) -> bool:
    """A complaint is decided in the name of who made it: the desk must know them."""
    return case.kind_code != COMPLAINT


class _For:
    """For whom it is sealed: an Office with a key of its own, or a unit by its key here."""

    def __init__(self, unit_code: str, key: UnitKey | None, keys: Keys):
        self.unit_code, self.key, self.keys = unit_code, key, keys

    def sealed(self, plain: bytes, context: str) -> bytes:
        if self.key is not None:
            return envelopes.close(self.key.public, plain, context)
        return sealing.seal(_key(self.keys, self.unit_code), plain, context)

    @property
    def code(self) -> str | None:
        return None if self.key is not None else self.unit_code

    def is_done(self, sealed: bytes, sealed_for: str | None) -> bool:
        done = self.key is None and sealed_for == self.unit_code
        return envelopes.is_closed(sealed) or done


def _close_sender(letter: Submission, office: _For) -> None:
    sender = letter.sender
    if sender is None or office.is_done(sender.sealed, sender.sealed_for):
        return
    contact, context = contact_of(letter, office.keys), sender_context(letter.once_hash)
    sender.sealed, sender.sealed_for = office.sealed(_plain(asdict(contact)), context), office.code
    # No mail without an address: they look by the code of the receipt.
    sender.has_email = sender.has_email and office.key is None


def _close_group(letter: Submission, office: _For) -> None:
    kept = letter.group
    if kept is None or kept.sealed is None or office.is_done(kept.sealed, kept.sealed_for):
        return
    names, context = group_of(letter, office.keys).speakers, group_context(letter.once_hash)
    kept.sealed, kept.sealed_for = office.sealed(_plain(names), context), office.code


def add_to_envelope(session: Session, case: Case, letter: Submission, told: Contact) -> None:
    """Who is in an envelope has signed or put something right: it goes in beside the rest."""
    key = current_key(session, case.owner_id)
    if letter.sender is None or key is None:
        raise LookupError("There is no envelope, or no key to add to it with.")
    more = {name: text for name, text in asdict(told).items() if text}
    shut = envelopes.close(key.public, _plain(more), sender_context(letter.once_hash))
    letter.sender.sealed += shut


# --- an envelope that leaves the server ---------------------------------------------------------


def envelope(letter: Submission, reference: str) -> dict[str, Any]:
    """What is handed out: sealed still, with the record it is bound to, and nobody's name."""
    parts = {}
    if letter.sender is not None:
        parts["sender"] = _part(letter.sender.sealed, sender_context(letter.once_hash))
    if letter.group is not None and letter.group.sealed is not None:
        parts["group"] = _part(letter.group.sealed, group_context(letter.once_hash))
    return {"kind": "feedback envelope 1", "reference": reference, "parts": parts}


def _part(sealed: bytes, context: str) -> dict[str, str]:
    return {"context": context, "sealed": sealed.hex()}


def _key(keys: Keys, unit_code: str | None) -> bytes:
    return sealing.unit_key(keys.contact, unit_code) if unit_code else keys.contact


def _plain(told: Any) -> bytes:
    return json.dumps(told, ensure_ascii=False).encode()
