"""what looks like spam waits; points rest, and have evenings with wider limits"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0011"
down_revision: str | None = "0008"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "gathering",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("point_id", sa.Integer(), nullable=False),
        sa.Column("begins_at", sa.DateTime(), nullable=False),
        sa.Column("ends_at", sa.DateTime(), nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=True),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("cancelled_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_gathering_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["point_id"], ["qr_point.id"], name=op.f("fk_gathering_point_id_qr_point")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gathering")),
    )
    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_gathering_point_id"), ["point_id"], unique=False)

    op.create_table(
        "flood_mark",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=False),
        sa.Column("like_id", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["like_id"], ["submission.id"], name=op.f("fk_flood_mark_like_id_submission")
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_flood_mark_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_flood_mark")),
        sa.UniqueConstraint("submission_id", "code", name=op.f("uq_flood_mark_submission_id")),
    )
    with op.batch_alter_table("flood_mark", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_flood_mark_like_id"), ["like_id"], unique=False)

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("held_at", sa.DateTime(), nullable=True))
        batch_op.create_index(
            "ix_case_file_held",
            ["owner_id"],
            unique=False,
            sqlite_where=sa.text("held_at IS NOT NULL"),
            postgresql_where=sa.text("held_at IS NOT NULL"),
        )

    with op.batch_alter_table("qr_point", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("paused_until", sa.DateTime(), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("qr_point", schema=None) as batch_op:
        batch_op.drop_column("paused_until")
        batch_op.drop_column("paused_at")

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index(
            "ix_case_file_held",
            sqlite_where=sa.text("held_at IS NOT NULL"),
            postgresql_where=sa.text("held_at IS NOT NULL"),
        )
        batch_op.drop_column("held_at")

    with op.batch_alter_table("flood_mark", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_flood_mark_like_id"))

    op.drop_table("flood_mark")
    with op.batch_alter_table("gathering", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_gathering_point_id"))

    op.drop_table("gathering")
