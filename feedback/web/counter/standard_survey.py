"""The short satisfaction survey every school may open: three questions of the shipped bank."""

from datetime import date
from typing import Any

from feedback.models.surveys import Question, Survey
from feedback.models.units import Unit
from feedback.shipped import read

# What the bank calls a question, and the entry of QUESTION_TYPES that asks it.
TYPES = {"scale": "scale5", "percent": "percent", "text": "text"}


def standard_survey(unit: Unit, on: date) -> Survey:
    """Its first version for this unit, asked from this day on."""
    shipped = read("surveys")["surveys"][0]
    survey = Survey(
        unit=unit,
        unit_id=unit.id,
        code=shipped["code"],
        version=shipped["version"],
        title=shipped["title"],
        opens_on=on,
    )
    survey.questions = [_question(n, asked) for n, asked in enumerate(shipped["questions"], 1)]
    return survey


def _question(position: int, asked: dict[str, Any]) -> Question:
    return Question(
        position=position,
        code=asked["code"],
        type_code=TYPES[asked["type_code"]],
        text=asked["text"],
        required=asked["required"],
    )
