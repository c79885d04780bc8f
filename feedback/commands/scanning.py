"""flask scan-files, and the runner's turn at it: files go to the virus scanner one by one."""

import click
from flask.cli import with_appcontext
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm.exc import StaleDataError

from feedback import clock, db, equipment, quarantine, scanning
from feedback.clamd import Scanner
from feedback.models.units import load_calendar
from feedback.quarantine import Backlog


def turn(backlog: Backlog) -> int:
    """Look through the next file, if there is one and a scanner that answers; 1 when one was.

    Found is written down and told; nothing that comes of it keeps a letter from going out.
    """
    settings, now = equipment.settings(), clock.now()
    if not settings.clamd or scanning.noted(settings.var).rests(now):
        return 0
    file = _next(backlog)
    if file is None:
        return 0
    file_id, name = file
    said = scanning.look(Scanner(settings.clamd), equipment.shelf(), name)
    scanning.note(settings.var, clock.now(), answers=said is not None)
    return 0 if said is None else _record(file_id, said)


def _next(backlog: Backlog) -> tuple[int, str] | None:
    """Looked for without keeping the writers of SQLite waiting."""
    with db.only_reading():
        file = backlog.next(db.session())
        found = (file.id, file.name) if file is not None else None
        db.session.commit()
    return found


def _record(file_id: int, said: quarantine.Verdict) -> int:
    now = clock.now()
    try:
        calendar = load_calendar(db.session())
        done = quarantine.record(db.session(), file_id, said, now, calendar)
        db.session.commit()
    except (IntegrityError, StaleDataError):
        db.session.rollback()  # somebody was faster, or acted in the matter: next time
        return 0
    return int(done)


def look_again() -> None:
    """What could not be looked through an hour ago may be by now."""
    if not equipment.settings().clamd:
        return
    token = db.writing.set(True)
    try:
        quarantine.try_again(db.session(), clock.now())
        db.session.commit()
    finally:
        db.writing.reset(token)


@click.command("scan-files")
@with_appcontext
def scan_files() -> None:
    """Send every file nobody has looked through to the virus scanner, as the runner does by itself.

    Ends with 1 when something is held, with 2 when the scanner does not answer.
    """
    settings, backlog = equipment.settings(), Backlog()
    if not settings.clamd:
        raise click.ClickException(
            "There is no scanner: set FEEDBACK_CLAMD to where clamd listens."
        )
    if not Scanner(settings.clamd).is_there():
        scanning.note(settings.var, clock.now(), answers=False)
        click.echo("The scanner does not answer.", err=True)
        click.get_current_context().exit(2)
    scanning.note(settings.var, clock.now(), answers=True)
    look_again()
    done = 0
    while turn(backlog):
        done += 1
    waiting, held = quarantine.counts(db.session())
    click.echo(f"{done} files looked through, {waiting} wait, {held} are held.")
    if waiting or held:
        click.get_current_context().exit(2 if waiting else 1)
