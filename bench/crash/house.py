"""The product as it is shipped, under somebody who kills it and starts it again."""

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.lines import Address
from bench.processes import PROC, parent_of
from bench.servers import LOOPBACK, ROOT, answers, environment
from tests.places import free_port

UP_SECONDS = 60.0
# Of its log. Each worker ends with a traceback of gunicorn's after the sentence that says why.
LAST_WORDS = 20_000  # characters


class HouseError(RuntimeError):
    """The house did not come up again; the message holds its last words."""


@dataclass
class House:
    """One installation: its folder, its database, and the server while there is one."""

    folder: Path
    database_url: str
    extra: dict[str, str] = field(default_factory=dict)
    port: int = field(default_factory=free_port)
    log_file: Path | None = None
    server: subprocess.Popen[bytes] | None = None
    # A program that starts the server and watches it.
    watched_by: tuple[str, ...] = ()
    # Whoever ends the server and whoever starts it must not meet.
    hands: threading.RLock = field(default_factory=threading.RLock)

    @property
    def address(self) -> Address:
        return LOOPBACK, self.port

    @property
    def log(self) -> Path:
        return self.log_file or self.folder.with_suffix(".log")

    def environment(self) -> dict[str, str]:
        own = {
            "FEEDBACK_DEMO": "1",
            "FEEDBACK_VAR": str(self.folder),
            "FEEDBACK_DATABASE_URL": self.database_url,
            "FEEDBACK_SPARE_MIB": "0",
        }
        return environment(self.port, own | self.extra)

    def run(self, *words: str) -> subprocess.CompletedProcess[str]:
        """A program of the house, to its end."""
        return subprocess.run(
            [sys.executable, "-m", *words], cwd=ROOT, env=self.environment(), text=True,
            check=True, capture_output=True,
        )  # fmt: skip

    def flask(self, *words: str) -> subprocess.CompletedProcess[str]:
        return self.run("flask", "--app", "wsgi", *words)

    def furnish(self) -> str:
        """Make the tables and a school with its points; the code of one."""
        self.folder.mkdir(exist_ok=True)
        return self.run("bench.world").stdout.strip()

    def start(self) -> float:
        """Start the server; seconds until it answered."""
        began = time.monotonic()
        with self.hands:
            # What is written on the way goes to a file: a full pipe would stop the server.
            with self.log.open("ab") as log:
                self.server = subprocess.Popen(
                    [*self.watched_by, sys.executable, "-m", "gunicorn", "-c", "gunicorn.conf.py",
                     "wsgi:app"],
                    cwd=ROOT, env=self.environment(), start_new_session=True,
                    stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                )  # fmt: skip
            while not answers(self.address):
                if self.server.poll() is not None or time.monotonic() > began + UP_SECONDS:
                    raise HouseError(self.log.read_text(errors="replace")[-LAST_WORDS:])
                time.sleep(0.05)
        return time.monotonic() - began

    def signal_all(self, number: int) -> None:
        """To every process of the server, as when the machine stops."""
        if self.server is not None:
            with suppress(ProcessLookupError):
                os.killpg(self.server.pid, number)

    def kill(self) -> None:
        """kill -9 of all of it at once."""
        self.signal_all(signal.SIGKILL)
        if self.server is not None:
            self.server.wait()

    def workers(self) -> list[int]:
        """The processes that answer."""
        first = self.server.pid if self.server else 0
        numbers = [int(path.name) for path in PROC.iterdir() if path.name.isdecimal()]
        return [number for number in numbers if parent_of(number) == first]

    def stop(self) -> None:
        """Politely; by force what does not go."""
        if self.server is None:
            return
        self.server.terminate()
        try:
            self.server.wait(25)
        except subprocess.TimeoutExpired:
            self.kill()

    def export(self) -> Iterator[dict[str, Any]]:
        """What is stored, as the program itself tells it."""
        with subprocess.Popen(
            [sys.executable, "-m", "flask", "--app", "wsgi", "export-for-test"],
            cwd=ROOT, env=self.environment(), stdout=subprocess.PIPE, text=True,
        ) as told:  # fmt: skip
            yield from map(json.loads, told.stdout or ())
        if told.returncode:
            raise HouseError("export-for-test failed.")
