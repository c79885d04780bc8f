"""`python -m bench.crash.letters`: the notice runner killed again and again before a mail server.

Ends with 1 unless a letter went out for every event, and whatever went out twice carries one
Message-ID.
"""

import argparse
import random
import subprocess
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from email import message_from_bytes, policy

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import TextClause, create_engine, text

from bench.crash.__main__ import a_house
from bench.crash.house import House
from bench.processes import machine
from bench.servers import LOOPBACK, ROOT
from tests.places import free_port
from tests.world import SECRET

PATIENCE = 180.0  # seconds without a letter
# A letter in hand when its runner died is free again after its lease; nobody waits for that here.
LEASE_OVER = text("UPDATE notice SET try_after = made_at WHERE sent_at IS NULL")
UNSENT = text("SELECT count(*) FROM notice WHERE sent_at IS NULL")
UNTOLD = text("SELECT count(*) FROM case_event WHERE announced_at IS NULL")
KEYS = text("SELECT once_key FROM notice")


@dataclass
class Sink:
    """The mail server of the other side: it counts what it took, by Message-ID."""

    port: int = field(default_factory=free_port)
    taken: Counter[str] = field(default_factory=Counter)

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802 - the library's name
        content = envelope.content
        assert isinstance(content, bytes)
        message = message_from_bytes(content, policy=policy.default)
        self.taken[str(message["Message-ID"])] += 1
        return "250 OK"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What must be: nothing unsent, and as many Message-IDs as letters."""

    letters: int
    kills: int
    unsent: int
    unknown: int
    twice: int

    @property
    def is_clean(self) -> bool:
        return not (self.unsent or self.unknown)


def run(house: House, events: int, kills: int, seed: int = 1) -> Outcome:
    """So many events, so many deaths of the runner, then one that may live to the end."""
    sink = Sink()
    mail = Controller(sink, hostname=LOOPBACK, port=sink.port)
    house.extra |= {"FEEDBACK_SMTP_URL": f"smtp://{LOOPBACK}:{sink.port}"}
    house.extra |= {"FEEDBACK_SECRET": SECRET}
    mail.start()
    try:
        house.furnish()
        house.run("bench.crash.desk", str(events))
        dice = random.Random(seed)
        for _ in range(kills):
            _live_and_die(house, sink, dice)
            _execute(house, LEASE_OVER)
        house.flask("run-notices", "--once")
    finally:
        mail.stop()
    return _outcome(house, sink, kills)


def _live_and_die(house: House, sink: Sink, dice: random.Random) -> None:
    """Killed while it works: some letters after its first one."""
    enough = sum(sink.taken.values()) + dice.randrange(1, 25)
    runner = subprocess.Popen(
        [sys.executable, "-m", "flask", "--app", "wsgi", "run-notices"],
        cwd=ROOT, env=house.environment(), stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    until = time.monotonic() + PATIENCE
    try:
        while sum(sink.taken.values()) < enough and time.monotonic() < until:
            if not _waiting(house):
                break
            time.sleep(dice.uniform(0.001, 0.05))
    finally:
        runner.kill()
        runner.wait()


def _waiting(house: House) -> int:
    return _ask(house, UNTOLD)[0] + _ask(house, UNSENT)[0]


def _ask(house: House, sql: TextClause) -> list[int]:
    engine = create_engine(house.database_url)
    with engine.connect() as connection:
        found = list(connection.execute(sql).scalars())
    engine.dispose()
    return found


def _execute(house: House, sql: TextClause) -> None:
    engine = create_engine(house.database_url)
    with engine.begin() as connection:
        connection.execute(sql)
    engine.dispose()


def _outcome(house: House, sink: Sink, kills: int) -> Outcome:
    keys = {str(key) for key in _ask(house, KEYS)}
    went = {name.strip("<>").rpartition("@")[0] for name in sink.taken}
    twice = sum(1 for times in sink.taken.values() if times > 1)
    unsent = _waiting(house) + len(keys - went)
    return Outcome(len(keys), kills, unsent, len(went - keys), twice)


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(prog="python -m bench.crash.letters", description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    parser.add_argument("--events", type=int, default=1000)
    parser.add_argument("--kills", type=int, default=50)
    asked = parser.parse_args(words)
    with a_house(asked.database) as (house, _restart):
        result = run(house, asked.events, asked.kills)
    print(f"Machine: {machine()}\n{asked.database}: {result}")
    return 0 if result.is_clean and result.letters >= asked.events else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
