"""The files of a staff form: looked into, put on the shelf, or named as to be chosen again."""

from typing import Any

from flask_babel import gettext as _

from feedback import db
from feedback.files import REASONS, take_all
from feedback.shelf import ShelfFull, StoredFile
from feedback.web import here
from forms.casework import ask_for_files_again
from forms.move_form import complain


def take(form: Any) -> tuple[StoredFile, ...] | None:
    """The files of the field `files` on the shelf; None when it must be mended, as is said there.

    Whatever was read from the database before is read anew afterwards.
    """
    uploads = [u for u in form.files.data or [] if u.filename] if hasattr(form, "files") else []
    if not uploads:
        return ()
    # Redrawing pictures takes a while: nobody else should have to wait with writing.
    db.session.rollback()
    try:
        taken = take_all(here.shelf(), ((u.filename, u.read()) for u in uploads), staff=True)
    except ShelfFull:
        complain(form.files, _("Máy chủ sắp đầy nên chưa nhận được tệp. Mời báo người quản trị."))
        return None
    for refusal in taken.refused:
        complain(form.files, _(REASONS[refusal.reason]).format(name=refusal.filename))
    if taken.refused:
        ask_for_files_again(form.files)
        return None
    return taken.kept
