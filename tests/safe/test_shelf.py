"""What is on the shelf survives a power cut, and nobody reaches past it."""

import errno
import hashlib
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from feedback.shelf import DOCX, JPEG, PDF, Shelf, ShelfFull

NOON = datetime(2026, 11, 24, 12, tzinfo=UTC)


@pytest.fixture
def shelf(tmp_path: Path) -> Shelf:
    return Shelf(tmp_path / "files", spare_mib=0)


def on_disk(shelf: Shelf) -> list[str]:
    return [path.name for path in shelf.root.glob("*/*")]


@pytest.mark.parametrize(("media_type", "ending"), [(JPEG, ".jpg"), (PDF, ".pdf"), (DOCX, ".docx")])
def test_a_kept_file_can_be_read_and_checked_again(shelf, media_type, ending):
    stored = shelf.keep(b"a photo", media_type)
    with shelf.open(stored.name) as file:
        assert file.read() == b"a photo"
    assert (stored.size, stored.media_type) == (7, media_type)
    assert stored.sha256 == hashlib.sha256(b"a photo").hexdigest()
    assert stored.name.endswith(ending)


def test_names_are_random_and_tell_nothing(shelf):
    assert shelf.keep(b"same", JPEG).name != shelf.keep(b"same", JPEG).name


def test_files_are_spread_over_folders_that_only_the_program_reads(shelf):
    path = shelf.path(shelf.keep(b"x", JPEG).name)
    assert path.parent == shelf.root / path.name[:2]
    assert {path.parent.stat().st_mode & 0o777, shelf.root.stat().st_mode & 0o777} == {0o700}


def test_the_disk_has_the_file_before_its_name_and_its_name_before_we_say_so(shelf, monkeypatch):
    done, fsync, rename = [], os.fsync, os.rename

    def note_fsync(descriptor):
        done.append(("fsync", os.path.basename(os.readlink(f"/proc/self/fd/{descriptor}"))))
        fsync(descriptor)

    def note_rename(old, new):
        done.append(("rename", Path(old).name))
        assert Path(old).read_bytes() == b"a photo"
        rename(old, new)

    monkeypatch.setattr(os, "fsync", note_fsync)
    monkeypatch.setattr(os, "rename", note_rename)
    name = shelf.keep(b"a photo", JPEG).name

    unfinished = done[0][1]
    assert unfinished.startswith(".")
    assert done == [
        ("fsync", unfinished), ("rename", unfinished), ("fsync", name[:2]), ("fsync", "files"),
    ]  # fmt: skip


@pytest.mark.parametrize("act", ["fsync", "rename"])
def test_when_the_disk_fails_nothing_half_done_is_left(shelf, monkeypatch, act):
    def fail(*_args):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(os, act, fail)
    with pytest.raises(OSError, match="Input/output") as failed:
        shelf.keep(b"a photo", JPEG)
    assert not isinstance(failed.value, ShelfFull)
    assert on_disk(shelf) == []


def test_a_disk_that_fills_up_during_the_writing_is_called_full(shelf, monkeypatch):
    def fail(_descriptor):
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(os, "fsync", fail)
    with pytest.raises(ShelfFull):
        shelf.keep(b"a photo", JPEG)
    assert on_disk(shelf) == []


def test_the_last_room_on_the_disk_is_left_to_the_database(tmp_path):
    shelf = Shelf(tmp_path, spare_mib=2**42)
    with pytest.raises(ShelfFull, match="nearly full"):
        shelf.keep(b"a photo", JPEG)
    assert on_disk(shelf) == []


@pytest.mark.parametrize("name", [
    "", ".", "..", "../feedback.db", "/etc/passwd", "ab/" + "a" * 32 + ".jpg", "a" * 32,
    "a" * 32 + ".exe", "A" * 32 + ".jpg", "a" * 31 + ".jpg", "a" * 32 + ".jpg\n",
    "a" * 32 + ".jpg/..", "." + "a" * 32, "a" * 32 + "\0.jpg", "a" * 32 + ".png",
])  # fmt: skip
def test_any_other_name_is_refused(shelf, name):
    for act in (shelf.path, shelf.holds, shelf.open, shelf.remove):
        with pytest.raises(ValueError, match="not the name"):
            act(name)


def test_a_file_is_held_until_it_is_removed_and_removing_twice_does_no_harm(shelf):
    name = shelf.keep(b"a photo", JPEG).name
    assert shelf.holds(name)
    shelf.remove(name)
    shelf.remove(name)
    assert not shelf.holds(name)
    with pytest.raises(FileNotFoundError):
        shelf.open(name)


def test_strays_are_old_files_that_no_row_knows_and_unfinished_ones(shelf):
    known, forgotten, young = (shelf.keep(b"x", JPEG).name for _ in range(3))
    unfinished = shelf.path(known).with_name("." + "a" * 32)
    unfinished.write_bytes(b"cut sho")
    for path in (shelf.path(known), shelf.path(forgotten), unfinished):
        os.utime(path, (NOON.timestamp() - 90_000,) * 2)
    os.utime(shelf.path(young), (NOON.timestamp(),) * 2)

    strays = set(shelf.strays({known}, older_than=NOON - timedelta(hours=24)))
    assert strays == {shelf.path(forgotten), unfinished}


def test_the_free_room_is_that_of_the_disk(shelf):
    assert shelf.free() > 0
