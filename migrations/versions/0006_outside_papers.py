"""papers made elsewhere, recorded with the move they belong to"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0006"
down_revision: str | None = "0005"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "outside_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_outside_paper_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_outside_paper_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_outside_paper_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_paper")),
    )
    with op.batch_alter_table("outside_paper", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_outside_paper_case_id"), ["case_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("outside_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_outside_paper_case_id"))
    op.drop_table("outside_paper")
