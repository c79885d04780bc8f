"""the second factor, sessions that can be recognised, and slow doors"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

revision: str = "0008"
down_revision: str | None = "0007"
branch_labels: Sequence[str] | None = None
depends_on: Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "slowdown",
        sa.Column("key", sa.LargeBinary(length=32), nullable=False),
        sa.Column("misses", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(), nullable=False),
        sa.Column("until_at", sa.DateTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_slowdown")),
    )
    with op.batch_alter_table("slowdown", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_slowdown_at"), ["at"], unique=False)

    op.create_table(
        "known_browser",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("token_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("seen_at", sa.DateTime(), nullable=False),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_known_browser_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_browser")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_known_browser_token_hash")),
    )
    with op.batch_alter_table("known_browser", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_known_browser_officer_id"), ["officer_id"], unique=False
        )

    op.create_table(
        "passkey",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("credential_id", sa.LargeBinary(length=1023), nullable=False),
        sa.Column("public_key", sa.LargeBinary(), nullable=False),
        sa.Column("sign_count", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(length=60), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_passkey_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_passkey")),
        sa.UniqueConstraint("credential_id", name=op.f("uq_passkey_credential_id")),
    )
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_passkey_officer_id"), ["officer_id"], unique=False)

    op.create_table(
        "recovery_code",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("code_hash", sa.LargeBinary(length=32), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("used_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_recovery_code_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recovery_code")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_recovery_code_code_hash")),
    )
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recovery_code_officer_id"), ["officer_id"], unique=False
        )

    op.create_table(
        "totp_secret",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("officer_id", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("last_step", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(), nullable=False),
        sa.Column("confirmed_at", sa.DateTime(), nullable=True),
        sa.ForeignKeyConstraint(
            ["officer_id"], ["officer.id"], name=op.f("fk_totp_secret_officer_id_officer")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_totp_secret")),
    )
    with op.batch_alter_table("totp_secret", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_totp_secret_officer_id"), ["officer_id"], unique=False)

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sign_in_id", sa.Integer(), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_notice_sign_in_id_sign_in"), "sign_in", ["sign_in_id"], ["id"]
        )

    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.add_column(sa.Column("password_at", sa.DateTime(), nullable=True))

    with op.batch_alter_table("password_reset", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("invites", sa.Boolean(), server_default=sa.false(), nullable=False)
        )

    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("half", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
        batch_op.add_column(sa.Column("second_at", sa.DateTime(), nullable=True))
        batch_op.add_column(sa.Column("proved_at", sa.DateTime(), nullable=True))
        batch_op.add_column(
            sa.Column("browser", sa.String(length=40), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("challenge", sa.LargeBinary(length=64), nullable=True))


def downgrade() -> None:
    with op.batch_alter_table("sign_in", schema=None) as batch_op:
        batch_op.drop_column("challenge")
        batch_op.drop_column("browser")
        batch_op.drop_column("proved_at")
        batch_op.drop_column("second_at")
        batch_op.drop_column("half")

    with op.batch_alter_table("password_reset", schema=None) as batch_op:
        batch_op.drop_column("invites")

    with op.batch_alter_table("officer", schema=None) as batch_op:
        batch_op.drop_column("password_at")

    with op.batch_alter_table("notice", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_notice_sign_in_id_sign_in"), type_="foreignkey")
        batch_op.drop_column("sign_in_id")

    with op.batch_alter_table("totp_secret", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_totp_secret_officer_id"))

    op.drop_table("totp_secret")
    with op.batch_alter_table("recovery_code", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recovery_code_officer_id"))

    op.drop_table("recovery_code")
    with op.batch_alter_table("passkey", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_passkey_officer_id"))

    op.drop_table("passkey")
    with op.batch_alter_table("known_browser", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_known_browser_officer_id"))

    op.drop_table("known_browser")
    with op.batch_alter_table("slowdown", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_slowdown_at"))

    op.drop_table("slowdown")
