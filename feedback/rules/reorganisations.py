"""A reorganisation as its file tells it: who begins, who ends, who takes over from whom.

The successor answers; what was dissolved without one goes to the body that managed it
(Điều 12 khoản 4, khoản 5 Luật Tố cáo 2018).
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

RENAME, MERGE, SPLIT, DISSOLVE = "rename", "merge", "split", "dissolve"
SUCCESSION_KINDS: dict[str, str] = {
    RENAME: "Đổi tên",
    MERGE: "Sáp nhập",
    SPLIT: "Chia",
    DISSOLVE: "Giải thể",
}
UNIT_KINDS = ("committee", "office", "school")


class ReorganisationRefused(ValueError):
    """What is wrong with a file or with applying it; nothing was changed."""


class AlreadyApplied(ReorganisationRefused):
    """The file has done its work before."""


@dataclass(frozen=True, slots=True)
class Succession:
    """`main`: takes what is about no unit of its own. A rename says the new names."""

    old: str
    new: str
    kind: str
    main: bool = True
    name: str = ""
    short_name: str = ""

    @property
    def ends_old(self) -> bool:
        return self.kind != RENAME


@dataclass(frozen=True, slots=True)
class Reorganisation:
    """One day's change of the tree. `parents`: who manages whom from then on, by codes."""

    on: date
    units: tuple[Mapping[str, Any], ...]
    successions: tuple[Succession, ...]
    parents: Mapping[str, str]
    assumed: Mapping[str, str]
    officers: Mapping[str, tuple[str, ...]]

    @property
    def ended(self) -> tuple[str, ...]:
        return tuple(dict.fromkeys(one.old for one in self.successions if one.ends_old))


def read(told: Mapping[str, Any], on: date | None = None) -> Reorganisation:
    """The file made sense of, on its own day or another; the first thing wrong is said."""
    try:
        schools = {row["code"]: row for row in told.get("schools", ())}
        found = Reorganisation(
            on=on or date.fromisoformat(told["on"]),
            units=tuple(told.get("units", ())),
            successions=tuple(_succession(row) for row in told["successions"]),
            parents={code: row["parent"] for code, row in schools.items()},
            assumed={code: row["why"] for code, row in schools.items() if row.get("verify")},
            officers={mail: tuple(to) for mail, to in told.get("officers", {}).items()},
        )
    except KeyError as error:
        raise ReorganisationRefused(f"The file lacks {error.args[0]!r}.") from error
    except (AttributeError, TypeError, ValueError) as error:
        if isinstance(error, ReorganisationRefused):
            raise
        raise ReorganisationRefused(f"The file cannot be understood: {error}.") from error
    _check_units(found.units)
    _check_once([row["code"] for row in told.get("schools", ())], "School")
    _check_successions(found.successions)
    return found


def _succession(row: Mapping[str, Any]) -> Succession:
    kind, old = row["kind"], row["old"]
    if kind not in SUCCESSION_KINDS:
        known = ", ".join(SUCCESSION_KINDS)
        raise ReorganisationRefused(f"{old}: the kind {kind!r} is none of {known}.")
    if kind == RENAME:
        return Succession(old, old, kind, name=row["name"], short_name=row["short_name"])
    return Succession(old, row["new"], kind, bool(row.get("main", kind != SPLIT)))


def _check_units(units: Iterable[Mapping[str, Any]]) -> None:
    for row in units:
        for name in ("code", "kind", "name", "short_name"):
            if not row.get(name):
                raise ReorganisationRefused(f"A new unit lacks {name!r}: {dict(row)}.")
        if row["kind"] not in UNIT_KINDS:
            known = ", ".join(UNIT_KINDS)
            raise ReorganisationRefused(f"{row['code']}: its kind must be one of {known}.")
    _check_once([row["code"] for row in units], "New unit")


def _check_once(codes: list[str], what: str) -> None:
    twice = next((code for code in codes if codes.count(code) > 1), None)
    if twice:
        raise ReorganisationRefused(f"{what} {twice} stands in the file twice.")


def _check_successions(successions: tuple[Succession, ...]) -> None:
    _check_once([f"{one.old} → {one.new}" for one in successions], "Succession")
    refuse_loop((one.old, one.new) for one in successions if one.ends_old)
    for old in dict.fromkeys(one.old for one in successions if one.ends_old):
        mains = [one for one in successions if one.old == old and one.ends_old and one.main]
        if len(mains) != 1:
            raise ReorganisationRefused(
                f"{old}: exactly one of its successors must be the main one, not {len(mains)}."
            )


def refuse_loop(pairs: Iterable[tuple[str, str]], what: str = "successions") -> None:
    """Nobody succeeds itself, not through others either: following must come to an end."""
    onward: dict[str, list[str]] = {}
    for old, new in pairs:
        onward.setdefault(old, []).append(new)
    for start in onward:
        way = _way_back(start, onward)
        if way:
            raise ReorganisationRefused(f"The {what} go in a circle: {' → '.join(way)}.")


def _way_back(start: str, onward: Mapping[str, list[str]]) -> list[str]:
    """The way from a unit through its successors to itself; empty when there is none."""
    ways, seen = [[start, new] for new in onward[start]], set[str]()
    while ways:
        way = ways.pop()
        if way[-1] == start:
            return way
        if way[-1] not in seen:
            seen.add(way[-1])
            ways += [[*way, new] for new in onward.get(way[-1], ())]
    return []
