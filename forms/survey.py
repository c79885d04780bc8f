"""The form of a survey, built from what it asks."""

from collections.abc import Iterable
from typing import Any, ClassVar

from flask_babel import lazy_gettext as _l
from wtforms import Field

from forms.fields import PublicForm
from forms.questions import QUESTION_TYPES, Answer, Question


class SurveyForm(PublicForm):
    """A survey's questions between the once-key and the trap; nobody is asked who they are."""

    asked: ClassVar[tuple[Question, ...]] = ()

    @property
    def question_fields(self) -> list[Field]:
        """The fields of the questions, in the order they are asked."""
        return [self[_name(question)] for question in self.asked]

    def validate(self, extra_validators: Any = None) -> bool:
        """Valid field by field, and not an empty sheet."""
        good = bool(super().validate(extra_validators))
        if good and not self.answers():
            self.form_errors.append(str(_l("Mời trả lời ít nhất một câu.")))
            return False
        return good

    def answers(self) -> dict[str, Answer]:
        """What was answered, by question code; what was left blank is not in it."""
        kept = {q.code: QUESTION_TYPES[q.type_code].kept(self[_name(q)]) for q in self.asked}
        return {code: answer for code, answer in kept.items() if answer is not None}


def survey_form(questions: Iterable[Question]) -> type[SurveyForm]:
    """The form that asks these questions, in this order."""
    asked = tuple(questions)
    fields = {
        _name(question): QUESTION_TYPES[question.type_code].asked(question) for question in asked
    }
    return type("AskedForm", (SurveyForm,), {**fields, "asked": asked})


def _name(question: Question) -> str:
    # Marked, so that no code of a question takes the name of a field of every form.
    return f"q_{question.code}"
