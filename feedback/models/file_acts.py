"""FileActs: what becomes of a file in which a virus scanner found something."""

from feedback.models.events import Act
from feedback.models.progress import Progress


class FileActs(Progress):
    """Entries of the history only: the case stays where it stands, the scan has its own row."""

    def quarantine(self, act: Act) -> None:
        """Nobody gets the file any more; the note is the scanner's name for what it found."""
        self._move("quarantine", act)

    def release_file(self, act: Act) -> None:
        self._move("release_file", act)

    def destroy_file(self, act: Act, sha256: str) -> None:
        """The file is gone for good. Its hash stays, to tell it should it turn up again."""
        self._move("destroy_file", act, sha256=sha256)
