"""What a server did to its files and said to its visitors, read from strace, in one order.

`strace -ff` writes a file for each thread. A write or a new name counts from when the call
was over, a reply from when its call began, and a sync covers only what was over when it began:
where two threads overlap, this takes the reading that is worse for the server.
"""

import heapq
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

CALLS = (
    "openat,write,writev,pwrite64,pwritev,ftruncate,truncate,fallocate,rename,renameat,renameat2,"
    "link,linkat,unlink,unlinkat,mkdir,mkdirat,fsync,fdatasync,sync_file_range,sendto,sendmsg"
)
LINE = re.compile(r"(\d+\.\d+) (\w+)\((.*)\) += (-?\d+)(?:<[^>]*>)?(?: \w+ \([^)]*\))? <([\d.]+)>")
TOKEN = re.compile(
    r"\s*(?:(?P<fd>-?\d+|AT_FDCWD)<(?P<at>[^>]*)>"
    r'|"(?P<text>(?:\\x[0-9a-f]{2})*)"|(?P<bare>[^,\s][^,]*))'
)
UNREADABLE = frozenset({"writev", "pwritev", "fallocate", "linkat", "link", "sync_file_range"})


def command(prefix: Path) -> tuple[str, ...]:
    """The words before the server's own."""
    return (
        "strace", "-ff", "--seccomp-bpf", "-f", "-ttt", "-T", "-y", "-xx", "-s", "16000000",
        "-e", f"trace={CALLS}", "-e", "signal=none", "-o", str(prefix),
    )  # fmt: skip


class Event(NamedTuple):
    """One thing that happened. `at` of a sync is its beginning; `until` when it was over."""

    at: float
    kind: str  # write, cut, name, gone, folder, sync, say
    path: str
    offset: int = -1
    data: bytes = b""
    to: str = ""
    until: float = 0.0


@dataclass(frozen=True, slots=True)
class _Call:
    began: float
    name: str
    words: tuple["_Word", ...]
    result: int
    ended: float


_NOTHING = _Call(0.0, "", (), -1, 0.0)


class _Word(NamedTuple):
    """One argument: the file behind a descriptor, a text, or a number."""

    file: str = ""
    text: bytes = b""
    bare: str = ""


def events(prefix: Path, below: Path) -> Iterator[Event]:
    """Everything that touched files below this folder, and every reply, in order."""
    threads = sorted(prefix.parent.glob(f"{prefix.name}.*"))
    every = [sorted(_thread(file, str(below)), key=lambda one: one.at) for file in threads]
    return heapq.merge(*every, key=lambda one: one.at)


def _thread(file: Path, below: str) -> Iterator[Event]:
    hexed = "".join(f"\\x{byte:02x}" for byte in below.encode())
    with file.open(encoding="ascii", errors="replace") as lines:
        for line in lines:
            if hexed in line or " send" in line[:40]:
                call = _parsed(line)
                if call.result >= 0:
                    yield from _events(call, below)


def _parsed(line: str) -> _Call:
    found = LINE.match(line)
    if found is None:
        if line.rstrip().endswith(("= ?", "= ? <unavailable>")):
            return _NOTHING  # the thread was ended in it
        raise ValueError(f"Not understood, so something may be missed: {line[:200]}")
    began, name, words, result, took = found.groups()
    said = tuple(_word(one) for one in TOKEN.finditer(words))
    return _Call(float(began), name, said, int(result), float(began) + float(took))


def _word(found: re.Match[str]) -> _Word:
    if found["fd"]:
        return _Word(file=_text(found["at"]).decode(errors="replace"), bare=found["fd"])
    if found["text"] is not None:
        return _Word(text=_text(found["text"]))
    return _Word(bare=found["bare"].strip())


def _text(hexed: str) -> bytes:
    return bytes.fromhex(hexed.replace("\\x", "")) if hexed.startswith("\\x") else hexed.encode()


def _events(call: _Call, below: str) -> Iterator[Event]:
    if call.name.startswith("send"):
        yield Event(call.began, "say", "", data=b"".join(word.text for word in call.words))
        return
    if call.name in UNREADABLE:
        raise ValueError(f"{call.name} is not understood here: what it wrote would be missed.")
    made = FILES[call.name](call)
    if made is not None and made.path.startswith(below):
        yield made


def _path(call: _Call, place: int) -> str:
    """An argument that names a file, with the folder it is relative to before it or not."""
    named = [word for word in call.words if word.text]
    text = named[place].text.decode(errors="replace")
    folders = [word.file for word in call.words if word.bare == "AT_FDCWD" or word.file]
    return text if text.startswith("/") or not folders else f"{folders[0]}/{text}"


def _open(call: _Call) -> Event | None:
    flags = next((word.bare for word in call.words if "O_" in word.bare), "")
    path = _path(call, 0)
    if "O_TRUNC" in flags:
        return Event(call.ended, "cut", path, offset=0)
    return Event(call.ended, "name", path, to=path) if "O_CREAT" in flags else None


def _write(call: _Call) -> Event:
    data = b"".join(word.text for word in call.words)[: call.result]
    numbers = [word.bare for word in call.words if word.bare.lstrip("-").isdecimal()]
    offset = int(numbers[-1]) if call.name == "pwrite64" else -1
    return Event(call.ended, "write", call.words[0].file, offset, data)


def _cut(call: _Call) -> Event:
    return Event(call.ended, "cut", call.words[0].file, offset=int(call.words[1].bare))


def _rename(call: _Call) -> Event:
    return Event(call.ended, "name", _path(call, 0), to=_path(call, 1))


def _gone(call: _Call) -> Event:
    return Event(call.ended, "gone", _path(call, 0))


def _folder(call: _Call) -> Event:
    return Event(call.ended, "folder", _path(call, 0))


def _sync(call: _Call) -> Event:
    return Event(call.began, "sync", call.words[0].file, until=call.ended)


FILES = {
    "openat": _open, "write": _write, "pwrite64": _write, "ftruncate": _cut, "rename": _rename,
    "renameat": _rename, "renameat2": _rename, "unlink": _gone, "unlinkat": _gone,
    "mkdir": _folder, "mkdirat": _folder, "fsync": _sync, "fdatasync": _sync,
}  # fmt: skip
