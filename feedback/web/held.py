"""Files that go out to nobody: asked before a file is sent, and said where its link would stand."""

from collections.abc import Iterable

from flask_babel import gettext as _

from feedback import db, quarantine
from feedback.models.submissions import Attachment
from feedback.rules.scans import HELD
from feedback.web import here


def held(files: Iterable[Attachment]) -> dict[int, str]:
    """Why each of those is held, in words; files that go out are not in it."""
    scans = bool(here.settings().clamd)
    found = quarantine.held(db.session(), files, scans)
    return {id_: str(_(HELD[why])) for id_, why in found.items()}


def goes_out(file: Attachment) -> bool:
    """Whether anybody may have this file now, and it is there."""
    return here.shelf().holds(file.name) and not held([file])
