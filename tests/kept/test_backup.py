"""A burnt machine: what was acknowledged before the backup is there again on the next one."""

import hashlib
import subprocess
from pathlib import Path

import pytest

from bench.crash.house import House
from bench.crash.parents import Crowd, Faults, Letter
from feedback import backups
from feedback.traces import STUB
from tests.kept.conftest import a_database


def a_key(folder: Path) -> tuple[str, Path]:
    """What the administrator makes at home: the public key, and where the private one lies."""
    path = folder / "backup.key"
    return backups.new_key(path), path


def hashes(folder: Path) -> dict[str, str]:
    files = (path for path in (folder / "files").rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def refused(house: House, *words: str) -> str:
    """The sentence a command ends with when it refuses."""
    with pytest.raises(subprocess.CalledProcessError) as failed:
        house.flask(*words)
    assert failed.value.returncode == 1
    said: str = failed.value.stderr
    assert "Traceback" not in said
    return said


@pytest.fixture
def busy(house: House) -> tuple[House, Crowd]:
    """The house while parents are sending, some with photos."""
    crowd = Crowd(house.address, house.furnish(), Faults(lost=0, cut=0, photo=0.6))
    house.start()
    crowd.run(3)
    while len(crowd.acknowledged) < 25:
        crowd.enough.wait(0.05)
    return house, crowd


def assert_all_there(letters: list[Letter], house: House) -> None:
    kept = {case["reference"]: case for case in house.export()}
    for letter in letters:
        case = kept[min(letter.references)]
        assert case["text"] == letter.text
        assert case["attachments"] == [True] * letter.photos


def test_a_house_that_burnt_down_is_restored_with_equal_hashes(
    busy: tuple[House, Crowd], tmp_path: Path
):
    house, crowd = busy
    public, private = a_key(tmp_path)
    before: list[Letter] = crowd.acknowledged
    out = tmp_path / "feedback.age"
    house.flask("backup", str(out), "--to", public)
    assert len(crowd.acknowledged) > len(before), "parents went on sending meanwhile"
    crowd.enough.set()
    house.kill()

    new = House(tmp_path / "new", a_database(tmp_path / "new"))
    where = ("--database", new.database_url) if "postgresql" in new.database_url else ()
    told = house.flask("restore", str(out), str(new.folder), "--identity", str(private), *where)
    assert "All is as it was stored." in told.stdout
    assert_all_there(before, new)
    old = hashes(house.folder)
    assert hashes(new.folder)
    assert hashes(new.folder).items() <= old.items()
    assert {path.stat().st_mode & 0o077 for path in new.folder.rglob("*.jpg")} == {0}


def test_a_backup_that_is_not_whole_restores_nothing(house: House, tmp_path: Path):
    house.furnish()
    public, private = a_key(tmp_path)
    out = tmp_path / "feedback.age"
    house.flask("backup", str(out), "--to", public)
    whole = out.read_bytes()
    middle = len(whole) // 2
    new = tmp_path / "new"
    damaged = {
        "flipped": whole[:middle] + bytes([whole[middle] ^ 1]) + whole[middle + 1 :],
        "cut in the middle": whole[:middle],
        "without its last byte": whole[:-1],
        "empty": b"",
        "something else": b"PK\x03\x04" * 100,
    }
    for fault, content in damaged.items():
        out.write_bytes(content)
        said = refused(
            house, "restore", str(out), str(tmp_path / "new"), "--identity", str(private)
        )
        assert "damaged, cut short, or sealed for another key" in said, fault
        assert not new.exists(), fault


def test_only_the_private_key_opens_it_and_only_into_an_empty_place(house: House, tmp_path: Path):
    house.furnish()
    public, private = a_key(tmp_path)
    out = tmp_path / "feedback.age"
    house.flask("backup", str(out), "--to", public)
    assert b"SQLite format 3" not in out.read_bytes()
    assert b"PGDMP" not in out.read_bytes()
    other = tmp_path / "other.key"
    backups.new_key(other)
    said = refused(house, "restore", str(out), str(tmp_path / "new"), "--identity", str(other))
    assert "sealed for another key" in said
    full = tmp_path / "full"
    full.mkdir()
    (full / "letter.txt").write_text("somebody's")
    said = refused(house, "restore", str(out), str(full), "--identity", str(private))
    assert "is not empty" in said
    assert [path.name for path in full.iterdir()] == ["letter.txt"]


def test_a_backup_never_takes_the_place_of_another(house: House, tmp_path: Path):
    house.furnish()
    public, private = a_key(tmp_path)
    out = tmp_path / "feedback.age"
    out.write_bytes(b"the only good one")
    assert "is there already" in refused(house, "backup", str(out), "--to", public)
    assert out.read_bytes() == b"the only good one"
    secret = private.read_text().splitlines()[-1]
    said = refused(house, "backup", str(tmp_path / "next.age"), "--to", secret)
    assert "no public key" in said
    assert secret not in said
    assert sorted(path.name for path in tmp_path.glob(".*")) == []
    assert list(house.folder.glob(".backup-*")) == []


def test_what_was_erased_after_the_backup_is_gone_again_from_what_is_restored(
    house: House, tmp_path: Path
):
    house.furnish()
    house.run("bench.erasure", "send")
    public, private = a_key(tmp_path)
    out = tmp_path / "feedback.age"
    house.flask("backup", str(out), "--to", public)
    house.run("bench.erasure", "erase")
    listed = house.folder / "erasures.jsonl"
    known = listed.read_bytes()
    assert known

    new = House(tmp_path / "new", a_database(tmp_path / "new"))
    where = ("--database", new.database_url) if "postgresql" in new.database_url else ()
    told = house.flask("restore", str(out), str(new.folder), "--identity", str(private), *where)
    assert "Letters erased again: 1." in told.stdout
    assert "Untouched" in told.stdout
    assert listed.read_bytes() == known
    assert not list(new.folder.rglob("erasures*"))
    assert [case["text"] for case in new.export()] == [STUB]


def test_the_list_of_what_was_erased_is_never_restored_over(house: House, tmp_path: Path):
    house.furnish()
    public, private = a_key(tmp_path)
    out = tmp_path / "feedback.age"
    house.flask("backup", str(out), "--to", public)
    new = House(tmp_path / "new", a_database(tmp_path / "new"))
    new.folder.mkdir()
    listed = new.folder / "erasures.jsonl"
    listed.write_text('{"letter": "ab", "what": "words", "at": ""}\n')
    said = refused(new, "restore", str(out), str(new.folder), "--identity", str(private))
    assert "Move it elsewhere, do not remove it" in said
    assert listed.read_text().startswith('{"letter": "ab"')


def test_a_photo_that_rots_or_goes_is_found_by_verify(busy: tuple[House, Crowd]):
    house, crowd = busy
    crowd.enough.set()
    house.stop()
    assert "All is as it was stored." in house.flask("verify").stdout
    rotten, gone = sorted((house.folder / "files").glob("*/*.jpg"))[:2]
    rotten.write_bytes(rotten.read_bytes()[:-1] + b"x")
    gone.unlink()
    said = refused(house, "verify")
    assert f"The file {rotten.name} is not what was stored." in said
    assert f"The file {gone.name} is missing." in said
    assert "1 files are missing" in refused(house, "sweep")
