"""flask verify-report: whether the figures a unit handed in are those its matters give."""

import click
from flask.cli import with_appcontext

from feedback import db, recounting
from feedback.models.reports import UnitReport
from feedback.models.units import load_calendar

WRONG, CANNOT_SAY = 1, 2


@click.command("verify-report")
@click.argument("reference", required=False)
@click.option("--all", "every", is_flag=True, help="Every report that was handed in.")
@click.pass_context
@with_appcontext
def verify_report(context: click.Context, reference: str | None, every: bool) -> None:
    """Count handed-in reports again: REFERENCE is PERIOD/UNIT, for example 2026-H1/TH-LDT.

    Ends with 0 when all agrees, 1 when something does not, 2 when it cannot be said.
    """
    if bool(reference) == every:
        raise click.UsageError("Name one report as PERIOD/UNIT, or say --all.")
    with db.only_reading():
        context.exit(_verify(reference))


def _verify(reference: str | None) -> int:
    reports = [one for one in recounting.handed_in(db.session()) if reference in (None, _name(one))]
    if not reports:
        click.echo("Cannot check: no such report was handed in.", err=True)
        return CANNOT_SAY
    calendar = load_calendar(db.session())
    found = [(one, recounting.recount(db.session(), one, calendar)) for one in reports]
    for report, told in found:
        _say(_name(report), told)
    if any(told.faults for _report, told in found):
        return WRONG
    return CANNOT_SAY if any(told.unsaid for _report, told in found) else 0


def _name(report: UnitReport) -> str:
    return f"{report.round.period_code}/{report.unit.code}"


def _say(name: str, told: recounting.Recount) -> None:
    for line in (*told.faults, *told.unsaid):
        click.echo(f"{name}: {line}")
    if told.agrees:
        click.echo(f"{name}: {told.figures} figures and {told.matters} matters agree.")
