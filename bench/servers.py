"""gunicorn on the loopback, on a port of its own, for as long as a block lasts."""

import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bench.lines import Address
from tests.places import free_port

ROOT = Path(__file__).parent.parent
WORKERS, THREADS = "2", "4"
START_SECONDS, END_SECONDS = 60.0, 15.0
LOOPBACK = "127.0.0.1"
# What the shell has set for a real installation must not reach what is measured.
PREFIXES = ("FEEDBACK_", "BENCH_", "FLASK_", "GUNICORN_")


class ServerError(RuntimeError):
    """A server did not start; the message holds its last words."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running gunicorn: where it listens, and its first process."""

    address: Address
    pid: int


def environment(port: int, settings: Mapping[str, str]) -> dict[str, str]:
    """What a server is started under: the machine's environment and these settings only."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(PREFIXES)}
    own = {"PORT": str(port), "FEEDBACK_BIND": LOOPBACK, "WEB_CONCURRENCY": WORKERS}
    return {**kept, **own, "FEEDBACK_BASE_URL": f"http://{LOOPBACK}:{port}", **settings}


@contextmanager
def serving(app: str, settings: Mapping[str, str], folder: Path, log: Path) -> Iterator[Server]:
    """This application, named as gunicorn names it, of the checkout in `folder`."""
    port = free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "-c",
        "gunicorn.conf.py",
        "--threads",
        THREADS,
        app,
    ]
    with log.open("wb") as written:
        # A session of its own: Ctrl-C is for us, and we end it.
        process = subprocess.Popen(
            command, cwd=folder, env=environment(port, settings), start_new_session=True,
            stdin=subprocess.DEVNULL, stdout=written, stderr=written,
        )  # fmt: skip
    try:
        _await(process, (LOOPBACK, port), log)
        yield Server((LOOPBACK, port), process.pid)
    finally:
        _end(process)


def _await(process: subprocess.Popen[bytes], address: Address, log: Path) -> None:
    until = time.monotonic() + START_SECONDS
    while not answers(address):
        if process.poll() is not None or time.monotonic() > until:
            raise ServerError(log.read_text(errors="replace")[-3000:])
        time.sleep(0.05)


def answers(address: Address) -> bool:
    """Whether somebody there speaks HTTP: the port alone is open before the workers are."""
    try:
        with socket.create_connection(address, 10) as probe:
            probe.sendall(b"HEAD / HTTP/1.1\r\nHost: 127.0.0.1\r\nConnection: close\r\n\r\n")
            return probe.recv(16).startswith(b"HTTP/1.1")
    except OSError:
        return False


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(END_SECONDS)
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
