"""Parents on bad phones: each fills in a form and sends it again until a receipt is shown.

The network loses replies and cuts uploads; a form keeps its once-key, as a browser's does.
"""

import io
import random
import re
import socket
import threading
import time
from collections import Counter
from contextlib import suppress
from dataclasses import dataclass, field

from PIL import Image

from bench.lines import Address
from bench.sheets import BOUNDARY, Sheet, key_in, read_sheet
from bench.targets import GROUPED_CODE

PATIENCE = 30.0
OK, NOT_STORED = 200, 503
REFERENCE = re.compile(r"\b([A-Z0-9]+-\d{4}-[0-9A-Z]{5})\b")
CODE = re.compile(GROUPED_CODE)


class NoAnswer(OSError):
    """The connection broke, or the answer was not read."""


@dataclass
class Letter:
    """One form: its number stands in its text. `codes`: every code it was ever shown."""

    number: int
    text: str
    photos: int
    codes: set[str] = field(default_factory=set)
    references: set[str] = field(default_factory=set)


@dataclass
class Faults:
    """How bad the network is, as shares of all sends."""

    lost: float = 0.15
    cut: float = 0.10
    photo: float = 0.3


@dataclass
class Crowd:
    """What all parents share: where to, until when, and what they were told."""

    address: Address
    point: str
    faults: Faults
    letters: list[Letter] = field(default_factory=list)
    statuses: Counter[int] = field(default_factory=Counter)
    events: Counter[str] = field(default_factory=Counter)
    strange: list[str] = field(default_factory=list)
    enough: threading.Event = field(default_factory=threading.Event)
    lock: threading.Lock = field(default_factory=threading.Lock)

    @property
    def acknowledged(self) -> list[Letter]:
        return [letter for letter in list(self.letters) if letter.codes]

    def new_letter(self, dice: random.Random) -> Letter:
        photos = 1 + (dice.random() < 0.2) if dice.random() < self.faults.photo else 0
        with self.lock:
            number = len(self.letters)
            text = f"Phiếu số {number} của đợt thử: bữa trưa hôm nay của bé ít thịt quá."
            self.letters.append(Letter(number, text, photos))
            return self.letters[-1]

    def run(self, parents: int) -> list[threading.Thread]:
        """So many parents, each with one letter after the other."""
        threads = [
            threading.Thread(target=self._live, args=(random.Random(seed),), daemon=True)
            for seed in range(parents)
        ]
        for thread in threads:
            thread.start()
        return threads

    def _live(self, dice: random.Random) -> None:
        while not self.enough.is_set():
            letter = self.new_letter(dice)
            self._send_until_told(letter, dice)

    def _send_until_told(self, letter: Letter, dice: random.Random) -> None:
        sheet = self.opened()
        body = filled(sheet, letter, dice)
        # After a receipt, now and then the same form once more: a reload, the back button.
        again = dice.random() < self.faults.lost
        while not letter.codes or again:
            again = again and not letter.codes
            try:
                self._send(letter, body, dice)
            except OSError:
                with self.lock:
                    self.events["broken"] += 1
                time.sleep(dice.uniform(0.05, 0.3))

    def opened(self) -> Sheet:
        """The form, as soon as the server shows it."""
        while True:
            with suppress(OSError):
                status, page = ask(self.address, get(f"/q/{self.point}/gui"))
                if status == OK:
                    sheet = read_sheet(page)
                    sheet.values["once"] = key_in("once", page)
                    return sheet
                self._note(status, page)
            time.sleep(0.2)

    def _send(self, letter: Letter, body: bytes, dice: random.Random) -> None:
        request = post(f"/q/{self.point}/gui", body)
        fate = dice.random()
        if fate < self.faults.cut:
            self._count("cut")
            throw(self.address, request[: dice.randrange(len(request))], wait=0.0)
        if fate < self.faults.cut + self.faults.lost:
            self._count("lost")
            throw(self.address, request, wait=dice.choice((0.0, 0.02, 0.1, 1.0)))
        status, page = ask(self.address, request)
        self._note(status, page)
        if status == OK:
            self._told(letter, page)
        else:
            time.sleep(0.2)

    def _told(self, letter: Letter, page: str) -> None:
        code, reference = CODE.search(page), REFERENCE.search(page)
        if code is None or reference is None:
            self.strange.append(f"no receipt in a 200: {page[:200]!r}")
            return
        letter.codes.add(code[1])
        letter.references.add(reference[1])

    def _count(self, what: str) -> None:
        with self.lock:
            self.events[what] += 1

    def _note(self, status: int, page: str) -> None:
        with self.lock:
            self.statuses[status] += 1
        if status not in {OK, NOT_STORED} and len(self.strange) < 20:
            self.strange.append(f"{status}: {page[:300]!r}")


def filled(sheet: Sheet, letter: Letter, dice: random.Random) -> bytes:
    """The body of the post, as a browser makes it, photos and all."""
    said = {"kind": "PA", "about": "boarding", "text": letter.text, "wish": "Mong xem lại."}
    fields = {name: value for name, value in (sheet.values | said).items() if name != "photos"}
    out = io.BytesIO()
    for name, value in fields.items():
        out.write(_head(f'name="{name}"') + f"\r\n{value}\r\n".encode())
    for number in range(letter.photos):
        kind = f'name="photos"; filename="anh{number}.jpg"\r\nContent-Type: image/jpeg'
        out.write(_head(kind) + b"\r\n" + photo(dice) + b"\r\n")
    return out.getvalue() + f"--{BOUNDARY}--\r\n".encode()


def _head(about: str) -> bytes:
    return f"--{BOUNDARY}\r\nContent-Disposition: form-data; {about}\r\n".encode()


def photo(dice: random.Random) -> bytes:
    """A photo nobody else has."""
    grain = Image.frombytes("RGB", (24, 18), dice.randbytes(24 * 18 * 3))
    out = io.BytesIO()
    grain.resize((dice.randrange(200, 640), dice.randrange(150, 480))).save(out, "JPEG")
    return out.getvalue()


def get(path: str) -> bytes:
    return f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n".encode()


def post(path: str, body: bytes, kind: str = f"multipart/form-data; boundary={BOUNDARY}") -> bytes:
    head = (
        f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n"
        f"Sec-Fetch-Site: same-origin\r\nContent-Type: {kind}\r\nContent-Length: {len(body)}\r\n"
    )
    return f"{head}\r\n".encode() + body


def ask(address: Address, request: bytes) -> tuple[int, str]:
    """Status and page; NoAnswer when less than all of it came."""
    with socket.create_connection(address, PATIENCE) as line:
        line.sendall(request)
        answer = bytearray()
        while piece := line.recv(65536):
            answer += piece
    head, _, body = bytes(answer).partition(b"\r\n\r\n")
    length = re.search(rb"(?i)\r\ncontent-length: *(\d+)", head)
    if not length or len(body) < int(length[1]):
        raise NoAnswer("The answer was cut.")
    return int(head.split(b" ", 2)[1]), body.decode()


def throw(address: Address, request: bytes, wait: float) -> None:
    """Send it, or a part, and hang up without reading: always NoAnswer to the sender."""
    with socket.create_connection(address, PATIENCE) as line:
        line.sendall(request)
        time.sleep(wait)
    raise NoAnswer("Hung up.")
