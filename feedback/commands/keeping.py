"""flask backup, backup-key, restore, verify, sweep: that nothing is lost, and how one knows."""

import tempfile
from datetime import datetime
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from feedback import backups, clock, db, equipment, inventory, limits, restoring, snapshots
from feedback.backups import BackupRefused
from feedback.commands import erased, ledger
from feedback.settings import DEMO_BACKUP_KEY
from feedback.snapshots import SnapshotFailed

FILE = click.Path(path_type=Path, dir_okay=False)
FOLDER = click.Path(path_type=Path, file_okay=False)
# The half-made copy of the database, before it is sealed.
COPYING = ".backup-"


def _engine() -> Engine:
    bound: Engine = db.session.session_factory.kw["bind"]
    return bound


@click.command("backup-key")
@click.argument("new", type=FILE)
def backup_key(new: Path) -> None:
    """Make a key pair for backups: the private key into the file NEW, the public one shown.

    Do this on another machine: whoever holds the private key can read every backup.
    """
    try:
        public = backups.new_key(new)
    except FileExistsError as error:
        raise click.ClickException(f"{new} is there already: choose another name.") from error
    click.echo(f"{public}\nSet FEEDBACK_BACKUP_TO to this on the server. Keep {new} away from it.")


@click.command("backup")
@click.argument("out", type=FILE)
@click.option("--to", "keys", multiple=True, help="Public key (age1…), else FEEDBACK_BACKUP_TO.")
@with_appcontext
def backup(out: Path, keys: tuple[str, ...]) -> None:
    """Back up database and files into the new file OUT, sealed, while the program serves."""
    keys = keys or equipment.settings().backup_to
    if not keys:
        raise click.ClickException(
            "Say to which public key: set FEEDBACK_BACKUP_TO, or --to. `flask backup-key` makes "
            "a pair."
        )
    try:
        made = _back_up(out, backups.recipients(keys))
    except (BackupRefused, SnapshotFailed, OSError) as error:
        raise click.ClickException(f"No backup was made. {_why(error)}") from error
    files = len(made.hashes) - 1
    click.echo(f"{sum(made.rows.values())} rows and {files} files are in {out}.")


def _back_up(out: Path, keys: list[Any]) -> backups.Manifest:
    var = equipment.settings().var
    with tempfile.TemporaryDirectory(prefix=COPYING, dir=var) as folder:
        at = clock.now()
        snapshot = snapshots.take(_engine(), Path(folder))
        return backups.make(out.absolute(), keys, snapshot, equipment.shelf(), at)


def _why(error: Exception) -> str:
    return error.strerror or "" if isinstance(error, OSError) else str(error)


@click.command("restore")
@click.argument("file", metavar="OUT", type=click.Path(exists=True, path_type=Path, dir_okay=False))
@click.argument("folder", metavar="DIR", type=FOLDER)
@click.option("--identity", type=click.Path(exists=True, path_type=Path), help="The private key.")
@click.option("--database", default="", help="An empty PostgreSQL, for a backup of one.")
@with_appcontext
def restore(file: Path, folder: Path, identity: Path | None, database: str) -> None:
    """Put the backup OUT back into the empty folder DIR, check it, erase again, verify it."""
    settings = equipment.settings()
    place = restoring.Place(folder.absolute(), database or settings.database_url)
    _keep_out(settings.erasures, place.folder)
    try:
        told = restoring.restore(file, _identity(identity), place)
    except (BackupRefused, SnapshotFailed, OSError) as error:
        raise click.ClickException(_why(error)) from error
    click.echo(f"Restored to {folder}, as of {told.made_at}.")
    equipment.move_to(place.folder)
    db.session.remove()
    db.session.configure(bind=db.make_engine(place.url(told.kind, place.folder)))
    _erase_again()
    _verify()


def _keep_out(erasures: Path, folder: Path) -> None:
    """The list of what was erased knows more than any backup: it is never put at risk."""
    if erasures.exists() and erasures.resolve().is_relative_to(folder.resolve()):
        raise click.ClickException(
            f"{erasures} lists what was erased and lies in the folder to restore into. Move it "
            "elsewhere, do not remove it, and set FEEDBACK_ERASURES to where it is."
        )


def _erase_again() -> None:
    """An older copy knows again what was erased since: not for longer than this takes."""
    try:
        erased.again(equipment.settings().erasures)
    except SQLAlchemyError as error:
        raise click.ClickException(
            "It is restored, but what had been erased since is in it again: run flask db upgrade, "
            "then flask reapply-erasures, before it serves anybody."
        ) from error


def _identity(file: Path | None) -> Any:
    if file is not None:
        return backups.identity(file.read_text(encoding="utf-8", errors="replace"))
    if equipment.settings().demo:
        return backups.identity(DEMO_BACKUP_KEY)
    raise click.ClickException("Say with which private key: --identity FILE.")


@click.command("verify")
@with_appcontext
def verify() -> None:
    """Check the database, every file against its hash, and the ledger (as verify-ledger)."""
    _verify()


def _verify() -> None:
    db.writing.set(False)
    found = inventory.take(db.session(), equipment.shelf(), clock.now())
    faults = snapshots.faults(db.session.connection()) + found.alarms
    rows = sum(snapshots.row_counts(db.session.connection()).values())
    db.session.commit()
    click.echo(f"{rows} rows; {found.rows} files known, {found.strays} known to no row.")
    for fault in faults:
        click.echo(fault, err=True)
    if faults:
        raise click.ClickException(f"{len(faults)} things are wrong.")
    code = ledger.check(None)
    if code:
        # As `verify-ledger` ends: 1 when something was changed, 2 when that cannot be said.
        click.get_current_context().exit(code)
    click.echo("All is as it was stored.")


@click.command("sweep")
@with_appcontext
def sweep() -> None:
    """Remove files no row has known for a day, and say which a row misses; 1 when one does.

    What is kept about who knocked too often goes too, once it slows nobody down any more.
    """
    gone, missing = tidy()
    click.echo(f"{gone} files removed.")
    if missing:
        raise click.ClickException(f"{missing} files are missing that rows know.")


def tidy() -> tuple[int, int]:
    """How many strays were removed, and how many files are missing; written down for /healthz.

    What slowed somebody down, and no longer does, goes too.
    """
    shelf, now = equipment.shelf(), clock.now()
    db.writing.set(False)
    gone = inventory.sweep(db.session(), shelf, now)
    missing = len(list(inventory.absent(inventory.known(db.session()), shelf)))
    db.session.commit()
    inventory.note(equipment.settings().var, missing, now)
    _forget_haste(now)
    return gone, missing


def _forget_haste(now: datetime) -> None:
    """Who knocked too often long ago: nothing is kept about that once it slows nobody down."""
    token = db.writing.set(True)
    try:
        limits.forget(db.session(), now)
        db.session.commit()
    finally:
        db.writing.reset(token)
