"""Alembic's way in: one migration at a time, also when several hosts start at once."""

from alembic import context
from sqlalchemy import Connection, text

from feedback.db import Base, make_engine

# Every table must be known before the comparison.
from feedback.limits import Bucket  # noqa: F401
from feedback.models import (  # noqa: F401
    breaches,
    consents,
    data_requests,
    factors,
    heirlooms,
    ledger,
    looks,
    meetings,
    notices,
    outside,
    papers,
    redactions,
    replies,
    reports,
    responses,
    retention,
    scans,
    successions,
    unit_keys,
)

LOCK = 7_030_526


def run(connection: Connection) -> None:
    context.configure(
        connection=connection,
        target_metadata=Base.metadata,
        render_as_batch=connection.dialect.name == "sqlite",
        compare_type=True,
    )
    with context.begin_transaction():
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        context.run_migrations()


given = context.config.attributes.get("connection")
if given is not None:
    run(given)
else:
    engine = make_engine(context.config.get_main_option("sqlalchemy.url") or "")
    with engine.connect() as opened:
        run(opened)
        opened.commit()
    engine.dispose()
