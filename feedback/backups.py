"""A backup: database and files in one archive that only the holder of a private key can open.

The archive is a tar inside the age format (age-encryption.org/v1): cut short or changed by one bit,
it does not open. Its last member lists everything before it with SHA-256; it is what makes an
archive whole.
"""

import hashlib
import json
import os
import re
import tarfile
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

import pyrage

from feedback.shelf import Shelf, sync_folder
from feedback.snapshots import NAMES, Snapshot

VERSION = 1
MANIFEST = "manifest.json"
MEMBER = re.compile(rf"(?:{'|'.join(map(re.escape, NAMES.values()))}|files/{Shelf.NAME.pattern})")
PIECE = 2**20
DAMAGED = "The backup is damaged, cut short, or sealed for another key: nothing was restored."


class BackupRefused(Exception):
    """No backup was made or opened; the sentence says why."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """All that is in a backup. `hashes`: SHA-256 by member, the database included."""

    kind: str
    made_at: str
    rows: dict[str, int]
    hashes: dict[str, str] = field(default_factory=dict)
    version: int = VERSION


# --- keys -----------------------------------------------------------------------------------------


def new_key(path: Path) -> str:
    """Write a new private key into a new file; the public one, to back up to."""
    identity = pyrage.x25519.Identity.generate()
    with open(path, "x", opener=_private, encoding="ascii") as file:
        file.write(f"# public key: {identity.to_public()}\n{identity}\n")
    return str(identity.to_public())


def recipients(keys: tuple[str, ...]) -> list[Any]:
    """Public keys as they are typed; a private one typed by mistake is refused, not shown."""
    try:
        return [pyrage.x25519.Recipient.from_str(key) for key in keys]
    except pyrage.RecipientError as error:
        raise BackupRefused("That is no public key: it must begin with age1.") from error


def identity(text: str) -> Any:
    """The private key in the text of a key file."""
    lines = [line.strip() for line in text.splitlines() if line and not line.startswith("#")]
    try:
        return pyrage.x25519.Identity.from_str(lines[0] if lines else "")
    except pyrage.IdentityError as error:
        raise BackupRefused("That file holds no private key for backups.") from error


# --- making ---------------------------------------------------------------------------------------


def make(out: Path, keys: list[Any], snapshot: Snapshot, shelf: Shelf, at: datetime) -> Manifest:
    """Write the archive: all of it under its name, or nothing. The database came first.

    Files that arrive while it is written may or may not be in it; no row of the snapshot needs one
    of them.
    """
    if out.exists():
        raise BackupRefused(f"{out} is there already: choose another name.")
    manifest = Manifest(snapshot.kind, at.isoformat(), snapshot.rows)
    unfinished = out.with_name(f".{out.name}.part")
    try:
        with open(unfinished, "wb", opener=_private) as file:
            with piped(lambda pipe: _pack(pipe, manifest, snapshot.path, shelf)) as packed:
                pyrage.encrypt_io(packed, file, keys)
            file.flush()
            os.fsync(file.fileno())
        unfinished.rename(out)
    finally:
        unfinished.unlink(missing_ok=True)
    sync_folder(out.parent)
    return manifest


def _pack(pipe: BinaryIO, manifest: Manifest, database: Path, shelf: Shelf) -> None:
    with tarfile.open(fileobj=pipe, mode="w|") as archive:
        manifest.hashes[database.name] = _add(archive, database.name, database)
        for path in sorted(shelf.root.glob("*/*")):
            if Shelf.NAME.fullmatch(path.name):
                _add_file(archive, manifest, path)
        last = json.dumps(asdict(manifest)).encode()
        archive.addfile(_head(MANIFEST, len(last)), BytesIO(last))


def _add_file(archive: tarfile.TarFile, manifest: Manifest, path: Path) -> None:
    try:
        name = f"files/{path.name}"
        manifest.hashes[name] = _add(archive, name, path)
    except FileNotFoundError:  # a stray, swept while we were on our way
        return


def _add(archive: tarfile.TarFile, name: str, path: Path) -> str:
    with path.open("rb") as file:
        reading = _Hashing(file)
        archive.addfile(_head(name, os.fstat(file.fileno()).st_size), cast("IO[bytes]", reading))
    return reading.digest.hexdigest()


def _head(name: str, size: int) -> tarfile.TarInfo:
    head = tarfile.TarInfo(name)
    head.size, head.mode = size, 0o600
    return head


# --- opening --------------------------------------------------------------------------------------


def unpack(backup: Path, key: Any, into: Path) -> Manifest:
    """Open the archive into this new folder and check all of it; BackupRefused when not whole."""
    try:
        with backup.open("rb") as file, piped(lambda p: pyrage.decrypt_io(file, p, [key])) as plain:
            found, told = _unpack_all(plain, into)
            # To the very end: only then is it known that nothing was cut off.
            while plain.read(PIECE):
                continue
    except (pyrage.DecryptError, tarfile.TarError, EOFError, ValueError, OSError) as error:
        if isinstance(error, OSError) and error.errno:  # the disk, not the archive
            raise
        raise BackupRefused(DAMAGED) from error
    if told is None or told.version != VERSION or told.hashes != found:
        raise BackupRefused(DAMAGED)
    return told


def _unpack_all(plain: BinaryIO, into: Path) -> tuple[dict[str, str], Manifest | None]:
    found: dict[str, str] = {}
    told = None
    with tarfile.open(fileobj=plain, mode="r|") as archive:
        for member in archive:
            content = archive.extractfile(member)
            if content is None or not (member.name == MANIFEST or MEMBER.fullmatch(member.name)):
                raise ValueError("An archive of ours holds nothing of that name.")
            if member.name == MANIFEST:
                told = Manifest(**json.load(content))
            else:
                found[member.name] = _lay_down(content, into / _place(member.name))
    return found, told


def _place(name: str) -> Path:
    """Where it belongs: the shelf spreads its files over folders by their first two letters."""
    folder, _, file = name.rpartition("/")
    return Path(folder) / file[:2] / file if folder else Path(file)


def _lay_down(content: IO[bytes], path: Path) -> str:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    reading = _Hashing(content)
    with open(path, "xb", opener=_private) as file:
        while piece := reading.read(PIECE):
            file.write(piece)
        file.flush()
        os.fsync(file.fileno())
    return reading.digest.hexdigest()


# --- pipes ----------------------------------------------------------------------------------------


@contextmanager
def piped(work: Callable[[BinaryIO], None]) -> Iterator[BinaryIO]:
    """What `work` writes, to be read while it writes it; its failure is raised here."""
    read, write = os.pipe()
    failures: list[Exception] = []

    def write_all() -> None:
        try:
            with os.fdopen(write, "wb") as pipe:
                work(pipe)
        except Exception as error:
            failures.append(error)

    writer = threading.Thread(target=write_all)
    writer.start()
    try:
        with os.fdopen(read, "rb") as pipe:
            yield pipe
    finally:
        writer.join()
        real = [failure for failure in failures if not isinstance(failure, BrokenPipeError)]
        if real:
            raise real[0]


class _Hashing:
    """A file whose SHA-256 is known once it was read."""

    def __init__(self, file: IO[bytes]) -> None:
        self.file, self.digest = file, hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self.file.read(size)
        self.digest.update(piece)
        return piece


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
