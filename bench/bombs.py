"""`python -m bench.bombs`: pictures made to hurt, sent while ten visitors send their words (S24).

Ends with 1 when a visitor was refused, a bomb was answered by an error of ours, or the processes
of the web grew by more than promised. The children that decode are not counted: they are meant to
be hit, and have limits of their own.
"""

import io
import struct
import sys
import tempfile
import zlib
from collections import Counter
from collections.abc import Iterator
from itertools import cycle, islice
from pathlib import Path
from statistics import quantiles
from threading import Event, Thread
from time import sleep

from PIL import Image

from bench.crash.parents import ask, get, post
from bench.lines import Answer, sit
from bench.processes import PROC, machine, parent_of
from bench.servers import ROOT
from bench.sheets import BOUNDARY, key_in, posted, read_sheet
from bench.stands import Stand, stands
from bench.visitors import SAID, page_of, prepared, receipt_in

VISITORS = 10
SENDERS, BOMBS_EACH = 2, 30
MOST_GROWTH = 150.0  # MiB
MIB = 2**20
OUR_FAULT = range(500, 600)


def bombs() -> dict[str, bytes]:
    """Small to send, large to open; the last two are as large as a photo may be."""
    return {
        "400 megapixels": _png(20_000, 20_000),
        "4 GiB in its colour profile": _with_chunk(b"iCCP", b"p\0\0" + _zeros(4096)),
        "4 GiB of text": _with_chunk(b"zTXt", b"t\0\0" + _zeros(4096)),
        "half a photo": _photo(6_000, 4_000)[:40_000],
        "39 megapixels": _png(7_800, 5_000),
        "38 megapixels with transparency": _drawn(Image.new("RGBA", (7_600, 5_000)), "PNG"),
    }


def _zeros(mib: int) -> bytes:
    """So many MiB of nothing, as small as zlib makes them."""
    packer, piece = zlib.compressobj(9), bytes(MIB)
    return b"".join([*(packer.compress(piece) for _ in range(mib)), packer.flush()])


def _chunk(kind: bytes, body: bytes) -> bytes:
    sums = zlib.crc32(kind + body)
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", sums)


def _png(width: int, height: int) -> bytes:
    return _drawn(Image.new("1", (width, height)), "PNG")


def _with_chunk(kind: bytes, body: bytes) -> bytes:
    plain = _png(640, 480)
    after_head = 8 + 25  # the signature, and IHDR
    return plain[:after_head] + _chunk(kind, body) + plain[after_head:]


def _photo(width: int, height: int) -> bytes:
    noise = Image.effect_noise((width // 8, height // 8), 90)
    return _drawn(noise.resize((width, height)).convert("RGB"), "JPEG")


def _drawn(picture: Image.Image, form: str) -> bytes:
    file = io.BytesIO()
    picture.save(file, form)
    return file.getvalue()


# --- sending ------------------------------------------------------------------------------------


def _throw(stand: Stand, name: str, bomb: bytes, answers: Counter[tuple[str, int]]) -> None:
    door = stand.door
    _status, page = ask(door.address, get(door.path))
    sheet = read_sheet(page)
    values = sheet.values | SAID | {"text": SAID["text"] % 0, "once": key_in("once", page)}
    _kind, body = posted(values, [])
    head = (
        f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="photos"; filename="a.png"\r\n'
        "Content-Type: image/png\r\n\r\n"
    )
    whole = head.encode() + bomb + b"\r\n" + body
    status, _page = ask(door.address, post(door.path, whole))
    answers[name, status] += 1


def _bombard(stand: Stand, answers: Counter[tuple[str, int]]) -> None:
    for name, bomb in islice(cycle(bombs().items()), BOMBS_EACH):
        _throw(stand, name, bomb, answers)


def _workers(stand: Stand) -> list[int]:
    """The processes of the web: the first and those it made, not what they make in turn."""
    first = stand.door.pids[0]
    every = (int(one.name) for one in PROC.iterdir() if one.name.isdecimal())
    return [first, *(pid for pid in every if parent_of(pid) == first)]


def _resident(pids: list[int]) -> float:
    """What they hold in memory, in MiB."""
    pages = (int((PROC / str(pid) / "statm").read_text().split()[1]) for pid in pids)
    return sum(pages) * 4096 / MIB


def _watch(pids: list[int], over: Event) -> Iterator[float]:
    while not over.is_set():
        yield _resident(pids)
        sleep(0.1)


def run(stand: Stand) -> tuple[list[Answer], Counter[tuple[str, int]], float]:
    """Visitors for as long as bombs come; how many MiB the web grew by at most."""
    _visit(stand)  # warm
    told, answers, over = list[Answer](), Counter[tuple[str, int]](), Event()
    pids, seen = _workers(stand), [0.0]
    before = _resident(pids)
    watcher = Thread(target=lambda: seen.extend(_watch(pids, over)))
    senders = [Thread(target=_bombard, args=(stand, answers)) for _ in range(SENDERS)]
    for thread in (watcher, *senders):
        thread.start()
    while any(sender.is_alive() for sender in senders):
        told += _visit(stand)
    over.set()
    watcher.join()
    return told, answers, max(seen) - before


def _visit(stand: Stand) -> list[Answer]:
    stand.empty_buckets()
    return sit(stand.door.address, prepared(stand.door, 2 * VISITORS), VISITORS).answers


def main() -> int:
    with (
        tempfile.TemporaryDirectory(prefix="feedback-bombs-") as folder,
        stands(["ours"], {"sqlite": ""}, Path(folder), ROOT) as (stand,),
    ):
        told, answers, growth = run(stand)
        good = [one for one in told if receipt_in(stand.door, page_of(one))]
    p95 = quantiles([one.ms for one in told], n=20)[-1]
    print(f"{machine()}\n{len(good)} of {len(told)} sends of words received, p95 {p95:.0f} ms")
    for (name, status), times in sorted(answers.items()):
        print(f"  {name}: {status} × {times}")
    print(f"The web grew by {growth:.0f} MiB at most; promised are {MOST_GROWTH:.0f}.")
    failed = any(status in OUR_FAULT for _name, status in answers)
    whole = answers.total() == SENDERS * BOMBS_EACH and len(good) == len(told)
    return 0 if whole and not failed and growth <= MOST_GROWTH else 1


if __name__ == "__main__":
    sys.exit(main())
