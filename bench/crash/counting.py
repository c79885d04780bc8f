"""What was acknowledged, held against what is stored."""

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from bench.crash.parents import OK, Crowd, Letter, ask, post
from bench.lines import Address

NUMBER = re.compile(r"Phiếu số (\d+) của đợt thử")
PLAIN = "application/x-www-form-urlencoded"


@dataclass
class Count:
    """The numbers that must be zero, and how much stands behind them."""

    acknowledged: int = 0
    stored: int = 0
    looked_up: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    @property
    def is_clean(self) -> bool:
        return not +self.wrong


def count(crowd: Crowd, exported: Iterable[dict[str, Any]]) -> Count:
    """Every letter against the cases that came of it."""
    cases: dict[int, list[dict[str, Any]]] = {}
    for case in exported:
        found = NUMBER.search(case["text"])
        if found:
            cases.setdefault(int(found[1]), []).append(case)
    result = Count(len(crowd.acknowledged), sum(map(len, cases.values())))
    for letter in crowd.letters:
        result.wrong.update(_faults(letter, cases.get(letter.number, [])))
    result.wrong["500"] = crowd.statuses[500]
    result.wrong["strange"] = len(crowd.strange)
    return result


def _faults(letter: Letter, cases: list[dict[str, Any]]) -> Iterable[str]:
    if letter.codes and not cases:
        yield "lost"
    if len(cases) > 1:
        yield "doubled"
    if len(letter.codes) > 1 or len(letter.references) > 1:
        yield "two codes"
    for case in cases:
        yield from _harm(letter, case)


def _harm(letter: Letter, case: dict[str, Any]) -> Iterable[str]:
    if case["text"] != letter.text or letter.references - {case["reference"]}:
        yield "other words"
    if case["attachments"] != [True] * letter.photos:
        yield "damaged"


def look_up(address: Address, letters: list[Letter], result: Count) -> None:
    """Whether the code on the receipt opens its case."""
    for letter in letters:
        body = urlencode({"code": min(letter.codes)}).encode()
        status, page = ask(address, post("/tra-cuu", body, PLAIN))
        result.looked_up += 1
        if status != OK or min(letter.references) not in page:
            result.wrong["code opens nothing"] += 1
