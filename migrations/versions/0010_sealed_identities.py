"""sealed identities: the keys of Offices, openings by two officers, longer sealed words"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0010"
down_revision: str | None = "0012"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "unit_key",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("key_id", sa.String(length=16), nullable=False),
        sa.Column("public", sa.LargeBinary(length=32), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_unit_key_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unit_key")),
        sa.UniqueConstraint("key_id", name=op.f("uq_unit_key_key_id")),
    )
    with op.batch_alter_table("unit_key", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_unit_key_unit_id"), ["unit_id"], unique=False)

    op.create_table(
        "opening",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("ground_code", sa.String(length=16), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("asked_by_id", sa.Integer(), nullable=False),
        sa.Column("asker_signs", sa.Boolean(), nullable=False),
        sa.Column("asked_at", sa.DateTime(), nullable=False),
        sa.Column("decided_by_id", sa.Integer(), nullable=True),
        sa.Column("decided_at", sa.DateTime(), nullable=True),
        sa.Column("allowed", sa.Boolean(), nullable=False),
        sa.Column("handed_out_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by_id"], ["officer.id"], name=op.f("fk_opening_asked_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_opening_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["decided_by_id"], ["officer.id"], name=op.f("fk_opening_decided_by_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"], ["submission.id"], name=op.f("fk_opening_submission_id_submission")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_opening")),
    )
    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_opening_case_id"), ["case_id"], unique=False)

    with op.batch_alter_table("sender", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_for", sa.String(length=24), nullable=True))

    with op.batch_alter_table("sender_group", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sealed_for", sa.String(length=24), nullable=True))

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.alter_column(
            "about_text",
            existing_type=sa.VARCHAR(length=200),
            type_=sa.Text(),
            existing_nullable=False,
        )


def downgrade() -> None:
    # about_text stays wide: sealed words in it would not fit into 200 characters.
    with op.batch_alter_table("sender_group", schema=None) as batch_op:
        batch_op.drop_column("sealed_for")

    with op.batch_alter_table("sender", schema=None) as batch_op:
        batch_op.drop_column("sealed_for")

    with op.batch_alter_table("opening", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_opening_case_id"))

    op.drop_table("opening")
    with op.batch_alter_table("unit_key", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_unit_key_unit_id"))

    op.drop_table("unit_key")
