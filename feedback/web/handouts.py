"""Files of our own making on their way to a reader: a paper as PDF or as Word, a drawn photo."""

from flask import make_response
from werkzeug.wrappers.response import Response

from feedback.shelf import DOCX, PDF

FILE_POLICY = "default-src 'none'; sandbox"


def handed_out(data: bytes, media_type: str, name: str) -> Response:
    """The answer that is this file: shown in the browser, a Word file to be saved."""
    shown = "attachment" if media_type == DOCX else "inline"
    response = make_response(data)
    response.headers["Content-Type"] = media_type
    response.headers["Content-Disposition"] = f'{shown}; filename="{name}"'
    if media_type != PDF:  # browsers show none in a sandbox, and it is our own
        response.headers["Content-Security-Policy"] = FILE_POLICY
    return response
