"""`./run bench hostile`: ten thousand requests nobody honest sends, to the shipped server.

Every public form and the sign-in: strings, shapes, parts, files, mutations, and raw HTTP. Ends with
1 at a 5xx that is no honest 503, a script that comes back alive, a header let in, an answer
later than five seconds, a stack trace, or memory grown by more than 400 MiB.
"""

import argparse
import itertools
import random
import re
import socket
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from http.client import HTTPConnection, HTTPException, HTTPResponse
from pathlib import Path

from bench.crash.house import House
from bench.hostile.corpus import LIVE, Body, bodies, mutated
from bench.lines import Address
from bench.processes import PROC

PATIENCE = 5.0
GROWTH_MIB = 400
BROKEN, NOT_STORED = 500, 503
# A transfer coding nobody knows: RFC 9112 §6.1 asks for 501, and gunicorn says it by itself.
REFUSED_BY_GUNICORN = {501}
LINES = 4
HIDDEN = re.compile(r'<input[^>]*type="hidden"[^>]*name="(\w+)"[^>]*value="([^"]*)"')
TOLD = {"text": "Hôm nay bữa trưa của bé ít thịt.", "wish": "", "reply": "anonymous"}
# What a person would have filled in, by the door below the point, or by the whole address.
DOORS: dict[str, dict[str, str]] = {
    "/q/{code}/gui": {**TOLD, "kind": "PA", "about": "boarding", "subject": ""},
    "/q/{code}/khieu-nai-to-cao": {**TOLD, "kind": "TC", "about": "leaders", "about_text": "A"},
    "/q/{code}/gap": {
        "text": "Xin gặp cô.",
        "session": "other",
        "phone": "0901234567",
        "consent": "y",
    },
    "/q/{code}/khao-sat": {"G1": "5", "G3": "Tốt."},
    "/": {"code": "ABCDEFGH"},
    "/tra-cuu": {"code": "7K3M-Q2XD-9RTB-4HWE", "part": ""},
    "/tra-cuu/tra-loi": {"code": "7K3M-Q2XD-9RTB-4HWE", "text": "Vâng."},
    "/tra-cuu/don": {"code": "7K3M-Q2XD-9RTB-4HWE"},
    "/dang-nhap": {"email": "lan@demo.invalid", "password": "sai-mat-khau"},
    "/quen-mat-khau": {"email": "lan@demo.invalid"},
    "/mat-khau-moi/khong-co": {"password": "mat-khau-moi-dai", "again": "mat-khau-moi-dai"},
}


@dataclass
class Account:
    """What came back, and what of it must not."""

    statuses: Counter[int] = field(default_factory=Counter)
    faults: list[str] = field(default_factory=list)
    slowest: float = 0.0

    def note(self, what: str, status: int, head: str, body: bytes, seconds: float) -> None:
        self.statuses[status] += 1
        self.slowest = max(self.slowest, seconds)
        self.faults += [f"{what}: {fault}" for fault in _wrong(status, head, body, seconds)]


def _wrong(status: int, head: str, body: bytes, seconds: float) -> Iterator[str]:
    honest = status == NOT_STORED and "retry-after" in head
    if status >= BROKEN and not honest and status not in REFUSED_BY_GUNICORN:
        yield f"answered {status}"
    if seconds > PATIENCE:
        yield f"{seconds:.1f} s"
    if "evil" in head:
        yield "a header was let in"
    yield from (f"{live!r} came back alive" for live in LIVE if live in body)
    if b"Traceback" in body or b"werkzeug" in body.lower() or b"sqlalchemy" in body.lower():
        yield "tells of its inside"


def hidden_fields(address: Address, path: str) -> dict[str, str]:
    """What the page gives along, as a browser would send it back."""
    line = HTTPConnection(*address, timeout=30)
    line.request("GET", path)
    return dict(HIDDEN.findall(line.getresponse().read().decode()))


def send(address: Address, path: str, body: Body) -> tuple[int, str, bytes, float]:
    began = time.perf_counter()
    line = HTTPConnection(*address, timeout=30)
    headers = {"Content-Type": body.kind, "Sec-Fetch-Site": "same-origin"}
    try:
        line.request("POST", path, body.data, headers)
        answer: HTTPResponse = line.getresponse()
        told = answer.read()
    except BrokenPipeError:  # it has heard enough of a body too large
        answer = line.getresponse()
        told = answer.read()
    finally:
        line.close()
    return answer.status, str(answer.headers).lower(), told, time.perf_counter() - began


# --- raw -----------------------------------------------------------------------------------------


