"""Quizzes: wrong keys put right, and what that made of attempts; attempts found by version.

Two new tables, and an index on the attempts: they cannot be written while it is made.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1500"
down_revision = "20261122_1400"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quizzes_correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("from_version_id", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint("reason <> ''", name=op.f("ck_quizzes_correction_reason_given")),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_quizzes_correction_by")
        ),
        sa.ForeignKeyConstraint(
            ["from_version_id"],
            ["courses_version.id"],
            name=op.f("fk_quizzes_correction_from_version_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_quizzes_correction_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes_correction")),
        sa.UniqueConstraint(
            "version_id",
            "question_key",
            "from_version_id",
            name=op.f("uq_quizzes_correction_version_id_question_key_from_version_id"),
        ),
    )
    op.create_table(
        "quizzes_regrade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("correction_id", sa.Integer(), nullable=False),
        sa.Column("score_percent", sa.Integer(), nullable=False),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.Column("points", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.CheckConstraint(
            "score_percent >= 0 AND score_percent <= 100",
            name=op.f("ck_quizzes_regrade_score_right"),
        ),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quizzes_attempt.id"], name=op.f("fk_quizzes_regrade_attempt_id")
        ),
        sa.ForeignKeyConstraint(
            ["correction_id"],
            ["quizzes_correction.id"],
            name=op.f("fk_quizzes_regrade_correction_id"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes_regrade")),
        sa.UniqueConstraint(
            "attempt_id",
            "correction_id",
            name=op.f("uq_quizzes_regrade_attempt_id_correction_id"),
        ),
    )
    op.create_index(
        op.f("ix_quizzes_attempt_version_id_id"),
        "quizzes_attempt",
        ["version_id", "id"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_quizzes_attempt_version_id_id"), table_name="quizzes_attempt")
    op.drop_table("quizzes_regrade")
    op.drop_table("quizzes_correction")
