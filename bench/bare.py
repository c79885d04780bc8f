"""The measure: bare Flask applications of the same stack, with nothing of the product in them.

gunicorn makes each by name: `bench.bare:hello()`, `bench.bare:form()`, `bench.bare:insert()`.
Their form has the fields and the choices of *Gửi ý kiến*; the catalogues lend the words.
"""

import os
import secrets
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from flask import Flask, render_template
from flask_wtf import FlaskForm
from wtforms import (
    BooleanField,
    EmailField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectChoice,
    SelectField,
    StringField,
    TelField,
    TextAreaField,
)
from wtforms.validators import Email, InputRequired, Length, Optional

from feedback.rules.about import ABOUT
from feedback.rules.petitions import kinds_of
from feedback.rules.subjects import subjects_for

DATABASE_URL = "BENCH_DATABASE_URL"
KEPT_FIELDS = ("kind", "about", "subject", "text", "wish", "reply", "name", "phone", "email")

opinions = sa.Table(
    "opinion",
    sa.MetaData(),
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("token", sa.String(32), unique=True),
    sa.Column("at", sa.DateTime),
    sa.Column("danger", sa.Boolean),
    *(sa.Column(name, sa.Text) for name in KEPT_FIELDS),
)


def _choices(things: Iterable[Any]) -> list[SelectChoice]:
    return [SelectChoice(thing.code, thing.label) for thing in things]


class OpinionForm(FlaskForm):
    """As many fields as the form of the product, checked by validators that WTForms ships."""

    website = StringField("Để trống ô này")
    unit = HiddenField()
    kind = RadioField("Gửi để", [InputRequired()], choices=_choices(kinds_of("feedback")))
    about = RadioField("Liên quan đến ai?", [InputRequired()], choices=_choices(ABOUT.values()))
    subject = SelectField(
        "Lĩnh vực", choices=[SelectChoice("", "Không chắc"), *_choices(subjects_for("TH"))]
    )
    text = TextAreaField("Chuyện gì?", [InputRequired(), Length(10, 10_000)])
    wish = TextAreaField("Mong muốn gì?", [Optional(), Length(max=10_000)])
    danger = BooleanField("Trẻ đang gặp nguy hiểm")
    photos = MultipleFileField("Thêm ảnh")
    reply = RadioField(
        "Gửi thế nào?",
        choices=[SelectChoice("anonymous", "Ẩn danh"), SelectChoice("contact", "Để lại tên")],
        default="anonymous",
    )
    name = StringField("Tên", [Optional(), Length(max=120)])
    phone = TelField("Điện thoại", [Optional(), Length(max=40)])
    email = EmailField("Thư điện tử", [Optional(), Email()])
    consent = BooleanField("Đồng ý")


def _ground() -> Flask:
    app = Flask("bench")
    app.secret_key = secrets.token_bytes(32)
    # Two workers of one application: what one signs, the other must read.
    app.config["SECRET_KEY"] = os.environ.get("BENCH_SECRET") or app.secret_key
    return app


def hello() -> Flask:
    """What Flask and gunicorn cost by themselves."""
    app = _ground()
    app.add_url_rule("/", "hello", lambda: "hello")
    return app


def form() -> Flask:
    """Flask, Jinja, WTForms and Flask-WTF's token in a session cookie; nothing is stored."""
    return _form_app(lambda _form: secrets.token_hex(16))


def insert() -> Flask:
    """The same with one row per POST, durable before the answer."""
    return _form_app(_keeper(bare_engine(os.environ[DATABASE_URL])))


def _form_app(keep: Callable[[OpinionForm], str]) -> Flask:
    app = _ground()

    @app.route("/", methods=["GET", "POST"])
    def opinion() -> str | tuple[str, int]:
        form = OpinionForm()
        if form.validate_on_submit():
            return render_template("kept.html", token=keep(form))
        return render_template("form.html", form=form), 422 if form.is_submitted() else 200

    return app


def _keeper(engine: sa.Engine) -> Callable[[OpinionForm], str]:
    def keep(form: OpinionForm) -> str:
        row = {name: form[name].data or "" for name in KEPT_FIELDS}
        token, at = secrets.token_hex(16), datetime.now(UTC).replace(tzinfo=None)
        with engine.begin() as connection:
            connection.execute(
                sa.insert(opinions).values(token=token, at=at, danger=form.danger.data, **row)
            )
        return token

    return keep


def bare_engine(url: str) -> sa.Engine:
    """An engine as one would make it in an afternoon, with the durability a receipt needs."""
    if not url.startswith("sqlite"):
        return sa.create_engine(url, pool_size=8)
    engine = sa.create_engine(url)

    @sa.event.listens_for(engine, "connect")
    def durable(connection: Any, _record: object) -> None:
        connection.isolation_level = None
        for pragma in ("journal_mode=wal", "synchronous=full", "busy_timeout=15000"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE")

    return engine
