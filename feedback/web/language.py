"""Vietnamese by default, English at a tap: the language lives in the address, never in a cookie."""

from typing import Any

from babel import Locale
from flask import Flask, request, url_for
from flask_babel import Babel

LANGUAGES = ("vi", "en")
LOCALES = {name: Locale(name) for name in LANGUAGES}


def speak(app: Flask) -> None:
    app.config["BABEL_DEFAULT_LOCALE"] = "vi"
    app.config["BABEL_DEFAULT_TIMEZONE"] = "Asia/Ho_Chi_Minh"
    app.config["BABEL_TRANSLATION_DIRECTORIES"] = str(app.root_path) + "/translations"
    Babel(app, locale_selector=_locale)
    app.url_defaults(_keep_language)


def _locale() -> Locale:
    """Babel would read the name of the language anew for every request."""
    return LOCALES[chosen()]


def chosen() -> str:
    """The language this request asks for."""
    if not request:
        return "vi"
    lang = request.args.get("lang", "vi")
    return lang if lang in LANGUAGES else "vi"


def other_language_url() -> str:
    """This page in the other language."""
    other = "vi" if chosen() == "en" else "en"
    if request.endpoint is None:
        return f"/?lang={other}"
    # Flask reads `_method`, `_scheme` and their like as orders how to build the address.
    asked = {name: told for name, told in request.args.items() if not name.startswith("_")}
    return url_for(request.endpoint, **{**asked, **(request.view_args or {}), "lang": other})


def _keep_language(endpoint: str, values: dict[str, Any]) -> None:
    if endpoint != "static" and chosen() == "en" and "lang" not in values:
        values["lang"] = "en"
