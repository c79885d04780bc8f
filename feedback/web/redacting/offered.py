"""What the page of a copy offers: words that may tell who it was, marked and numbered, and photos.

What the sender left (name, phone, mail, address) is looked for only where it may be opened: at the
desk that answers, when it is neither in an envelope nor restricted. Looking for it is seeing it,
and so it is written down.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from analysis.grid import box_of
from analysis.masking import left_over, places
from analysis.personal import PERSONAL_KINDS, Found, find_all
from feedback import db, identities, redacting, rights
from feedback.models.cases import Case
from feedback.models.submissions import Attachment, Submission
from feedback.redacting import Masks, Piece, Shot
from feedback.rules.petitions import DENUNCIATION
from feedback.web import contacts, here
from feedback.web.desk.offers import stamp
from feedback.web.held import held
from forms.move_form import complain
from forms.petition import Contact
from forms.redacting import PhotoForm, RedactForm

AROUND = 24
MOST_LEFT_OVER = 12


@dataclass(frozen=True, slots=True)
class Suggestion:
    """Words of the letter that may tell who somebody is; `key` is where they stand first."""

    number: int
    key: str
    kind: str
    words: str
    count: int

    @property
    def ticked(self) -> bool:
        return PERSONAL_KINDS[self.kind].ticked

    @property
    def label(self) -> str:
        told = {"n": self.number, "words": self.words, "kind": _(PERSONAL_KINDS[self.kind].label)}
        if self.count == 1:
            return str(_("%(n)s. “%(words)s” – %(kind)s", **told))
        return str(_("%(n)s. “%(words)s” – %(kind)s, %(count)s chỗ", **told, count=self.count))


@dataclass(frozen=True, slots=True)
class PhotoSheet:
    """One photo and what is asked of it."""

    number: int
    name: str
    href: str
    form: PhotoForm


@dataclass(slots=True)
class Sheet:
    """The form of a copy, with all that it is about."""

    form: RedactForm
    photos: list[PhotoSheet]
    pieces: list[Piece]
    found: list[list[Found]]
    suggestions: list[Suggestion]
    known: tuple[str, ...]
    # Whether somebody's contact was left but the machine does not know it.
    is_sealed: bool

    @property
    def words(self) -> tuple[str, ...]:
        """What was confirmed, as words that are masked wherever they stand."""
        ticked = redacting.words_at(self.pieces, self.form.marks.data or ())
        return tuple(dict.fromkeys((*ticked, *self.form.more_words())))

    def masks(self) -> Masks:
        shots = (
            Shot(one.name, tuple(box_of(cell) for cell in one.form.covered()))
            for one in self.photos
            if one.form.is_taken
        )
        return Masks(self.words, tuple(shots))

    def paint(self) -> None:
        """The photos as they would come out, for the page that shows what would be kept."""
        for one in self.photos:
            one.form.paint()

    def marked(self) -> list[dict[str, Any]]:
        """The words as they came, each suggestion with its number."""
        numbers = {one.words: one.number for one in self.suggestions}
        return [
            {"label": _(piece.label), "bits": list(_bits(piece.text, found, numbers))}
            for piece, found in zip(self.pieces, self.found, strict=True)
        ]


def sheet(case: Case) -> Sheet:
    """The form of a copy of this matter, filled in from the request if it was posted."""
    known, is_sealed = _known(case)
    pieces = redacting.pieces(case)
    found = find_all([piece.text for piece in pieces], known)
    suggestions = _suggestions(pieces, found)
    usual = [one.key for one in suggestions if one.ticked]
    form = RedactForm(seen=stamp(case), marks=usual)
    form.offer([(one.key, one.label) for one in suggestions])
    # What the virus scanner holds goes out to nobody, in no copy either.
    sent = redacting.photos(case)
    kept_back = held(sent)
    shots = enumerate((one for one in sent if one.id not in kept_back), 1)
    photos = [_photo(number, photo) for number, photo in shots]
    return Sheet(form, photos, pieces, found, suggestions, known, is_sealed)


def _photo(number: int, photo: Attachment) -> PhotoSheet:
    form = PhotoForm(prefix=f"photo-{photo.id}-", meta={"csrf": False})
    return PhotoSheet(number, photo.name, url_for("desk.attachment", name=photo.name), form)


def _suggestions(pieces: list[Piece], found: list[list[Found]]) -> list[Suggestion]:
    """The same words once, where they stand first; how often is told."""
    first: dict[str, tuple[str, str]] = {}
    for number, (piece, listed) in enumerate(zip(pieces, found, strict=True)):
        for one in listed:
            words = piece.text[one.mark.start : one.mark.end]
            first.setdefault(words, (f"{number}.{one.mark.start}.{one.mark.end}", one.kind))
    order = sorted(first.items(), key=lambda pair: not PERSONAL_KINDS[pair[1][1]].ticked)
    return [
        Suggestion(number, key, kind, words, _count(pieces, words))
        for number, (words, (key, kind)) in enumerate(order, 1)
    ]


def _count(pieces: list[Piece], words: str) -> int:
    return max(1, sum(1 for piece in pieces for _place in places(piece.text, words)))


def _bits(text: str, found: list[Found], numbers: dict[str, int]) -> Iterator[dict[str, Any]]:
    here_ = 0
    for one in found:
        words = text[one.mark.start : one.mark.end]
        yield {"text": text[here_ : one.mark.start], "number": 0}
        yield {"text": words, "number": numbers[words]}
        here_ = one.mark.end
    yield {"text": text[here_:], "number": 0}


# --- who sent it --------------------------------------------------------------------------------


def _known(case: Case) -> tuple[tuple[str, ...], bool]:
    """What the sender left, as far as it may be opened here, and whether more lies sealed."""
    left = [letter for letter in case.submissions if letter.sender is not None]
    open_ = [letter for letter in left if not _is_shut(letter)]
    if not open_ or case.owner_id not in here.scope().own:
        return (), bool(left)
    contacts.opened(case)
    told = [one for letter in open_ for one in _told(identities.contact_of(letter, here.keys()))]
    return tuple(dict.fromkeys(told)), len(open_) < len(left)


def _is_shut(letter: Submission) -> bool:
    sealed = letter.sender is not None and letter.sender.in_envelope
    return sealed or rights.is_restricted(db.session(), letter)


def _told(contact: Contact) -> Iterator[str]:
    """In full first; of a name also what somebody is called by."""
    name = contact.name.split()
    calls = (" ".join(name[-2:]), name[-1]) if len(name) > 1 else ()
    yield from filter(None, (contact.name, contact.phone, contact.email, contact.address, *calls))


# --- looking at it ------------------------------------------------------------------------------


def is_good(case: Case, asked: Sheet) -> bool:
    """Filled in right: what is to be masked is there, and nobody is named who must not be."""
    good = [asked.form.validate(), *(one.form.validate() for one in asked.photos)]
    if not all(good):
        return False
    lacking = [
        one for one in asked.form.more_words() if not redacting.standing(asked.pieces, [one])
    ]
    for words in lacking:
        complain(asked.form.more, _("Không thấy “%(words)s” trong thư.", words=words))
    if lacking:
        return False
    if case.kind_code == DENUNCIATION and _names_sender(asked):
        asked.form.form_errors.append(
            _(
                "Bản che này còn họ tên, số điện thoại, thư điện tử hoặc địa chỉ mà người tố cáo "
                "đã để lại. Mời đánh dấu che những chỗ ấy rồi làm lại."
            )
        )
        return False
    return True


def _names_sender(asked: Sheet) -> bool:
    """By more than one word: a given name alone is often that of somebody else as well."""
    telling = [one for one in asked.known if " " in one or any(map(str.isdigit, one)) or "@" in one]
    return bool(redacting.standing(redacting.masked(asked.pieces, asked.words), telling))


def fingerprint(case: Case, asked: Sheet) -> str:
    """Changes with what was ticked, typed and drawn, and with how the case stands."""
    drawn = [(one.name, one.form.use.data, one.form.covered()) for one in asked.photos]
    told = [asked.form.marks.data, asked.form.more.data, drawn, stamp(case)]
    return hashlib.sha256(json.dumps(told, sort_keys=True).encode()).hexdigest()[:32]


def preview(asked: Sheet) -> dict[str, Any]:
    """The copy as it would read, and what a person should look at once more."""
    copy = redacting.masked(asked.pieces, asked.words)
    named = set(asked.words)
    return {
        "parts": [{"label": _(one.label), "text": one.text} for one in copy],
        "kept": [one for one in asked.suggestions if one.words not in named],
        "left_over": list(_left_over(copy, asked.words))[:MOST_LEFT_OVER],
        "photos": [
            (one.number, len(one.form.covered())) for one in asked.photos if one.form.is_taken
        ],
        "left_out": [one.number for one in asked.photos if not one.form.is_taken],
    }


def _left_over(copy: list[Piece], words: tuple[str, ...]) -> Iterator[str]:
    """Masked words that still stand in another spelling, with a little around them."""
    for part in copy:
        for one in words:
            for mark in left_over(part.text, one):
                start, end = max(0, mark.start - AROUND), mark.end + AROUND
                yield f"…{part.text[start:end]}…"
