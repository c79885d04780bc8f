"""TARGETS: what is measured, what of it, and how it is known that nothing was lost."""

import secrets
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench.bare import DATABASE_URL, bare_engine, opinions
from bench.servers import environment
from feedback import codes
from feedback.sealing import Keys
from tests.places import free_port
from tests.world import SECRET

GET, POST = "get", "post"
GROUPED_CODE = r"\b([0-9A-Z]{4}(?:-[0-9A-Z]{4}){3})\b"
TRACK = Keys.from_secret(SECRET).track


@dataclass(frozen=True, slots=True)
class Place:
    """Where a target is set up: its checkout, its own folder, its empty database, if it has one."""

    checkout: Path
    folder: Path
    database: str
    url: str


@dataclass(frozen=True, slots=True)
class Target:
    """One application. `prepare` makes its tables and tells the path of its form.

    `kept` is the SQL of what it stored; `trace` is what a receipt should have left there.
    """

    app: str
    acts: tuple[str, ...]
    prepare: Callable[[Place], str]
    stores: bool = False
    key: str = ""
    receipt: str = ""
    kept: str = ""
    trace: Callable[[str], str | bytes] = str


def _nothing(_place: Place) -> str:
    return "/"


def _bare_table(place: Place) -> str:
    engine = bare_engine(place.url)
    opinions.create(engine)
    engine.dispose()
    return "/"


def _world(place: Place) -> str:
    made = subprocess.run(
        [sys.executable, "-m", "bench.world"], cwd=place.checkout, text=True, check=True,
        env=environment(free_port(), settings(place)), stdout=subprocess.PIPE,
    )  # fmt: skip
    return f"/q/{made.stdout.strip()}/gui"


def settings(place: Place) -> dict[str, str]:
    return {
        DATABASE_URL: place.url,
        "BENCH_SECRET": secrets.token_hex(32),
        "FEEDBACK_SECRET": SECRET,
        "FEEDBACK_VAR": str(place.folder),
        "FEEDBACK_DATABASE_URL": place.url,
        "FEEDBACK_SPARE_MIB": "0",
        # Every visitor has an address of their own, as if a proxy had named it.
        "FEEDBACK_PROXIES": "1",
    }


def _track(receipt: str) -> bytes:
    return codes.quick_track(TRACK, codes.tidy_code(receipt) or "")


OURS = Target(
    "wsgi:app", (GET, POST), _world, stores=True, key="once", receipt=GROUPED_CODE,
    kept="SELECT track_quick FROM submission", trace=_track,
)  # fmt: skip

TARGETS: dict[str, Target] = {
    "hello": Target("bench.bare:hello()", (GET,), _nothing),
    "bare_form": Target("bench.bare:form()", (GET,), _nothing, key="csrf_token"),
    "bare_insert": Target(
        "bench.bare:insert()", (POST,), _bare_table, stores=True, key="csrf_token",
        receipt=r'class="code">([0-9a-f]{32})<', kept="SELECT token FROM opinion",
    ),
    "ours": OURS,
    # Another checkout of the product, for a comparison in one run (--against).
    "other": OURS,
}  # fmt: skip
