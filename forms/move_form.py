"""MoveForm: what the form of every move carries, and the words that go with it."""

from typing import Any

from wtforms import Field, HiddenField, TextAreaField
from wtforms.fields.core import UnboundField

from forms.fields import SayEnough, tidied
from forms.translations import HouseForm

SHORTEST_NOTE = 2


def complain(field: Field, sentence: Any) -> None:
    """Say beside a field what its own validators could not know."""
    field.errors = [*field.errors, str(sentence)]


def is_field(part: Any) -> bool:
    """Whether this part of a form's class asks something."""
    return isinstance(part, UnboundField)


class NoteField(TextAreaField):
    """Words of the staff: a few are enough, but not none. `missing` says what is wanted."""

    def __init__(self, label: Any, missing: Any, rows: int = 4, **kwargs: Any):
        enough = [SayEnough(missing, shortest=SHORTEST_NOTE)]
        super().__init__(label, enough, filters=[tidied], render_kw={"rows": rows}, **kwargs)


class MoveForm(HouseForm):
    """What every move carries: how the case looked when the page was opened."""

    seen = HiddenField()

    def says(self) -> str:
        """The words that go with the move; none when it asks for none."""
        note = getattr(self, "note", None)
        return str(note.data) if note is not None else ""
