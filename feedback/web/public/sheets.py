"""The forms of the open doors: what each is made of, and its page."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import render_template
from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from feedback.models.points import QrPoint
from feedback.web.public import doors
from feedback.web.public.doors import Site
from forms.petition import PetitionAnswers

CANNOT_STORE = (OperationalError, InterfaceError, PoolTimeout, OSError)


@dataclass(frozen=True, slots=True)
class Paper:
    """One form of a door: its page, how it is made from what came, and how it is read."""

    endpoint: str
    template: str
    make: Callable[[Any], Any]
    read: Callable[[Any], PetitionAnswers]
    # What the page says besides its fields.
    tell: Callable[[Any], dict[str, Any]]


# The paper of a door at this point; without a point while the database does not answer.
Door = Callable[[QrPoint | None], Paper]


def blank(paper: Paper, site: Site, key: str) -> str:
    """The form as it is first seen."""
    return page(paper, site, paper.make(None), {"key": key})


def page(paper: Paper, site: Site, form: Any, sheet: dict[str, Any]) -> str:
    """The form as it stands now; `sheet` is what it shows besides its fields."""
    return str(
        render_template(
            paper.template,
            form=form,
            sheet={**sheet, **_told(paper, form), "code": site.code},
            unit=site.unit,
            place=site.place,
            other_lang_url=doors.other_language(paper.endpoint, code=site.code),
        )
    )


def _told(paper: Paper, form: Any) -> dict[str, Any]:
    """What the page says besides; nothing while the database does not answer."""
    try:
        return paper.tell(form)
    except CANNOT_STORE:
        return {}
