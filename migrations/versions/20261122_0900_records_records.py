"""Records: records, holders, ledger and keys.

The first tables of this room; nothing is there yet that could be locked or changed.
"""

import sqlalchemy as sa
from alembic import op

from elearn.core.db import InstantType

revision = "20261122_0900"
down_revision = "20261122_0800"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "records_key",
        sa.Column("id", sa.String(), nullable=False),
        sa.Column("public_key", sa.String(), nullable=False),
        sa.Column("from_at", InstantType(), nullable=False),
        sa.Column("to_at", InstantType(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_key")),
    )
    op.create_table(
        "records_record",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("enrolment_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("payload", sa.String(), nullable=False),
        sa.Column("signature", sa.String(), nullable=False),
        sa.Column("key_id", sa.String(), nullable=False),
        sa.Column("issued_at", InstantType(), nullable=False),
        sa.CheckConstraint("edition >= 1", name=op.f("ck_records_record_edition_right")),
        sa.ForeignKeyConstraint(
            ["key_id"], ["records_key.id"], name=op.f("fk_records_record_key_id")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_records_record_person_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_record")),
        sa.UniqueConstraint("code", name=op.f("uq_records_record_code")),
        sa.UniqueConstraint(
            "enrolment_id", "edition", name=op.f("uq_records_record_enrolment_id_edition")
        ),
        sa.UniqueConstraint("number", name=op.f("uq_records_record_number")),
    )
    op.create_index(
        op.f("ix_records_record_person_id"), "records_record", ["person_id"], unique=False
    )
    op.create_table(
        "records_credit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=True),
        sa.Column("credit_year", sa.Integer(), nullable=False),
        sa.Column("jp", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.CheckConstraint(
            "kind <> 'record' OR record_id IS NOT NULL", name=op.f("ck_records_credit_record_named")
        ),
        sa.CheckConstraint(
            "kind IN ('record', 'activity', 'correction')",
            name=op.f("ck_records_credit_kind_known"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["accounts_person.id"], name=op.f("fk_records_credit_person_id")
        ),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records_record.id"], name=op.f("fk_records_credit_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_credit")),
        sa.UniqueConstraint("record_id", "kind", name=op.f("uq_records_credit_record_id_kind")),
    )
    op.create_index(
        op.f("ix_records_credit_person_id"), "records_credit", ["person_id"], unique=False
    )
    op.create_table(
        "records_event",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("at", InstantType(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "kind <> 'revoked' OR reason <> ''", name=op.f("ck_records_event_revoked_has_reason")
        ),
        sa.CheckConstraint(
            "kind IN ('issued', 'replaced', 'revoked')", name=op.f("ck_records_event_kind_known")
        ),
        sa.ForeignKeyConstraint(["by"], ["accounts_person.id"], name=op.f("fk_records_event_by")),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records_record.id"], name=op.f("fk_records_event_record_id")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_records_event")),
        sa.UniqueConstraint("record_id", "kind", name=op.f("uq_records_event_record_id_kind")),
    )
    op.create_table(
        "records_holder",
        sa.Column("record_id", sa.Integer(), nullable=False),
        sa.Column("salt", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("nip", sa.String(), nullable=False),
        sa.Column("show_nip", sa.Boolean(), nullable=False),
        sa.Column("post", sa.String(), nullable=False),
        sa.Column("institution", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["record_id"], ["records_record.id"], name=op.f("fk_records_holder_record_id")
        ),
        sa.PrimaryKeyConstraint("record_id", name=op.f("pk_records_holder")),
    )


def downgrade() -> None:
    op.drop_table("records_holder")
    op.drop_table("records_event")
    op.drop_index(op.f("ix_records_credit_person_id"), table_name="records_credit")
    op.drop_table("records_credit")
    op.drop_index(op.f("ix_records_record_person_id"), table_name="records_record")
    op.drop_table("records_record")
    op.drop_table("records_key")
