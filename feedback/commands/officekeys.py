"""flask office-key, flask open-identity: keys that live with the Office, and what they open.

`new`, `reseal` and `open-identity` touch no database: they are for a machine without a network.
"""

import json
import os
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from feedback import clock, db, envelopes, identities
from feedback.closed import carried
from feedback.envelopes import OfficeKey
from feedback.models.cases import Case
from feedback.models.submissions import Submission
from feedback.models.unit_keys import current_key, keys_of, take_key
from feedback.models.units import Unit, unit_by_code
from feedback.sealing import SealBroken

Readable = click.Path(exists=True, dir_okay=False, path_type=Path)
LABELS = {"name": "Họ tên", "phone": "Điện thoại", "email": "Thư điện tử", "address": "Địa chỉ"}
LABELS |= {"identity": "Giấy tờ"}


@click.group("office-key")
def office_key() -> None:
    """The key with which an Office opens what is sealed for it alone."""


@office_key.command("new")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--unit", "unit_code", default="", help="Register it at this unit at once.")
@click.password_option("--passphrase", prompt="Passphrase (12 characters at least)")
@with_appcontext
def new(out: Path, unit_code: str, passphrase: str) -> None:
    """Make a pair: OUT holds the private key behind a passphrase, OUT.pub the public one."""
    if len(passphrase) < envelopes.LEAST_PASSPHRASE:
        raise click.ClickException("The passphrase is too short: 12 characters at least.")
    key = OfficeKey.new()
    _write_secret(out, key.locked(passphrase))
    public = out.with_name(f"{out.name}.pub")
    public.write_text(envelopes.public_text(key.public), encoding="utf-8")
    click.echo(f"Key {key.key_id}: keep two copies of {out} apart, none on the server.")
    if unit_code:
        _register(unit_code, key.public)
    else:
        click.echo(f"On the server: flask office-key register UNIT {public}")


@office_key.command("register")
@click.argument("unit_code")
@click.argument("public", type=Readable)
@with_appcontext
def register(unit_code: str, public: Path) -> None:
    """From now on, what comes in for this unit is sealed with this key."""
    try:
        _register(unit_code, envelopes.public_of(public.read_text(encoding="utf-8")))
    except (ValueError, KeyError) as error:
        raise click.ClickException(f"{public}: {error}") from error


def _register(unit_code: str, public: bytes) -> None:
    unit = _unit(unit_code)
    if any(
        one.key_id == envelopes.key_id_of(public) for one in db.session.scalars(keys_of(unit.id))
    ):
        raise click.ClickException("This key is registered already.")
    take_key(db.session(), unit, public, clock.now(), clock.today())
    db.session.flush()
    kept = sum(_close(case) for case in _waiting(unit))
    db.session.commit()
    click.echo(f"{unit_code} seals with key {envelopes.key_id_of(public)} from now on.")
    click.echo(f"{kept} cases that the server could open so far are sealed with it too.")


def _waiting(unit: Unit) -> list[Case]:
    """What was sealed for the unit while it had no key."""
    return [
        case
        for case in db.session.scalars(select(Case).where(Case.owner_id == unit.id))
        if case.is_closed
    ]


def _close(case: Case) -> bool:
    before = len(case.sealed_letters())
    identities.close(db.session(), case, carried())
    return len(case.sealed_letters()) > before


def _unit(code: str) -> Unit:
    unit = db.session.scalar(unit_by_code(code))
    if unit is None:
        raise click.ClickException(f"There is no unit with the code {code}.")
    return unit


# --- a new key for what an old one opens ------------------------------------------------------


@office_key.command("export")
@click.argument("unit_code")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@with_appcontext
def export(unit_code: str, out: Path) -> None:
    """Write every envelope that is not sealed with the unit's present key, still sealed."""
    unit = _unit(unit_code)
    key = current_key(db.session(), unit.id)
    if key is None:
        raise click.ClickException(f"{unit_code} has no key.")
    theirs = {one.key_id for one in db.session.scalars(keys_of(unit.id))} - {key.key_id}
    found = [part for letter in _letters() for part in _parts(letter, theirs)]
    told = {"kind": "feedback envelopes 1", "to": envelopes.public_text(key.public), "parts": found}
    out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{len(found)} envelopes to be sealed again.")


def _letters() -> list[Submission]:
    return list(db.session.scalars(select(Submission).order_by(Submission.id)))


