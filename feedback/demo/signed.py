"""SIGNED: the steps of a đơn, first and second instance: prepared, signed, sent, gone past."""

from dataclasses import replace
from datetime import timedelta

from feedback.clock import office_day
from feedback.demo import paperwork, speech
from feedback.demo.course import Course, Step, above
from feedback.demo.place import at
from feedback.models.events import Act
from feedback.models.officers import Officer
from feedback.rules.passages import PASSAGES
from feedback.rules.results import results_for


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


def _refuse(course: Course) -> None:
    reason, text = speech.refusal(course.place, course.case.kind_code)
    act = course.staff(text)
    if course.case.machine.moves["refuse"].signed:
        course.case.submit(act, "refuse", reason)
        act = replace(act, by=_competent(course))
    course.case.refuse(act, reason)


def _prepare(course: Course) -> None:
    """A đơn taken up, whose draft waits for the signature."""
    case = course.case
    if case.status == "new":
        case.accept(course.staff())
    code = "decide" if case.kind_code == "KN" else "conclude"
    _submit(course, code, speech.answer(course.place, case, course.story)["text"])


# --- in writing, as the law wants it ----------------------------------------------------------


def _accept(course: Course) -> None:
    course.case.accept(course.staff())
    paperwork.send(course, "accept")


def _notify(course: Course) -> None:
    course.case.notify_acceptance(course.staff(course.story["notified"]))
    paperwork.send(course, "notify_acceptance")


def _find(course: Course) -> None:
    """The decision or the conclusion, prepared here and signed by the head, with its paper."""
    code = "decide" if course.case.kind_code == "KN" else "conclude"
    _have_signed(course, code, course.story["decided"])
    paperwork.send(course, code)


def _send(course: Course) -> None:
    if course.case.kind_code == "KN":
        course.case.send_decision(course.staff())
        return
    course.case.send_conclusion(course.staff())
    course.case.publish_conclusion(course.staff())


# --- the second instance ----------------------------------------------------------------------


def _appeal(course: Course) -> None:
    course.case.appeal(course.parent(course.story["appeal"]))


def _lodge(course: Course) -> None:
    """The sender signs at the desk above, which answers from now on."""
    to = above(course.case.owner)
    act = course.staff(course.story["lodged"], course.place.officer(to, "office"))
    course.case.lodge_again(act, to)


def _lapse(course: Course) -> None:
    """Time itself moves it, in the first minutes after the last day; not before that has come."""
    last = max(d.due_on for d in course.case.running(*PASSAGES["lapse"].clocks))
    moment = at(last + timedelta(days=1), 0, 5)
    if moment <= course.place.wishes.until:
        course.at = max(course.at, moment)
        course.case.lapse(Act(None, course.at, course.place.calendar))


SIGNED: dict[str, Step] = {
    "settle": Step(_settle, "staff", (3, 12)),
    "prepare": Step(_prepare, "staff", (1, 3)),
    "refuse": Step(_refuse, "staff", (1, 4)),
    "accept_written": Step(_accept, "staff", (0, 2)),
    "notify": Step(_notify, "staff", (1, 3)),
    "find": Step(_find, "staff", (5, 8)),
    "send": Step(_send, "staff", (1, 2)),
    "appeal": Step(_appeal, "parent", (5, 10)),
    "lodge": Step(_lodge, "staff", (1, 2)),
    "lapse": Step(_lapse, "parent", (0, 0)),
}
