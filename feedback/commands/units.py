"""flask load-units: the organisation of a real installation, from a list."""

import json
from pathlib import Path
from typing import Any

import click
from flask.cli import with_appcontext
from sqlalchemy import select

from feedback import db
from feedback.models.units import Unit

KINDS = ("committee", "office", "school")
NEEDED = ("code", "kind", "name", "short_name")


@click.command("load-units")
@click.argument("file", type=click.Path(exists=True, path_type=Path))
@with_appcontext
def load_units(file: Path) -> None:
    """Add the units of a JSON list, managers before those they manage; known codes stay.

    A row: {"code", "kind" (committee, office, school), "level" (MN, TH, CS), "name", "short_name",
    "parent" (code of the manager), "address", "email"}.
    """
    units = {unit.code: unit for unit in db.session.scalars(select(Unit))}
    known = len(units)
    for row in json.loads(file.read_text(encoding="utf-8")):
        if row.get("code") not in units:
            units[row["code"]] = _unit(row, units)
            db.session.add(units[row["code"]])
    db.session.commit()
    click.echo(f"{len(units) - known} units added.")


def _unit(row: dict[str, Any], units: dict[str, Unit]) -> Unit:
    lacking = [name for name in NEEDED if not row.get(name)]
    if lacking:
        raise click.ClickException(f"A row lacks {', '.join(lacking)}: {row}. Nothing was added.")
    if row["kind"] not in KINDS:
        raise click.ClickException(f"{row['code']}: the kind must be one of {', '.join(KINDS)}.")
    parent = row.get("parent")
    if parent and parent not in units:
        raise click.ClickException(f"{row['code']}: its manager {parent} must come before it.")
    return Unit.new(row, units[parent] if parent else None)
