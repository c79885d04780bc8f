"""STEPS: how each act of a fate is done, by whom and how long after the one before."""

from feedback.demo.course import SIGNED_MACHINES, Course, Step
from feedback.demo.daily import DAILY
from feedback.demo.letters import LETTERS
from feedback.demo.signed import SIGNED
from feedback.models.cases import Case

STEPS: dict[str, Step] = {**DAILY, **SIGNED, **LETTERS}

# What a step is called in the table, and the tables of a đơn.
MOVE_OF = {
    "pass_up": "transfer",
    "pass_over": "transfer",
    "thank": "reply",
    "prepare": "submit",
    "accept_written": "accept",
    "notify": "notify_acceptance",
    "forward": "forwarded",
    "lodge": "lodge_again",
}
# Each has its own name at a complaint and at a denunciation.
EITHER_WAY = {
    "find": ("decide", "conclude"),
    "send": ("send_decision", "send_conclusion"),
}


def run(course: Course, steps: tuple[str, ...]) -> None:
    """One step after the other, as far as time has come; an alarm goes before everything."""
    if course.case.alarmed:
        steps = ("attend", *steps)
    for code in steps:
        step = STEPS.get(_lawful(course.case, code))
        if step is None:
            continue
        course.at = step.moment(course.place, course.at)
        if course.at > course.place.wishes.until:
            return
        step.do(course)
        course.place.session.flush()


def _lawful(case: Case, code: str) -> str:
    """The step as the table of this matter has it: a đơn is decided or concluded, not answered."""
    if case.machine.code not in SIGNED_MACHINES:
        return code
    if code.startswith("answer"):
        return "settle" if case.status in {"new", "verifying"} else ""
    names = EITHER_WAY.get(code, (MOVE_OF.get(code, code),))
    moves = [case.machine.moves[name] for name in names if name in case.machine.moves]
    return code if any(case.status in move.paths for move in moves) else ""