def raw_requests(number: int, code: str) -> Iterator[bytes]:
    """Lines that are no HTTP, or nearly; the same each time."""
    dice = random.Random(7)
    heads = [
        b"POST /q/%b/gui HTTP/1.1" % code.encode(), b"GET / HTTP/9.9", b"GET  /  HTTP/1.1",
        b"G\x00T / HTTP/1.1", b"GET http://evil.example/ HTTP/1.1", b"GET /%00%ff HTTP/1.1",
        b"GET /../../etc/passwd HTTP/1.1", b"CONNECT evil.example:443 HTTP/1.1", b"PRI * HTTP/2.0",
        b"POST /tra-cuu HTTP/1.0", b"GET /" + b"a" * 20_000 + b" HTTP/1.1", b"TRACE / HTTP/1.1",
        b"GET /q/%b?_method=POST&_scheme=x&_external=1&_anchor=y HTTP/1.1" % code.encode(),
    ]  # fmt: skip
    more = [
        b"Host: 127.0.0.1", b"Host: evil.example", b"Content-Length: -1", b"Content-Length: 9e9",
        b"Transfer-Encoding: chunked", b"Transfer-Encoding: xchunked", b"Content-Length: 4",
        b"Cookie: " + b"a=b; " * 2000, b"Cookie: desk=\xff\xfe", b"X: " + b"y" * 9000, b": no name",
        b"Expect: 100-continue", b"Content-Encoding: gzip", b"Range: bytes=0-,-1,5-2",
        b"Accept-Language: " + b"vi,en;q=" * 300, b"Forwarded: for=\"_x\"",
        b"Accept-Encoding: gzip;q=x",
        b"If-Modified-Since: \xff", b"Connection: close", b"Authorization: Bearer \x01",
    ]  # fmt: skip
    for _ in range(number):
        lines = [dice.choice(heads), *dice.sample(more, dice.randint(0, 5)), b"Connection: close"]
        tail = dice.choice((b"", b"abcd", b"5\r\nabc\r\n", b"ZZ\r\n", b"0\r\n\r\n"))
        yield b"\r\n".join(lines) + b"\r\n\r\n" + tail


def send_raw(address: Address, raw: bytes) -> tuple[int, str, bytes, float]:
    """What came back; a line that is closed without a word counts as 400."""
    began, whole = time.perf_counter(), bytearray()
    with socket.create_connection(address, 30) as line:
        try:
            line.sendall(raw)
            line.shutdown(socket.SHUT_WR)
            while piece := line.recv(65_536):
                whole += piece
        except ConnectionError:
            pass
    told = bytes(whole).removeprefix(b"HTTP/1.1 100 Continue\r\n\r\n")
    head, _, body = told.partition(b"\r\n\r\n")
    found = re.match(rb"HTTP/1\.\d (\d{3})", head)
    status = int(found[1]) if found else 400
    return status, head.decode("latin-1").lower(), body, time.perf_counter() - began


# --- the whole ------------------------------------------------------------------------------------


def memory(house: House) -> float:
    """MiB of the processes that answer."""
    pages = [int((PROC / str(one) / "statm").read_text().split()[1]) for one in house.workers()]
    return sum(pages) * 4096 / 2**20


def requests(house: House, code: str, mutations: int) -> Iterator[tuple[str, Body]]:
    for number, (door, told) in enumerate(DOORS.items()):
        path = door.format(code=code)
        usual = {**hidden_fields(house.address, path), **told}
        made = bodies(usual)
        yield from ((path, body) for body in made)
        yield from ((path, body) for body in mutated(made, mutations, number))


def attack(house: House, code: str, asked: argparse.Namespace) -> Account:
    account = Account()

    def post(one: tuple[str, Body]) -> None:
        path, body = one
        try:
            account.note(f"{path} {body.name}", *send(house.address, path, body))
        except (OSError, HTTPException) as error:
            account.faults.append(f"{path} {body.name}: no answer ({error!r})")

    def speak(raw: bytes) -> None:
        account.note(repr(raw[:80]), *send_raw(house.address, raw))

    with ThreadPoolExecutor(LINES) as pool:
        every = requests(house, code, asked.mutations)
        for _ in pool.map(post, itertools.islice(every, asked.most)):
            pass
        for _ in pool.map(speak, raw_requests(asked.raw, code)):
            pass
    return account


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="./run bench hostile")
    parser.add_argument("--mutations", type=int, default=700, help="a form (700)")
    parser.add_argument("--raw", type=int, default=1500, help="raw requests (1500)")
    parser.add_argument("--most", type=int, default=10**9, help="at most so many posts")
    asked = parser.parse_args(words)
    with tempfile.TemporaryDirectory(prefix="feedback-hostile-") as name:
        house = House(Path(name) / "var", f"sqlite:///{name}/var/feedback.db")
        code = house.furnish()
        house.start()
        try:
            send_raw(house.address, b"GET / HTTP/1.0\r\n\r\n")
            before, began = memory(house), time.monotonic()
            account = attack(house, code, asked)
            grown = memory(house) - before
        finally:
            house.stop()
        told = house.log.read_text(errors="replace")
    return report(account, grown, told, time.monotonic() - began)


def report(account: Account, grown: float, log: str, seconds: float) -> int:
    total = sum(account.statuses.values())
    print(f"{total} requests in {seconds:.0f} s: {dict(sorted(account.statuses.items()))}")
    print(f"slowest {account.slowest:.2f} s, memory grown by {grown:.0f} MiB")
    faults = [*account.faults]
    faults += ["a stack trace in the log"] * ("Traceback" in log)
    faults += [f"memory grown by {grown:.0f} MiB"] * (grown > GROWTH_MIB)
    print(*faults[:40], f"{len(faults)} faults.", sep="\n")
    return bool(faults)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
