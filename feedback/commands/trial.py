"""flask demo, welcome, demo-code, export-for-test: a world to look at, and what it has kept."""

import json

import click
from flask.cli import with_appcontext
from sqlalchemy import select
from sqlalchemy.orm import selectinload

from feedback import clock, db, equipment, factors, inventory, welcome
from feedback.demo import directory, world
from feedback.demo.place import Wishes
from feedback.models.cases import Case
from feedback.models.submissions import Submission

BATCH = 500


@click.command("demo")
@click.option("--schools", type=click.IntRange(1, 99), default=40, show_default=True)
@click.option("--months", type=click.IntRange(1, 36), default=17, show_default=True)
@click.option("--submissions", type=click.IntRange(world.FEWEST), default=360, show_default=True)
@click.option("--seed", default=1, show_default=True, help="The same seed makes the same world.")
@click.option("--if-empty", is_flag=True, help="Do nothing if any units are there.")
@with_appcontext
def demo(schools: int, months: int, submissions: int, seed: int, if_empty: bool) -> None:
    """Build a world to look at: units, officers, messages in every state. In demo mode only."""
    settings = equipment.settings()
    if not settings.demo:
        raise click.ClickException("Demo data is only made in demo mode: set FEEDBACK_DEMO=1.")
    session = db.session()
    if world.is_empty(session):
        _build_demo(Wishes(schools, months, submissions, seed, clock.now()))
    elif world.is_built(session):
        directory.readdress(settings.var, settings.base_url)
        click.echo("The demo data is already here; nothing was added.")
    elif not if_empty:
        raise click.ClickException(
            "The database has units that are no demo: choose an empty one (FEEDBACK_DATABASE_URL)."
        )


def _build_demo(wishes: Wishes) -> None:
    """In one transaction: broken off in the middle, it leaves nothing behind."""
    settings = equipment.settings()
    place = world.new_place(db.session(), equipment.keys(), equipment.shelf(), wishes)
    with click.progressbar(world.build(place), world.steps(wishes), "Making demo data") as bar:
        for _step in bar:
            pass
    db.session.flush()
    found = directory.contents(place, settings.base_url)
    db.session.commit()
    path = directory.write(settings.var, found)
    click.echo(f"{len(place.schools)} schools, {len(place.receipts)} messages. Listed in {path}.")


@click.command("welcome")
@with_appcontext
def greet() -> None:
    """Print where to look: public links, demo accounts, a QR, and where mails are written."""
    settings = equipment.settings()
    click.echo(welcome.text(settings, welcome.listed(settings.var)))


@click.command("demo-code")
@click.argument("email")
@with_appcontext
def demo_code(email: str) -> None:
    """Print the code a demo account's app would show now. In demo mode only."""
    settings = equipment.settings()
    if not settings.demo:
        raise click.ClickException("Codes are only told in demo mode.")
    accounts = welcome.listed(settings.var).get("officers", [])
    secret = next((one.get("totp_secret") for one in accounts if one["email"] == email), None)
    if not secret:
        raise click.ClickException(f"{email} is no demo account with a second factor.")
    click.echo(factors.code_now(secret, clock.now()))


@click.command("export-for-test")
@with_appcontext
def export_for_test() -> None:
    """One JSON line a case, so that tests can count from outside. In demo mode only."""
    if not equipment.settings().demo:
        raise click.ClickException("Cases are only exported in demo mode: set FEEDBACK_DEMO=1.")
    db.writing.set(False)
    # A matter whose letter went to another one has none of its own.
    own = select(Case).where(Case.submissions.any()).order_by(Case.id)
    cases = own.execution_options(yield_per=BATCH)
    whole = cases.options(selectinload(Case.submissions).selectinload(Submission.attachments))
    for case in db.session.scalars(whole):
        click.echo(json.dumps(_told(case), ensure_ascii=False))


def _told(case: Case) -> dict[str, object]:
    """Reference, text, and of every attachment whether it is byte for byte what was stored."""
    shelf = equipment.shelf()
    files = [file for submission in case.submissions for file in submission.attachments]
    return {
        "reference": case.reference,
        "text": case.submission.text,
        "attachments": [inventory.is_whole(shelf, file.name, file.sha256) for file in files],
    }
