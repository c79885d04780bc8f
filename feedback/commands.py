"""The operator's door: every command, and the only one besides web/ that commits."""

import itertools
import json
import signal
import time
from datetime import date
from pathlib import Path
from types import FrameType

import click
from alembic import command
from flask import Flask, current_app
from flask.cli import AppGroup
from sqlalchemy import Engine, select

from feedback import clock, db, equipment, letters, mail, notices
from feedback.models.officers import Officer, Role
from feedback.models.units import Holiday, unit_by_code
from feedback.passwords import hash_password
from feedback.rules.roles import ROLES
from feedback.schema import works

database = AppGroup("db", help="Bring the tables to another revision.")
HOLIDAYS = Path(__file__).parent / "seed" / "holidays.json"
REST = 2.0


def register(app: Flask) -> None:
    for group in (database,):
        app.cli.add_command(group)
    for plain in (run_notices, add_officer, load_holidays, mail_test):
        app.cli.add_command(plain)


def _engine() -> Engine:
    bound: Engine = db.session.session_factory.kw["bind"]
    return bound


@database.command("upgrade")
@click.argument("revision", default="head")
def upgrade(revision: str) -> None:
    """Bring the tables to the newest revision (or the one named)."""
    with _engine().begin() as connection:
        command.upgrade(works(connection), revision)


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Bring the tables back to an older revision."""
    with _engine().begin() as connection:
        command.downgrade(works(connection), revision)


@database.command("check")
def check() -> None:
    """Say whether the models and the tables agree, and the durability settings hold."""
    with _engine().begin() as connection:
        command.check(works(connection))
    for broken in db.broken_promises(_engine()):
        raise click.ClickException(broken)


@click.command("run-notices")
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
def run_notices(once: bool) -> None:
    """Announce events by mail, send what is due, harden tracking codes; until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]  # noqa: SLF001
    settings, keys = equipment.settings(), equipment.keys()
    send = mail.sender_for(settings.smtp_url, settings.var / "mail")
    post = letters.Post(app, db.session(), settings, keys, send)
    stopping = _stop_on_signal()
    for _round in itertools.count():
        done = _run_round(post)
        if once and not done or stopping:
            return
        if not done:
            time.sleep(REST)


def _run_round(post: letters.Post) -> int:
    """One short transaction a step: a crash repeats a step, it never loses one."""
    now = clock.now()
    done = 0
    for step in (
        lambda: notices.harden(db.session(), post.keys.track),
        lambda: notices.announce(db.session(), now),
        lambda: notices.deliver(db.session(), post.tell, now),
    ):
        done += step()
        db.session.commit()
    return done


def _stop_on_signal() -> list[int]:
    """A list that is no longer empty once somebody asked us to stop."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise SystemExit(0)
        asked.append(number)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return asked


@click.command("add-officer")
@click.argument("email")
@click.argument("name")
@click.option("--unit", "unit_code", required=True, help="Code of the unit, for example LDT.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
@click.password_option()
def add_officer(email: str, name: str, unit_code: str, role: str, password: str) -> None:
    """Give a person an account and a role at a unit, from today on."""
    unit = db.session.scalar(unit_by_code(unit_code))
    if unit is None:
        raise click.ClickException(f"There is no unit with the code {unit_code}.")
    known = db.session.scalar(select(Officer).where(Officer.email == email.lower()))
    officer = known or Officer(email=email.lower(), name=name, created_at=clock.now())
    officer.password_hash = hash_password(password)
    officer.roles.append(Role(unit=unit, code=role, valid_from=clock.today()))
    db.session.add(officer)
    db.session.commit()
    click.echo(f"{email} is now {role} at {unit_code}.")


@click.command("load-holidays")
@click.argument("file", type=click.Path(exists=True, path_type=Path), default=HOLIDAYS)
def load_holidays(file: Path) -> None:
    """Add the special days of a file (by default the shipped calendar); known rows stay as they are."""
    added = add_holidays(json.loads(file.read_text(encoding="utf-8")))
    db.session.commit()
    click.echo(f"{added} days added.")


def add_holidays(rows: list[dict[str, str]]) -> int:
    """Rows {day, kind, name, source, confirmed} that the table does not know yet. The caller commits."""
    known = {(row.day, row.kind) for row in db.session.scalars(select(Holiday))}
    fresh = [r for r in rows if (date.fromisoformat(r["day"]), r["kind"]) not in known]
    for row in fresh:
        db.session.add(
            Holiday(
                day=date.fromisoformat(row["day"]),
                kind=row["kind"],
                name=row["name"],
                source=row["source"],
                confirmed=bool(row["confirmed"]),
            )
        )
    return len(fresh)


@click.command("mail-test")
@click.argument("to")
def mail_test(to: str) -> None:
    """Send one test mail with the settings in force."""
    settings = equipment.settings()
    message = mail.compose(settings.mail_from, to, "Thư thử", "Thư thử từ hệ thống.", "mail-test")
    try:
        mail.sender_for(settings.smtp_url, settings.var / "mail")(message)
    except (OSError, mail.MailRefused) as error:
        raise click.ClickException(f"The mail was not taken: {type(error).__name__}.") from error
    click.echo("Sent." if settings.smtp_url else f"Written to {settings.var / 'mail'}.")
