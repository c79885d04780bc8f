"""DAILY: the steps that any matter may go through, from the first look to the parent's tap."""

from dataclasses import replace

from feedback import intake, matters, recusing
from feedback.demo import speech
from feedback.demo.course import SIGNED_MACHINES, Course, Step, above
from feedback.demo.fates import OTHER_NAMES
from feedback.models.officers import Officer
from feedback.rules.outcomes import FACES, OUTCOMES
from feedback.rules.petitions import PETITION_KINDS

GLAD, FAIR, SORRY = sorted(FACES, reverse=True)
SIGNED_BY_HEAD, SAYS_THANKS, TAPS = 0.3, 0.5, 0.8


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
    course.case.escalate(course.parent(words), above(course.case.owner))


def _pass_up(course: Course) -> None:
    act = course.staff(speech.passed_up(course.place))
    course.case.transfer(act, above(course.case.owner))


def _pass_over(course: Course) -> None:
    """The code was scanned at the wrong school."""
    unit, act = course.case.unit, course.staff(speech.passed_over(course.place))
    others = [u for u in course.place.schools if u.level == unit.level and u is not unit]
    course.case.transfer(act, course.place.rng.choice(others or [above(unit)]))


def _reclassify(course: Course) -> None:
    case, to = course.case, OTHER_NAMES[course.case.kind_code]
    act = course.staff(speech.renamed(course.place, case.kind_code, to))
    matters.reclassify(case, act, to, case.subject_code, case.about_code)


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


DAILY: dict[str, Step] = {
    "attend": Step(_attend, "duty", (0, 0)),
    "accept": Step(_accept, "staff", (0, 2)),
    "assign": Step(_assign, "staff", (0, 1)),
    "note": Step(_note, "staff", (0, 2)),
    "ask": Step(_ask, "staff", (0, 2)),
    "reply": Step(_reply, "parent", (0, 2)),
    "answer": Step(_answer, "staff", (1, 9)),
    "answer_fast": Step(_answer, "staff", (0, 2)),
    "answer_late": Step(_answer, "staff", (16, 24)),
    "thank": Step(_thank, "parent", (0, 1)),
    "confirm": Step(_confirm, "parent", (0, 4)),
    "dispute": Step(_dispute, "parent", (1, 3)),
    "escalate": Step(_escalate, "parent", (1, 3)),
    "pass_up": Step(_pass_up, "staff", (0, 2)),
    "pass_over": Step(_pass_over, "staff", (0, 2)),
    "recuse": Step(_recuse, "staff", (0, 1)),
    "reclassify": Step(_reclassify, "staff", (0, 2)),
    "close": Step(_close, "staff", (10, 13)),
    "reopen": Step(_reopen, "staff", (2, 6)),
    "withdraw": Step(_withdraw, "parent", (1, 4)),
}
