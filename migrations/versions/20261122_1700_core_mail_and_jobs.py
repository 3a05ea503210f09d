"""Core: mail that waits to be sent, long work that is watched, the log found by what it is about.

Two new tables, and an index on the log: it cannot be written while that is made.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1700"
down_revision = "20261122_1600"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "core_job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("total_count", sa.Integer(), nullable=False),
        sa.Column("begun_at", InstantType(), nullable=False),
        sa.Column("beat_at", InstantType(), nullable=False),
        sa.Column("ended_at", InstantType(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.CheckConstraint(
            "state IN ('running', 'done', 'failed')", name=op.f("ck_core_job_state_known")
        ),
        sa.CheckConstraint("done_count <= total_count", name=op.f("ck_core_job_count_right")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_job")),
        sa.UniqueConstraint("code", name=op.f("uq_core_job_code")),
    )
    op.create_index(op.f("ix_core_job_person_id"), "core_job", ["person_id"], unique=False)
    op.create_table(
        "core_mail",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("recipient", sa.String(), nullable=False),
        sa.Column("subject", sa.String(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("created_at", InstantType(), nullable=False),
        sa.Column("next_at", InstantType(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("fault", sa.String(), nullable=False),
        sa.Column("sent_at", InstantType(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_core_mail")),
        sa.UniqueConstraint("key", name=op.f("uq_core_mail_key")),
    )
    op.create_index(op.f("ix_core_mail_person_id"), "core_mail", ["person_id"], unique=False)
    op.create_index(
        "ix_core_mail_waiting",
        "core_mail",
        ["next_at"],
        unique=False,
        sqlite_where=sa.text("sent_at IS NULL"),
        postgresql_where=sa.text("sent_at IS NULL"),
    )
    op.create_index(op.f("ix_core_audit_subject"), "core_audit", ["subject"], unique=False)


def downgrade() -> None:
    op.drop_index(op.f("ix_core_audit_subject"), table_name="core_audit")
    op.drop_table("core_mail")
    op.drop_table("core_job")
