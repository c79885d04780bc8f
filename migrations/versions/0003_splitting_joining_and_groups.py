"""parts of a letter, joined matters and groups of senders"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0003"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "sender_group",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("speakers", sa.Integer(), nullable=False),
        sa.Column("appointed", sa.Boolean(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_sender_group_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_sender_group")),
        sa.UniqueConstraint("submission_id", name=op.f("uq_sender_group_submission_id")),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("own_part_id", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("joined_to_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_case_file_joined_to_id"), ["joined_to_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_case_file_own_part_id_submission"), "submission", ["own_part_id"], ["id"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_case_file_joined_to_id_case_file"), "case_file", ["joined_to_id"], ["id"]
        )

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.add_column(sa.Column("submission_id", sa.Integer(), nullable=True))
        batch_op.create_index(
            batch_op.f("ix_message_submission_id"), ["submission_id"], unique=False
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_message_submission_id_submission"),
            "submission",
            ["submission_id"],
            ["id"],
        )

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("submission_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_notice_submission_id_submission"),
            "submission",
            ["submission_id"],
            ["id"],
        )

    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.add_column(sa.Column("part_of_id", sa.Integer(), nullable=True))
        batch_op.create_index(batch_op.f("ix_submission_part_of_id"), ["part_of_id"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_submission_part_of_id_submission"), "submission", ["part_of_id"], ["id"]
        )


def downgrade() -> None:
    with op.batch_alter_table("submission", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_submission_part_of_id_submission"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_submission_part_of_id"))
        batch_op.drop_column("part_of_id")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_notice_submission_id_submission"), type_="foreignkey"
        )
        batch_op.drop_column("submission_id")

    with op.batch_alter_table("message", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_message_submission_id_submission"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_message_submission_id"))
        batch_op.drop_column("submission_id")

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_case_file_joined_to_id_case_file"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_case_file_own_part_id_submission"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_case_file_joined_to_id"))
        batch_op.drop_column("joined_to_id")
        batch_op.drop_column("own_part_id")

    op.drop_table("sender_group")
