"""redacted copies and their pictures"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0014"
down_revision: str | None = "0015"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "redaction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("unit_id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("blocks", sa.Integer(), nullable=False),
        sa.Column("pdf_name", sa.String(length=48), nullable=True),
        sa.Column("pdf_sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_redaction_case_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_redaction_officer_id_officer")
        ),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name=op.f("fk_redaction_unit_id_unit")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redaction")),
        sa.UniqueConstraint("case_id", "version", name=op.f("uq_redaction_case_id")),
        sa.UniqueConstraint("pdf_name", name=op.f("uq_redaction_pdf_name")),
    )
    op.create_table(
        "redaction_letter",
        sa.Column("redaction_id", sa.Integer(), nullable=False),
        sa.Column("submission_id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["redaction_id"],
            ["redaction.id"],
            name=op.f("fk_redaction_letter_redaction_id_redaction"),
        ),
        sa.ForeignKeyConstraint(
            ["submission_id"],
            ["submission.id"],
            name=op.f("fk_redaction_letter_submission_id_submission"),
        ),
        sa.PrimaryKeyConstraint("redaction_id", "submission_id", name=op.f("pk_redaction_letter")),
    )
    op.create_table(
        "redacted_picture",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("redaction_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=48), nullable=True),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["redaction_id"],
            ["redaction.id"],
            name=op.f("fk_redacted_picture_redaction_id_redaction"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redacted_picture")),
        sa.UniqueConstraint("name", name=op.f("uq_redacted_picture_name")),
        sa.UniqueConstraint(
            "redaction_id", "number", name=op.f("uq_redacted_picture_redaction_id")
        ),
    )


def downgrade() -> None:
    op.drop_table("redacted_picture")
    op.drop_table("redaction_letter")
    op.drop_table("redaction")
