"""what the virus scanner said of a file; looks at files of sealed matters in the index of looks"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0015"
down_revision: str | None = "0017"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None

CONTACTS = "action = 'case.contact'"
CONTACTS_AND_FILES = "action IN ('case.contact', 'case.file')"


def upgrade() -> None:
    op.create_table(
        "file_scan",
        sa.Column("attachment_id", sa.Integer(), nullable=False),
        sa.Column("result_code", sa.String(length=16), nullable=False),
        sa.Column("signature", sa.String(length=120), nullable=False),
        sa.Column("scanned_at", sa.DateTime(), nullable=False),
        sa.Column("released_by_id", sa.Integer(), nullable=True),
        sa.Column("released_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["attachment_id"],
            ["attachment.id"],
            name=op.f("fk_file_scan_attachment_id_attachment"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["released_by_id"], ["officer.id"], name=op.f("fk_file_scan_released_by_id_officer")
        ),
        sa.PrimaryKeyConstraint("attachment_id", name=op.f("pk_file_scan")),
    )
    with op.batch_alter_table("file_scan", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_file_scan_result_code"), ["result_code"], unique=False)
    _index_looks(CONTACTS_AND_FILES)


def downgrade() -> None:
    _index_looks(CONTACTS)
    op.drop_table("file_scan")


def _index_looks(which: str) -> None:
    looks = sa.text(which)
    op.drop_index("ix_ledger_looks", table_name="ledger")
    op.create_index(
        "ix_ledger_looks", "ledger", ["object"], sqlite_where=looks, postgresql_where=looks
    )
