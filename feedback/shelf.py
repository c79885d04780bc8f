"""The shelf: files under random names, each on the disk for good before its name is given out."""

import errno
import hashlib
import os
import re
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import BinaryIO

from feedback.sealing import HEAD_BYTES, Standing, seal, standing, unseal

SPARE_MIB = 500
JPEG = "image/jpeg"
PDF = "application/pdf"
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
# How a JPEG, a PDF and a Word file begin.
PLAIN_STARTS = (b"\xff\xd8", b"%PDF-", b"PK")
EXTENSIONS = {JPEG: ".jpg", PDF: ".pdf", DOCX: ".docx"}


class ShelfFull(OSError):
    """Too little room on the disk for attachments; text may still fit."""


@dataclass(frozen=True)
class StoredFile:
    """A file on the shelf: its random name, media type, bytes and SHA-256 as it lies there."""

    name: str
    media_type: str
    size: int
    sha256: str


class Shelf:
    """A folder of files, spread over 256 folders by the first two letters of their names."""

    NAME = re.compile(r"[0-9a-f]{32}\.(?:jpg|pdf|docx)")

    def __init__(self, root: Path, spare_mib: int = SPARE_MIB, key: bytes = b"") -> None:
        """`spare_mib` MiB of the disk stay free for the database; `key` seals what is kept."""
        root.mkdir(mode=0o700, parents=True, exist_ok=True)
        self.root = root
        self.spare = spare_mib * 2**20
        self._key = key

    def keep(self, data: bytes, media_type: str) -> StoredFile:
        """Write, fsync, rename, fsync the folders: a power cut leaves all of it or nothing.

        ShelfFull when the disk is nearly full; any other OSError means that nothing was kept.
        """
        if self.free() - len(data) < self.spare:
            raise ShelfFull(errno.ENOSPC, "Attachments are not taken: the disk is nearly full.")
        name = secrets.token_hex(16) + EXTENSIONS[media_type]
        data = self._sealed(data, name)
        try:
            _write_for_good(self.path(name), data)
        except OSError as error:
            if error.errno in {errno.ENOSPC, errno.EDQUOT}:
                raise ShelfFull(error.errno, "The disk filled up during the writing.") from error
            raise
        return StoredFile(name, media_type, len(data), hashlib.sha256(data).hexdigest())

    def path(self, name: str) -> Path:
        """Where a file of this name stands; ValueError for anything that is not such a name."""
        if not self.NAME.fullmatch(name):
            raise ValueError("That is not the name of a file on the shelf.")
        return self.root / name[:2] / name

    def holds(self, name: str) -> bool:
        """Whether a file of this name is there."""
        return self.path(name).is_file()

    def take_up(self, name: str) -> bool:
        """Hold a file that waits for its row a day longer; whether it is still there."""
        path = self.path(name)
        try:
            os.utime(path)
        except FileNotFoundError:
            return False
        return True

    def open(self, name: str) -> BinaryIO:
        """The same as a file."""
        return BytesIO(self.read(name))

    def read(self, name: str) -> bytes:
        """What was kept; FileNotFoundError when it is gone, SealBroken when it was altered.

        Files of the time before the shelf was sealed are read as they lie there.
        """
        data = self.path(name).read_bytes()
        if not self._key or data.startswith(PLAIN_STARTS):
            return data
        return unseal(self._key, data, f"file:{name}")

    def standing(self, name: str) -> Standing:
        """Whose seal is on it; a file that lies there unsealed is nobody's to seal anew."""
        with self.path(name).open("rb") as file:
            head = file.read(HEAD_BYTES)
        if not self._key or head.startswith(PLAIN_STARTS):
            return "present"
        return standing(self._key, head)

    def anew(self, name: str) -> StoredFile:
        """Kept once more, under another name and with the key in use; the old one stays for now.

        It is held a day longer, as a backup may be on its way that knows it by its old name.
        """
        ending = Path(name).suffix
        kept = self.keep(self.read(name), next(k for k, e in EXTENSIONS.items() if e == ending))
        self.take_up(name)
        return kept

    def _sealed(self, data: bytes, name: str) -> bytes:
        return seal(self._key, data, f"file:{name}") if self._key else data

    def remove(self, name: str) -> None:
        """Take it away for good; nothing happens if it is gone already."""
        path = self.path(name)
        if path.exists():
            path.unlink(missing_ok=True)
            sync_folder(path.parent)

    def strays(self, known: set[str], older_than: datetime) -> Iterator[Path]:
        """Files that no row knows, and unfinished ones, last written before `older_than`."""
        for path in self.root.glob("*/*"):
            if path.name not in known and _was_written_before(path, older_than):
                yield path

    def discard(self, path: Path, older_than: datetime) -> bool:
        """Remove a stray, unless somebody has taken it up meanwhile; whether it is gone."""
        if not _was_written_before(path, older_than):
            return False
        path.unlink(missing_ok=True)
        sync_folder(path.parent)
        return True

    def free(self) -> int:
        """Bytes that may still be written to the disk of the shelf."""
        return shutil.disk_usage(self.root).free


def _write_for_good(path: Path, data: bytes) -> None:
    path.parent.mkdir(mode=0o700, exist_ok=True)
    unfinished = path.with_name(f".{secrets.token_hex(16)}")
    try:
        with unfinished.open("xb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        os.rename(unfinished, path)
    except OSError:
        unfinished.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)
    sync_folder(path.parent.parent)  # the folder itself may be new


def sync_folder(folder: Path) -> None:
    """Only then does the name of a new file survive a power cut."""
    descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def _was_written_before(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # finished or removed while we looked
        return False
