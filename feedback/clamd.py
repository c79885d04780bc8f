"""clamd: a file goes to the virus scanner in pieces, its word comes back (clamd(8), INSTREAM).

Each piece comes after its length, four bytes with the highest first; a length of zero ends the
file. Commands and answers end with a zero byte. The file is sent as it was handed in, so a scanner
on another machine belongs on a network of its own.
"""

import re
import socket
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from time import monotonic

PIECE = 64 * 1024
LONGEST_ANSWER = 4096
LONGEST_NAME = 120
COME_IN = 3.0  # seconds for the door to open
UNIX = "unix:"
VERDICT = re.compile(r"stream: (?:(?P<clean>OK)|(?P<found>.+) FOUND)", re.DOTALL)
NAMELESS = "?"


class ScannerDown(OSError):
    """No sense was had from the scanner: away, too slow, or no answer of its kind."""


class NotScanned(ValueError):
    """The scanner is there, and says that it cannot look through this file."""


@dataclass(frozen=True, slots=True)
class Scanner:
    """Where clamd listens (“unix:/path” or “host:port”), and how long one file may take."""

    address: str
    patience: float = 15.0

    def look(self, data: bytes) -> str:
        """The name of what was found; nothing when the file is clean."""
        answer = self._ask(b"zINSTREAM\0", _pieces(data))
        verdict = VERDICT.fullmatch(answer)
        if verdict is None and answer.endswith(" ERROR"):
            raise NotScanned("The scanner could not look through the file.")
        if verdict is None:
            raise ScannerDown("That is no answer of a scanner.")
        return "" if verdict["clean"] else _name(verdict["found"])

    def is_there(self) -> bool:
        """Whether it answers at all."""
        with suppress(ScannerDown):
            return self._ask(b"zPING\0", iter(())) == "PONG"
        return False

    def _ask(self, command: bytes, more: Iterator[bytes]) -> str:
        ends = monotonic() + self.patience
        try:
            with self._connected() as line:
                # It hangs up when it has had enough, and has said why before.
                with suppress(BrokenPipeError, ConnectionResetError):
                    _send(line, command, more, ends)
                return _answer(line, ends)
        except UnicodeDecodeError as error:
            raise ScannerDown("That is no answer of a scanner.") from error
        except ScannerDown:
            raise
        except OSError as error:
            raise ScannerDown(type(error).__name__) from error

    def _connected(self) -> socket.socket:
        if not self.address.startswith(UNIX):
            host, _colon, port = self.address.rpartition(":")
            return socket.create_connection((host.strip("[]"), int(port)), COME_IN)
        line = socket.socket(socket.AF_UNIX)
        try:
            line.settimeout(COME_IN)
            line.connect(self.address.removeprefix(UNIX))
        except OSError:
            line.close()
            raise
        return line


def _name(found: str) -> str:
    """On one line and not too long, and never nothing: that would mean clean."""
    shown = "".join(letter for letter in found if letter.isprintable()).strip()
    return shown[:LONGEST_NAME] or NAMELESS


def _pieces(data: bytes) -> Iterator[bytes]:
    for start in range(0, len(data), PIECE):
        piece = data[start : start + PIECE]
        yield len(piece).to_bytes(4, "big") + piece
    yield bytes(4)


def _send(line: socket.socket, command: bytes, more: Iterator[bytes], ends: float) -> None:
    for piece in (command, *more):
        line.settimeout(_left(ends))
        line.sendall(piece)


def _answer(line: socket.socket, ends: float) -> str:
    """Up to the zero byte: an answer that stops before it is none."""
    said = b""
    while not said.endswith(b"\0"):
        line.settimeout(_left(ends))
        piece = line.recv(LONGEST_ANSWER)
        said += piece
        if not piece or len(said) > LONGEST_ANSWER:
            raise ScannerDown("The answer broke off, or never ended.")
    return said[:-1].decode("ascii")


def _left(ends: float) -> float:
    left = ends - monotonic()
    if left <= 0:
        raise ScannerDown("It took too long.")
    return left
