"""QUESTION_TYPES: how a survey question is asked, kept, shown and counted."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import Any, ClassVar, Protocol

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import Field, IntegerField, RadioField, TextAreaField
from wtforms.validators import InputRequired, NumberRange, Optional

from analysis import summaries
from analysis.summaries import NumberSummary, ScaleSummary, TextSummary
from forms.fields import SayEnough, choices, tidied

LONGEST_ANSWER = 2_000
SCALE: dict[int, Any] = {
    1: _l("Rất không hài lòng"),
    2: _l("Không hài lòng"),
    3: _l("Bình thường"),
    4: _l("Hài lòng"),
    5: _l("Rất hài lòng"),
}
DO_NOT_KNOW = _l("Không biết / không áp dụng")

Summary = ScaleSummary | NumberSummary | TextSummary
Answer = int | str


class Question(Protocol):
    """What a survey asks; the office's own question is one."""

    @property
    def code(self) -> str: ...
    @property
    def type_code(self) -> str: ...
    @property
    def text(self) -> str: ...
    @property
    def required(self) -> bool: ...


class QuestionType(ABC):
    """One kind of question. A blank answer is kept as nothing at all."""

    label: ClassVar[Any]

    @abstractmethod
    def asked(self, question: Question) -> Any:
        """The field of the form."""

    def kept(self, field: Field) -> Answer | None:
        """What is kept of a valid answer; None when it was left blank."""
        return field.data if field.data not in (None, "") else None

    def shown(self, answer: Answer) -> str:
        """The answer in words."""
        return str(answer)

    @abstractmethod
    def counted(self, answers: Iterable[Any]) -> Summary:
        """All answers to it, None for blank."""


class Scale5(QuestionType):
    """Five steps of content, and "không biết", which is in no denominator (domain/3 §6.2)."""

    label = _l("Thang 5 mức")

    def asked(self, question: Question) -> Any:
        needed = InputRequired(_l("Mời chọn một mức; không rõ thì chọn “Không biết”."))
        return RadioField(
            _(question.text),
            [needed if question.required else Optional()],
            choices=choices((str(value), label) for value, label in self._options()),
        )

    def kept(self, field: Field) -> Answer | None:
        return int(field.data) if field.data else None

    def shown(self, answer: Answer) -> str:
        return str(dict(self._options()).get(int(answer), answer))

    def counted(self, answers: Iterable[Any]) -> ScaleSummary:
        return summaries.scale(answers)

    @staticmethod
    def _options() -> list[tuple[int, Any]]:
        return [*SCALE.items(), (summaries.DO_NOT_KNOW, DO_NOT_KNOW)]


class Percent(QuestionType):
    """A whole number from 0 to 100: how much of what was hoped for came true."""

    label = _l("Phần trăm, 0 đến 100")

    def asked(self, question: Question) -> Any:
        needed = InputRequired(_l("Mời ghi một số từ 0 đến 100."))
        within = NumberRange(0, 100, _l("Mời ghi một số từ 0 đến 100."))
        return IntegerField(_(question.text), [needed if question.required else Optional(), within])

    def counted(self, answers: Iterable[Any]) -> NumberSummary:
        return summaries.number(answers)


class Text(QuestionType):
    """Words of one's own."""

    label = _l("Câu trả lời tự do")

    def asked(self, question: Question) -> Any:
        missing = _l("Mời viết vài chữ cho câu này.")
        enough = SayEnough(missing, shortest=1, longest=LONGEST_ANSWER)
        return TextAreaField(
            _(question.text),
            [enough] if question.required else [Optional(), enough],
            filters=[tidied],
        )

    def counted(self, answers: Iterable[Any]) -> TextSummary:
        return summaries.text(answers)


QUESTION_TYPES: dict[str, QuestionType] = {
    "scale5": Scale5(),
    "percent": Percent(),
    "text": Text(),
}
