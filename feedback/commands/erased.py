"""flask reapply-erasures: after a restore, what had been erased is erased again."""

from pathlib import Path

import click
from flask.cli import with_appcontext

from feedback import clock, db, equipment, erasing


@click.command("reapply-erasures")
@click.option(
    "--ledger",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The ledger's file; FEEDBACK_ERASURES by default.",
)
@with_appcontext
def reapply_erasures(ledger: Path | None) -> None:
    """Erase again what the ledger names. Run it after every restore; twice does no harm."""
    again(ledger or equipment.settings().erasures)


def again(ledger: Path) -> None:
    """Erase it in the database and on the shelf in use, and say how many letters it was."""
    gone = erasing.Gone()
    try:
        done = erasing.reapply(db.session(), ledger, clock.now(), gone)
    except ValueError as damaged:
        raise click.ClickException(str(damaged)) from damaged
    db.session.commit()
    erasing.finish(db.session(), equipment.shelf(), equipment.settings().erasures, gone)
    click.echo(f"Letters erased again: {done}. Lines in the ledger: {len(gone.lines)}.")
