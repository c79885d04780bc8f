"""The mail channel: SMTP where one is set, else .eml files in var/mail."""

import smtplib
import ssl
from collections.abc import Callable
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from feedback import clock

PATIENCE = 20
Sender = Callable[[EmailMessage], None]


class MailRefused(Exception):
    """The mail server would not take it."""


def compose(sender: str, to: str, subject: str, text: str, once_key: str) -> EmailMessage:
    """A plain-text mail whose Message-ID is the same at every retry."""
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, to, subject
    message["Date"] = format_datetime(clock.now())
    message["Message-ID"] = f"<{once_key}@{sender.rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(text)
    return message


def sender_for(smtp_url: str, folder: Path) -> Sender:
    """How mail leaves this installation."""
    if not smtp_url:
        return lambda message: _write(message, folder)
    return lambda message: _speak(message, urlsplit(smtp_url))


def _write(message: EmailMessage, folder: Path) -> None:
    """As a file that can be read as it is; written again, it takes the place of the first."""
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    name = str(message["Message-ID"]).strip("<>").partition("@")[0]
    message.set_content(message.get_content(), cte="8bit")
    unfinished = folder / f".{name}"
    unfinished.write_bytes(message.as_bytes())
    unfinished.replace(folder / f"{name}.eml")


def _speak(message: EmailMessage, server: SplitResult) -> None:
    try:
        with _connected(server) as smtp:
            if server.username:
                smtp.login(unquote(server.username), unquote(server.password or ""))
            smtp.send_message(message)
    except smtplib.SMTPException as error:
        raise MailRefused(type(error).__name__) from error


def _connected(server: SplitResult) -> smtplib.SMTP:
    host, context = server.hostname or "localhost", ssl.create_default_context()
    if server.scheme == "smtps":
        return smtplib.SMTP_SSL(host, server.port or 465, timeout=PATIENCE, context=context)
    smtp = smtplib.SMTP(host, server.port or 25, timeout=PATIENCE)
    smtp.ehlo()
    if smtp.has_extn("starttls"):
        smtp.starttls(context=context)
    return smtp