def _parts(letter: Submission, key_ids: set[str]) -> list[dict[str, Any]]:
    """The envelopes of a letter that one of these keys opens."""
    parts = identities.envelope(letter, "")["parts"]
    return [
        {"letter": letter.id, "part": name, **part}
        for name, part in parts.items()
        if envelopes.is_closed(sealed := bytes.fromhex(part["sealed"]))
        and set(envelopes.key_ids(sealed)) & key_ids
    ]


@office_key.command("reseal")
@click.argument("envelopes_file", type=Readable)
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--old", required=True, type=Readable, help="The key file that opens them.")
@click.password_option(
    "--passphrase", confirmation_prompt=False, prompt="Passphrase of the old key"
)
def reseal(envelopes_file: Path, out: Path, old: Path, passphrase: str) -> None:
    """Off the network: open with the old key, seal with the new one."""
    told = _read(envelopes_file)
    key, public = _key(old, passphrase), envelopes.public_of(told["to"])
    for part in told["parts"]:
        part["was"] = part["sealed"]
        part["sealed"] = _resealed(key, part, public).hex()
    out.write_text(json.dumps(told, indent=1) + "\n", encoding="utf-8")
    click.echo(f"{len(told['parts'])} envelopes sealed again for {envelopes.key_id_of(public)}.")


def _resealed(key: OfficeKey, part: dict[str, Any], public: bytes) -> bytes:
    try:
        return key.reseal(bytes.fromhex(part["sealed"]), part["context"], public)
    except SealBroken as broken:
        raise click.ClickException(str(broken)) from broken


@office_key.command("import")
@click.argument("unit_code")
@click.argument("envelopes_file", type=Readable)
@with_appcontext
def import_(unit_code: str, envelopes_file: Path) -> None:
    """Put the envelopes that were sealed again in the place of the old ones: all, or none."""
    key, told = current_key(db.session(), _unit(unit_code).id), _read(envelopes_file)
    if key is None:
        raise click.ClickException(f"{unit_code} has no key.")
    for part in told["parts"]:
        _put_back(part, key.key_id)
    db.session.commit()
    click.echo(f"{len(told['parts'])} envelopes replaced.")


def _put_back(part: dict[str, Any], key_id: str) -> None:
    letter = db.session.get_one(Submission, part["letter"])
    holder = letter.sender if part["part"] == "sender" else letter.group
    sealed = bytes.fromhex(part["sealed"])
    unchanged = holder is not None and holder.sealed == bytes.fromhex(part.get("was", ""))
    if holder is None or not unchanged or set(envelopes.key_ids(sealed)) != {key_id}:
        db.session.rollback()
        raise click.ClickException(
            "An envelope has changed meanwhile, or is for another key: nothing was replaced."
        )
    holder.sealed = sealed


# --- opening ----------------------------------------------------------------------------------


@click.command("open-identity")
@click.argument("envelope", type=Readable)
@click.option("--key", "key_file", required=True, type=Readable, help="The Office's key file.")
@click.password_option("--passphrase", confirmation_prompt=False)
def open_identity(envelope: Path, key_file: Path, passphrase: str) -> None:
    """Print who sent it: the envelope handed out to two officers, opened off the network."""
    told, key = _read(envelope), _key(key_file, passphrase)
    click.echo(f"Mã hồ sơ: {told['reference']}")
    try:
        for name, part in told["parts"].items():
            _print(name, key.open(bytes.fromhex(part["sealed"]), part["context"]))
    except SealBroken as broken:
        raise click.ClickException(str(broken)) from broken


def _print(name: str, letters: list[bytes]) -> None:
    if name == "group":
        names = [person for letter in letters for person in json.loads(letter)]
        click.echo(f"Người đại diện: {', '.join(names)}")
        return
    for letter in letters:  # what was added later stands below
        told = json.loads(letter)
        for field in (one for one in LABELS if told.get(one)):
            click.echo(f"{LABELS[field]}: {told[field]}")


def _key(path: Path, passphrase: str) -> OfficeKey:
    try:
        return OfficeKey.unlocked(path.read_text(encoding="utf-8"), passphrase)
    except (ValueError, KeyError) as error:
        raise click.ClickException(f"{path}: {error}") from error


def _read(path: Path) -> dict[str, Any]:
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
    except ValueError:
        told = None
    if not isinstance(told, dict) or "parts" not in told:
        raise click.ClickException(f"{path} holds no envelopes.")
    return told


def _write_secret(path: Path, text: str) -> None:
    """For its owner's eyes alone, and never over another key."""
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        raise click.ClickException(f"{path} exists already: nothing was written.") from None
    with os.fdopen(descriptor, "w", encoding="utf-8") as file:
        file.write(text)
