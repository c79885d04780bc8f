"""The disk that forgets, on which power cuts are tried: what it keeps and what it must not."""

import random
import shutil
import subprocess
import sys
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.crash import traces
from bench.crash.disk import Disk, Node, put
from bench.crash.traces import Event

ROOT = Path("/var/house")
LETTER = "/var/house/files/ab/letter"


def write(path: str, data: bytes, offset: int = -1) -> Event:
    return Event(0, "write", path, offset, data)


def named(path: str, to: str) -> Event:
    return Event(0, "name", path, to=to)


def do(disk: Disk, *events: Event) -> None:
    for event in events:
        disk.apply(event)


def sync(disk: Disk, path: str) -> None:
    disk.end_sync(disk.begin_sync(Event(0, "sync", path)))


def left(disk: Disk, tmp_path: Path, *, torn: bool = False, seed: int = 1) -> dict[str, bytes]:
    into = tmp_path / f"left-{seed}-{torn}"
    into.mkdir()
    disk.after_a_cut(into, random.Random(seed), torn=torn)
    return {str(p.relative_to(into)): p.read_bytes() for p in into.rglob("*") if p.is_file()}


def test_a_file_needs_its_own_sync_and_that_of_its_folder(tmp_path: Path):
    disk = Disk(ROOT)
    do(disk, named(LETTER, LETTER), write(LETTER, b"Kinh gui"))
    assert left(disk, tmp_path, seed=1) == {}
    sync(disk, LETTER)
    assert left(disk, tmp_path, seed=2) == {}
    sync(disk, "/var/house/files/ab")
    assert left(disk, tmp_path, seed=3) == {"files/ab/letter": b"Kinh gui"}
    do(disk, write(LETTER, b" nha truong"))
    assert left(disk, tmp_path, seed=4) == {"files/ab/letter": b"Kinh gui"}


def test_a_folder_synced_before_its_file_leaves_an_empty_one(tmp_path: Path):
    disk = Disk(ROOT)
    do(disk, named(LETTER, LETTER), write(LETTER, b"Kinh gui"))
    sync(disk, "/var/house/files/ab")
    assert left(disk, tmp_path) == {"files/ab/letter": b""}


def test_a_sync_covers_nothing_that_came_after_it_began(tmp_path: Path):
    disk = Disk(ROOT)
    do(disk, named(LETTER, LETTER), write(LETTER, b"one"))
    of_file, of_folder = (
        disk.begin_sync(Event(0, "sync", path)) for path in (LETTER, "/var/house/files/ab")
    )
    do(disk, write(LETTER, b"two"), named(LETTER, f"{LETTER}.new"))
    disk.end_sync(of_file)
    disk.end_sync(of_folder)
    assert left(disk, tmp_path) == {"files/ab/letter": b"one"}


def test_two_syncs_that_overlap_keep_no_more_than_each_saw(tmp_path: Path):
    disk = Disk(ROOT)
    do(disk, named(LETTER, LETTER), write(LETTER, b"1"))
    first = disk.begin_sync(Event(0, "sync", LETTER))
    do(disk, write(LETTER, b"2"))
    second = disk.begin_sync(Event(0, "sync", LETTER))
    do(disk, write(LETTER, b"3"))
    disk.end_sync(second)
    disk.end_sync(first)
    sync(disk, "/var/house/files/ab")
    assert left(disk, tmp_path) == {"files/ab/letter": b"12"}


def test_a_rename_is_forgotten_until_its_folder_was_synced(tmp_path: Path):
    disk = Disk(ROOT)
    unfinished = "/var/house/files/ab/.unfinished"
    do(disk, named(unfinished, unfinished), write(unfinished, b"photo"))
    sync(disk, unfinished)
    do(disk, named(unfinished, LETTER))
    assert left(disk, tmp_path, seed=1) == {}
    sync(disk, "/var/house/files/ab")
    assert left(disk, tmp_path, seed=2) == {"files/ab/letter": b"photo"}


