"""A `where` is the small filter behind a figure: text keys, so that it travels in a link.

`conditions(where)` turns it into alternatives of facts and `window(where, as_of)` into days; the
rows here and the database elsewhere read these two and nothing else.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from operator import attrgetter
from types import MappingProxyType
from typing import TypeVar

from analysis.counting.facts import AGAINST_A_FIELD, TESTS, Fact, Facts, Window
from analysis.counting.states import STATES
from analysis.periods import read_code
from analysis.rows import CaseRow, DialogueRow, VisitRow

Where = Mapping[str, str]
Listed = TypeVar("Listed", CaseRow, VisitRow, DialogueRow)


@dataclass(frozen=True, slots=True)
class Key:
    """One key of a `where`: what it asks, in which lists, and of which field if of one."""

    asks: str
    lists: tuple[str, ...] = ("cases",)
    field: str = ""
    flag: bool = False  # its values are yes and no


# Each list of rows, and the date that places its rows in a period; cases have their states.
LISTS: Mapping[str, tuple[type, str]] = MappingProxyType(
    {
        "cases": (CaseRow, ""),
        "visits": (VisitRow, "received_on"),
        "dialogues": (DialogueRow, "held_on"),
    }
)
ALL_LISTS = tuple(LISTS)

# Every key a `where` may have.
WHERE_KEYS: Mapping[str, Key] = MappingProxyType(
    {
        "list": Key("which list: cases (also when missing), visits, dialogues", ALL_LISTS),
        "period": Key("a code of analysis.periods; when missing, any day so far", ALL_LISTS),
        "state": Key("a key of STATES; when missing, received"),
        "unit": Key("the unit in whose figures it counts", ALL_LISTS, "unit_code"),
        "owner": Key("the desk that must answer now", field="owner_code"),
        "kind": Key("a kind of petition", field="kind_code"),
        "subject": Key("a subject", field="subject_code"),
        "channel": Key("the way it came in", field="channel_code"),
        "petition": Key("a signed, identified đơn, or not", field="is_petition", flag=True),
        "reference": Key("this one matter", field="reference"),
        "mode": Key("who received: regular, head, delegated", ("visits",), "mode"),
        "group": Key("a group of five people or more, or not", ("visits",), "group", flag=True),
    }
)
NO_CODE = "-"  # how a missing code is written in a link: no subject yet, no channel
YES_NO = {"yes": True, "no": False}


def conditions(where: Where) -> tuple[Facts, ...]:
    """The alternatives of facts that a row must meet; one whole alternative is enough."""
    asked = tuple(
        Fact(key.field, "is", _value(key, where[name]))
        for name, key in WHERE_KEYS.items()
        if key.field and name in where
    )
    _, dated_by = LISTS[where.get("list", "cases")]
    if dated_by:
        return ((*asked, Fact(dated_by, "within")),)
    return tuple((*asked, *facts) for facts in STATES[where.get("state", "received")].either)


def _value(key: Key, text: str) -> str | bool:
    if key.flag:
        return YES_NO[text]
    return "" if text == NO_CODE else text


def window(where: Where, as_of: date) -> Window:
    """The days within which the facts are judged; of a period to come, the moment of asking."""
    if "period" not in where:
        return Window(date.min, as_of)
    asked = read_code(where["period"])
    day = asked.known_on(as_of)
    return Window(min(asked.starts_on, day + timedelta(days=1)), day)


def sieve(where: Where, as_of: date) -> Callable[[object], bool]:
    """`matches`, prepared once for many rows."""
    days, (listed, _) = window(where, as_of), LISTS[where.get("list", "cases")]
    either = tuple(tuple(_ready(fact, days) for fact in facts) for facts in conditions(where))

    def holds(row: object) -> bool:
        return isinstance(row, listed) and _meets(row, either)

    return holds


def _meets(row: object, either: tuple[tuple[Callable[[object], bool], ...], ...]) -> bool:
    """any(all(…)) in plain loops: half the time, and tens of thousands of rows come by."""
    for asks in either:
        for ask in asks:
            if not ask(row):
                break
        else:
            return True
    return False


def _ready(fact: Fact, days: Window) -> Callable[[object], bool]:
    test, value, other = TESTS[fact.test], attrgetter(fact.field), fact.other
    if fact.test in AGAINST_A_FIELD:
        against = attrgetter(str(other))
        return lambda row: test(value(row), against(row), days)
    return lambda row: test(value(row), other, days)


def matches(row: CaseRow | VisitRow | DialogueRow, where: Where, as_of: date) -> bool:
    """Whether the figure with this `where`, made on that day, counts this row."""
    return sieve(where, as_of)(row)


def pick(rows: Iterable[Listed], where: Where, as_of: date) -> list[Listed]:
    """The rows behind a figure."""
    return list(filter(sieve(where, as_of), rows))


def clean_where(asked: Where) -> dict[str, str]:
    """The filter among a link's arguments; a ValueError with a sentence if it makes no sense."""
    where = {name: value for name, value in asked.items() if name in WHERE_KEYS and value}
    for name, value in where.items():
        if not _makes_sense(name, where):
            raise ValueError(f"Bộ lọc “{name}” không nhận giá trị “{value[:40]}”.")
    if "period" in where:
        read_code(where["period"])
    return where


def _makes_sense(name: str, where: Where) -> bool:
    key, value = WHERE_KEYS[name], where[name]
    known: Mapping[str, Iterable[str]] = {"list": LISTS, "state": STATES}
    if value not in known.get(name, YES_NO if key.flag else (value,)):
        return False
    return where.get("list", "cases") in key.lists or name == "list"
