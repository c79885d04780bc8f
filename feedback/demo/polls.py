"""One survey of three questions at every school, answered by some, happier here than there."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from feedback.demo import hours
from feedback.demo.place import Place
from feedback.demo.seeds import Row
from feedback.demo.tree import SHOWN
from feedback.models.responses import SurveyResponse
from feedback.models.surveys import Question, Survey
from feedback.models.units import Unit
from feedback.shipped import read

# What the seed calls a question, and the entry of QUESTION_TYPES that asks it.
TYPES = {"scale": "scale5", "percent": "percent", "text": "text"}
FEWEST, MOST, SHOWN_NUMBER = 6, 34, 86
# Weights of 1 to 5: the usual school is liked; a few are not.
USUAL, STRAINED = (2, 4, 14, 46, 34), (8, 14, 26, 36, 16)
STRAINED_SHARE, UNKNOWN_SHARE, REMARK_SHARE = 0.15, 0.05, 0.3
UNKNOWN = 0
LIKED, DISLIKED = 4, 2
HASH_BYTES = 32


def build(place: Place) -> None:
    for unit in place.schools:
        for row in read("surveys")["surveys"]:
            survey = _survey(place, unit, row)
            place.session.add(survey)
            place.session.flush()
            place.session.add_all(_responses(place, unit, survey))
    place.session.flush()


def _survey(place: Place, unit: Unit, row: Row) -> Survey:
    survey = Survey(
        unit=unit,
        unit_id=unit.id,
        code=row["code"],
        version=row["version"],
        title=row["title"],
        opens_on=place.wishes.since,
    )
    for position, asked in enumerate(row["questions"], start=1):
        survey.questions.append(
            Question(
                position=position,
                code=asked["code"],
                type_code=TYPES[asked["type_code"]],
                text=asked["text"],
                required=asked["required"],
            )
        )
    return survey


def _responses(place: Place, unit: Unit, survey: Survey) -> Iterator[SurveyResponse]:
    number = SHOWN_NUMBER if unit.code == SHOWN else place.rng.randint(FEWEST, MOST)
    strained = unit.code != SHOWN and place.rng.random() < STRAINED_SHARE
    for moment in sorted(_moments(place, number)):
        yield SurveyResponse(
            once_hash=place.rng.randbytes(HASH_BYTES),
            survey_id=survey.id,
            point_id=place.rng.choice(place.points[unit.id]).id,
            received_at=moment,
            received_on=moment.date(),
            answers=_answers(place, unit, survey, STRAINED if strained else USUAL),
        )


def _moments(place: Place, number: int) -> list[datetime]:
    return [hours.moment_written(place, hours.day_written(place)) for _ in range(number)]


def _answers(place: Place, unit: Unit, survey: Survey, weights: tuple[int, ...]) -> dict[str, Any]:
    """Nothing is kept of a question that was left blank, as in the real form."""
    given: dict[str, Any] = {}
    for question in survey.questions:
        if question.type_code == TYPES["scale"]:
            given[question.code] = _score(place, weights)
        elif place.rng.random() < REMARK_SHARE:
            given[question.code] = _remark(place, unit, next(iter(given.values())))
    return given


def _score(place: Place, weights: tuple[int, ...]) -> int:
    if place.rng.random() < UNKNOWN_SHARE:
        return UNKNOWN
    return place.rng.choices(range(1, len(weights) + 1), weights)[0]


def _remark(place: Place, unit: Unit, score: int) -> str:
    """In the mood of the mark that was given."""
    mood = "good" if score >= LIKED else "bad" if UNKNOWN < score <= DISLIKED else "mixed"
    rows = read("surveys")["open_answers"]
    fitting = [r["text"] for r in rows if r["mood"] == mood and unit.level in r["levels"]]
    return str(place.rng.choice(fitting))
