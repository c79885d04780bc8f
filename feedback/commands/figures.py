"""flask figures: a unit's figures of a period, on the tree of the day asked."""

from datetime import date, datetime

import click
from flask.cli import with_appcontext

from analysis.periods import Period, period
from feedback import clock, db, grounds, reporting
from feedback.models.units import load_calendar, unit_by_code


@click.command("figures")
@click.argument("unit")
@click.argument("period_code")
@click.option("--as-of", "day", type=click.DateTime(["%Y-%m-%d"]), help="Today when missing.")
@with_appcontext
def figures(unit: str, period_code: str, day: datetime | None) -> None:
    """Print what a unit and all below it brought, school by school, as CSV.

    With --as-of: as known on that day, with the units it managed then.
    """
    found = db.session.scalar(unit_by_code(unit.upper()))
    if found is None:
        raise click.ClickException(f"There is no unit {unit} in the register.")
    as_of = _no_later_than_today(day)
    ground = grounds.ground_on(db.session(), found, as_of)
    asked = grounds.Asked(_period(period_code), as_of, load_calendar(db.session()))
    made = reporting.tables(reporting.material(db.session(), ground, asked), ["by_school"])
    click.echo(made["by_school"].to_csv())


def _no_later_than_today(day: datetime | None) -> date:
    today = clock.today()
    as_of = day.date() if day else today
    if as_of > today:
        raise click.ClickException(f"{as_of} is still to come: nothing is known as of that day.")
    return as_of


def _period(code: str) -> Period:
    try:
        return period(code)
    except ValueError as error:
        raise click.ClickException(str(error)) from error
