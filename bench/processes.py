"""Processor time of a server's processes, and the machine they run on."""

import os
import platform
from collections.abc import Iterable, Iterator
from contextlib import suppress
from datetime import date
from pathlib import Path

PROC = Path("/proc")
TICKS = os.sysconf("SC_CLK_TCK")
PARENT, TIMES = 1, slice(11, 15)  # in the part of a stat line that follows the name
MODEL_NAMES = ("model name", "Model", "Hardware")


def _stats() -> Iterator[tuple[int, list[str]]]:
    for folder in PROC.iterdir():
        if folder.name.isdecimal():
            with suppress(OSError):  # it has just ended
                yield int(folder.name), _fields(folder)


def _fields(folder: Path) -> list[str]:
    # The name stands in brackets and may hold anything, brackets too.
    return (folder / "stat").read_text().rpartition(")")[2].split()


def cpu_seconds(roots: Iterable[int]) -> float:
    """What these processes and all below them have used so far, ended children included."""
    stats = dict(_stats())
    tree = _below(stats, set(roots))
    return sum(sum(map(int, stats[pid][TIMES])) for pid in tree) / TICKS


def _below(stats: dict[int, list[str]], roots: set[int]) -> set[int]:
    tree = roots & set(stats)
    while more := {pid for pid, f in stats.items() if int(f[PARENT]) in tree} - tree:
        tree |= more
    return tree


def name_of(pid: int) -> str:
    """What a process is called; nothing when it is not on this machine."""
    with suppress(OSError):
        return (PROC / str(pid) / "comm").read_text().strip()
    return ""


def parent_of(pid: int) -> int | None:
    """The process that started this one; none when it is not on this machine."""
    with suppress(OSError):
        return int(_fields(PROC / str(pid))[PARENT])
    return None


def machine() -> str:
    """The line without which no figure means anything."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, {_memory()} GB, {platform.system()} "
        f"{platform.release()}, Python {platform.python_version()}, {date.today():%Y-%m-%d}"  # noqa: DTZ011 - the machine's own day
    )


def _processor() -> str:
    for line in (PROC / "cpuinfo").read_text().splitlines():
        name, _, value = line.partition(":")
        if name.strip() in MODEL_NAMES and value.strip():
            return value.strip()
    return platform.machine()


def _memory() -> int:
    return round(os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 1e9)
