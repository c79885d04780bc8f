"""What was measured, as lines for people."""

from collections.abc import Iterator
from dataclasses import dataclass
from statistics import median

from bench.rounds import Results
from bench.visitors import Measured

HEAD = f"{'':24}{'/s':>8}{'p50 ms':>9}{'p99 ms':>9}{'CPU ms':>9}{'bytes':>9}"


@dataclass(frozen=True, slots=True)
class Aim:
    """`ours` shall be at least so many times as good as `bare`, by processor time per request."""

    act: str
    ours: str
    bare: str
    least: float = 0.0


def aims(act_names: set[tuple[str, str]]) -> Iterator[Aim]:
    """What is compared, of what was measured; the numbers are those of the issue."""
    wanted = [Aim("get", f"ours {db}", "bare_form", 1.0) for db in ("sqlite", "postgresql")]
    wanted += [Aim("get", "ours sqlite", "hello")]
    for database in ("sqlite", "postgresql"):
        wanted.append(Aim("post", f"ours {database}", f"bare_insert {database}", 0.5))
        wanted += [Aim(act, f"ours {database}", f"other {database}") for act in ("get", "post")]
    for aim in wanted:
        if {(aim.act, aim.ours), (aim.act, aim.bare)} <= act_names:
            yield aim


def table(results: Results) -> Iterator[str]:
    """One line per act and target: the medians of the rounds."""
    shown = ""
    for (act, title), rounds in results.items():
        if act != shown:
            shown = act
            yield f"\n{act.upper():24}{HEAD[24:]}"
        yield _line(title, rounds)


def _line(title: str, rounds: list[Measured]) -> str:
    def middle(name: str) -> float:
        return float(median(getattr(measured, name) for measured in rounds))

    return (
        f"{title:24}{middle('rate'):8.0f}{middle('p50'):9.2f}{middle('p99'):9.1f}"
        f"{middle('cpu'):9.2f}{middle('bytes'):9.0f}"
    )


def ratios(results: Results) -> Iterator[str]:
    """Ours against bare, round by round: above 1 is better than bare."""
    yield f"\n{'Ratios (above 1: better)':44}{'CPU':>22}{'throughput':>22}"
    for aim in aims(set(results)):
        pairs = list(zip(results[aim.act, aim.ours], results[aim.act, aim.bare], strict=True))
        cpu = [bare.cpu / ours.cpu for ours, bare in pairs]
        rate = [ours.rate / bare.rate for ours, bare in pairs]
        title = f"{aim.act.upper()}  {aim.ours} : {aim.bare}"
        yield f"{title:44}{_spread(cpu):>22}{_spread(rate):>22}{_verdict(aim, median(cpu))}"


def _spread(ratios: list[float]) -> str:
    return f"{median(ratios):.2f} ({min(ratios):.2f}–{max(ratios):.2f})"


def _verdict(aim: Aim, cpu: float) -> str:
    if not aim.least:
        return ""
    return f"   aim {aim.least:.1f}: {'reached' if cpu >= aim.least else 'MISSED'}"
