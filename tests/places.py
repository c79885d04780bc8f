"""Where the tests take place: a PostgreSQL of their own, and the browser of the machine.

`python -m tests.places COMMAND…` runs a command with `FEEDBACK_TEST_POSTGRES_URL` set to a fresh
PostgreSQL that is gone afterwards. `python -m tests.places missing postgresql chromium` prints the
Debian packages that are still to be installed.
"""

import os
import secrets
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Any

import psycopg
from psycopg import sql

if TYPE_CHECKING:
    from playwright.sync_api import Browser

POSTGRES_URL = "FEEDBACK_TEST_POSTGRES_URL"
DEBIAN_POSTGRES = Path("/usr/lib/postgresql")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
START_SECONDS = 30.0


class PlaceError(RuntimeError):
    """A place cannot be had; the sentence says what to do."""


def postgres_program(name: str) -> str | None:
    """The path of a server program such as `initdb`; Debian keeps them off the PATH."""
    found = sorted(DEBIAN_POSTGRES.glob(f"*/bin/{name}"), key=lambda path: int(path.parts[-3]))
    return str(found[-1]) if found else shutil.which(name)


def chromium() -> str | None:
    """The path of the machine's Chromium."""
    wanted = os.environ.get("FEEDBACK_CHROMIUM")
    names = (wanted,) if wanted else CHROMIUM_NAMES
    return next((path for name in names if (path := shutil.which(name))), None)


def has_libatomic() -> bool:
    """Whether the library is there without which Playwright's driver dies with no word."""
    return any(
        [*Path("/usr").glob("lib*/libatomic.so.1"), *Path("/usr/lib").glob("*/libatomic.so.1")]
    )


def missing_packages(places: list[str]) -> list[str]:
    """Debian packages to install before the tests can go to these places."""
    packages: list[str] = []
    if "postgresql" in places and not (postgres_program("initdb") and postgres_program("postgres")):
        packages += ["postgresql"]
    if "chromium" in places and not chromium():
        packages += ["chromium", "fonts-dejavu-core"]
    if "chromium" in places and not has_libatomic():
        packages += ["libatomic1"]
    return packages


@contextmanager
def private_postgres() -> Iterator[str]:
    """The address of a PostgreSQL that exists for this block only, in a folder of its own."""
    if given := os.environ.get(POSTGRES_URL):
        yield given
        return
    with own_postgres() as postgres:
        yield postgres.url


@dataclass
class Postgres:
    """A PostgreSQL of our own: its address, and the way to crash it."""

    home: Path
    port: int
    account: str | None
    url: str
    server: "subprocess.Popen[bytes]"

    def crash(self) -> None:
        """Stop it at once, with nothing written down (`immediate`), and start it again."""
        self.server.send_signal(signal.SIGQUIT)
        self.server.wait(START_SECONDS)
        self.start()

    @property
    def has_given_up(self) -> bool:
        """Whether its first process has ended by itself."""
        return self.server.poll() is not None

    def start(self) -> None:
        """After it has ended."""
        self.server = _start_server(self.home, self.port, self.account)
        _wait_for(self.server, self.home, self.port)


@contextmanager
def own_postgres(disk: Path | None = None) -> Iterator[Postgres]:
    """A PostgreSQL that exists for this block only, whatever the environment offers.

    `disk`: where its folder is made; otherwise among the temporary ones.
    """
    with tempfile.TemporaryDirectory(prefix="feedback-pg-", dir=disk) as folder:
        home = Path(folder)
        account = _server_account()
        if account:
            shutil.chown(home, account, account)
        password = secrets.token_hex(16)
        _create_cluster(home, password, account)
        port = free_port()
        url = f"postgresql+psycopg://tester:{password}@127.0.0.1:{port}/postgres"
        found = Postgres(home, port, account, url, _start_server(home, port, account))
        try:
            _wait_for(found.server, home, port)
            yield found
        finally:
            _stop_server(found.server)


def fresh_database(server_url: str, name: str) -> str:
    """The address of a new, empty database of this name on that server; an old one is dropped."""
    plain = server_url.replace("+psycopg", "", 1)
    with psycopg.connect(plain, autocommit=True) as connection:
        database = sql.Identifier(name)
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(database))
        connection.execute(sql.SQL("CREATE DATABASE {}").format(database))
    return f"{server_url.rpartition('/')[0]}/{name}"


@contextmanager
def browser() -> Iterator["Browser"]:
    """A headless Chromium driven by Playwright, closed afterwards."""
    from playwright.sync_api import sync_playwright  # noqa: PLC0415 - heavy

    lacking = missing_packages(["chromium"])
    if lacking:
        raise PlaceError(f"No browser. As root: apt-get install -y {' '.join(lacking)}")
    # Chromium's sandbox refuses root; a small /dev/shm, as containers have, crashes its pages.
    arguments = ["--disable-dev-shm-usage"] + (["--no-sandbox"] if os.geteuid() == 0 else [])
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=arguments)
        try:
            yield opened
        finally:
            opened.close()


