"""what of a secret goes on when the secret is changed"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0018"
down_revision: str | None = "0016"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "heirloom",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("secret_id", sa.String(length=16), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_heirloom")),
        sa.UniqueConstraint("secret_id", name=op.f("uq_heirloom_secret_id")),
    )


def downgrade() -> None:
    op.drop_table("heirloom")
