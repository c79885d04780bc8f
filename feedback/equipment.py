"""What the house is equipped with once at start: settings, keys, the shelf. Both doors use it."""

from pathlib import Path

from flask import Flask, current_app

from feedback import pressure
from feedback.closed import carry
from feedback.pressure import Basin
from feedback.sealing import Keys
from feedback.settings import Settings
from feedback.shelf import Shelf


def equip(app: Flask, settings: Settings) -> None:
    """Put the settings, the keys and the shelf where both doors find them."""
    app.extensions["feedback.settings"] = settings
    keys = Keys.from_secret(settings.secret, settings.secret_before)
    carry(keys)
    app.extensions["feedback.keys"] = keys
    app.extensions["feedback.shelf"] = Shelf(settings.var / "files", settings.spare_mib, keys.shelf)
    app.extensions["feedback.basin"] = Basin(pressure.place_of(settings.var))


def settings() -> Settings:
    found: Settings = current_app.extensions["feedback.settings"]
    return found


def keys() -> Keys:
    found: Keys = current_app.extensions["feedback.keys"]
    return found


def shelf() -> Shelf:
    found: Shelf = current_app.extensions["feedback.shelf"]
    return found


def move_to(var: Path) -> None:
    """From now on the shelf is the one in this folder: a backup was put back there."""
    current_app.extensions["feedback.shelf"] = Shelf(
        var / "files", settings().spare_mib, keys().shelf
    )


def basin() -> Basin:
    found: Basin = current_app.extensions["feedback.basin"]
    return found
