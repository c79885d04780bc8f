"""create_app: the whole wiring on one screen."""

import os
from datetime import timedelta

from flask import Flask
from werkzeug.middleware.proxy_fix import ProxyFix

from feedback import db, equipment, ledger
from feedback.commands.register import register
from feedback.sealing import Keys
from feedback.settings import Settings
from feedback.web import (
    contacts,
    failures,
    guard,
    health,
    language,
    look,
    outside,
    promised,
    session,
)
from feedback.web.account import account, factors, second
from feedback.web.answering import answering
from feedback.web.counter import meetings, points, surveys
from feedback.web.desk import (
    bulk,
    delegations,
    desk,
    digest,
    held_files,
    joining,
    reply_templates,
    spam,
    splitting,
    views,
)
from feedback.web.draining import Draining
from feedback.web.filing import acts, laying, papers
from feedback.web.office import audit, calendar, office, reports
from feedback.web.opening import opening
from feedback.web.public import public, tracking
from feedback.web.redacting import redactions
from feedback.web.rights import breaches, holds, inventory, keeping, rights

MIB = 1024 * 1024
DOORS = (
    public, tracking, session, outside, second, factors, account, desk, answering, papers, acts,
    laying, reply_templates, bulk, views, delegations, digest, splitting, joining, opening,
    redactions, held_files, spam, meetings, surveys, points, office, calendar, reports, audit,
    rights, holds, keeping, breaches, inventory, promised, health,
)  # fmt: skip


def create_app(settings: Settings | None = None) -> Flask:
    """The office, open for business under these settings (by default the environment's)."""
    settings = settings or Settings.from_env(os.environ)
    app = Flask("feedback", root_path=os.path.dirname(__file__), template_folder="../templates")
    _configure(app, settings)
    equipment.equip(app, settings)
    db.session.configure(bind=db.make_engine(settings.database_url))
    ledger.keep(db.session)
    app.teardown_appcontext(_end_session)
    language.speak(app)
    look.dress(app)
    guard.stand_guard(app)
    contacts.watch(app)
    failures.explain_failures(app)
    for door in DOORS:
        app.register_blueprint(door.blueprint)
    register(app)
    return app


def _configure(app: Flask, settings: Settings) -> None:
    settings.var.mkdir(parents=True, exist_ok=True)
    app.config.update(
        SECRET_KEY=Keys.from_secret(settings.secret).session,
        SESSION_COOKIE_NAME="__Host-desk" if settings.secure else "desk",
        SESSION_COOKIE_SECURE=settings.secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        PERMANENT_SESSION_LIFETIME=timedelta(hours=12),
        MAX_CONTENT_LENGTH=48 * MIB,
        MAX_FORM_MEMORY_SIZE=MIB,
        MAX_FORM_PARTS=100,
        TRUSTED_HOSTS=list(settings.trusted_hosts),
        WTF_CSRF_TIME_LIMIT=12 * 3600,
        SERVER_NAME=None,
        PREFERRED_URL_SCHEME="https" if settings.secure else "http",
    )
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    app.wsgi_app = Draining(app.wsgi_app)  # type: ignore[method-assign]
    if settings.proxies:
        app.wsgi_app = ProxyFix(app.wsgi_app, x_for=settings.proxies, x_proto=settings.proxies)  # type: ignore[method-assign]


def _end_session(_error: BaseException | None) -> None:
    db.end_session()
