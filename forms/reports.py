"""The papers of the periodic report: its narrative, and the Office's word on it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, TextAreaField

from forms.fields import NotLong, TextField, tidied
from forms.translations import HouseForm

LONGEST_SECTION = 10_000


def field_name(section_code: str) -> str:
    """The field of a section: II.4.a is `s_II_4_a`."""
    return "s_" + section_code.replace(".", "_")


class NarrativeForm(HouseForm):
    """The words of a report by section; `version` is the one that was on the screen."""

    version = HiddenField()
    step = HiddenField()  # the button that was pressed: save, submit

    def words(self, codes: Iterable[str]) -> dict[str, str]:
        """What was written, by section code."""
        return {code: self[field_name(code)].data or "" for code in codes}


def narrative_form(sections: Iterable[tuple[str, Any]]) -> type[NarrativeForm]:
    """The form of these sections, each a code and its heading; none is required to save a draft."""
    fields = {
        field_name(code): TextAreaField(
            heading, [NotLong(LONGEST_SECTION)], filters=[tidied], render_kw={"rows": 5}
        )
        for code, heading in sections
    }
    return type("WrittenForm", (NarrativeForm,), fields)


class SendBackForm(HouseForm):
    """What is to be changed before it comes again."""

    note = TextField(_l("Cần sửa gì?"), missing=_l("Mời ghi cần sửa gì để trường biết."))


class AcceptForm(HouseForm):
    """Accepted, with a word if there is one."""

    note = TextAreaField(
        _l("Lời nhắn (không bắt buộc)"), [NotLong(LONGEST_SECTION)], filters=[tidied]
    )
