"""What every template may lean on: the macros, the language, versioned static files, the rail."""

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from flask import Flask, current_app, g, url_for
from flask_wtf.csrf import generate_csrf
from jinja2 import Environment
from markupsafe import Markup, escape

from feedback import clock
from feedback.models.officers import Officer
from feedback.rules.subjects import LEVELS
from feedback.web import here, spans, words
from feedback.web.language import chosen, other_language_url

MACROS = {"ui": "parts/ui.html", "desk": "parts/desk_ui.html"}


def dress(app: Flask) -> None:
    # A global, not a context name: macros are imported without the page's context.
    app.jinja_env.globals["static_url"] = static_url
    app.jinja_env.globals["period_name"] = spans.name
    app.jinja_env.filters.update(together=together, capital=words.capital)
    app.context_processor(_everywhere)


def _everywhere() -> dict[str, Any]:
    # Loaded per request, not once at start, so that an edit of a macro shows up in development.
    found = {name: macros(current_app.jinja_env, path) for name, path in MACROS.items()}
    return found | {
        "lang": chosen(),
        "other_lang_url": other_language_url(),
        "officer": _officer(),
        "csrf_token": generate_csrf,
        "rail": g.get("rail", ()),
        "demo": here.settings().demo,
    }


def _officer() -> dict[str, str] | None:
    """Who is signed in, as the rail names them."""
    officer: Officer | None = g.get("officer")
    if officer is None:
        return None
    roles = officer.roles_on(clock.today())
    return {"name": officer.name, "unit_name": roles[0].unit.name if roles else ""}


# The grade, then the name a school bears: if they do not fit one line, each begins its own.
GRADE = re.compile(rf"^(.*(?:{'|'.join(LEVELS.values())})) (.+)$")


def together(name: str) -> Markup:
    """A school's name that is broken, if at all, before whom it is named after."""
    found = GRADE.match(name)
    if found is None:
        return escape(name)
    return Markup('<span class="one">{}</span> <span class="one">{}</span>').format(*found.groups())


def macros(environment: Environment, path: str) -> Any:
    """The macros of one file, as a module that speaks this request's language."""
    return environment.get_template(path).make_module({"lang": chosen()})


def static_url(name: str) -> str:
    """The address of a static file, changing with its content so that it may be kept for a year."""
    return url_for("static", filename=name, v=_version(current_app.static_folder or "", name))


@cache
def _version(folder: str, name: str) -> str:
    return hashlib.sha256(Path(folder, name).read_bytes()).hexdigest()[:10]
