"""flask anchor, flask verify-ledger: where the ledger stands, and whether anybody touched it."""

from pathlib import Path
from typing import TextIO

import click
from flask.cli import with_appcontext
from sqlalchemy import inspect

from feedback import anchors, clock, db, equipment, heirlooms
from feedback.anchors import Anchor, AnchorUnreadable
from feedback.models.ledger import Checkpoint
from feedback.verifying import Verdict, verify

TAMPERED, CANNOT_CHECK = 1, 2


@click.command("anchor")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), help="Also into a file.")
@with_appcontext
def anchor(out: Path | None) -> None:
    """Sign where the ledger stands now and print it: keep it where this machine cannot reach."""
    point = anchors.set_checkpoint(db.session(), equipment.keys(), clock.now(), anchors.DAY)
    db.session.commit()
    words = anchors.written(point)
    if out is not None:
        out.write_text(words, encoding="utf-8")
    click.echo(words, nl=False)
    click.echo(f"On paper, after {point.entries} entries: {anchors.on_paper(point)}", err=True)


@click.command("verify-ledger")
@click.option(
    "--anchor", "file", type=click.File(encoding="utf-8"), help="Anchor or code; - reads."
)
@click.pass_context
@with_appcontext
def verify_ledger(context: click.Context, file: TextIO | None) -> None:
    """Look for every entry or row that was changed past the program.

    Ends with 0 when nothing was, 1 when something was, 2 when it cannot be said. Without an anchor
    kept elsewhere, a ledger that was rewritten as a whole looks well.
    """
    context.exit(check(file))


def check(file: TextIO | None) -> int:
    """Say what was found; the exit code of it."""
    try:
        verdict = _verdict(file)
    except Exception as error:
        why = str(error) if isinstance(error, AnchorUnreadable) else type(error).__name__
        click.echo(f"Cannot check: {why}", err=True)
        return CANNOT_CHECK
    _say(verdict, anchored=file is not None)
    return 0 if verdict.untouched else TAMPERED


def _verdict(file: TextIO | None) -> Verdict:
    words = file.read() if file else None
    db.session.rollback()
    with db.only_reading(), db.one_view() as connection:
        if not inspect(connection).has_table(Checkpoint.__tablename__):
            raise AnchorUnreadable("There is no ledger in this database: run flask db upgrade.")
        trusted = heirlooms.trusted(connection, equipment.keys())
        given = Anchor.read(words, trusted) if words is not None else None
        return verify(connection, trusted, given)


def _say(verdict: Verdict, *, anchored: bool) -> None:
    for fault in verdict.faults:
        click.echo(fault)
    if not anchored:
        click.echo(
            "No anchor was given: a ledger rewritten as a whole would not be found.", err=True
        )
    if verdict.unlinked:
        click.echo(f"{verdict.unlinked} rows are erased or of older columns: not comparable.")
    if verdict.untouched:
        click.echo(f"Untouched: {verdict.entries} entries, {verdict.rows} rows.")
    else:
        click.echo(f"TAMPERED: {len(verdict.faults)} faults, see docs/operating.md.", err=True)
