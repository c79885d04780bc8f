"""STEPS: how each act of a fate is done, by whom and how long after the one before."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal

from feedback import intake, joining, recusing
from feedback.clock import office_day
from feedback.demo import gatherings, hours, speech
from feedback.demo.fates import OTHER_NAMES
from feedback.demo.pictures import Album
from feedback.demo.place import Place
from feedback.demo.seeds import Row
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.models.units import Unit
from feedback.rules.complaints import COMPLAINTS
from feedback.rules.denunciations import DENUNCIATIONS
from feedback.rules.outcomes import FACES, OUTCOMES
from feedback.rules.petitions import PETITION_KINDS
from feedback.rules.results import results_for

# What a step is called in the table, and the tables of a đơn.
MOVE_OF = {
    "pass_up": "transfer",
    "pass_over": "transfer",
    "thank": "reply",
    "prepare": "submit",
}
SIGNED_MACHINES = frozenset({COMPLAINTS.code, DENUNCIATIONS.code})
GLAD, FAIR, SORRY = sorted(FACES, reverse=True)
SIGNED_BY_HEAD, SAYS_THANKS, TAPS = 0.3, 0.5, 0.8


@dataclass(slots=True)
class Course:
    """One case on its way: what was sent, and the moment of the last act."""

    place: Place
    album: Album
    case: Case
    story: Row
    at: datetime

    @property
    def handler(self) -> Officer:
        return self.case.handler or self.place.officer(self.case.owner, "clerk", "office")

    def staff(self, note: str = "", by: Officer | None = None) -> Act:
        return Act(by or self.handler, self.at, self.place.calendar, note)

    def parent(self, note: str = "") -> Act:
        return Act(None, self.at, self.place.calendar, note, as_parent=True)


@dataclass(frozen=True, slots=True)
class Step:
    """`days`, fewest and most: working days for the office, days for the parent."""

    do: Callable[[Course], None]
    who: Literal["staff", "parent", "duty"]
    days: tuple[int, int]

    def moment(self, place: Place, after: datetime) -> datetime:
        if self.who == "duty":
            return hours.moment_rushed(place, after)
        days = place.rng.randint(*self.days)
        moved = hours.moment_worked if self.who == "staff" else hours.moment_read
        return moved(place, after, days)


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
    move = case.machine.moves.get(MOVE_OF.get(code, code))
    return code if move and case.status in move.paths else ""


def _settle(course: Course) -> None:
    """The whole way of a short đơn in one day: taken up, found, sent."""
    case, row = course.case, speech.answer(course.place, course.case, course.story)
    if case.status == "new":
        case.accept(course.staff())
    if case.kind_code == "KN":
        _have_signed(course, "decide", row["text"])
        case.send_decision(course.staff())
        return
    case.notify_acceptance(course.staff())
    _have_signed(course, "conclude", row["text"])
    case.send_conclusion(course.staff())
    case.publish_conclusion(course.staff())


def _have_signed(course: Course, code: str, text: str) -> None:
    """Prepared by the handler, signed by whoever is competent: never by one and the same."""
    _submit(course, code, text)
    choice = course.case.signings[-1].choice_code
    getattr(course.case, code)(course.staff(text, _competent(course)), choice)


def _submit(course: Course, code: str, text: str) -> None:
    choice = course.place.rng.choice(results_for(course.case.kind_code, code)).code
    course.case.submit(course.staff(text), code, choice)


def _competent(course: Course) -> Officer:
    unit = course.case.signed_at(office_day(course.at))
    return course.place.officer(unit, "principal", "chair", "office_head")


def _accept(course: Course) -> None:
    course.case.accept(course.staff())


def _attend(course: Course) -> None:
    by = course.place.officer(course.case.owner, "duty", "office")
    course.case.attend(course.staff(speech.looked_after(course.case, course.story), by))


def _assign(course: Course) -> None:
    # Of a đơn the head is the signer, and so prepares none.
    signed = course.case.machine.code in SIGNED_MACHINES
    to = course.place.officer(course.case.owner, "clerk" if signed else "principal", "office")
    course.case.assign(course.staff(), to)


def _note(course: Course) -> None:
    course.case.add_note(course.staff(speech.note(course.place, course.case)))


def _ask(course: Course) -> None:
    course.case.ask(course.staff(speech.dialogue(course.place, course.case)["question"]))


def _reply(course: Course) -> None:
    course.case.reply(course.parent(speech.reply_to(course.case.messages[-1].text)))


def _answer(course: Course) -> None:
    row = speech.answer(course.place, course.case, course.story)
    kind = PETITION_KINDS[course.case.kind_code]
    act = course.staff(row["text"], _signer(course))
    if kind.needs_evidence and OUTCOMES[row["outcome"]].shows:
        shown = intake.attachment(course.album.after(course.case.subject_code))
        act = replace(act, files=(shown,))
    course.case.answer(act, row["outcome"], row["done"])


def _signer(course: Course) -> Officer:
    """The head answers some matters in person."""
    if course.case.owner.is_school and course.place.rng.random() < SIGNED_BY_HEAD:
        return course.place.officer(course.case.owner, "principal")
    return course.handler


def _thank(course: Course) -> None:
    if course.place.rng.random() < SAYS_THANKS:
        course.case.reply(course.parent(speech.any_of(course.place, "thanks")))


def _confirm(course: Course) -> None:
    """Some never tap; most who do are glad. Who has just said thanks taps too."""
    thanked = course.case.events[-1].move_code == "reply"
    if thanked or course.place.rng.random() < TAPS:
        face = course.place.rng.choices((GLAD, FAIR, SORRY, None), (70, 20, 4, 6))[0]
        course.case.confirm(course.parent(), face)


def _dispute(course: Course) -> None:
    face = course.place.rng.choices((SORRY, FAIR), (85, 15))[0]
    course.case.dispute(course.parent(speech.any_of(course.place, "not_yet")), face)


def _escalate(course: Course) -> None:
    words = speech.any_of(course.place, "disputes")
    course.case.escalate(course.parent(words), _above(course.case.owner))


def _above(unit: Unit) -> Unit:
    if unit.manager is None:
        raise ValueError(f"Nobody is above {unit.code}.")
    return unit.manager


def _pass_up(course: Course) -> None:
    act = course.staff(speech.passed_up(course.place))
    course.case.transfer(act, _above(course.case.owner))


def _pass_over(course: Course) -> None:
    """The code was scanned at the wrong school."""
    unit, act = course.case.unit, course.staff(speech.passed_over(course.place))
    others = [u for u in course.place.schools if u.level == unit.level and u is not unit]
    course.case.transfer(act, course.place.rng.choice(others or [_above(unit)]))


def _refuse(course: Course) -> None:
    reason, text = speech.refusal(course.place, course.case.kind_code)
    act = course.staff(text)
    if course.case.machine.moves["refuse"].signed:
        course.case.submit(act, "refuse", reason)
        act = replace(act, by=_competent(course))
    course.case.refuse(act, reason)


def _reclassify(course: Course) -> None:
    case, to = course.case, OTHER_NAMES[course.case.kind_code]
    act = course.staff(speech.renamed(course.place, case.kind_code, to))
    intake.reclassify(case, act, to, case.subject_code, case.about_code)


def _prepare(course: Course) -> None:
    """A đơn taken up, whose draft waits for the signature."""
    case = course.case
    if case.status == "new":
        case.accept(course.staff())
    code = "decide" if case.kind_code == "KN" else "conclude"
    _submit(course, code, speech.answer(course.place, case, course.story)["text"])


def _recuse(course: Course) -> None:
    """Who has it in hand is related to somebody in it, and says so: another goes on."""
    words = "Người được nhắc đến trong đơn là em dâu của tôi."
    recusing.recuse(
        course.place.session, course.case, course.staff(words), course.handler, "sibling"
    )


def _close(course: Course) -> None:
    course.case.close(course.staff(speech.any_of(course.place, "closings")))


def _reopen(course: Course) -> None:
    course.case.reopen(course.staff(speech.any_of(course.place, "reopenings")))


def _withdraw(course: Course) -> None:
    course.case.withdraw(course.parent(speech.any_of(course.place, "withdrawals")))


def _join(course: Course) -> None:
    """Somebody wrote of the same thing before: one answer for both."""
    main = gatherings.main_for(course.place.session, course.case)
    if main is not None:
        course.at = max(course.at, main.events[-1].at)
        joining.join(course.place.session, main, [course.case], course.staff())


STEPS: dict[str, Step] = {
    "attend": Step(_attend, "duty", (0, 0)),
    "accept": Step(_accept, "staff", (0, 2)),
    "assign": Step(_assign, "staff", (0, 1)),
    "note": Step(_note, "staff", (0, 2)),
    "ask": Step(_ask, "staff", (0, 2)),
    "reply": Step(_reply, "parent", (0, 2)),
    "answer": Step(_answer, "staff", (1, 9)),
    "settle": Step(_settle, "staff", (3, 12)),
    "answer_fast": Step(_answer, "staff", (0, 2)),
    "answer_late": Step(_answer, "staff", (16, 24)),
    "thank": Step(_thank, "parent", (0, 1)),
    "confirm": Step(_confirm, "parent", (0, 4)),
    "dispute": Step(_dispute, "parent", (1, 3)),
    "escalate": Step(_escalate, "parent", (1, 3)),
    "pass_up": Step(_pass_up, "staff", (0, 2)),
    "pass_over": Step(_pass_over, "staff", (0, 2)),
    "prepare": Step(_prepare, "staff", (1, 3)),
    "recuse": Step(_recuse, "staff", (0, 1)),
    "refuse": Step(_refuse, "staff", (1, 4)),
    "reclassify": Step(_reclassify, "staff", (0, 2)),
    "join": Step(_join, "staff", (0, 2)),
    "close": Step(_close, "staff", (10, 13)),
    "reopen": Step(_reopen, "staff", (2, 6)),
    "withdraw": Step(_withdraw, "parent", (1, 4)),
}
