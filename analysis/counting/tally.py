"""Tally: the rows of one scope in one period, ready to be counted."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from analysis.counting.where import NO_CODE, pick, sieve
from analysis.periods import Period, filter_code
from analysis.rows import CaseRow
from analysis.satisfaction import Share
from analysis.table import Cell


@dataclass(frozen=True, slots=True)
class Tally:
    """Every figure it gives carries the filter whose rows it counted: they cannot disagree."""

    rows: Sequence[CaseRow]
    where: Mapping[str, str]
    as_of: date
    _known: dict[str, int] = field(default_factory=dict, init=False, repr=False, compare=False)

    def filter(self, state: str, **more: str) -> dict[str, str]:
        """The `where` of a figure: the scope, the period, the state."""
        return {**self.where, **more, "state": state}

    def number(self, state: str) -> int:
        """How many rows are in that state; counted once, asked for often."""
        if state not in self._known:
            self._known[state] = self._count(self.filter(state))
        return self._known[state]

    def count(self, state: str, **more: str) -> Cell:
        """The number as a figure that opens its rows."""
        where = self.filter(state, **more)
        return Cell(self._count(where) if more else self.number(state), "count", where)

    def _count(self, where: Mapping[str, str]) -> int:
        return sum(map(sieve(where, self.as_of), self.rows))

    def share(self, part: str, whole: str) -> Share:
        """Two states as part and whole."""
        return Share(self.number(part), self.number(whole))

    def days(self) -> list[int]:
        """Working days from reception to first answer, of what was answered in the period."""
        answered = pick(self.rows, self.filter("answered"), self.as_of)
        return [row.working_days for row in answered if row.working_days is not None]

    def letters(self) -> int:
        """How many letters the matters received came in with."""
        received = pick(self.rows, self.filter("received"), self.as_of)
        return sum(row.letters for row in received)

    def split(self, key: str, codes: Iterable[str]) -> dict[str, "Tally"]:
        """One tally for each code, in that order, then for codes that only the rows know."""
        code_of = SPLITS[key]
        found: defaultdict[str, list[CaseRow]] = defaultdict(list)
        for row in self.rows:
            found[code_of(row)].append(row)
        order = dict.fromkeys((*codes, *sorted(found)))
        return {
            code: Tally(found[code], {**self.where, key: code or NO_CODE}, self.as_of)
            for code in order
        }


def side_by_side(
    now: Tally, before: Tally, key: str, codes: Iterable[str]
) -> dict[str, tuple[Tally, Tally]]:
    """Both tallies split by the same codes, those of either side's rows included."""
    order = tuple(now.split(key, before.split(key, codes)))
    then = before.split(key, order)
    return {code: (one, then[code]) for code, one in now.split(key, order).items()}


SPLITS: Mapping[str, Callable[[CaseRow], str]] = {
    "unit": lambda row: row.unit_code,
    "kind": lambda row: row.kind_code,
    "subject": lambda row: row.subject_code,
}


def tally(rows: Sequence[CaseRow], period: Period, as_of: date, **more: str) -> Tally:
    """All rows of a scope, in a period, as known on a day; `more` narrows them."""
    return Tally(rows, {"period": filter_code(period), **more}, as_of)
