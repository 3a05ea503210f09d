"""Quizzes: attempts and answers.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1100"
down_revision = "20261122_1000"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "quizzes_allowance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("granted_at", InstantType(), nullable=False),
        sa.Column("granted_by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["learning_enrolment.id"],
            name=op.f("fk_quizzes_allowance_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["granted_by"], ["accounts_person.id"], name=op.f("fk_quizzes_allowance_granted_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes_allowance")),
    )
    op.create_index(
        op.f("ix_quizzes_allowance_enrolment_id"),
        "quizzes_allowance",
        ["enrolment_id"],
        unique=False,
    )
    op.create_table(
        "quizzes_attempt",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("seed", sa.String(), nullable=False),
        sa.Column("drawn", sa.String(), nullable=False),
        sa.Column("pass_percent", sa.Integer(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("started_at", InstantType(), nullable=False),
        sa.Column("submitted_at", InstantType(), nullable=True),
        sa.Column("score_percent", sa.Integer(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.Column("points", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'submitted') = (score_percent IS NOT NULL)",
            name=op.f("ck_quizzes_attempt_submitted_has_score"),
        ),
        sa.CheckConstraint(
            "(state = 'submitted') = (submitted_at IS NOT NULL)",
            name=op.f("ck_quizzes_attempt_submitted_has_time"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'submitted')", name=op.f("ck_quizzes_attempt_state_known")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["learning_enrolment.id"],
            name=op.f("fk_quizzes_attempt_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_quizzes_attempt_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_quizzes_attempt_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_quizzes_attempt")),
        sa.UniqueConstraint("code", name=op.f("uq_quizzes_attempt_code")),
        sa.UniqueConstraint(
            "enrolment_id",
            "unit_key",
            "number",
            name=op.f("uq_quizzes_attempt_enrolment_id_unit_key_number"),
        ),
    )
    op.create_index(
        op.f("ix_quizzes_attempt_person_id"), "quizzes_attempt", ["person_id"], unique=False
    )
    op.create_index(
        "uq_quizzes_attempt_open",
        "quizzes_attempt",
        ["enrolment_id", "unit_key"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "quizzes_answer",
        sa.Column("attempt_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("given", sa.String(), nullable=False),
        sa.Column("counter", sa.Integer(), nullable=False),
        sa.Column("writer", sa.String(), nullable=False),
        sa.Column("saved_at", InstantType(), nullable=False),
        sa.ForeignKeyConstraint(
            ["attempt_id"], ["quizzes_attempt.id"], name=op.f("fk_quizzes_answer_attempt_id")
        ),
        sa.PrimaryKeyConstraint("attempt_id", "question_key", name=op.f("pk_quizzes_answer")),
    )


def downgrade() -> None:
    op.drop_table("quizzes_answer")
    op.drop_index(
        "uq_quizzes_attempt_open",
        table_name="quizzes_attempt",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_quizzes_attempt_person_id"), table_name="quizzes_attempt")
    op.drop_table("quizzes_attempt")
    op.drop_index(op.f("ix_quizzes_allowance_enrolment_id"), table_name="quizzes_allowance")
    op.drop_table("quizzes_allowance")
