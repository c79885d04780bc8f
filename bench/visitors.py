"""Visitors: they open the form, fill it in and send it; every answer they get is looked at."""

import gzip
import itertools
import re
import time
from dataclasses import dataclass
from statistics import median, quantiles

from bench.lines import Address, Answer, Sitting, sit
from bench.processes import cpu_seconds
from bench.sheets import Sheet, key_in, posted, read_sheet

CONNECTIONS = 8
OK = 200
# Sooner after it was opened a form is noted as sent by a program, which costs rows of its own.
FILLED_IN_AFTER = 3.1  # seconds

# What a phone's browser says with every request.
BROWSER = (
    "User-Agent: Mozilla/5.0 (Linux; Android 14; K) AppleWebKit/537.36 Chrome/131.0 Mobile\r\n"
    "Accept: text/html,application/xhtml+xml,application/xml;q=0.9,image/webp,*/*;q=0.8\r\n"
    "Accept-Encoding: gzip, deflate\r\n"
    "Accept-Language: vi-VN,vi;q=0.9,en;q=0.8\r\n"
    "Sec-Fetch-Dest: document\r\n"
    "Sec-Fetch-Mode: navigate\r\n"
    "Upgrade-Insecure-Requests: 1\r\n"
)
COOKIE = re.compile(rb"\r\nset-cookie: *([^;\r]+)", re.IGNORECASE)
PACKED = re.compile(rb"\r\ncontent-encoding: *gzip", re.IGNORECASE)

SAID = {
    "kind": "PA",
    "about": "boarding",
    "text": "Phiếu %d. Hôm nay bữa trưa của bé ít thịt, con về nhà nói đói, và cơm hơi nguội. "
    "Tuần trước cũng vậy hai lần; mấy phụ huynh trong lớp đều nghe các cháu kể giống nhau.",
    "wish": "Mong nhà trường xem lại suất ăn và báo cho phụ huynh biết.",
}
CONTACT = {
    "reply": "contact",
    "name": "Nguyễn Thị Mai",
    "email": "mai@example.com",
    "consent": "y",
}


class WrongAnswer(RuntimeError):
    """A speed without the right answers means nothing."""


@dataclass(frozen=True, slots=True)
class Door:
    """Where visitors go, and how a right answer is told.

    `key`: the hidden field that differs from visitor to visitor. `receipt`: what an acknowledged
    send shows, in a group. `pids`: the processes whose time it costs.
    """

    address: Address
    path: str
    pids: tuple[int, ...]
    key: str = ""
    receipt: str = ""


@dataclass(frozen=True, slots=True)
class Measured:
    """One measurement. Times in ms, `cpu` per answer; `receipts` are what a send was told."""

    rate: float
    p50: float
    p99: float
    cpu: float
    bytes: int
    receipts: tuple[str, ...] = ()


def read_for(door: Door, seconds: float) -> Measured:
    """Look at the page again and again, each time as a new visitor."""
    before = cpu_seconds(door.pids)
    sitting = sit(door.address, itertools.repeat(_get(door)), CONNECTIONS, seconds)
    cpu = cpu_seconds(door.pids) - before
    pages = [page_of(answer) for answer in sitting.answers]
    if door.key:
        _all_different([key_in(door.key, page) for page in pages], "keys")
    return _measured(sitting, cpu)


def send_for(door: Door, visitors: int, seconds: float) -> Measured:
    """So many visitors have opened the form of their own before; then they send, for so long."""
    posts = prepared(door, visitors)
    time.sleep(FILLED_IN_AFTER)
    before = cpu_seconds(door.pids)
    sitting = sit(door.address, iter(posts), CONNECTIONS, seconds)
    cpu = cpu_seconds(door.pids) - before
    receipts = [receipt_in(door, page_of(answer)) for answer in sitting.answers]
    _all_different(receipts, "receipts")
    return _measured(sitting, cpu, tuple(receipts))


def look(door: Door) -> Sheet:
    """The form of that door."""
    return read_sheet(page_of(sit(door.address, [_get(door)], 1).answers[0]))


def _measured(sitting: Sitting, cpu: float, receipts: tuple[str, ...] = ()) -> Measured:
    times = [answer.ms for answer in sitting.answers]
    return Measured(
        rate=len(times) / sitting.seconds,
        p50=median(times),
        p99=quantiles(times, n=100)[-1],
        cpu=1e3 * cpu / len(times),
        bytes=len(sitting.answers[-1].body),
        receipts=receipts,
    )


def _get(door: Door) -> bytes:
    host = f"{door.address[0]}:{door.address[1]}"
    lines = f"GET {door.path} HTTP/1.1\r\nHost: {host}\r\n{BROWSER}"
    return f"{lines}Sec-Fetch-Site: none\r\n\r\n".encode()


def prepared(door: Door, visitors: int, address: str = "") -> list[bytes]:
    gets = itertools.repeat(_get(door), visitors)
    opened = sit(door.address, gets, CONNECTIONS).answers
    sheet = read_sheet(page_of(opened[0]))
    return [_post(door, sheet, answer, number, address) for number, answer in enumerate(opened)]


def address_of(number: int) -> str:
    """Where a visitor comes from, in a network that nobody has (RFC 2544)."""
    return f"198.18.{number // 250 % 256}.{number % 250 + 1}"


def _post(door: Door, sheet: Sheet, opened: Answer, number: int, address: str = "") -> bytes:
    key = {door.key: key_in(door.key, page_of(opened))}
    kind, body = posted(sheet.values | _said(number) | key, sheet.files)
    host = f"{door.address[0]}:{door.address[1]}"
    head = (
        f"POST {door.path} HTTP/1.1\r\nHost: {host}\r\n{BROWSER}Sec-Fetch-Site: same-origin\r\n"
        f"Origin: http://{host}\r\nReferer: http://{host}{door.path}\r\nContent-Type: {kind}\r\n"
        f"Content-Length: {len(body)}\r\n{_cookies(opened)}"
        f"X-Forwarded-For: {address or address_of(number)}\r\n\r\n"
    )
    return head.encode() + body


def _said(number: int) -> dict[str, str]:
    """Every second parent leaves a way to be reached."""
    said = SAID | {"text": SAID["text"] % number}
    return said | CONTACT if number % 2 else said


def _cookies(answer: Answer) -> str:
    found = [match[1].decode() for match in COOKIE.finditer(answer.head)]
    return f"Cookie: {'; '.join(found)}\r\n" if found else ""


def page_of(answer: Answer) -> str:
    if answer.status != OK:
        raise WrongAnswer(f"Status {answer.status}: {answer.body[:300]!r}")
    body = gzip.decompress(answer.body) if PACKED.search(answer.head) else answer.body
    return body.decode()


def receipt_in(door: Door, page: str) -> str:
    found = re.search(door.receipt, page)
    if not found:
        raise WrongAnswer(f"No receipt in the answer: {page[:300]!r}")
    return found[1]


def _all_different(things: list[str], what: str) -> None:
    if "" in things or len(set(things)) != len(things):
        raise WrongAnswer(f"The {what} of {len(things)} answers are not all there and different.")
