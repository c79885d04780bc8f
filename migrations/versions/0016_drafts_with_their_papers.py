"""drafts that wait for a signature keep the whole form of their papers"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0016"
down_revision: str | None = "0014"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    with op.batch_alter_table("signing_request", schema=None) as batch_op:
        batch_op.add_column(sa.Column("facts", sa.Text(), server_default="", nullable=False))


def downgrade() -> None:
    with op.batch_alter_table("signing_request", schema=None) as batch_op:
        batch_op.drop_column("facts")
