"""Every body is read to its end, so that an early answer reaches whoever is still sending.

A connection closed with unread bytes on it is reset: the browser then shows an error of its own, a
proxy says 502, and the page with the sender's words is never seen.
"""

from collections.abc import Callable, Iterable
from contextlib import suppress
from typing import TYPE_CHECKING, Any

from gunicorn.http.errors import ParseException

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

PIECE = 2**16
# Whoever sends more than any form takes is not waited for.
MOST_BYTES = 256 * 2**20


class Draining:
    """A WSGI application whose answers begin only after the request has ended."""

    def __init__(self, app: "WSGIApplication", most: int = MOST_BYTES) -> None:
        self.app, self.most = app, most

    def __call__(
        self, environ: "WSGIEnvironment", start_response: "StartResponse"
    ) -> Iterable[bytes]:
        answer = self.app(environ, start_response)
        # A sender who has hung up, or whose body cannot be read on, has nothing left to drain.
        with suppress(OSError, ParseException, ValueError):
            _drain(environ["wsgi.input"].read, self.most)
        return answer


def _drain(read: Callable[[int], Any], most: int) -> None:
    while most > 0 and (piece := read(PIECE)):
        most -= len(piece)
