"""What is said to a virus scanner and what is made of its answers, over real sockets."""

import socket
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from feedback.clamd import PIECE, NotScanned, Scanner, ScannerDown
from tests.scanners import CLAMD, EICAR, FakeScanner, a_clamd, a_fake


@pytest.fixture(params=["unix", "tcp"])
def fake(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[FakeScanner]:
    address = f"unix:{tmp_path / 'clamd.sock'}" if request.param == "unix" else ""
    with a_fake(address) as scanner:
        yield scanner


def scanner_of(fake: FakeScanner, patience: float = 5) -> Scanner:
    return Scanner(fake.address, patience)


def test_a_clean_file_is_clean_and_a_bad_one_has_a_name(fake):
    assert scanner_of(fake).look(b"Bien ban cuoc hop phu huynh.") == ""
    assert scanner_of(fake).look(b"..." + EICAR) == "Eicar-Test"
    assert scanner_of(fake).is_there()


def test_a_large_file_goes_in_pieces_and_arrives_whole(fake):
    data = bytes(range(256)) * 2048
    assert scanner_of(fake).look(data) == ""
    assert fake.seen == [data]
    assert max(fake.pieces) == PIECE
    assert len(fake.pieces) == len(data) // PIECE


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=25, deadline=None
)
@given(
    size=st.sampled_from([0, 1, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE]),
    byte=st.binary(min_size=1, max_size=1),
)
def test_whatever_its_length_every_byte_arrives_once(fake, size, byte):
    scanner_of(fake).look(byte * size)
    assert fake.seen[-1] == byte * size


def test_what_is_too_large_for_the_scanner_was_not_scanned(fake):
    fake.limit = PIECE
    with pytest.raises(NotScanned):
        scanner_of(fake).look(bytes(20 * PIECE))


@pytest.mark.parametrize(
    "answer",
    [
        b"",  # hung up
        b"stream: OK",  # broke off before the zero byte
        b"\0",
        b"stream: \0",
        b"OK\0",
        b"stream: OK FOUND?\0",
        b"HTTP/1.1 200 OK\r\n\r\n\0",
        b"\xff\xfe\xfd\0",
        b"stream: " + b"A" * 9000,
    ],
)
def test_an_answer_that_is_none_never_counts_as_clean(fake, answer):
    fake.says = lambda _data: answer
    with pytest.raises(ScannerDown):
        scanner_of(fake).look(b"x")


@given(answer=st.binary(max_size=60).filter(lambda b: b"stream: OK" not in b and b"FOUND" not in b))
@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=40, deadline=None
)
def test_no_noise_is_taken_for_a_clean_file(fake, answer):
    fake.says = lambda _data: answer + b"\0"
    with pytest.raises((ScannerDown, NotScanned)):
        scanner_of(fake).look(b"x")


def test_a_name_with_line_breaks_in_it_is_kept_on_one_line_and_short(fake):
    fake.says = lambda _data: b"stream: Evil\r\nX-Header" + b"y" * 500 + b" FOUND\0"
    found = scanner_of(fake).look(b"x")
    assert found.startswith("Evil")
    assert "\n" not in found
    assert len(found) <= 120


def test_a_find_without_a_name_is_still_a_find(fake):
    fake.says = lambda _data: b"stream: \x07 FOUND\0"
    assert scanner_of(fake).look(b"x") == "?"


def test_a_slow_scanner_is_given_up_in_time(fake):
    fake.pause = 3
    began = time.monotonic()
    with pytest.raises(ScannerDown):
        scanner_of(fake, patience=0.4).look(b"x")
    assert time.monotonic() - began < 2


def test_one_that_drips_its_answer_cannot_stretch_the_time():
    """Each byte comes in time; the whole does not."""
    listening = socket.create_server(("127.0.0.1", 0))

    def drip() -> None:
        line, _whom = listening.accept()
        with line:
            try:
                for _ in range(100):
                    line.sendall(b"s")
                    time.sleep(0.1)
            except OSError:
                return

    threading.Thread(target=drip, daemon=True).start()
    began = time.monotonic()
    with listening, pytest.raises(ScannerDown):
        Scanner("{}:{}".format(*listening.getsockname()), 0.5).look(b"x")
    assert time.monotonic() - began < 2


def test_nobody_there_is_said_at_once(tmp_path):
    for address in (f"unix:{tmp_path / 'nothing.sock'}", "127.0.0.1:1"):
        assert not Scanner(address).is_there()
        with pytest.raises(ScannerDown):
            Scanner(address).look(b"x")


@pytest.mark.skipif(CLAMD is None, reason="clamd is not installed")
def test_clamd_itself_understands_us(tmp_path):
    with a_clamd(tmp_path) as address:
        scanner = Scanner(address)
        assert scanner.look(b"Bien ban cuoc hop phu huynh.") == ""
        assert "Eicar" in scanner.look(EICAR)
        assert "Eicar" in scanner.look(b"%PDF-1.4\n" + EICAR + b"\n%%EOF")
        assert scanner.look(bytes(8 * 2**20)) == ""
        with pytest.raises((NotScanned, ScannerDown)):
            scanner.look(bytes(101 * 2**20))
        assert scanner.is_there()
