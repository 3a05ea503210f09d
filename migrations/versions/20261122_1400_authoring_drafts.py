"""Authoring: drafts as files by digest, every save, who writes, links for review, comments.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1400"
down_revision = "20261122_1310"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "authoring_author",
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("added_at", InstantType(), nullable=False),
        sa.Column("added_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["added_by"], ["accounts_person.id"], name=op.f("fk_authoring_author_added_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_authoring_author_person_id")
        ),
        sa.PrimaryKeyConstraint("slug", "person_id", name=op.f("pk_authoring_author")),
    )
    op.create_index(
        op.f("ix_authoring_author_person_id"), "authoring_author", ["person_id"], unique=False
    )
    op.create_table(
        "authoring_draft",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("slug", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("base_id", sa.Integer(), nullable=True),
        sa.Column("version_id", sa.Integer(), nullable=True),
        sa.Column("begun_at", InstantType(), nullable=False),
        sa.Column("ended_at", InstantType(), nullable=True),
        sa.Column("saves", sa.Integer(), nullable=False),
        sa.Column("saved_at", InstantType(), nullable=False),
        sa.Column("picture", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(state = 'open') = (ended_at IS NULL)", name=op.f("ck_authoring_draft_ended_has_time")
        ),
        sa.CheckConstraint(
            "(state = 'published') = (version_id IS NOT NULL)",
            name=op.f("ck_authoring_draft_published_has_version"),
        ),
        sa.CheckConstraint(
            "state IN ('open', 'published', 'discarded')",
            name=op.f("ck_authoring_draft_state_known"),
        ),
        sa.ForeignKeyConstraint(
            ["base_id"], ["courses_version.id"], name=op.f("fk_authoring_draft_base_id")
        ),
        sa.ForeignKeyConstraint(
            ["version_id"], ["courses_version.id"], name=op.f("fk_authoring_draft_version_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authoring_draft")),
        sa.UniqueConstraint("code", name=op.f("uq_authoring_draft_code")),
    )
    op.create_index(op.f("ix_authoring_draft_slug"), "authoring_draft", ["slug"], unique=False)
    op.create_index(
        "uq_authoring_draft_open",
        "authoring_draft",
        ["slug"],
        unique=True,
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.create_table(
        "authoring_comment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("save_number", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("text", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("settled_at", InstantType(), nullable=True),
        sa.Column("settled_by", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authoring_draft.id"], name=op.f("fk_authoring_comment_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_authoring_comment_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["settled_by"], ["accounts_person.id"], name=op.f("fk_authoring_comment_settled_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authoring_comment")),
    )
    op.create_index(
        op.f("ix_authoring_comment_draft_id"), "authoring_comment", ["draft_id"], unique=False
    )
    op.create_index(
        op.f("ix_authoring_comment_person_id"), "authoring_comment", ["person_id"], unique=False
    )
    op.create_table(
        "authoring_file",
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["digest"], ["courses_blob.digest"], name=op.f("fk_authoring_file_digest")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authoring_draft.id"], name=op.f("fk_authoring_file_draft_id")
        ),
        sa.PrimaryKeyConstraint("draft_id", "path", name=op.f("pk_authoring_file")),
    )
    op.create_index(op.f("ix_authoring_file_digest"), "authoring_file", ["digest"], unique=False)
    op.create_table(
        "authoring_review",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("save_number", sa.Integer(), nullable=False),
        sa.Column("token_digest", sa.String(), nullable=False),
        sa.Column("asked_by", sa.Integer(), nullable=True),
        sa.Column("asked_at", InstantType(), nullable=False),
        sa.Column("expires_at", InstantType(), nullable=False),
        sa.Column("ended_at", InstantType(), nullable=True),
        sa.ForeignKeyConstraint(
            ["asked_by"], ["accounts_person.id"], name=op.f("fk_authoring_review_asked_by")
        ),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authoring_draft.id"], name=op.f("fk_authoring_review_draft_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authoring_review")),
        sa.UniqueConstraint("token_digest", name=op.f("uq_authoring_review_token_digest")),
    )
    op.create_index(
        op.f("ix_authoring_review_draft_id"), "authoring_review", ["draft_id"], unique=False
    )
    op.create_table(
        "authoring_save",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("draft_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=True),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("about", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["draft_id"], ["authoring_draft.id"], name=op.f("fk_authoring_save_draft_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_authoring_save_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_authoring_save")),
        sa.UniqueConstraint("draft_id", "number", name=op.f("uq_authoring_save_draft_id_number")),
    )
    op.create_index(
        op.f("ix_authoring_save_person_id"), "authoring_save", ["person_id"], unique=False
    )
    op.create_table(
        "authoring_change",
        sa.Column("save_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["digest"], ["courses_blob.digest"], name=op.f("fk_authoring_change_digest")
        ),
        sa.ForeignKeyConstraint(
            ["save_id"], ["authoring_save.id"], name=op.f("fk_authoring_change_save_id")
        ),
        sa.PrimaryKeyConstraint("save_id", "path", name=op.f("pk_authoring_change")),
    )
    op.create_index(
        op.f("ix_authoring_change_digest"), "authoring_change", ["digest"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_authoring_change_digest"), table_name="authoring_change")
    op.drop_table("authoring_change")
    op.drop_index(op.f("ix_authoring_save_person_id"), table_name="authoring_save")
    op.drop_table("authoring_save")
    op.drop_index(op.f("ix_authoring_review_draft_id"), table_name="authoring_review")
    op.drop_table("authoring_review")
    op.drop_index(op.f("ix_authoring_file_digest"), table_name="authoring_file")
    op.drop_table("authoring_file")
    op.drop_index(op.f("ix_authoring_comment_person_id"), table_name="authoring_comment")
    op.drop_index(op.f("ix_authoring_comment_draft_id"), table_name="authoring_comment")
    op.drop_table("authoring_comment")
    op.drop_index(
        "uq_authoring_draft_open",
        table_name="authoring_draft",
        sqlite_where=sa.text("state = 'open'"),
        postgresql_where=sa.text("state = 'open'"),
    )
    op.drop_index(op.f("ix_authoring_draft_slug"), table_name="authoring_draft")
    op.drop_table("authoring_draft")
    op.drop_index(op.f("ix_authoring_author_person_id"), table_name="authoring_author")
    op.drop_table("authoring_author")
