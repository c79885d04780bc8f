"""Over a real socket: what no browser sends, and answers that begin while somebody is sending."""

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from bench.crash.house import House
from bench.lines import Address

HOST = b"Host: 127.0.0.1\r\nConnection: close\r\n"
FORM = b"Content-Type: application/x-www-form-urlencoded\r\n"
MIB = 2**20


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Address, str]]:
    """The program behind its own port, and the code of a point; SQLite, for it stores nothing."""
    var: Path = tmp_path_factory.mktemp("raw") / "var"
    house = House(var, f"sqlite:///{var}/feedback.db")
    code = house.furnish()
    house.start()
    yield house.address, code
    house.stop()
    said = house.log.read_text()
    assert "127.0.0.1" not in said, "no address of a sender in the log"
    assert "Traceback" not in said


def answer(address: Address, raw: bytes) -> bytes:
    with socket.create_connection(address, 30) as line:
        line.sendall(raw)
        whole = bytearray()
        while piece := line.recv(65536):
            whole += piece
    return bytes(whole)


@pytest.mark.parametrize("chunks", [
    b"ZZZ\r\nabc\r\n0\r\n\r\n",
    b"-5\r\nabc\r\n0\r\n\r\n",
    b"3\r\nabcXX5\r\nhello\r\n0\r\n\r\n",
])  # fmt: skip
@pytest.mark.parametrize("path", ["/q/{code}/gui", "/tra-cuu", "/dang-nhap"])
def test_a_body_in_broken_pieces_is_the_senders_fault(
    served: tuple[Address, str], path: str, chunks: bytes
):
    address, code = served
    head = f"POST {path.format(code=code)} HTTP/1.1\r\n".encode() + HOST + FORM
    told = answer(address, head + b"Transfer-Encoding: chunked\r\n\r\n" + chunks)
    assert told.startswith(b"HTTP/1.1 400 ")
    assert "Yêu cầu không đọc được".encode() in told


@pytest.mark.parametrize(
    ("path", "site", "status"),
    [
        ("/khong-co", b"same-origin", b"404"),
        ("/q/{code}/gui", b"cross-site", b"403"),
        ("/dang-nhap", b"same-origin", b"413"),
    ],
)
def test_who_sends_a_large_body_hears_the_answer_though_nobody_wanted_it(
    served: tuple[Address, str], path: str, site: bytes, status: bytes
):
    address, code = served
    head = f"POST {path.format(code=code)} HTTP/1.1\r\n".encode() + HOST + FORM
    size = 60 * MIB
    head += b"Sec-Fetch-Site: %b\r\nContent-Length: %d\r\n\r\n" % (site, size)
    told = answer(address, head + bytes(size))
    assert told.startswith(b"HTTP/1.1 " + status)
    assert told.endswith(b"</html>\n") or told.rstrip().endswith(b"</html>")


@pytest.mark.parametrize("raw", [
    b"\x00\x01\x02\r\n\r\n",
    b"GET /" + b"a" * 9000 + b" HTTP/1.1\r\n" + HOST + b"\r\n",
    b"POST /tra-cuu HTTP/1.1\r\n" + HOST + b"Content-Length: abc\r\n\r\n",
    b"POST /tra-cuu HTTP/1.1\r\n" + HOST
    + b"Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
])  # fmt: skip
def test_what_is_no_request_is_refused_and_kept_in_no_log(served: tuple[Address, str], raw: bytes):
    assert answer(served[0], raw).startswith(b"HTTP/1.1 4")
