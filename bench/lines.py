"""The load: a few connections that are kept alive, each with one request at a time.

Plain sockets and one thread, because a generator that is heavier than the server measures itself.
"""

import itertools
import re
import selectors
import socket
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

Address = tuple[str, int]

LENGTH = re.compile(rb"\r\ncontent-length: *(\d+)", re.IGNORECASE)
CLOSE = re.compile(rb"\r\nconnection: *close", re.IGNORECASE)
END_OF_HEAD = b"\r\n\r\n"
PATIENCE = 30.0  # seconds without any answer
# Visitors come and go: otherwise one worker might get all connections for the whole measurement.
ANSWERS_PER_CONNECTION = 40


class Unanswered(RuntimeError):
    """The server said nothing, or nothing that could be read."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What came back, after how many milliseconds; `request` is its number in the order sent."""

    request: int
    status: int
    head: bytes
    body: bytes
    ms: float


@dataclass(slots=True)
class Line:
    """One connection, and the request that is on its way over it."""

    address: Address
    socket: socket.socket
    request: int = 0
    sent_at: float = 0.0
    answered: int = 0
    received: bytearray = field(default_factory=bytearray)

    @classmethod
    def to(cls, address: Address) -> "Line":
        return cls(address, _connected(address))

    def send(self, number: int, request: bytes) -> None:
        self.request, self.sent_at = number, time.perf_counter()
        self.socket.sendall(request)

    def receive(self) -> Answer | None:
        """The answer, once all of it is there."""
        chunk = self.socket.recv(262_144)
        if not chunk:
            raise Unanswered("The connection was closed in the middle of an answer.")
        self.received += chunk
        answer = self._whole(time.perf_counter())
        if answer:
            self.received.clear()
            self.answered += 1
        return answer

    def _whole(self, now: float) -> Answer | None:
        end = self.received.find(END_OF_HEAD)
        if end < 0:
            return None
        head, body = bytes(self.received[:end]), bytes(self.received[end + len(END_OF_HEAD) :])
        length = LENGTH.search(head)
        if length is None:
            raise Unanswered("An answer without its length cannot be measured.")
        if len(body) < int(length[1]):
            return None
        return Answer(
            self.request, int(head.split(b" ", 2)[1]), head, body, 1e3 * (now - self.sent_at)
        )

    def is_worn(self, answer: Answer) -> bool:
        """Whether the next request takes a new connection."""
        return self.answered >= ANSWERS_PER_CONNECTION or bool(CLOSE.search(answer.head))


def _connected(address: Address) -> socket.socket:
    connection = socket.create_connection(address, PATIENCE)
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    return connection


@dataclass(frozen=True, slots=True)
class Sitting:
    """All answers of one measurement, and how long it took."""

    answers: list[Answer]
    seconds: float


def sit(
    address: Address, requests: Iterable[bytes], connections: int, seconds: float = float("inf")
) -> Sitting:
    """Send these requests over so many connections until they, or the seconds, run out."""
    began = time.perf_counter()
    until = began + seconds
    numbered = iter(enumerate(itertools.takewhile(lambda _: time.perf_counter() < until, requests)))
    answers = list(_answers(address, numbered, connections))
    return Sitting(answers, time.perf_counter() - began)


def _answers(
    address: Address, requests: Iterator[tuple[int, bytes]], connections: int
) -> Iterator[Answer]:
    with selectors.DefaultSelector() as selector:
        try:
            for number, request in itertools.islice(requests, connections):
                _start(selector, Line.to(address), number, request)
            while selector.get_map():
                yield from _ready(selector, requests)
        finally:
            for key in list(selector.get_map().values()):
                key.data.socket.close()


def _start(selector: selectors.BaseSelector, line: Line, number: int, request: bytes) -> None:
    selector.register(line.socket, selectors.EVENT_READ, line)
    line.send(number, request)


def _ready(
    selector: selectors.BaseSelector, requests: Iterator[tuple[int, bytes]]
) -> Iterator[Answer]:
    ready = selector.select(PATIENCE)
    if not ready:
        raise Unanswered(f"No answer for {PATIENCE:.0f} seconds.")
    for key, _ in ready:
        answer = key.data.receive()
        if answer:
            _go_on(selector, key.data, answer, next(requests, None))
            yield answer


def _go_on(
    selector: selectors.BaseSelector,
    line: Line,
    answer: Answer,
    following: tuple[int, bytes] | None,
) -> None:
    """The next request over this line, over a new one, or none any more."""
    if following and not line.is_worn(answer):
        line.send(*following)
        return
    selector.unregister(line.socket)
    line.socket.close()
    if following:
        _start(selector, Line.to(line.address), *following)