def free_port() -> int:
    """A TCP port of this machine that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _server_account() -> str | None:
    """PostgreSQL refuses to run as root; Debian's package makes an account for it."""
    return "postgres" if os.geteuid() == 0 else None


def _create_cluster(home: Path, password: str, account: str | None) -> None:
    secret = home / "password"
    secret.touch(mode=0o600)
    secret.write_text(password)
    if account:
        shutil.chown(secret, account, account)
    command = [
        _needed("initdb"), "--pgdata", str(home / "data"), "--username=tester",
        f"--pwfile={secret}", "--auth=scram-sha-256", "--encoding=UTF8", "--locale=C.UTF-8",
        "--no-sync",
    ]  # fmt: skip
    made = subprocess.Popen(
        command, cwd=home, user=account, group=account, process_group=0,
        stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        _, errors = made.communicate()
    except BaseException:
        _end_group(made)  # its own children would go on writing into a folder about to vanish
        raise
    if made.returncode:
        raise PlaceError(f"initdb failed: {errors.strip()}")


def _start_server(home: Path, port: int, account: str | None) -> subprocess.Popen[bytes]:
    settings = {
        "listen_addresses": "127.0.0.1",
        "port": str(port),
        "unix_socket_directories": str(home),
    }
    command = [_needed("postgres"), "-D", str(home / "data")]
    for name, value in settings.items():
        command += ["-c", f"{name}={value}"]
    # A session of its own: Ctrl-C is for the tests, the server is stopped after them.
    with (home / "log").open("ab") as log:
        return subprocess.Popen(
            command, cwd=home, user=account, group=account, stdout=log, stderr=log,
            stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip


def _wait_for(server: subprocess.Popen[bytes], home: Path, port: int) -> None:
    until = time.monotonic() + START_SECONDS
    command = [_needed("pg_isready"), "--quiet", "--host=127.0.0.1", f"--port={port}"]
    while subprocess.run(command, check=False).returncode:
        if server.poll() is not None or time.monotonic() > until:
            raise PlaceError(f"PostgreSQL did not start: {(home / 'log').read_text()[-2000:]}")
        time.sleep(0.05)


def _stop_server(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
    try:
        server.wait(START_SECONDS)
    except subprocess.TimeoutExpired:
        server.kill()
        server.wait()


def _needed(name: str) -> str:
    program = postgres_program(name)
    if not program:
        raise PlaceError(f"No PostgreSQL ({name}). As root: apt-get install -y postgresql")
    return program


def _learn_nothing(server_url: str) -> None:
    """No statistics behind our back: every story is taken back at its end, and a planner that has
    seen the tables empty waits minutes in the one that fills them with a whole district.
    """
    with psycopg.connect(server_url.replace("+psycopg", "", 1), autocommit=True) as connection:
        connection.execute("ALTER SYSTEM SET autovacuum = off")
        connection.execute("SELECT pg_reload_conf()")


def _run_beside_postgres(command: list[str]) -> int:
    """Run a command while a private PostgreSQL stands; whatever it started ends with it."""
    with private_postgres() as url:
        _learn_nothing(url)
        # A group of its own, so that a signal reaches all of it, and once.
        child = subprocess.Popen(command, env={**os.environ, POSTGRES_URL: url}, process_group=0)

        def pass_on(number: int, _frame: FrameType | None) -> None:
            with suppress(ProcessLookupError):
                os.killpg(child.pid, number)

        try:
            signal.signal(signal.SIGTERM, pass_on)
            signal.signal(signal.SIGINT, pass_on)
            return child.wait()
        finally:
            _end_group(child)


def _end_group(leader: subprocess.Popen[Any]) -> None:
    """End whatever a command started, and wait until it is gone."""
    until = time.monotonic() + 5
    with suppress(ProcessLookupError):
        while time.monotonic() < until:
            os.killpg(leader.pid, signal.SIGTERM)
            leader.poll()
            time.sleep(0.02)
        os.killpg(leader.pid, signal.SIGKILL)


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)  # an exception, so that what was started is stopped


def main(arguments: list[str]) -> int:
    """The command line, see the head of this file."""
    if arguments[:1] == ["missing"]:
        print(" ".join(missing_packages(arguments[1:])))  # noqa: T201 - its answer
        return 0
    signal.signal(signal.SIGTERM, _leave)
    signal.signal(signal.SIGINT, _leave)
    try:
        return _run_beside_postgres(arguments)
    except PlaceError as error:
        print(error, file=sys.stderr)  # noqa: T201 - its answer
        return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
