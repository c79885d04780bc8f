"""flask explain, flask deadline: why a day is the day, at the prompt."""

from datetime import date, datetime

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from feedback import db, reckoning, shipped
from feedback.models.cases import Case
from feedback.models.units import Holiday, load_calendar
from feedback.rules.calendar import WorkCalendar, calendar_from_rows


@click.command("explain")
@click.argument("reference")
@with_appcontext
def explain(reference: str) -> None:
    """Print why each promise of a case falls on its day, as its page does."""
    case = db.session.scalar(select(Case).where(Case.reference == reference.upper()))
    if case is None:
        raise click.ClickException(f"There is no case {reference}.")
    for line in reckoning.explained(case, _calendar()):
        click.echo(line)


def _calendar() -> WorkCalendar:
    """The table's calendar; before any day was entered, the shipped one."""
    if db.session.scalar(select(Holiday.id).limit(1)) is not None:
        return load_calendar(db.session())
    return calendar_from_rows(shipped.read("holidays"))


@click.command("deadline")
@click.argument("rule_code")
@click.argument("start", type=click.DateTime(["%Y-%m-%d"]))
@with_appcontext
def deadline(rule_code: str, start: datetime) -> None:
    """Print the due day of a rule (first line, ISO) for a start day, and why."""
    day: date = start.date()
    found = reckoning.counted(rule_code.upper(), day, _calendar())
    if found is None:
        raise click.ClickException(f"No rule {rule_code} holds on {day}.")
    due_on, lines = found
    click.echo(due_on.isoformat())
    for line in lines:
        click.echo(line)
