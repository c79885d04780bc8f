"""flask run-notices, flask mail-test: what goes out by mail."""

import itertools
import logging
import signal
import time
from collections.abc import Callable
from datetime import datetime
from types import FrameType
from typing import TypeVar

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from feedback import (
    anchors,
    clock,
    codes,
    db,
    digests,
    equipment,
    hardening,
    heirlooms,
    letters,
    mail,
    notices,
    outbox,
    timekeeping,
)
from feedback.clock import office_day
from feedback.commands import keeping, scanning
from feedback.models.events import Act
from feedback.models.notices import Notice
from feedback.models.units import load_calendar
from feedback.quarantine import Backlog
from feedback.rules.calendar import WorkCalendar
from feedback.sealing import SealBroken

log = logging.getLogger("feedback")

REST = 2.0
LETTERS_A_ROUND = 20
TIDY_EVERY, NEVER_YET = 3600.0, -3600.0  # seconds

T = TypeVar("T")


@click.command("run-notices")
@click.option("--once", is_flag=True, help="Do what is due now and stop.")
@with_appcontext
def run_notices(once: bool) -> None:
    """Announce events by mail, send what is due, harden tracking codes; until told to stop."""
    app = current_app._get_current_object()  # type: ignore[attr-defined]
    settings, keys = equipment.settings(), equipment.keys()
    send = mail.sender_for(settings.smtp_url, settings.var / "mail")
    post = letters.Post(app, db.session(), settings, keys, send)
    stopping = _stop_on_signal()
    tidied_at, backlog = NEVER_YET, Backlog()
    _salt(post, clock.now())  # an older installation has none written down yet
    for _round in itertools.count():
        done = _run_round(post, backlog)
        if not once and time.monotonic() - tidied_at > TIDY_EVERY:
            tidied_at, backlog = time.monotonic(), Backlog()
            _tidy()
        if (once and not done) or stopping:
            return
        if not done:
            time.sleep(REST)


def _run_round(post: letters.Post, backlog: Backlog) -> int:
    """Short transactions, one after another: a crash repeats a step, it never loses one."""
    now = clock.now()
    # What the doors have changed since the last round must be seen.
    db.session.expire_all()
    done = _keep_time(now) + _announce(now) + _digest(now) + _anchor(post, now)
    done += _deliver(post, now) + _harden(post, now)
    db.session.commit()
    # Last, and one at a time: a file may take a while, and a letter about a child must not.
    return done + scanning.turn(backlog)


def _read(look: Callable[[Session], T]) -> T:
    """Look without keeping the writers of SQLite waiting."""
    token = db.writing.set(False)
    try:
        found = look(db.session())
        db.session.commit()
        return found
    finally:
        db.writing.reset(token)


def _keep_time(now: datetime) -> int:
    """What time has brought about; in the hours of the office, for it sends letters."""
    if not clock.in_office_hours(now):
        return 0
    due = _read(lambda session: timekeeping.due(session, office_day(now)))
    calendar = _read(load_calendar) if due else WorkCalendar()
    return sum(_let_pass(passing, Act(None, now, calendar)) for passing in due)


def _let_pass(passing: timekeeping.Passing, act: Act) -> int:
    """One case, one short transaction; what cannot be done keeps nobody else from the next."""
    try:
        done = timekeeping.make(db.session(), passing, act)
        db.session.commit()
    except StaleDataError:
        db.session.rollback()
        return 0
    return int(done)


def _announce(now: datetime) -> int:
    if not _read(notices.is_unannounced):
        return 0
    done = notices.announce(db.session(), now)
    db.session.commit()
    return done


def _digest(now: datetime) -> int:
    """The morning's numbers, once the office has opened on a working day."""
    if not clock.in_office_hours(now):
        return 0
    calendar = _read(load_calendar)
    if not _read(lambda session: digests.is_owed(session, now, calendar)):
        return 0
    done = digests.prepare(db.session(), now, calendar)
    db.session.commit()
    return done


def _anchor(post: letters.Post, now: datetime) -> int:
    """Once a day, from when the office opens: signed, and sent to who keeps it elsewhere."""
    if not clock.in_office_hours(now) or not _read(lambda session: anchors.is_owed(session, now)):
        return 0
    point = anchors.set_checkpoint(db.session(), post.keys, now, anchors.DAY)
    db.session.flush()
    notices.send_anchor(db.session(), point, now)
    db.session.commit()
    return 1


def _deliver(post: letters.Post, now: datetime) -> int:
    """One letter after the other; whatever is wrong with one, the next goes out."""
    for done in range(LETTERS_A_ROUND):
        due = _read(lambda session: outbox.is_due(session, now))
        notice = outbox.claim(db.session(), now) if due else None
        db.session.commit()
        if notice is None:
            return done
        outbox.record(notice, _send(post, notice), clock.now())
        db.session.commit()
    return LETTERS_A_ROUND


def _send(post: letters.Post, notice: Notice) -> str:
    """Send it; the name of what went wrong, or nothing. No transaction is open meanwhile."""
    try:
        letter = _read(lambda _session: post.letter(notice, clock.today()))
        if letter is not None:
            post.send(letter)
    except Exception as error:
        db.roll_back()
        return type(error).__name__
    return ""


def _tidy() -> None:
    """The hourly look at the shelf; a full disk must not end the runner."""
    try:
        keeping.tidy()
        scanning.look_again()
    except (OSError, SQLAlchemyError) as error:
        db.roll_back()
        log.error("not tidied", extra={"error": type(error).__name__})
    finally:
        db.writing.set(True)


def _harden(post: letters.Post, now: datetime) -> int:
    found = _read(hardening.quick_hashes)
    salt = _salt(post, now) if found else b""
    if not salt:
        return 0
    for submission_id, quick in found:
        slow = codes.slow_track(salt, quick)
        hardening.harden(db.session(), submission_id, slow)
        db.session.commit()
    return len(found)


def _salt(post: letters.Post, now: datetime) -> bytes:
    """What codes are hardened with (decision 0017); nothing when it is not sure: codes can wait."""
    try:
        begun = heirlooms.begin(db.session(), post.keys, now)
        db.session.commit()
        salt, _ = _read(lambda session: heirlooms.hashing(session.connection(), post.keys))
    except SealBroken:  # another secret was in use
        db.roll_back()
        log.error("not hardened", extra={"error": "SealBroken"})
        return b""
    return salt if begun else b""


def _stop_on_signal() -> list[int]:
    """A list that is no longer empty once somebody asked us to stop."""
    asked: list[int] = []

    def ask(number: int, _frame: FrameType | None) -> None:
        if asked:
            raise SystemExit(0)
        asked.append(number)

    signal.signal(signal.SIGTERM, ask)
    signal.signal(signal.SIGINT, ask)
    return asked


@click.command("mail-test")
@click.argument("to")
@with_appcontext
def mail_test(to: str) -> None:
    """Send one test mail with the settings in force."""
    settings = equipment.settings()
    message = mail.compose(settings.mail_from, to, "Thư thử", "Thư thử từ hệ thống.", "mail-test")
    try:
        mail.sender_for(settings.smtp_url, settings.var / "mail")(message)
    except (OSError, mail.MailRefused) as error:
        raise click.ClickException(f"The mail was not taken: {type(error).__name__}.") from error
    click.echo("Sent." if settings.smtp_url else f"Written to {settings.var / 'mail'}.")
