"""Who keeps the secret: the office goes on under another one, as after a restart."""

from dataclasses import replace
from pathlib import Path

from click.testing import Result
from flask import Flask

from feedback import closed, db, equipment
from feedback.sealing import Keys
from feedback.shelf import Shelf
from tests.world import SECRET

SECOND = "the-secret-of-the-second-year-and-more-than-32-characters"
THIRD = "the-secret-of-the-third-year-and-more-than-32-characters"


class Keeper:
    """The administrator, who sets what the program is started with."""

    def __init__(self, app: Flask, folder: Path):
        self.app, self.folder = app, folder
        self.found = {
            name: app.extensions[f"feedback.{name}"] for name in ("settings", "keys", "shelf")
        }
        self.restart(SECRET)

    def restart(self, secret: str, before: str = "") -> Keys:
        """As if every process had been started anew under these."""
        told = replace(self.found["settings"], secret=secret, secret_before=before)
        keys = Keys.from_secret(secret, before)
        self._equip(told, keys, Shelf(self.folder / "files", 0, keys.shelf))
        db.session.expunge_all()
        return keys

    def _equip(self, settings: object, keys: Keys, shelf: Shelf) -> None:
        closed.carry(keys)
        self.app.config["SECRET_KEY"] = keys.session
        self.app.extensions["feedback.settings"] = settings
        self.app.extensions["feedback.keys"] = keys
        self.app.extensions["feedback.shelf"] = shelf

    @property
    def shelf(self) -> Shelf:
        with self.app.app_context():
            return equipment.shelf()

    def flask(self, *words: str) -> Result:
        done = self.app.test_cli_runner().invoke(args=list(words))
        db.session.expunge_all()
        return done

    def change(self, secret: str = SECOND, before: str = SECRET) -> Keys:
        """The whole of it, as the handbook says: what was before is forgotten at the end."""
        self.restart(secret, before)
        done = self.flask("change-secret")
        assert done.exit_code == 0, done.output
        return self.restart(secret)

    def go_back(self) -> None:
        """As the next story expects it."""
        self._equip(*(self.found[name] for name in ("settings", "keys", "shelf")))
