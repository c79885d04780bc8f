"""flask add-officer, load-holidays, api-token: what an administrator sets up by hand."""

import json
from datetime import date
from pathlib import Path

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from feedback import clock, db, shipped, tokens
from feedback.models.officers import Officer, Role
from feedback.models.units import Holiday, unit_by_code
from feedback.passwords import hash_password
from feedback.rules.roles import ROLES

HOLIDAYS = shipped.FOLDER / "holidays.json"


@click.command("add-officer")
@click.argument("email")
@click.argument("name")
@click.option("--unit", "unit_code", required=True, help="Code of the unit, for example LDT.")
@click.option("--role", type=click.Choice(list(ROLES)), required=True)
@click.password_option()
@with_appcontext
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
@with_appcontext
def load_holidays(file: Path) -> None:
    """Add the special days of a file (by default the shipped calendar); known rows stay."""
    added = add_holidays(json.loads(file.read_text(encoding="utf-8")))
    db.session.commit()
    click.echo(f"{added} days added.")


def add_holidays(rows: list[dict[str, str]]) -> int:
    """Rows {day, kind, name, source, confirmed} not known yet. The caller commits."""
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
