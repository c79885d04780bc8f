"""DataActs: what happens to a case when its sender asks about their data, or its keeping ends."""

from feedback.models.events import Act
from feedback.models.progress import Progress


class DataActs(Progress):
    """Entries of the history only: the case stays where it stands, the request has its own row."""

    def request_data(self, act: Act, kind_code: str) -> None:
        self._move("request_data", act, request=kind_code)

    def extend_data(self, act: Act, kind_code: str) -> None:
        self._move("extend_data", act, request=kind_code)

    def reply_data(self, act: Act, kind_code: str, outcome_code: str) -> None:
        self._move("reply_data", act, request=kind_code, done=outcome_code)

    def erase_data(self, act: Act, what: str) -> None:
        """`what`: all words, or only who wrote."""
        self._move("erase_data", act, erased=what)

    def hold(self, act: Act) -> None:
        self._move("hold", act)

    def lift_hold(self, act: Act) -> None:
        self._move("lift_hold", act)
