"""what was sent at a point is counted from what lies there, not beside it"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0017"
down_revision: str | None = "0010"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

COUNTED = """
UPDATE point_day SET sent =
    (SELECT count(*) FROM submission AS s
     WHERE s.point_id = point_day.point_id AND s.received_on = point_day.day
       AND s.part_of_id IS NULL)
  + (SELECT count(*) FROM survey_response AS r
     WHERE r.point_id = point_day.point_id AND r.received_on = point_day.day)
"""


def upgrade() -> None:
    with op.batch_alter_table("point_day", schema=None) as batch_op:
        batch_op.drop_column("sent")


def downgrade() -> None:
    with op.batch_alter_table("point_day", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sent", sa.Integer(), server_default="0", nullable=False))
    op.execute(COUNTED)
    with op.batch_alter_table("point_day", schema=None) as batch_op:
        batch_op.alter_column("sent", existing_type=sa.Integer(), server_default=None)
