"""What a paper takes from the move it goes out with: nobody types it twice, nothing can differ."""

from collections.abc import Callable
from typing import Any

from feedback import clock
from feedback.models.papers import IssuedPaper
from feedback.papers.catalogue import PAPERS
from feedback.rules.results import EXTENSION_GROUNDS
from feedback.web.filing.prefill import CLOCKS

Take = Callable[[Any], Any]

# The finding of a decision under the name its paper gives it.
VERDICTS = {
    "kn_right": "right",
    "kn_partly": "partly",
    "kn_wrong": "wrong",
    "kn_upheld": "upheld",
    "kn_changed": "changed",
}


def _note(form: Any) -> str:
    return str(form.note.data)


def _found(form: Any) -> str:
    return VERDICTS.get(form.result.data, "")


def _unit(form: Any) -> str:
    """The unit as its choice is called."""
    return str({c.value: c.label for c in form.unit.choices}.get(form.unit.data, ""))


def _grounds(form: Any) -> str:
    return "\n".join(EXTENSION_GROUNDS[code] for code in form.grounds.data or ())


# By the move: the path of the fact, and where the form of the move has it.
BOUND: dict[str, dict[str, Take]] = {
    "transfer": {"receiving": _unit, "reason": _note},
    "refuse": {"ground_code": lambda form: form.reason.data, "detail": _note},
    "answer": {"findings": _note, "done": lambda form: form.done.data},
    "extend": {"grounds": _grounds},
    "suspend": {"reason": _note},
    "terminate": {"reason": _note},
    "decide": {"verdict_code": _found, "conclusion": _note},
    "decide_again": {"verdict_code": _found, "conclusion": _note},
}
# A moment on the paper that must lie on the day the move records.
SAME_DAY = {"invite": "at", "dialogue": "began_at"}
# Counted by the engine when the move is made: the letter's date and the clock are one write.
OF_THE_CLOCK = frozenset({"due.on", "due.because", "times"})
# The first paper of the act, as the others cite it.
NO_NUMBER = "……"
OF_THE_FIRST = frozenset({"transfer.title", "transfer.number", "transfer.dated"})


def known_by_the_move(move_code: str, code: str) -> frozenset[str]:
    """The facts of this paper that its form does not ask for."""
    clock = OF_THE_CLOCK if code in CLOCKS else frozenset()
    return frozenset(BOUND.get(move_code, {})) | clock | OF_THE_FIRST


def taken(move_code: str, form: Any) -> dict[str, Any]:
    """What the form of the move says for its papers."""
    return {path: take(form) for path, take in BOUND.get(move_code, {}).items()}


def cited(first: IssuedPaper | None, code: str) -> dict[str, Any]:
    """The first paper of the act as the next one speaks of it; in a draft it has no number yet."""
    return {
        "transfer.title": PAPERS[code].title,
        "transfer.number": first.full_number if first else NO_NUMBER,
        "transfer.dated": first.dated_on if first else clock.today(),
    }


def is_another_day(move_code: str, form: Any) -> bool:
    """Whether paper and move name two different days for the same event."""
    path = SAME_DAY.get(move_code)
    moment = form[path].data if path else None
    return moment is not None and form.day.data is not None and moment.date() != form.day.data
