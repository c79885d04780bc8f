"""The whole demo, part after part. The caller commits: it is there as a whole, or not at all."""

from collections.abc import Iterator
from datetime import timedelta
from random import Random

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from feedback import anchors
from feedback.demo import (
    arrivals,
    aside,
    courses,
    desks,
    footfall,
    meetings,
    people,
    polls,
    reports,
    tree,
)
from feedback.demo.course import Course
from feedback.demo.fates import FATES
from feedback.demo.pictures import Album
from feedback.demo.place import Place, Wishes
from feedback.demo.seeds import Deck
from feedback.models.events import CaseEvent
from feedback.models.reports import UnitReport
from feedback.models.units import Unit
from feedback.sealing import Keys
from feedback.shelf import Shelf

# What happened in the last hour nobody has been told of yet: the runner has something to do.
NOT_TOLD_YET = timedelta(minutes=55)
ANCHORED = 20
OPENING = (tree.build, people.build, tree.hang_points, meetings.announce)
FEWEST = len(FATES) + len(arrivals.FRESH)
CLOSING = (meetings.register, polls.build, aside.build, footfall.build, reports.build, desks.build)


def new_place(session: Session, keys: Keys, shelf: Shelf, wishes: Wishes) -> Place:
    """An empty place with the dice of these wishes."""
    rng = Random(wishes.seed)  # noqa: S311 - dice for a demo, not for secrets
    return Place(session, keys, shelf, wishes, rng, Deck(rng))


def steps(wishes: Wishes) -> int:
    """How often `build` tells that it has got on."""
    return len(OPENING) + wishes.submissions + len(CLOSING)


def build(place: Place) -> Iterator[None]:
    """Everything, one step at a time; the place gathers what the senders took home."""
    for part in OPENING:
        part(place)
        yield
    album = Album(place)
    for plan in arrivals.plans(place):
        receipt = arrivals.receive(place, album, plan)
        place.cases.setdefault(plan.fate.code, receipt.case)
        course = Course(place, album, receipt.case, plan.story, plan.at)
        courses.run(course, plan.fate.steps)
        place.receipts.append(receipt)
        yield
    for part in CLOSING:
        part(place)
        yield
    _tell(place)
    _anchor(place)


def _anchor(place: Place) -> None:
    """The newest reports carry their anchor, as those handed in through the door do."""
    handed_in = select(UnitReport).where(UnitReport.frozen_at.is_not(None))
    for report in place.session.scalars(handed_in.order_by(UnitReport.id.desc()).limit(ANCHORED)):
        name, at = f"{UnitReport.__tablename__}/{report.id}", place.wishes.until
        anchors.set_checkpoint(place.session, place.keys, at, anchors.REPORT, name)


def _tell(place: Place) -> None:
    """Mark what is past as announced, so that the demo does not write hundreds of mails."""
    until = place.wishes.until - NOT_TOLD_YET
    place.session.execute(
        update(CaseEvent)
        .where(CaseEvent.at <= until)
        .values(announced_at=CaseEvent.at)
        .execution_options(unbound=True)
    )


def is_built(session: Session) -> bool:
    """Whether there are demo units already."""
    return session.scalar(select(Unit.id).where(Unit.demo).limit(1)) is not None


def is_empty(session: Session) -> bool:
    """Whether nobody has set anything up here yet."""
    return session.scalar(select(Unit.id).limit(1)) is None
