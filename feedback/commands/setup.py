"""flask add-officer, reset-factor, load-holidays, api-token: set up by hand."""

import json
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from feedback import clock, db, equipment, factors, resets, shipped, tokens
from feedback.models.officers import Officer, Role, open_sign_ins
from feedback.models.units import Holiday, unit_by_code
from feedback.passwords import hash_password
from feedback.rules.calendar_files import Numbered, fresh_days, numbered, read_lines
from feedback.rules.calendar_sheets import rows_of, text_of
from feedback.rules.roles import ROLES

HOLIDAYS = shipped.FOLDER / "holidays.json"


@click.command("add-officer")
@click.argument("email")
@click.argument("name")
@click.option("--unit", "unit_code", required=True, help="Code of the unit, for example LDT.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
@click.option("--password", help="Set it here instead of mailing an invitation.")
@with_appcontext
def add_officer(email: str, name: str, unit_code: str, role: str, password: str | None) -> None:
    """Give a person an account and a role at a unit, from today on, and mail an invitation."""
    unit = db.session.scalar(unit_by_code(unit_code))
    if unit is None:
        raise click.ClickException(f"There is no unit with the code {unit_code}.")
    known = db.session.scalar(select(Officer).where(Officer.email == email.lower()))
    officer = known or Officer(email=email.lower(), name=name, created_at=clock.now())
    officer.roles.append(Role(unit=unit, code=role, valid_from=clock.today()))
    db.session.add(officer)
    db.session.flush()
    told = _let_in(officer, password)
    db.session.commit()
    click.echo(f"{email} is now {role} at {unit_code}.{told}")


def _let_in(officer: Officer, password: str | None) -> str:
    """Somebody new gets a link to set a password; who has one keeps it."""
    if password:
        officer.password_hash = hash_password(password)
    elif not officer.password_hash:
        key = equipment.keys().session
        resets.offer(db.session(), key, officer, clock.now(), invites=True)
        return " An invitation is on its way; its link works once, for 24 hours."
    return ""


@click.command("reset-factor")
@click.argument("email")
@with_appcontext
def reset_factor(email: str) -> None:
    """Take every second factor from an officer who lost them, and end their sessions."""
    officer = db.session.scalar(select(Officer).where(Officer.email == email.lower()))
    if officer is None:
        raise click.ClickException(f"There is no officer with the address {email}.")
    factors.forget_all(db.session(), officer.id)
    for running in open_sign_ins(db.session(), officer.id):
        running.ended_at = clock.now()
    db.session.commit()
    click.echo(f"{email} signs in with the password and sets up a new second factor.")


@click.command("load-holidays")
@click.argument("file", type=click.Path(exists=True, path_type=Path), default=HOLIDAYS)
@with_appcontext
def load_holidays(file: Path) -> None:
    """Add the special days of a JSON or CSV file (by default the shipped); known rows stay."""
    try:
        added = add_holidays(_rows(file))
    except ValueError as refused:
        raise click.ClickException(str(refused)) from refused
    db.session.commit()
    click.echo(f"{added} days added.")


def _rows(file: Path) -> Numbered:
    text = text_of(file.read_bytes())
    return rows_of(text) if file.suffix.lower() == ".csv" else numbered(json.loads(text))


def add_holidays(rows: Numbered) -> int:
    """Days of {day, kind, name, source, confirmed} not known yet. The caller commits.

    CalendarRefused (a ValueError) says which row cannot be taken, and why; nothing is added then.
    """
    country = db.session.scalars(select(Holiday).where(Holiday.unit_id.is_(None)))
    fresh = fresh_days(read_lines(rows, {row.day: row.special for row in country}))
    db.session.add_all(map(Holiday.new, fresh))
    return len(fresh)


@click.command("api-token")
@click.argument("unit_code")
@click.argument("name")
@with_appcontext
def api_token(unit_code: str, name: str) -> None:
    """Give another system, called NAME, a token for the figures of a unit and those below it."""
    unit = db.session.scalar(unit_by_code(unit_code))
    if unit is None:
        raise click.ClickException(f"There is no unit with the code {unit_code}.")
    token = tokens.issue(db.session(), unit, name, clock.now())
    db.session.commit()
    click.echo(f"{token}\nKeep it now: only its hash is stored, so it cannot be shown again.")
