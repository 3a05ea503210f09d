"""Courses: published versions and renderings.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_0800"
down_revision = "20261122_0700"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "courses_blob",
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("digest", name=op.f("pk_courses_blob")),
    )
    op.create_table(
        "courses_course",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("created_at", InstantType(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses_course")),
        sa.UniqueConstraint("slug", name=op.f("uq_courses_course_slug")),
    )
    op.create_table(
        "courses_version",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("course_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("languages", sa.String(), nullable=False),
        sa.Column("call_code", sa.String(), nullable=False),
        sa.Column("weave", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=False),
        sa.Column("pass_percent", sa.Integer(), nullable=False),
        sa.Column("is_sequential", sa.Boolean(), nullable=False),
        sa.Column("is_task_required", sa.Boolean(), nullable=False),
        sa.Column("published_at", InstantType(), nullable=False),
        sa.Column("published_by", sa.Integer(), nullable=True),
        sa.CheckConstraint("jp >= 0", name=op.f("ck_courses_version_jp_right")),
        sa.ForeignKeyConstraint(
            ["course_id"], ["courses_course.id"], name=op.f("fk_courses_version_course_id")
        ),
        sa.ForeignKeyConstraint(
            ["published_by"], ["accounts_person.id"], name=op.f("fk_courses_version_published_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_courses_version")),
        sa.UniqueConstraint(
            "course_id", "number", name=op.f("uq_courses_version_course_id_number")
        ),
    )
    op.create_table(
        "courses_file",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["courses_blob.digest"], name=op.f("fk_courses_file_digest")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_file_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "path", name=op.f("pk_courses_file")),
    )
    op.create_index(op.f("ix_courses_file_digest"), "courses_file", ["digest"], unique=False)
    op.create_table(
        "courses_module",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_module_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "key", name=op.f("pk_courses_module")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq_courses_module_version_id_position")
        ),
    )
    op.create_table(
        "courses_question",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("module_key", sa.String(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("pool", sa.String(), nullable=False),
        sa.Column("lesson_key", sa.String(), nullable=False),
        sa.Column("points", sa.Integer(), nullable=False),
        sa.Column("definition", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_question_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "key", name=op.f("pk_courses_question")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq_courses_question_version_id_position")
        ),
    )
    op.create_table(
        "courses_question_rendering",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("question_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"],
            ["courses_version.id"],
            name=op.f("fk_courses_question_rendering_version_id"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "question_key", "language", name=op.f("pk_courses_question_rendering")
        ),
    )
    op.create_table(
        "courses_rendering",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("renderer", sa.Integer(), nullable=False),
        sa.Column("source_digest", sa.String(), nullable=False),
        sa.Column("html", sa.String(), nullable=False),
        sa.Column("headings", sa.String(), nullable=False),
        sa.Column("media_bytes", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_rendering_version_id")
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "unit_key", "language", name=op.f("pk_courses_rendering")
        ),
    )
    op.create_table(
        "courses_unit",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("module_key", sa.String(), nullable=True),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("is_required", sa.Boolean(), nullable=False),
        sa.Column("minutes", sa.Integer(), nullable=False),
        sa.Column("draw", sa.Integer(), nullable=True),
        sa.Column("pass_percent", sa.Integer(), nullable=True),
        sa.Column("attempt_limit", sa.Integer(), nullable=True),
        sa.Column("wait_minutes", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind IN ('pre-test', 'lesson', 'activity', 'quiz', 'task', 'post-test')",
            name=op.f("ck_courses_unit_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_unit_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "key", name=op.f("pk_courses_unit")),
        sa.UniqueConstraint(
            "version_id", "position", name=op.f("uq_courses_unit_version_id_position")
        ),
    )
    op.create_table(
        "courses_version_text",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.Column("outcomes", sa.String(), nullable=False),
        sa.Column("change_note", sa.String(), nullable=False),
        sa.Column("search_words", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_version_text_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", "language", name=op.f("pk_courses_version_text")),
    )
    op.create_table(
        "courses_withdrawal",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_courses_withdrawal_by")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_courses_withdrawal_version_id")
        ),
        sa.PrimaryKeyConstraint("version_id", name=op.f("pk_courses_withdrawal")),
    )
    op.create_table(
        "courses_module_text",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("module_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("summary", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "module_key"],
            ["courses_module.version_id", "courses_module.key"],
            name=op.f("fk_courses_module_text_version_id_module_key"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "module_key", "language", name=op.f("pk_courses_module_text")
        ),
    )
    op.create_table(
        "courses_unit_text",
        sa.Column("version_id", sa.Integer(), nullable=False),
        sa.Column("unit_key", sa.String(), nullable=False),
        sa.Column("language", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("sources", sa.String(), nullable=False),
        sa.Column("is_outdated", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["version_id", "unit_key"],
            ["courses_unit.version_id", "courses_unit.key"],
            name=op.f("fk_courses_unit_text_version_id_unit_key"),
        ),
        sa.PrimaryKeyConstraint(
            "version_id", "unit_key", "language", name=op.f("pk_courses_unit_text")
        ),
    )


def downgrade() -> None:
    op.drop_table("courses_unit_text")
    op.drop_table("courses_module_text")
    op.drop_table("courses_withdrawal")
    op.drop_table("courses_version_text")
    op.drop_table("courses_unit")
    op.drop_table("courses_rendering")
    op.drop_table("courses_question_rendering")
    op.drop_table("courses_question")
    op.drop_table("courses_module")
    op.drop_index(op.f("ix_courses_file_digest"), table_name="courses_file")
    op.drop_table("courses_file")
    op.drop_table("courses_version")
    op.drop_table("courses_course")
    op.drop_table("courses_blob")
