"""`python -m bench.slow`: visitors behind the shipped nginx while 300 slow connections hang on it.

Needs Debian's nginx. Prints what a visitor meets without and with nginx in front; ends with 1 when
behind nginx a visitor failed or waited more than two seconds (p95).
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles

from bench.crash.house import House
from bench.crash.parents import OK, ask, get
from bench.lines import Address
from bench.processes import machine
from bench.servers import LOOPBACK, ROOT
from tests.places import free_port

SLOW, VISITS, LONGEST = 300, 60, 2.0
# Slow ones come from a few machines, and the visitors from another.
SLOW_HOSTS = [f"127.0.0.{number}" for number in range(2, 8)]
BEGINNINGS = (
    b"GET / HTTP/1.1\r\nHost: 127.0.0.1\r\nX-Slow: ",  # a head that never ends
    b"",  # nothing at all
    b"POST /tra-cuu HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100000\r\n\r\ncode=",
)


@dataclass(frozen=True, slots=True)
class Met:
    """What visitors met: how many failed, and the seconds that 95 % stayed under."""

    failed: int
    p95: float


def visits(address: Address, path: str) -> Met:
    failed, times = 0, []
    for _ in range(VISITS):
        began = time.monotonic()
        try:
            socket.setdefaulttimeout(10)
            status, _page = ask(address, get(path))
        except OSError:
            status = 0
        failed += status != OK
        times.append(time.monotonic() - began)
        if failed >= 3 and len(times) == failed:
            break  # nobody gets in at all
    return Met(failed, quantiles(times, n=20)[-1])


@contextmanager
def slow_ones(address: Address) -> Iterator[None]:
    """So many connections that begin something and never end it, a byte now and then."""
    with ExitStack() as stack:
        for number in range(SLOW):
            with suppress(OSError):
                line = socket.create_connection(
                    address, 10, (SLOW_HOSTS[number % len(SLOW_HOSTS)], 0)
                )
                stack.enter_context(line)
                line.sendall(BEGINNINGS[number % len(BEGINNINGS)])
        yield


@contextmanager
def nginx(house: House, folder: Path) -> Iterator[Address]:
    """The shipped configuration, without TLS and on a port of its own."""
    program = shutil.which("nginx", path="/usr/sbin:/usr/bin")
    if program is None:
        raise SystemExit("No nginx. As root: apt-get install nginx-light")
    port = free_port()
    shipped = (ROOT / "deploy" / "nginx.conf").read_text().rpartition("server {\n    listen 80;")[0]
    plain = re.sub(r"\n    ssl_[^\n]*", "", shipped).replace("443 ssl http2", f"{LOOPBACK}:{port}")
    plain = plain.replace("127.0.0.1:8000", f"{LOOPBACK}:{house.port}")
    plain = plain.replace("/var/log/nginx/feedback.log", str(folder / "error.log"))
    whole = (
        f"pid {folder}/pid;\nerror_log {folder}/main.log crit;\n"
        f"events {{ worker_connections 2048; }}\nhttp {{\n{plain}\n}}\n"
    )
    config = folder / "nginx.conf"
    config.write_text(whole)
    server = subprocess.Popen([program, "-c", str(config), "-g", "daemon off;"])
    time.sleep(1)
    try:
        yield LOOPBACK, port
    finally:
        server.terminate()
        server.wait()


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="feedback-slow-") as name:
        folder = Path(name)
        folder.chmod(0o755)
        house = House(folder / "var", f"sqlite:///{folder}/var/feedback.db")
        path = f"/q/{house.furnish()}/gui"
        house.start()
        try:
            print(f"Machine: {machine()}\n{SLOW} slow connections, {VISITS} visits of the form")
            with nginx(house, folder) as front:
                print("behind nginx, nobody slow:", visits(front, path))
                with slow_ones(front):
                    behind = visits(front, path)
                print("behind nginx:", behind)
            with slow_ones(house.address):
                print("gunicorn alone:", visits(house.address, path))
        finally:
            house.stop()
    return int(bool(behind.failed) or behind.p95 > LONGEST)


if __name__ == "__main__":
    sys.exit(main())
