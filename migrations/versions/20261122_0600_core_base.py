"""Core: audit, policy and throttle.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_0600"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("actor_id", sa.Integer(), nullable=True),
        sa.Column("action", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_audit")),
    )
    op.create_index(op.f("ix_core_audit_at"), "core_audit", ["at"], unique=False)
    op.create_table(
        "core_policy",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("from_on", sa.Date(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.CheckConstraint("name <> ''", name=op.f("ck_core_policy_name_given")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_policy")),
        sa.UniqueConstraint("name", "from_on", name=op.f("uq_core_policy_name_from_on")),
    )
    op.create_table(
        "core_strike",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("bucket", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_strike")),
    )
    op.create_index(op.f("ix_core_strike_bucket_at"), "core_strike", ["bucket", "at"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_core_strike_bucket_at"), table_name="core_strike")
    op.drop_table("core_strike")
    op.drop_table("core_policy")
    op.drop_index(op.f("ix_core_audit_at"), table_name="core_audit")
    op.drop_table("core_audit")
