"""Learning: enrolments, events and progress.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1000"
down_revision = "20261122_0900"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "learning_enrolment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("run", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("enrolled_at", InstantType(), nullable=False),
        sa.CheckConstraint("run >= 1", name=op.f("ck_learning_enrolment_run_right")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses_course.id"], name=op.f("fk_learning_enrolment_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_learning_enrolment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_learning_enrolment_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_enrolment")),
        sa.UniqueConstraint("code", name=op.f("uq_learning_enrolment_code")),
        sa.UniqueConstraint(
            "person_id",
            "course_id",
            "run",
            name=op.f("uq_learning_enrolment_person_id_course_id_run"),
        ),
    )
    op.create_index(
        op.f("ix_learning_enrolment_course_id"), "learning_enrolment", ["course_id"], unique=False
    )
    op.create_index(
        op.f("ix_learning_enrolment_version_id"), "learning_enrolment", ["version_id"], unique=False
    )
    op.create_table(
        "learning_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("uuid", sa.String(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("score_percent", sa.Integer(), nullable=True),
        sa.Column("is_passed", sa.Boolean(), nullable=True),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("happened_at", InstantType(), nullable=False),
        sa.Column("recorded_at", InstantType(), nullable=False),
        sa.CheckConstraint(
            "(kind = 'scored') = (score_percent IS NOT NULL)",
            name=op.f("ck_learning_event_scored_has_score"),
        ),
        sa.CheckConstraint(
            "kind IN ('enrolled', 'opened', 'done', 'scored', 'moved', 'completed')",
            name=op.f("ck_learning_event_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"], ["learning_enrolment.id"], name=op.f("fk_learning_event_enrolment_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_learning_event_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_learning_event")),
        sa.UniqueConstraint("uuid", name=op.f("uq_learning_event_uuid")),
    )
    op.create_index(
        op.f("ix_learning_event_enrolment_id_recorded_at"),
        "learning_event",
        ["enrolment_id", "recorded_at"],
        unique=False,
    )
    op.create_table(
        "learning_progress",
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("done_count", sa.Integer(), nullable=False),
        sa.Column("required_count", sa.Integer(), nullable=False),
        sa.Column("percent", sa.Integer(), nullable=False),
        sa.Column("units", sa.String(), nullable=False),
        sa.Column("last_unit_key", sa.String(), nullable=False),
        sa.Column("last_event_at", InstantType(), nullable=False),
        sa.Column("completed_at", InstantType(), nullable=True),
        sa.CheckConstraint(
            "done_count <= required_count", name=op.f("ck_learning_progress_count_right")
        ),
        sa.CheckConstraint(
            "percent >= 0 AND percent <= 100", name=op.f("ck_learning_progress_percent_right")
        ),
        sa.ForeignKeyConstraint(
            ["enrolment_id"],
            ["learning_enrolment.id"],
            name=op.f("fk_learning_progress_enrolment_id"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_learning_progress_version_id")
        ),
        sa.PrimaryKeyConstraint("enrolment_id", name=op.f("pk_learning_progress")),
    )


def downgrade() -> None:
    op.drop_table("learning_progress")
    op.drop_index(op.f("ix_learning_event_enrolment_id_recorded_at"), table_name="learning_event")
    op.drop_table("learning_event")
    op.drop_index(op.f("ix_learning_enrolment_version_id"), table_name="learning_enrolment")
    op.drop_index(op.f("ix_learning_enrolment_course_id"), table_name="learning_enrolment")
    op.drop_table("learning_enrolment")
