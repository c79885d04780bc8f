"""signed petitions have tables of their own"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0002"
down_revision: str | None = "0001"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

WIDENED = (("case_event", "move_code"), ("message", "move_code"), ("case_deadline", "started_by"))
SIGNED = "is_petition AND kind_code IN ('KN', 'TC')"
# Where a signed đơn stood that had been handled as an opinion until now.
FORWARD = (
    f"UPDATE case_file SET signed_on = received_on WHERE {SIGNED}",
    f"UPDATE case_file SET status = 'verifying' WHERE {SIGNED} "
    "AND status IN ('reviewing', 'working', 'waiting')",
    f"UPDATE case_file SET status = 'sent' WHERE {SIGNED} AND kind_code = 'KN' "
    "AND status = 'answered'",
    f"UPDATE case_file SET status = 'closed', closed_on = answered_on WHERE {SIGNED} "
    "AND kind_code = 'TC' AND status = 'answered'",
)
BACK = (
    "UPDATE case_file SET status = 'working' WHERE status IN ('verifying', 'verifying_again', "
    "'suspended', 'suspended_again', 'recanted', 'recanted_again', 'lapsed', 'terminated')",
    "UPDATE case_file SET status = 'new' WHERE status = 'lodged_again'",
    "UPDATE case_file SET status = 'answered' WHERE status IN ('decided', 'decided_again', "
    "'sent', 'sent_again', 'concluded', 'concluded_again')",
    "UPDATE case_file SET status = 'closed' WHERE status = 'ended'",
    *(f"UPDATE {table} SET {column} = substr({column}, 1, 16)" for table, column in WIDENED),
)


def _width(old: int, new: int) -> None:
    for table, column in WIDENED:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.alter_column(
                column,
                existing_type=sa.String(length=old),
                type_=sa.String(length=new),
                existing_nullable=False,
            )


def upgrade() -> None:
    op.create_table(
        "case_pause",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("to_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_pause_case_id_case_file")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_pause")),
    )
    with op.batch_alter_table("case_pause", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_pause_case_id"), ["case_id"], unique=False)
    with op.batch_alter_table("case_deadline", schema=None) as batch_op:
        batch_op.add_column(sa.Column("paused_on", sa.Date(), nullable=True))
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("signed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("result_code", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("result_again_code", sa.String(length=16), nullable=True))
        batch_op.add_column(sa.Column("extended", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("dialogue_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("dialogue_held_on", sa.Date(), nullable=True))
    _width(16, 24)
    for statement in FORWARD:
        op.execute(statement)


def downgrade() -> None:
    for statement in BACK:
        op.execute(statement)
    _width(24, 16)
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_column("dialogue_held_on")
        batch_op.drop_column("dialogue_on")
        batch_op.drop_column("extended")
        batch_op.drop_column("result_again_code")
        batch_op.drop_column("result_code")
        batch_op.drop_column("signed_on")
    with op.batch_alter_table("case_deadline", schema=None) as batch_op:
        batch_op.drop_column("paused_on")
    with op.batch_alter_table("case_pause", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_pause_case_id"))
    op.drop_table("case_pause")
