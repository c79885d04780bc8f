"""The form of a move that comes with its paper: made here, or made elsewhere and recorded."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import DateField, Field, RadioField, StringField
from wtforms.validators import DataRequired, InputRequired

from forms.fields import NotLong, choices, tidied
from forms.move_form import MoveForm, complain
from forms.papers import Question, paper_fields

HERE, OUTSIDE = "here", "outside"
LONGEST_NUMBER = 40
WAYS = (
    (HERE, _l("Làm văn bản ngay bây giờ; máy cấp số")),
    (OUTSIDE, _l("Văn bản đã làm ở nơi khác; chỉ ghi số và ngày")),
)


class PaperedForm(MoveForm):
    """A move with its papers. Only what was chosen is asked for; the rest stays as it was typed."""

    way = RadioField(
        _l("Văn bản kèm theo bước này"),
        [InputRequired(_l("Mời chọn: làm văn bản ngay, hay ghi số văn bản đã làm ở nơi khác."))],
        choices=choices(WAYS),
        default=HERE,
    )
    # Set by `papered`: the paths of the facts, and the codes of the papers.
    asked: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    # The days a letter of this matter may bear.
    earliest: date = date.min
    latest: date = date.max
    # While it is being laid before the signer: a paper made elsewhere has no number yet.
    is_laid: bool = False

    @property
    def made_here(self) -> bool:
        return bool(self.way.data != OUTSIDE)

    def outside(self, code: str) -> tuple[str, date]:
        """Number and day of a paper made elsewhere."""
        number, dated = (self[name].data for name in outside_names(code))
        return number, dated

    def validate(self, extra_validators: Any = None) -> bool:
        outside = tuple(name for code in self.papers for name in outside_names(code))
        of_no_matter = outside if self.made_here else self.asked
        for name in {*of_no_matter, *(outside if self.is_laid else ())}:
            field = self[name]
            field.validators, field.process_errors = (), []
        good = bool(super().validate(extra_validators))
        return (self.made_here or self.is_laid or self._days_hold()) and good

    def _days_hold(self) -> bool:
        """A letter is not older than the matter and not of tomorrow."""
        days = [self[outside_names(code)[1]] for code in self.papers]
        wrong = [day for day in days if day.data and not self._may_bear(day.data)]
        for day in wrong:
            sentence = _(
                "Ngày của văn bản phải từ ngày nhận vụ việc %(first)s đến hôm nay %(last)s.",
                first=f"{self.earliest:%d/%m/%Y}",
                last=f"{self.latest:%d/%m/%Y}",
            )
            complain(day, sentence)
        return not wrong

    def _may_bear(self, day: date) -> bool:
        return self.earliest <= day <= self.latest


def outside_names(code: str) -> tuple[str, str]:
    """The fields for number and day of a paper made elsewhere."""
    return f"outside.{code}.number", f"outside.{code}.dated"


def papered(
    base: type[MoveForm], questions: Iterable[Question], papers: tuple[str, ...]
) -> type[PaperedForm]:
    """The form of that move with the questions of its papers."""
    fields = paper_fields(questions)
    parts: dict[str, Any] = {**fields, **_outside(papers)}
    parts |= {"asked": tuple(fields), "papers": papers}
    made: type[PaperedForm] = type("PaperedMoveForm", (PaperedForm, base), parts)
    return made


def _outside(papers: tuple[str, ...]) -> dict[str, Field]:
    fields: dict[str, Field] = {}
    for code in papers:
        number, dated = outside_names(code)
        fields[number] = StringField(
            _l("Số, ký hiệu"),
            [DataRequired(_l("Mời ghi số, ký hiệu của văn bản.")), NotLong(LONGEST_NUMBER)],
            filters=[tidied],
        )
        fields[dated] = DateField(_l("Ngày ký"), [InputRequired(_l("Mời ghi ngày ký văn bản."))])
    return fields