@pytest.mark.parametrize("blind", ["files", "folders"])
def test_a_disk_that_leaves_out_syncs_loses_the_file(tmp_path: Path, blind: str):
    disk = Disk(ROOT, blind)
    do(disk, named(LETTER, LETTER), write(LETTER, b"photo"))
    sync(disk, LETTER)
    sync(disk, "/var/house/files/ab")
    assert b"photo" not in left(disk, tmp_path).values()


def test_a_torn_disk_sometimes_has_a_part_and_never_more(tmp_path: Path):
    disk = Disk(ROOT)
    do(disk, named(LETTER, LETTER))
    sync(disk, "/var/house/files/ab")
    whole = bytes(range(256)) * 8
    do(disk, write(LETTER, whole))
    found = {left(disk, tmp_path, torn=True, seed=n)["files/ab/letter"] for n in range(40)}
    assert b"" in found
    assert whole in found
    assert any(0 < len(one) < len(whole) for one in found)
    assert all(whole.startswith(one) and len(one) % 512 == 0 for one in found)


@given(st.lists(st.tuples(st.integers(0, 40), st.binary(max_size=12)), max_size=12), st.data())
def test_what_was_settled_is_the_writes_in_their_order(writes, data):
    """The law: whenever it is synced in between, in the end the file is what was written."""
    node, whole = Node(), bytearray()
    for offset, piece in writes:
        event = write(LETTER, piece, offset)
        node.add(event)
        put(whole, event)
        if data.draw(st.booleans()):
            node.settle(node.mark)
            assert node.kept == whole
    node.settle(node.mark)
    assert (node.kept, node.size) == (whole, len(whole))


# --- what strace tells ----------------------------------------------------------------------------

PROGRAM = """
import os, sys
place = sys.argv[1]
with open(f"{place}/.unfinished", "xb") as file:
    file.write(b'Ph\\u1ee5 huynh, "5", <b>\\x00\\xff')
    file.flush()
    os.fsync(file.fileno())
os.rename(f"{place}/.unfinished", f"{place}/letter")
folder = os.open(place, os.O_RDONLY | os.O_DIRECTORY)
os.fsync(folder)
number = os.open(f"{place}/letter", os.O_RDWR)
os.pwrite(number, b"BOARD", 3)
os.ftruncate(number, 12)
os.unlink(f"{place}/letter")
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_a_program_under_strace_is_read_as_it_was_written(tmp_path: Path):
    below = tmp_path / "below"
    below.mkdir()
    words = traces.command(tmp_path / "trace")
    done = subprocess.run(
        [*words, sys.executable, "-c", PROGRAM, str(below)],
        check=False,
        capture_output=True,
        text=True,
    )
    if "ptrace" in done.stderr or "Operation not permitted" in done.stderr:
        pytest.skip("Nobody may trace here.")
    assert done.returncode == 0, done.stderr
    found = list(traces.events(tmp_path / "trace", below))
    letter, unfinished = f"{below}/letter", f"{below}/.unfinished"
    assert [(one.kind, one.path) for one in found] == [
        ("name", unfinished), ("write", unfinished), ("sync", unfinished), ("name", unfinished),
        ("sync", str(below)), ("write", letter), ("cut", letter), ("gone", letter),
    ]  # fmt: skip
    assert found[1].data == b'Ph\\u1ee5 huynh, "5", <b>\x00\xff'
    assert found[3].to == letter
    assert (found[5].offset, found[5].data, found[6].offset) == (3, b"BOARD", 12)
    assert all(one.at <= two.at for one, two in pairwise(found))


def test_a_line_that_is_not_understood_stops_the_count(tmp_path: Path):
    hexed = "".join(f"\\x{byte:02x}" for byte in str(tmp_path).encode())
    (tmp_path / "trace.1").write_text(f"1.0 write(3<{hexed}>, half a line\n", encoding="ascii")
    with pytest.raises(ValueError, match="Not understood"):
        list(traces.events(tmp_path / "trace", tmp_path))
