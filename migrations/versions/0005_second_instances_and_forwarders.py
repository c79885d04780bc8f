"""second instances and forwarders"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("case_deadline", schema=None) as batch_op:
        batch_op.create_index(
            "ix_case_deadline_running", ["rule_code", "met_on", "due_on"], unique=False
        )

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("appealed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("forwarder_code", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("forwarder", sa.String(length=200), nullable=True))
        batch_op.add_column(sa.Column("concrete_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("inspected_on", sa.Date(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_column("inspected_on")
        batch_op.drop_column("concrete_on")
        batch_op.drop_column("forwarder")
        batch_op.drop_column("forwarder_code")
        batch_op.drop_column("appealed_on")

    with op.batch_alter_table("case_deadline", schema=None) as batch_op:
        batch_op.drop_index("ix_case_deadline_running")
