"""Two scanners to try with: one that speaks clamd's protocol on a real socket, and clamd itself."""

import hashlib
import shutil
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from feedback.clamd import Scanner

# EICAR's test file, in two parts, so that no scanner takes this one for it.
EICAR = (r"X5O!P%@AP[4\PZX54(P^)7CC)7}$" + "EICAR-STANDARD-ANTIVIRUS-TEST-FILE!$H+H*").encode()
CLAMD = shutil.which("clamd", path="/usr/sbin:/usr/bin:/sbin:/bin")
STARTS_WITHIN = 30.0

# Given the file, what to answer; nothing at all for one that hangs up.
Says = Callable[[bytes], bytes]


def clean_or_found(data: bytes) -> bytes:
    """As clamd with one signature would."""
    return b"stream: Eicar-Test FOUND\0" if EICAR in data else b"stream: OK\0"


class FakeScanner:
    """Reads a file in its pieces as clamd does, and answers what it was told to."""

    def __init__(self, address: str, says: Says = clean_or_found) -> None:
        self.says = says
        self.seen: list[bytes] = []
        self.limit = 25 * 2**20
        self.pause = 0.0  # before each answer
        self.pieces: list[int] = []
        self._listening = _listen(address)
        self.address = address or "{}:{}".format(*self._listening.getsockname())
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def close(self) -> None:
        with suppress(OSError):
            self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        self._thread.join(5)

    def _serve(self) -> None:
        while True:
            try:
                line, _whom = self._listening.accept()
            except OSError:
                return
            with line, suppress(OSError, EOFError):
                line.settimeout(10)
                self._answer(line)

    def _answer(self, line: socket.socket) -> None:
        command = _until_zero(line)
        if command == b"zPING":
            line.sendall(b"PONG\0")
        elif command == b"zINSTREAM":
            data = self._file(line)
            if data is None:
                line.sendall(b"INSTREAM size limit exceeded. ERROR\0")
                return
            self.seen.append(data)
            time.sleep(self.pause)
            line.sendall(self.says(data))
        else:
            line.sendall(b"UNKNOWN COMMAND\0")

    def _file(self, line: socket.socket) -> bytes | None:
        data = b""
        while length := int.from_bytes(_exactly(line, 4), "big"):
            self.pieces.append(length)
            data += _exactly(line, length)
            if len(data) > self.limit:
                return None
        return data


def _listen(address: str) -> socket.socket:
    if not address.startswith("unix:"):
        return socket.create_server(("127.0.0.1", 0))
    made = socket.socket(socket.AF_UNIX)
    made.bind(address.removeprefix("unix:"))
    made.listen(8)
    return made


def _until_zero(line: socket.socket) -> bytes:
    said = b""
    while (letter := _exactly(line, 1)) != b"\0":
        said += letter
    return said


def _exactly(line: socket.socket, count: int) -> bytes:
    got = b""
    while len(got) < count:
        piece = line.recv(count - len(got))
        if not piece:
            raise EOFError
        got += piece
    return got


@contextmanager
def a_fake(address: str = "", says: Says = clean_or_found) -> Iterator[FakeScanner]:
    made = FakeScanner(address, says)
    try:
        yield made
    finally:
        made.close()


@contextmanager
def a_clamd(folder: Path) -> Iterator[str]:
    """clamd itself with one signature, EICAR's test file; where it listens."""
    signatures = folder / "signatures"
    signatures.mkdir()
    digest = hashlib.md5(EICAR, usedforsecurity=False).hexdigest()
    (signatures / "eicar.hdb").write_text(f"{digest}:{len(EICAR)}:Eicar-Test-File\n")
    anywhere = "".join(f"{byte:02x}" for byte in EICAR)
    (signatures / "eicar.ndb").write_text(f"Eicar-Test-Bytes:0:*:{anywhere}\n")
    told = {
        "LocalSocket": folder / "clamd.sock",
        "DatabaseDirectory": signatures,
        "PidFile": folder / "clamd.pid",
        "LogFile": folder / "clamd.log",
        "TemporaryDirectory": folder,
        "Foreground": "yes",
    }
    config = folder / "clamd.conf"
    config.write_text("".join(f"{name} {value}\n" for name, value in told.items()))
    assert CLAMD
    process = subprocess.Popen([CLAMD, "--config-file", config], stdout=subprocess.DEVNULL)
    try:
        address = f"unix:{folder / 'clamd.sock'}"
        _wait_for(address)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def _wait_for(address: str) -> None:
    until = time.monotonic() + STARTS_WITHIN
    while not Scanner(address, patience=2).is_there():
        assert time.monotonic() < until, "clamd did not begin to listen."
        time.sleep(0.2)
