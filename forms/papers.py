"""PaperForm: one question for each fact that an official paper is made of."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    DateTimeLocalField,
    Field,
    HiddenField,
    IntegerField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import DataRequired, InputRequired, NumberRange, Optional

from forms.fields import LONGEST_TEXT, NotLong, choices, tidied
from forms.petition import Pairs
from forms.translations import HouseForm

LONGEST_LINE = 300
MOST = 400  # days, copies, pages
MINUTES = ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
MISSING = _l("Mời điền mục này.")


@dataclass(frozen=True, slots=True)
class Question:
    """One fact: where it belongs ("due.on"), how it is asked, what may be chosen.

    `sort` is line, text, lines (each its own), date, moment, number, tick or choice.
    """

    path: str
    sort: str
    label: Any
    required: bool = False
    hint: Any = ""
    pairs: Pairs = ()


class PaperForm(HouseForm):
    """The questions of one paper; `seen` is how the case looked when the page was opened."""

    seen = HiddenField()


def paper_form(questions: Iterable[Question]) -> type[PaperForm]:
    """The form that asks these."""
    made: type[PaperForm] = type("PaperForm", (PaperForm,), paper_fields(questions))
    return made


def paper_fields(questions: Iterable[Question]) -> dict[str, Field]:
    """One field for each fact, by its path."""
    return {question.path: _field(question) for question in questions}


def _field(asked: Question) -> Field:
    if asked.sort in PLAIN:
        return _worded(asked)
    kind, most = OTHERS[asked.sort], {}
    if asked.sort == "choice":
        most = {"choices": choices(asked.pairs)}
    if asked.sort == "moment":
        most = {"format": MINUTES}
    needed = InputRequired(MISSING) if asked.required and asked.sort != "tick" else Optional()
    limits = [NumberRange(1, MOST)] if asked.sort == "number" else []
    return kind(asked.label, [needed, *limits], description=asked.hint, **most)


def _worded(asked: Question) -> Field:
    longest = LONGEST_LINE if asked.sort == "line" else LONGEST_TEXT
    checks = [DataRequired(MISSING)] if asked.required else []
    rows = {"rows": 5 if asked.sort == "text" else 3}
    return PLAIN[asked.sort](
        asked.label,
        [*checks, NotLong(longest)],
        filters=[tidied],
        description=asked.hint,
        render_kw={} if asked.sort == "line" else rows,
    )


PLAIN: dict[str, type[Field]] = {
    "line": StringField,
    "text": TextAreaField,
    "lines": TextAreaField,
}
OTHERS: dict[str, type[Field]] = {
    "date": DateField,
    "moment": DateTimeLocalField,
    "number": IntegerField,
    "tick": BooleanField,
    "choice": SelectField,
}
