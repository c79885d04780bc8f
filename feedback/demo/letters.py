"""LETTERS: the steps in which one letter becomes two matters, two become one, or a task is left."""

from feedback import joining, splitting
from feedback.demo.course import Course, Step
from feedback.models.events import Act
from feedback.splitting import Part

MAIN = "join_main"


def _split(course: Course) -> None:
    """Half of the letter is about the head: the letter leaves the school, the rest stays."""
    place, told = course.place, course.story["part"]
    part = Part(
        told["kind"],
        told["subject"],
        told["about"],
        told["text"],
        told["kept"],
        reference=place.reference(course.case.reference),
    )
    splitting.split(place.session, course.case, part, course.staff(), place.keys)


def _join(course: Course) -> None:
    """The other parent wrote of the same: one answer for both."""
    place, main = course.place, course.place.cases[MAIN]
    act = Act(main.handler, course.at, place.calendar)
    joining.join(place.session, main, [course.case], act)


def _forward(course: Course) -> None:
    told = course.story["forwarder"]
    course.case.forwarded(course.staff(told["note"]), told["code"], told["name"])


def _find_concrete(course: Course) -> None:
    course.case.find_concrete(course.staff(course.story["concrete"]))


LETTERS: dict[str, Step] = {
    "split": Step(_split, "staff", (0, 1)),
    "join": Step(_join, "staff", (3, 3)),
    "forward": Step(_forward, "staff", (0, 0)),
    "find_concrete": Step(_find_concrete, "staff", (1, 3)),
}
