"""GroupFields: how many people stand behind what is typed in or signed, and who speaks for them."""

from collections.abc import Callable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, IntegerField
from wtforms.validators import NumberRange, Optional

from forms.fields import LONGEST_LINE, TextField
from forms.move_form import complain
from forms.petition import Group

MOST_PEOPLE = 9999


class GroupFields:
    """Left as they are, the sender is one person and speaks for themselves."""

    people = IntegerField(
        _l("Bao nhiêu người cùng đứng tên?"),
        [Optional(), NumberRange(1, MOST_PEOPLE, _l("Mời ghi số người, từ 1 trở lên."))],
        description=_l("Để trống nếu chỉ một người."),
    )
    speakers = TextField(
        _l("Người đại diện, mỗi dòng một họ tên"),
        description=_l("Từ 5 đến 10 người: 1 hoặc 2 đại diện. Trên 10 người: nhiều nhất 5."),
        render_kw={"rows": 2},
    )
    appointed = BooleanField(_l("Có văn bản cử đại diện, tất cả mọi người đã ký"))

    def know_groups(self, fault: Callable[[int, int, bool], str]) -> None:
        """The rule that a group must keep; it answers with the sentence that refuses it."""
        self.group_fault = fault

    def is_represented(self) -> bool:
        """Whether the group is as the law has it; else that is said beside the numbers."""
        group = self.group()
        if self.people.errors:
            return False
        if any(len(name) > LONGEST_LINE for name in group.speakers):
            complain(
                self.speakers, _("Mỗi dòng một họ tên, không quá %(n)s ký tự.", n=LONGEST_LINE)
            )
            return False
        wrong = self.group_fault(group.people, len(group.speakers), group.appointed)
        if wrong:
            complain(self.people, _(wrong))
        return not wrong

    def group(self) -> Group:
        lines: list[Any] = [line.strip() for line in (self.speakers.data or "").splitlines()]
        names = tuple(line for line in lines if line)
        people = self.people.data if self.people.data is not None else 1
        return Group(people, names, bool(self.appointed.data))
