"""trips to a provider of sign-ins; an index of the looks at contacts"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0013"
down_revision: str | None = "0011"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "outside_trip",
        sa.Column("state_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("then", sa.String(length=500), nullable=False),
        sa.Column("begun_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("state_hash", name=op.f("pk_outside_trip")),
    )
    with op.batch_alter_table("outside_trip", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_trip_begun_at"), ["begun_at"], unique=False)
    looks = sa.text("action = 'case.contact'")
    op.create_index(
        "ix_ledger_looks", "ledger", ["object"], sqlite_where=looks, postgresql_where=looks
    )


def downgrade() -> None:
    op.drop_index("ix_ledger_looks", table_name="ledger")
    op.drop_table("outside_trip")
