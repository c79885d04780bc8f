"""`./run bench`: the open door against bare applications of the same stack, in one run.

Prints medians and ratios; ends with 1 when an answer was wrong or an acknowledged send is not
stored. Whatever it starts is gone when it ends, also after Ctrl-C.
"""

import argparse
import signal
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from bench import guesses, printed
from bench.crash import __main__ as crash
from bench.hostile import __main__ as hostile
from bench.lines import Unanswered
from bench.processes import machine
from bench.rounds import Rounds, one_process
from bench.servers import ROOT, THREADS, WORKERS, ServerError
from bench.stands import Stand, stands
from bench.targets import GET, POST, TARGETS
from bench.visitors import CONNECTIONS, WrongAnswer, look
from tests.places import missing_packages, private_postgres


def _arguments(words: list[str]) -> argparse.Namespace:
    usual = [name for name in TARGETS if name != "other"]
    parser = argparse.ArgumentParser(
        prog="./run bench", description=(__doc__ or "").partition("\n")[0]
    )
    parser.add_argument(
        "names",
        nargs="*",
        choices=[*usual, []],
        metavar="NAME",
        help=f"only these: {', '.join(usual)}",
    )
    parser.add_argument("--rounds", type=int, default=5, help="how often each is measured (5)")
    parser.add_argument("--seconds", type=float, default=3, help="how long each time (3)")
    parser.add_argument("--only", choices=[GET, POST], help="only reading, or only sending")
    parser.add_argument("--sqlite-only", action="store_true", help="without PostgreSQL")
    parser.add_argument(
        "--other", type=Path, metavar="FOLDER", help="compare with this checkout of the product too"
    )
    asked = parser.parse_args(words)
    asked.names = (asked.names or usual) + (["other"] if asked.other else [])
    return asked


@contextmanager
def _databases(sqlite_only: bool) -> Iterator[dict[str, str]]:
    """SQLite, and PostgreSQL where there is one."""
    if not sqlite_only and missing_packages(["postgresql"]):
        print("(no PostgreSQL on this machine: SQLite only)")
        sqlite_only = True
    if sqlite_only:
        yield {"sqlite": ""}
        return
    with private_postgres() as server:
        yield {"sqlite": "", "postgresql": server}


def _say(text: str) -> None:
    if sys.stderr.isatty():
        print(f"\r\x1b[K{text}", end="", file=sys.stderr, flush=True)


def _measure(asked: argparse.Namespace) -> int:
    acts = [asked.only] if asked.only else [GET, POST]
    with (
        tempfile.TemporaryDirectory(prefix="feedback-bench-") as folder,
        _databases(asked.sqlite_only) as databases,
        stands(asked.names, databases, Path(folder), asked.other or ROOT) as standing,
        one_process() as load,
    ):
        _introduce(asked, standing)
        rounds = Rounds(load, asked.seconds, _say)
        rounds.run(standing, acts, asked.rounds)
        losses = rounds.losses(standing)
    _say("")
    _tell(rounds, losses)
    return bool(losses)


def _introduce(asked: argparse.Namespace, standing: list[Stand]) -> None:
    print(f"Machine: {machine()}")
    print(
        f"{asked.rounds} rounds of {asked.seconds:g} s, {CONNECTIONS} connections kept alive, "
        f"gunicorn {WORKERS} × {THREADS} threads; medians. CPU: server and database."
    )
    forms = [f"{s.title} {look(s.door).controls}" for s in standing if s.target.key]
    print(f"Controls on the form: {', '.join(forms)}")


def _tell(rounds: Rounds, losses: list[str]) -> None:
    for line in [*printed.table(rounds.results), *printed.ratios(rounds.results)]:
        print(line)
    sent = sum(map(len, rounds.receipts.values()))
    print(
        "",
        *losses or [f"All {sent} acknowledged sends are stored, every receipt is different."],
        sep="\n",
    )


def _leave(number: int, _frame: FrameType | None) -> None:
    raise SystemExit(128 + number)  # an exception, so that what was started is stopped


def main(words: list[str]) -> int:
    signal.signal(signal.SIGTERM, _leave)
    if words[:1] == ["crash"]:
        return crash.main(words[1:])
    if words[:1] == ["guesses"]:
        return guesses.main(words[1:])
    if words[:1] == ["hostile"]:
        return hostile.main(words[1:])
    try:
        return _measure(_arguments(words))
    except (WrongAnswer, Unanswered, ServerError) as error:
        print(f"\n{error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
