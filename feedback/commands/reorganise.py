"""flask reorganise: apply a file that says who takes over from whom on which day."""

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext

from feedback import clock, db, reorganising
from feedback.models.events import Act
from feedback.models.units import load_calendar
from feedback.rules.reorganisations import AlreadyApplied, ReorganisationRefused, read
from feedback.shipped import FOLDER

SHIPPED = FOLDER / "reorganisation-2025.json"


@click.command("reorganise")
@click.argument(
    "file", type=click.Path(exists=True, dir_okay=False, path_type=Path), required=False
)
@click.option("--on", "day", type=click.DateTime(["%Y-%m-%d"]), help="Another day than the file's.")
@click.option("--dry-run", is_flag=True, help="Say what would happen, and change nothing.")
@with_appcontext
def reorganise(file: Path | None, day: datetime | None, dry_run: bool) -> None:
    """Apply a reorganisation (without FILE that of 1 July 2025); safe to run twice."""
    try:
        lines = _applied(file or SHIPPED, day.date() if day else None)
    except AlreadyApplied as found:
        db.session.rollback()
        click.echo(f"{found} Nothing was changed.")
        return
    except ReorganisationRefused as why:
        db.session.rollback()
        raise click.ClickException(f"{why} Nothing was changed.") from why
    if dry_run:
        db.session.rollback()
        lines.append("Dry run: nothing was changed.")
    else:
        db.session.commit()
    for line in lines:
        click.echo(line)


def _applied(file: Path, on: date | None) -> list[str]:
    plan = read(_json(file), on)
    act = Act(None, clock.now(), load_calendar(db.session()))
    return reorganising.told(reorganising.reorganise(db.session(), plan, act))


def _json(file: Path) -> Any:
    try:
        return json.loads(file.read_text(encoding="utf-8"))
    except ValueError as error:
        raise ReorganisationRefused(f"{file.name} is not JSON: {error}.") from error
