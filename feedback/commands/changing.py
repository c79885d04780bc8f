"""flask change-secret: what the secret before sealed is sealed with the one in use."""

import click
from flask.cli import with_appcontext

from feedback import anchors, clock, db, equipment, heirlooms, resealing
from feedback.resealing import Found, Means
from feedback.sealing import Keys, SealBroken

NOT_UNDER_WAY = (
    "FEEDBACK_SECRET_BEFORE is not set: set it to the secret that is being replaced, and "
    "FEEDBACK_SECRET to the new one. Nothing was changed."
)
OTHERS = (
    "What is kept here was sealed with another secret than FEEDBACK_SECRET_BEFORE. Set it to the "
    "one that was in use. Nothing was changed."
)


class Refused(click.ClickException):
    """Nothing was touched."""

    exit_code = 2


@click.command("change-secret")
@with_appcontext
def change_secret() -> None:
    """Seal anew, with FEEDBACK_SECRET, what FEEDBACK_SECRET_BEFORE has sealed.

    While the program serves; cut off at any moment, it is run again and goes on where it was. Ends
    with 0 when nothing is left under the secret before, 1 when it was not finished, 2 when it was
    refused and nothing was changed.
    """
    keys = equipment.keys()
    if not heirlooms.is_under_way(keys):
        raise Refused(NOT_UNDER_WAY)
    found = _look(keys)
    heirlooms.hand_on(db.session(), keys, clock.now())
    db.session.commit()
    _work(found)
    left = _look(keys)
    if left.waiting:
        raise click.ClickException(
            f"{left.waiting} are still sealed with the secret before: is something running that "
            "was not restarted with the new one? Restart it, then run this again."
        )
    _finish(keys)
    click.echo(
        f"{left.done} are sealed with the new secret, 0 with the one before. FEEDBACK_SECRET_BEFORE"
        " may be taken out; wait a day, so that forms opened before the change can still be sent."
    )


def _look(keys: Keys) -> Found:
    try:
        with db.only_reading():
            found = resealing.look(db.session(), Means(keys, equipment.shelf()))
            db.session.commit()
    except SealBroken as broken:
        raise Refused(OTHERS) from broken
    if found.foreign:
        raise Refused(f"{OTHERS} ({found.foreign} are sealed with neither.)")
    return found


def _work(found: Found) -> None:
    """Short transactions, one after another: nobody who writes waits for long."""
    with click.progressbar(length=found.waiting, label="Sealing anew") as bar:
        for size, step in found.steps:
            try:
                step(db.session())
                db.session.commit()
            except OSError as error:
                db.roll_back()
                raise click.ClickException(
                    f"Not finished: {error.strerror or 'a file could not be written'}. What is "
                    "done stays done; run it again."
                ) from error
            bar.update(size)


def _finish(keys: Keys) -> None:
    """Sign where the ledger stands with the new key; the old one vouches for nothing after it."""
    point = anchors.set_checkpoint(db.session(), keys, clock.now(), anchors.SECRET)
    heirlooms.close(db.session(), keys, point.entries)
    db.session.commit()
