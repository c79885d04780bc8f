"""What a desk has beside its work: suspected spam, and what senders ask of their data."""

from datetime import datetime, timedelta

from feedback import intake, rights
from feedback.demo import arrivals
from feedback.demo.place import Place, at
from feedback.demo.seeds import Row
from feedback.demo.tree import SHOWN
from feedback.intake import Arrival
from feedback.models.cases import Case
from feedback.models.events import Act
from feedback.rules.data_requests import DONE
from feedback.shipped import read
from forms.petition import PetitionAnswers

HOUR_OF_PARENTS, HOUR_OF_THE_DESK = 7, 9
CORRECT = "correct"


def build(place: Place) -> None:
    """At the shown school; the Office above it has one request to settle."""
    told = read("aside")
    for row in told["held"]:
        _hold(place, row)
    asked: list[Case] = []
    for row in told["requests"]:
        asked += [_ask(place, row, case) for case in _quiet(place, row, asked)]
    place.session.flush()


def _hold(place: Place, row: Row) -> None:
    """Through the same intake, with the signs that the door saw."""
    unit = place.units[SHOWN]
    answers = PetitionAnswers(row["kind"], "KHAC", "unknown", row["text"])
    moment = place.wishes.until - timedelta(hours=row["hours_ago"])
    point = place.points[unit.id][0]
    arrival = Arrival(unit, point, answers, place.once_id(), moment, signs=tuple(row["signs"]))
    arrivals.name(place, intake.receive(place.session, arrival, place.keys, place.calendar))


def _quiet(place: Place, row: Row, asked: list[Case]) -> list[Case]:
    """One more matter that the school itself answers and in which nothing happened since."""
    before = _ago(place, row["days_ago"], 0)
    return [
        receipt.case
        for receipt in place.receipts
        if _is_plain(place, receipt.case)
        and receipt.case not in asked
        and receipt.case.events[-1].at < before
        and (row["kind"] != CORRECT or receipt.submission.sender is not None)
    ][:1]


def _is_plain(place: Place, case: Case) -> bool:
    here = case.owner is place.units[SHOWN]
    return here and not case.is_petition and len(case.submissions) == 1


def _ask(place: Place, row: Row, case: Case) -> Case:
    asked = _ago(place, row["days_ago"], HOUR_OF_PARENTS)
    act = Act(None, asked, place.calendar, row["text"], as_parent=True)
    request = rights.ask(place.session, case, case.submission, row["kind"], act)
    if "answer" in row:
        clerk = place.officer(case.owner, "clerk")
        moment = _ago(place, row["answered_days_ago"], HOUR_OF_THE_DESK)
        request.settle(Act(clerk, moment, place.calendar, row["answer"]), DONE)
    return case


def _ago(place: Place, days: int, hour: int) -> datetime:
    return at(place.wishes.today - timedelta(days=days), hour)
