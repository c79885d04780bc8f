"""issued papers"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0005"
down_revision: str | None = "0004"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "paper_number",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("last", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_paper_number_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_paper_number")),
        sa.UniqueConstraint("unit_id", "year", "series", name=op.f("uq_paper_number_unit_id")),
    )
    op.create_table(
        "issued_paper",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("series", sa.String(length=8), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.String(length=40), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("facts", sa.JSON(), nullable=False),
        sa.Column("docx_name", sa.String(length=48), nullable=False),
        sa.Column("docx_sha256", sa.String(length=64), nullable=False),
        sa.Column("pdf_name", sa.String(length=48), nullable=False),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_issued_paper_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_issued_paper_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(
            ["unit_id"], ["unit.id"], name=op.f("fk_issued_paper_unit_id_unit")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_issued_paper")),
        sa.UniqueConstraint("docx_name", name=op.f("uq_issued_paper_docx_name")),
        sa.UniqueConstraint("pdf_name", name=op.f("uq_issued_paper_pdf_name")),
        sa.UniqueConstraint(
            "unit_id", "year", "series", "number", name=op.f("uq_issued_paper_unit_id")
        ),
    )
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.create_index("ix_issued_paper_case_made", ["case_id", "id"], unique=False)
        batch_op.create_index(batch_op.f("ix_issued_paper_unit_id"), ["unit_id"], unique=False)


def downgrade() -> None:
    with op.batch_alter_table("issued_paper", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_issued_paper_unit_id"))
        batch_op.drop_index("ix_issued_paper_case_made")

    op.drop_table("issued_paper")
    op.drop_table("paper_number")
