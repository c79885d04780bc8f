"""A parent's photos: read without letting them grow, kept while a form is mended, shown."""

import base64
import hmac
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from tempfile import SpooledTemporaryFile
from typing import Any

from flask import after_this_request, request
from flask.wrappers import Response
from flask_babel import gettext as _
from werkzeug.datastructures import CombinedMultiDict, FileStorage, MultiDict
from werkzeug.formparser import parse_form_data

from feedback.files import (
    MAX_BYTES,
    MAX_FILES,
    REASONS,
    FileRefused,
    keep_token,
    read_keep_token,
    take_all,
)
from feedback.shelf import ShelfFull, StoredFile
from feedback.web import here

MIB = 2**20
# Five photos of a new phone come to 60 MiB; more is read to its end so that the words survive.
MOST_BYTES = 192 * MIB
MOST_WORDS = 4 * MIB
IN_MEMORY = MIB // 2
MOST_PARTS = 100

TICKET_LASTS = timedelta(minutes=30)
FIELD = "photos"


class Cup(SpooledTemporaryFile[bytes]):
    """An upload on its way: what runs over its brim is thrown away, and it shows as too large.

    A large one waits in a file without a name, so that a full row of phones fits the memory.
    """

    def __init__(self, brim: int) -> None:
        super().__init__(IN_MEMORY)
        self.brim = brim

    def write(self, data: Any) -> int:
        room = self.brim - self.tell()
        if room > 0:
            super().write(data[:room])
        return len(data)


def posted() -> CombinedMultiDict[str, Any]:
    """The fields and files of this post. A photo too large never costs the sender the words."""
    cups: list[Cup] = []

    def pour(*_: object, **__: object) -> Cup:
        cups.append(Cup(MAX_BYTES + 1 if len(cups) < MAX_FILES else 0))
        return cups[-1]

    @after_this_request
    def clear_away(response: Response) -> Response:
        for cup in cups:
            cup.close()
        return response

    _rest, words, files = parse_form_data(
        request.environ,
        stream_factory=pour,
        max_form_memory_size=MOST_WORDS,
        max_content_length=MOST_BYTES,
        max_form_parts=MOST_PARTS,
    )
    # A file under any other name is nothing a browser sends from our forms.
    own = MultiDict([(FIELD, file) for file in files.getlist(FIELD)])
    return CombinedMultiDict([words, own])


@dataclass
class Photos:
    """What became of the photos of one post."""

    kept: list[StoredFile] = field(default_factory=list)
    refused: list[FileRefused] = field(default_factory=list)
    # Chosen, but not looked into: to be chosen again.
    again: list[str] = field(default_factory=list)
    # Not taken while only words are: to be added later with the tracking code.
    left_out: list[str] = field(default_factory=list)
    full: bool = False

    @property
    def good(self) -> bool:
        return not (self.refused or self.again)

    @property
    def complaints(self) -> list[str]:
        """What to say beside the field: what is wrong with each, and how to mend it."""
        said = [str(_(REASONS[r.reason])).format(name=r.filename) for r in self.refused]
        if self.full:
            said.append(
                _(
                    "Hiện máy chủ sắp đầy nên chưa nhận được ảnh. Chữ vẫn gửi được: mời bấm Gửi "
                    "lần nữa."
                )
            )
        return said

    def tokens(self, once_id: str) -> list[str]:
        """One token per kept photo, good for the form of this once-key alone."""
        return [keep_token(here.keys().files, stored, once_id) for stored in self.kept]


def kept_earlier(data: MultiDict[str, Any], once_id: str) -> list[StoredFile]:
    """The photos an earlier try of this same form left with us, as far as they are still there."""
    tokens = dict.fromkeys(data.getlist("kept"))
    found = (read_keep_token(here.keys().files, token, once_id) for token in tokens)
    there = [stored for stored in found if stored and here.shelf().take_up(stored.name)]
    return [_of_today(stored) for stored in there[:MAX_FILES]]


def _of_today(stored: StoredFile) -> StoredFile:
    """As it is; kept before the secret began to change, sealed anew ere a row knows of it."""
    if here.shelf().standing(stored.name) == "present":
        return stored
    try:
        return here.shelf().anew(stored.name)
    except ShelfFull:
        return stored


def are_in(data: MultiDict[str, Any]) -> bool:
    """Whether photos came with this post: to look into them takes seconds."""
    return bool(_uploads(data))


def gather(data: MultiDict[str, Any], once_id: str) -> Photos:
    """The photos kept earlier and those sent now, each looked into and put on the shelf."""
    photos = Photos(kept=kept_earlier(data, once_id))
    sent = _uploads(data)
    chosen, surplus = sent[:MAX_FILES], sent[MAX_FILES:]
    try:
        taken = take_all(here.shelf(), _contents(chosen), room=MAX_FILES - len(photos.kept))
    except ShelfFull:
        photos.full, photos.again = True, [_name(upload) for upload in chosen]
        return photos
    photos.kept += taken.kept
    photos.refused += [*taken.refused, *(FileRefused("too_many", _name(f)) for f in surplus)]
    return photos


def set_aside(data: MultiDict[str, Any], once_id: str) -> Photos:
    """Those kept earlier; new ones are named, and the words go without them."""
    left_out = [_name(upload) for upload in _uploads(data)]
    return Photos(kept=kept_earlier(data, once_id), left_out=left_out)


def unread(data: MultiDict[str, Any]) -> Photos:
    """The photos of a form that cannot be trusted: named, not taken."""
    return Photos(again=[_name(upload) for upload in _uploads(data)])


def _uploads(data: MultiDict[str, Any]) -> list[FileStorage]:
    found = data.getlist(FIELD)
    return [upload for upload in found if isinstance(upload, FileStorage) and upload.filename]


def _contents(uploads: Iterable[FileStorage]) -> Iterable[tuple[str, bytes]]:
    return ((upload.filename or "", upload.read()) for upload in uploads)


def _name(upload: FileStorage) -> str:
    """The name as shown back, without folders and not too long."""
    return (upload.filename or "").replace("\\", "/").rpartition("/")[2][:60]


# --- looking at a photo: the address carries a ticket, never the tracking code --------------------


def ticket(attachment_id: int, at: datetime) -> str:
    """Half an hour's sight of one attachment, for whoever has just shown the code of its case."""
    body = f"{attachment_id}.{int((at + TICKET_LASTS).timestamp())}"
    return f"{body}.{_stamp(body)}"


def read_ticket(shown: str, at: datetime) -> int | None:
    """The attachment a ticket opens; None when it is not ours or has run out."""
    body, _dot, stamp = shown.rpartition(".")
    if not hmac.compare_digest(stamp.encode(), _stamp(body).encode()):
        return None
    number, _dot, until = body.partition(".")
    return int(number) if int(until) >= at.timestamp() else None


def _stamp(body: str) -> str:
    digest = hmac.digest(here.keys().files, f"see1|{body}".encode(), "sha256")
    return base64.urlsafe_b64encode(digest[:18]).decode()
