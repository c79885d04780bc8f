"""flask db: bring the tables to another revision, and see whether all is as promised."""

import click
from alembic import command
from flask.cli import AppGroup, with_appcontext
from sqlalchemy import Engine

from feedback import adopting, db
from feedback.schema import building, works

database = AppGroup("db", help="Bring the tables to another revision.")


def _engine() -> Engine:
    bound: Engine = db.session.session_factory.kw["bind"]
    return bound


@database.command("upgrade")
@click.argument("revision", default="head")
@with_appcontext
def upgrade(revision: str) -> None:
    """Bring the tables to the newest revision (or the one named)."""
    with building(_engine()) as connection:
        command.upgrade(works(connection), revision)
    if revision == "head":
        # What stood there before the ledger, and every new column, is bound from now on.
        adopting.open_book(db.session())
        db.session.commit()


@database.command("downgrade")
@click.argument("revision")
def downgrade(revision: str) -> None:
    """Bring the tables back to an older revision."""
    with building(_engine()) as connection:
        command.downgrade(works(connection), revision)


@database.command("check")
def check() -> None:
    """Say whether the models and the tables agree, and the durability settings hold."""
    with _engine().begin() as connection:
        command.check(works(connection))
    for broken in db.broken_promises(_engine()):
        raise click.ClickException(broken)
