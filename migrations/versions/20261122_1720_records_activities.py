"""Records: activities elsewhere, their evidence and decisions, attendance lists, transcripts.

New tables, and the ledger gets a category and the decision that a line follows from: it is
recreated on SQLite, and cannot be written meanwhile.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_1720"
down_revision = "20261122_1710"
branch_labels = None
depends_on = None

# What the ledger refers to is not looked at: one of those tables has an index that cannot be.
_ALONE = {"resolve_fks": False}
_CATEGORIES = "'course', 'seminar', 'webinar', 'workshop', 'association', 'mentoring'"


def upgrade() -> None:
    op.create_table(
        "records_attendance",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_records_attendance_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_attendance")),
        sa.UniqueConstraint("code", name=op.f("uq_records_attendance_code")),
        sa.UniqueConstraint("digest", name=op.f("uq_records_attendance_digest")),
    )
    op.create_table(
        "records_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("digest", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "media_type IN ('application/pdf', 'image/jpeg', 'image/png')",
            name=op.f("ck_records_evidence_media_type_known"),
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_records_evidence_by")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_records_evidence_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_evidence")),
        sa.UniqueConstraint("code", name=op.f("uq_records_evidence_code")),
    )
    op.create_index(
        op.f("ix_records_evidence_person_id"), "records_evidence", ["person_id"], unique=False
    )
    op.create_table(
        "records_evidence_file",
        sa.Column("evidence_id", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence_id"],
            ["records_evidence.id"],
            name=op.f("fk_records_evidence_file_evidence_id"),
        ),
        sa.PrimaryKeyConstraint("evidence_id", name=op.f("pk_records_evidence_file")),
    )
    op.create_table(
        "records_transcript",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=True),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("made_at", InstantType(), nullable=False),
        sa.ForeignKeyConstraint(
            ["key_id"], ["records_key.id"], name=op.f("fk_records_transcript_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_records_transcript_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_transcript")),
        sa.UniqueConstraint("code", name=op.f("uq_records_transcript_code")),
    )
    op.create_index(
        op.f("ix_records_transcript_person_id"), "records_transcript", ["person_id"], unique=False
    )
    op.create_table(
        "records_activity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("category", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("organiser", sa.String(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.Column("jp_claimed", sa.Integer(), nullable=False),
        sa.Column("evidence_id", sa.Integer(), nullable=True),
        sa.Column("list_id", sa.Integer(), nullable=True),
        sa.Column("replaces_id", sa.Integer(), nullable=True),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "category IN ('course', 'seminar', 'webinar', 'workshop', 'association', 'mentoring')",
            name=op.f("ck_records_activity_category_known"),
        ),
        sa.CheckConstraint(
            "role IN ('participant', 'speaker', 'moderator', 'committee', 'mentor', 'mentee')",
            name=op.f("ck_records_activity_role_known"),
        ),
        sa.CheckConstraint("jp_claimed >= 1", name=op.f("ck_records_activity_jp_right")),
        sa.CheckConstraint("last_on >= first_on", name=op.f("ck_records_activity_days_right")),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_records_activity_by")
        ),
        sa.ForeignKeyConstraint(
            ["evidence_id"], ["records_evidence.id"], name=op.f("fk_records_activity_evidence_id")
        ),
        sa.ForeignKeyConstraint(
            ["list_id"], ["records_attendance.id"], name=op.f("fk_records_activity_list_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_records_activity_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["replaces_id"], ["records_activity.id"], name=op.f("fk_records_activity_replaces_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_activity")),
        sa.UniqueConstraint("code", name=op.f("uq_records_activity_code")),
        sa.UniqueConstraint(
            "list_id", "person_id", name=op.f("uq_records_activity_list_id_person_id")
        ),
    )
    op.create_index(
        op.f("ix_records_activity_person_id"), "records_activity", ["person_id"], unique=False
    )
    op.create_table(
        "records_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("activity_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.CheckConstraint(
            "kind IN ('approved', 'refused', 'withdrawn', 'amended')",
            name=op.f("ck_records_decision_kind_known"),
        ),
        sa.CheckConstraint(
            "kind NOT IN ('refused', 'amended') OR reason <> ''",
            name=op.f("ck_records_decision_reason_given"),
        ),
        sa.CheckConstraint("jp >= 0", name=op.f("ck_records_decision_jp_right")),
        sa.ForeignKeyConstraint(
            ["activity_id"], ["records_activity.id"], name=op.f("fk_records_decision_activity_id")
        ),
        sa.ForeignKeyConstraint(
            ["by"], ["accounts_person.id"], name=op.f("fk_records_decision_by")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_decision")),
    )
    op.create_index(
        op.f("ix_records_decision_activity_id"), "records_decision", ["activity_id"], unique=False
    )
    op.create_index(
        "uq_records_decision_first",
        "records_decision",
        ["activity_id"],
        unique=True,
        sqlite_where=sa.text("kind <> 'amended'"),
        postgresql_where=sa.text("kind <> 'amended'"),
    )
    with op.batch_alter_table("records_credit", reflect_kwargs=_ALONE) as table:
        table.add_column(sa.Column("decision_id", sa.Integer(), nullable=True))
        table.add_column(
            sa.Column("category", sa.String(), nullable=False, server_default="course")
        )
        table.create_foreign_key(
            op.f("fk_records_credit_decision_id"), "records_decision", ["decision_id"], ["id"]
        )
        table.create_unique_constraint(op.f("uq_records_credit_decision_id"), ["decision_id"])
        table.create_check_constraint(
            op.f("ck_records_credit_decision_named"),
            "kind <> 'activity' OR decision_id IS NOT NULL",
        )
        table.create_check_constraint(
            op.f("ck_records_credit_category_known"), f"category IN ({_CATEGORIES})"
        )
    with op.batch_alter_table("records_credit", reflect_kwargs=_ALONE) as table:
        table.alter_column("category", server_default=None)
        table.drop_index(op.f("ix_records_credit_person_id"))
    op.create_index(
        op.f("ix_records_credit_person_id_credit_year"),
        "records_credit",
        ["person_id", "credit_year"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_records_credit_person_id_credit_year"), table_name="records_credit")
    with op.batch_alter_table("records_credit", reflect_kwargs=_ALONE) as table:
        table.create_index(op.f("ix_records_credit_person_id"), ["person_id"], unique=False)
        table.drop_constraint(op.f("ck_records_credit_category_known"), type_="check")
        table.drop_constraint(op.f("ck_records_credit_decision_named"), type_="check")
        table.drop_constraint(op.f("uq_records_credit_decision_id"), type_="unique")
        table.drop_constraint(op.f("fk_records_credit_decision_id"), type_="foreignkey")
        table.drop_column("category")
        table.drop_column("decision_id")
    op.drop_table("records_decision")
    op.drop_table("records_activity")
    op.drop_table("records_transcript")
    op.drop_table("records_evidence_file")
    op.drop_table("records_evidence")
    op.drop_table("records_attendance")
